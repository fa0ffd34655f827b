"""BEIR: the documents of a collection for retrieval, an object with _id, title and text a line."""

from __future__ import annotations

from collections.abc import Iterator

from index.paper import Paper
from index.sources.base import Unread, make_paper
from index.sources.fields import Fields, names, text
from index.sources.fields import date as date_of
from index.sources.json_text import by_line, dialect, unread
from index.sources.lines import Lines
from index.sources.naming import names_of
from index.views import Reject

name = "beir"


def recognise(head: str) -> bool:
    """Whether lines of a text are objects with BEIR's fields."""
    return dialect(head) == name


def read(lines: Lines) -> Iterator[Unread | Reject]:
    """The documents of a file, one a line; empty lines are passed over."""
    return unread(lines, by_line(lines), name, _paper)


def _paper(fields: Fields) -> Paper:
    about = fields.get("metadata")
    about = about if isinstance(about, dict) else {}
    known = names_of([(text(fields, "_id"), None)], [text(about, "url")])
    return make_paper(
        title=text(fields, "title"),
        abstract=text(fields, "text"),
        authors=names(about, "authors"),
        published=date_of(about, "year"),
        identifiers=known.identifiers,
        version=known.version,
        links=known.links,
        source=name,
    )
