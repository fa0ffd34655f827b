"""Hugging Face's papers: those of a day, a week or a month with their votes, and a search.

What it gives is JSON: a list of papers, newest first, or a single one.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, Field, ValidationError

from index.errors import ServiceError
from index.identifiers import parse_identifier
from index.paper import Paper
from index.sources.base import Record, make_paper, reason
from index.sources.fields import date
from index.sources.links import make_link
from index.sources.naming import names_of
from index.text import clean_line
from index.views import Reject

if TYPE_CHECKING:
    from index.sources.http import Http, Known

name = "hf_papers"

PAGE = 100
"""Papers that are asked for at a time."""

_LATEST = 3  # pages of the latest papers, which go back for a week or two
_MOST = 100  # pages of any other list: a month has far fewer
_SPANS = {
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
    "week": re.compile(r"\d{4}-W\d\d"),
    "month": re.compile(r"\d{4}-\d\d"),
}
_FORMATS = {"date": "%Y-%m-%d", "week": "%G-W%V-%u", "month": "%Y-%m"}


class _Author(BaseModel):
    name: str | None = None
    hidden: bool | None = None


class _Paper(BaseModel):
    """A paper as the service gives it; what else there is of it is passed over."""

    id: str | None = None
    title: str
    summary: str | None = None
    authors: list[_Author] | None = None
    published: str | None = Field(None, alias="publishedAt")
    upvotes: int | None = None
    code: str | None = Field(None, alias="githubRepo")
    project: str | None = Field(None, alias="projectPage")


def recognise(what: str) -> bool:
    """Whether a text is ``daily``, a day, week (``2026-W47``) or month, a search or a paper."""
    if what.startswith("paper:"):
        return bool(parse_identifier(what.removeprefix("paper:"), "arxiv"))
    if what.startswith("search:"):
        return bool(what.removeprefix("search:").strip())
    return what == "daily" or bool(_span(what))


def read(http: Http, what: str, known: Known | None = None) -> Iterator[Record | Reject]:
    """The papers that are asked for: the latest, those of a span of time, of a search, or one.

    Raises ServiceError.
    """
    kind, _, asked = what.partition(":")
    if kind == "paper":
        number = parse_identifier(asked, "arxiv")
        found = _asked(http, f"papers/{number.value if number else asked}", {}, known)
        yield from _records([found] if found is not None else [], what)
    elif kind == "search":
        yield from _list(http, "papers/search", {"q": asked.strip()}, what, known, pages=1)
    else:
        span = {key: what} if (key := _span(what)) else {}
        pages = _MOST if span else _LATEST
        yield from _list(http, "daily_papers", span, what, known, pages)


def look_up(http: Http, title: str) -> Iterator[Record]:
    """Papers with a title like this one, the likest first. Raises ServiceError."""
    if asked := clean_line(title)[:250]:
        found = _list(http, "papers/search", {"q": asked}, f"search:{asked}", None, pages=1)
        yield from (one for one in found if isinstance(one, Record))


def _span(what: str) -> str:
    """Which span of time a text is: a date, a week or a month; empty: it is none."""
    for key, shape in _SPANS.items():
        if shape.fullmatch(what):
            with suppress(ValueError):
                dt.datetime.strptime(what + "-1" * (key == "week"), _FORMATS[key])  # noqa: DTZ007
                return key
    return ""


def _list(
    http: Http, path: str, asked: Mapping[str, str], what: str, known: Known | None, pages: int
) -> Iterator[Record | Reject]:
    position = 1
    for page in range(pages):
        paging = {"p": str(page), "limit": str(PAGE)} if path == "daily_papers" else {}
        found = _asked(http, path, {**asked, **paging}, known if page == 0 else None)
        if found is None:
            return
        if not isinstance(found, list):
            raise ServiceError("Hugging Face's answer is not a list of papers.")
        yield from _records(found, what, position)
        position += len(found)
        if len(found) < PAGE:
            return


def _asked(http: Http, path: str, asked: Mapping[str, str], known: Known | None) -> Any:
    """The JSON that the service answers; None where that has not changed."""
    address = f"{http.address('papers')}/{path}"
    answer = http.get("papers", address, params=asked, accept="application/json", known=known)
    if not answer.is_new:
        return None
    try:
        found = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise ServiceError("Hugging Face's answer is not JSON that can be read.") from None
    if found is None:
        raise ServiceError("Hugging Face's answer holds nothing.")
    return found


def _records(found: list[Any], what: str, first: int = 1) -> Iterator[Record | Reject]:
    file = f"Hugging Face {clean_line(what)}"
    for position, entry in enumerate(found, first):
        try:
            raw = json.dumps(entry, ensure_ascii=False).encode(errors="replace").decode()
            yield Record(_paper(entry), position, file=file, raw=raw)
        except ValidationError as error:
            yield Reject(file, position, reason(error))
        except ValueError as error:
            yield Reject(file, position, str(error))
        except RecursionError:
            yield Reject(file, position, "nested too deeply")


def _paper(entry: Any) -> Paper:
    """The paper of an entry: of a list, where it is in a field of its own, or by itself."""
    if not isinstance(entry, dict):
        raise ValueError("not a JSON object")
    given = entry.get("paper")
    paper = _Paper.model_validate({**entry, **given} if isinstance(given, dict) else entry)
    named = names_of([(paper.id or "", "arxiv")])
    links = (make_link(paper.code or "", "code"), make_link(paper.project or "", "other"))
    return make_paper(
        title=paper.title,
        abstract=paper.summary or "",
        authors=[one.name or "" for one in paper.authors or () if not one.hidden],
        published=date({"day": paper.published}, "day"),
        identifiers=named.identifiers,
        links=tuple(link for link in links if link),
        upvotes=paper.upvotes,
        source=name,
    )
