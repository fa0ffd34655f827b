"""Papers: what every other room speaks of.

Records come from outside, so pydantic checks and cleans every field here, at the door.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from index.authors import family_name
from index.identifiers import Identifier, web_address
from index.text import clean_line, clean_text, fold, fold_title, to_unicode

LinkKind = Literal["page", "pdf", "code", "other"]

READER = "reader"
"""Who a field is from that was edited here: no record's source bears that name."""


def partial_date(text: str) -> str:
    """Return a year, month or day as ISO 8601 (``2024``, ``2024-03``, ``2024-03-07``).

    Raises ValueError where it is none, or lies outside the years 1000 to 2999.
    """
    text = str(text).strip()
    if not re.fullmatch(r"[12]\d{3}(-\d{2}(-\d{2})?)?", text):
        raise ValueError(f"{clean_line(text)[:40]!r} is not a year, a month or a day")
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None
    return text


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _source(name: str) -> str:
    return "" if name == READER else name


Line = Annotated[str, AfterValidator(clean_line)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_once)]
PartialDate = Annotated[str, BeforeValidator(partial_date)]


class Link(BaseModel):
    """An address that belongs to a paper. Only http and https are let in."""

    model_config = ConfigDict(frozen=True)

    kind: LinkKind = "other"
    url: Annotated[str, AfterValidator(web_address), Field(max_length=2000)]


class Paper(BaseModel):
    """A paper as a source describes it. LaTeX stays as it came (see ``index.text.to_unicode``)."""

    model_config = ConfigDict(frozen=True)

    title: Annotated[str, AfterValidator(clean_line), Field(min_length=1, max_length=2000)]
    abstract: Annotated[str, AfterValidator(clean_text), Field(max_length=100_000)] = ""
    authors: Annotated[Lines, Field(max_length=10_000)] = ()
    published: PartialDate | None = None
    venue: Annotated[Line, Field(max_length=1000)] = ""
    categories: Lines = ()
    identifiers: tuple[Identifier, ...] = ()
    # Of the preprint that the abstract is from; 0 is unknown.
    version: Annotated[int, Field(ge=0, lt=10_000)] = 0
    links: tuple[Link, ...] = ()
    upvotes: Annotated[int, Field(ge=0, lt=10**12)] | None = None
    source: Annotated[Line, AfterValidator(_source)] = ""  # format or service: "hf_page"

    @property
    def title_key(self) -> str:
        """The title folded to letters and digits: what a paper without identifiers is known by."""
        return fold_title(self.title)

    @property
    def year(self) -> int | None:
        """The year of publication, where it is known."""
        return int(self.published[:4]) if self.published else None


_SMALL_WORDS = frozenset("a an and are as at by for from in is of on or the to via with".split())


def citation_key(paper: Paper) -> str:
    """A readable key in ASCII letters and digits: ``vaswani2017attention``.

    Family name of the first author, year, first telling word of the title; a paper without authors
    is named by the first three telling words (``graphparsingnetworks``). The store makes it unique.
    """
    words = re.findall(r"[a-z0-9]+", fold(to_unicode(paper.title)))
    telling = [word for word in words if word not in _SMALL_WORDS] or words or ["paper"]
    if not paper.authors:
        return "".join(telling[:3])[:40]
    family = re.sub(r"[^a-z0-9]", "", fold(family_name(paper.authors[0]))) or "anon"
    return f"{family[:20]}{paper.year or ''}{telling[0][:20]}"
