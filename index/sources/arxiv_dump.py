"""arXiv's metadata as one file: the JSON Lines snapshot that is published for bulk use.

Read are id, title, abstract, authors_parsed, categories, doi, journal-ref, versions, update_date.
The paper is dated by its first version; its number is the last one's. Lines of an abstract that
were broken for mail are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.identifiers import Scheme
from index.paper import Paper
from index.sources.base import Unread, make_paper
from index.sources.fields import Fields, date, full_name, names, text
from index.sources.json_text import by_line, dialect, unread
from index.sources.lines import Lines
from index.sources.naming import names_of
from index.views import Reject

name = "arxiv_dump"

_BROKEN = re.compile(r"\n(?!\s)")  # a paragraph is indented


def recognise(head: str) -> bool:
    """Whether lines of a text are objects with arXiv's fields."""
    return dialect(head) == name


def read(lines: Lines) -> Iterator[Unread | Reject]:
    """The papers of a file, one a line; empty lines are passed over."""
    return unread(lines, by_line(lines), name, _paper)


def _paper(fields: Fields) -> Paper:
    versions = fields.get("versions") or []
    if not isinstance(versions, list):
        raise ValueError("versions: not a list")
    known = names_of(_named(fields))
    return make_paper(
        title=text(fields, "title"),
        abstract=_BROKEN.sub(" ", text(fields, "abstract").strip()),
        authors=_authors(fields),
        published=_created(versions) or date(fields, "update_date"),
        venue=text(fields, "journal-ref"),
        categories=text(fields, "categories").split(),
        identifiers=known.identifiers,
        version=_latest(versions),
        source=name,
    )


def _named(fields: Fields) -> Iterator[tuple[str, Scheme | None]]:
    yield text(fields, "id"), "arxiv"
    for doi in text(fields, "doi").split():
        yield doi, "doi"


def _authors(fields: Fields) -> list[str]:
    parsed = fields.get("authors_parsed")
    if not parsed:
        return names(fields, "authors")
    authors = []
    for parts in parsed if isinstance(parsed, list) else [parsed]:
        match parts:
            case [str(family), str(given), str(suffix), *_]:
                authors.append(full_name(given, family, suffix=suffix))
            case _:
                raise ValueError("authors_parsed: not a list of names in parts")
    return authors


def _created(versions: list[Any]) -> str | None:
    """The day of the first version: ``Mon, 2 Apr 2007 19:18:42 GMT``."""
    match versions:
        case [{"created": str(moment)}, *_]:
            return date({"created": moment}, "created")
    return None


def _latest(versions: list[Any]) -> int:
    match versions:
        case [*_, {"version": str(number)}] if re.fullmatch(r"v\d{1,4}", number):
            return int(number[1:])
    return 0
