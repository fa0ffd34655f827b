"""CSL-JSON, as Zotero, pandoc and Crossref write it: an array of objects, or an object a line.

Read are title, author, issued, container-title, DOI, URL, number, abstract and keyword. The marks
of type in a title (``<i>``) and the elements of an abstract (``<jats:p>``) are left out. What
services answer about DOIs has the same fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from index.identifiers import Scheme, parse_identifier
from index.paper import Paper
from index.sources import jats
from index.sources.base import Unread, make_paper
from index.sources.fields import Fields, date, full_name, text, unescaped, unmarked
from index.sources.json_text import dialect, objects, unread
from index.sources.lines import Lines
from index.sources.naming import names_of
from index.views import Reject

name = "csl_json"

_ARXIV = re.compile(r"arxiv:\s*(\S+)", re.IGNORECASE)
_PREPRINT = re.compile(r"\s*arxiv\b", re.IGNORECASE)


def recognise(head: str) -> bool:
    """Whether a text is an array or a row of objects with CSL's fields."""
    return dialect(head) == name


def read(lines: Lines) -> Iterator[Unread | Reject]:
    """The papers of a file."""
    return unread(lines, objects(lines), name, paper_of)


def paper_of(fields: Fields, source: str = name) -> Paper:
    """The paper that an object describes; ``source`` is who gave it.

    Raises ValueError with a reason of a few words where it describes none.
    """
    address = text(fields, "URL")
    resolved = parse_identifier(address)  # an address of doi.org says no more than the DOI
    pages = [] if resolved and resolved.scheme == "doi" else [address]
    names = names_of([*_named(fields), (address, None)], pages)
    return make_paper(
        title=_plain(_text(fields, "title")),
        abstract=_plain(text(fields, "abstract")),
        authors=_authors(fields.get("author")),
        published=_issued(fields.get("issued")),
        venue=_venue(fields),
        categories=re.split(r"[;,]", text(fields, "keyword")),
        identifiers=names.identifiers,
        version=names.version,
        links=names.links,
        source=source,
    )


def _text(fields: Fields, key: str) -> str:
    """A field of text; Crossref has lists of one."""
    value = fields.get(key)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return str(value[0]) if value else ""
    return text(fields, key)


def _plain(marked: str) -> str:
    if "<jats:" in marked or "<mml:" in marked:
        return jats.plain(marked)
    return unescaped(unmarked(marked))


def _named(fields: Fields) -> Iterator[tuple[str, Scheme | None]]:
    yield text(fields, "DOI"), "doi"
    for key in ("number", "note", "archive_location", "publisher"):
        value = fields.get(key)
        if isinstance(value, str) and (found := _ARXIV.search(value)):
            yield found[1], "arxiv"


def _venue(fields: Fields) -> str:
    for key in ("container-title", "event-title", "event"):
        value = fields.get(key)
        if isinstance(value, str | list) and (venue := _plain(_text(fields, key))).strip():
            return "" if _PREPRINT.match(venue) else venue
    return ""


def _authors(authors: Any) -> list[str]:
    if authors is None:
        return []
    if not isinstance(authors, list) or not all(isinstance(one, dict) for one in authors):
        raise ValueError("author: not a list of names")
    return [_author(one) for one in authors]


def _author(one: Fields) -> str:
    if whole := text(one, "literal") or text(one, "name"):
        return unescaped(whole)
    particles = (text(one, "dropping-particle"), text(one, "non-dropping-particle"))
    return unescaped(
        full_name(
            text(one, "given"),
            text(one, "family"),
            " ".join(filter(None, particles)),
            text(one, "suffix"),
        )
    )


def _issued(issued: Any) -> str | None:
    """The day, month or year of a date: its first one, where it is a span."""
    match issued:
        case {"date-parts": [[*parts], *_]} if all(isinstance(part, int | str) for part in parts):
            return date({"issued": "-".join(map(str, parts))}, "issued")
        case {"raw": str(said)} | {"literal": str(said)} | str(said):
            return date({"issued": said}, "issued")
    return None
