"""RIS, as publishers and reference managers write it: two letters, a dash and a text a line.

A record goes from TY to ER; one that the next interrupts, or the end, is taken as far as it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from index.paper import Paper, Scheme
from index.sources.base import Unread, make_paper
from index.sources.fields import date, given_first, unescaped
from index.sources.lines import LONGEST_RECORD, Lines
from index.sources.naming import names_of
from index.views import Reject

name = "ris"

_TAG = re.compile(r"\s*([A-Z][A-Z0-9])  -(?: |$)(.*)", re.DOTALL)
_ARXIV = re.compile(r"arxiv:\s*(\S+)", re.IGNORECASE)
_PREPRINT = re.compile(r"\s*arxiv\b", re.IGNORECASE)


def recognise(head: str) -> bool:
    """Whether a text begins with the type of a record."""
    return bool(re.match(r"\s*TY  - ", head))


def read(lines: Lines) -> Iterator[Unread | Reject]:
    """The papers of a file, each by the line of its type."""
    begun = length = 0
    record: list[str] = []
    for line in lines:
        if isinstance(line, Reject):
            if begun:
                yield lines.reject(begun, line.reason)
            begun, record = 0, []
            continue
        tagged = _TAG.match(line.text)
        tag = tagged[1] if tagged else ""
        if tag == "TY":
            if begun:
                yield _record(lines, begun, record, length)
            begun, length, record = line.number, 0, []
        if begun:
            length += len(line.text)
            if length <= LONGEST_RECORD:
                record.append(line.text)
        if tag == "ER" and begun:
            yield _record(lines, begun, record, length)
            begun = 0
    if begun:
        yield _record(lines, begun, record, length)


def _record(lines: Lines, begun: int, record: list[str], length: int) -> Unread | Reject:
    if length > LONGEST_RECORD:
        return lines.reject(begun, f"the record is longer than {LONGEST_RECORD >> 20} MB")
    return Unread("\n".join(record), begun, name, _read, lines.file)


def _read(raw: str) -> Paper:
    import rispy

    record = [_TAG.sub(r"\1  - \2", line) for line in raw.split("\n")]
    # Of tags that a record has twice rispy keeps the first, but for those that are lists.
    found = rispy.loads("\n".join([*record, "ER  - "]), newline="\n", skip_unknown_tags=True)
    return _paper(found[0])


def _paper(fields: Mapping[str, Any]) -> Paper:
    authors = fields.get("authors") or fields.get("first_authors") or []
    urls = [*fields.get("urls", []), fields.get("file_attachments1", "")]
    names = names_of(_named(fields), [url for url in urls if url.startswith("http")])
    return make_paper(
        title=_first(fields, "title primary_title"),
        abstract=_first(fields, "abstract notes_abstract"),
        authors=[given_first(unescaped(author)) for author in authors],
        published=_date(fields),
        venue=_venue(fields),
        categories=[unescaped(keyword) for keyword in fields.get("keywords", [])],
        identifiers=names.identifiers,
        version=names.version,
        links=names.links,
        source=name,
    )


def _first(fields: Mapping[str, Any], keys: str) -> str:
    found = (fields.get(key, "") for key in keys.split())
    return unescaped(next((text for text in found if text), ""))


def _date(fields: Mapping[str, Any]) -> str | None:
    dates = [date(fields, key) or "" for key in ("year", "publication_year", "date")]
    return max(dates, key=len) or None


def _named(fields: Mapping[str, Any]) -> Iterator[tuple[str, Scheme | None]]:
    yield fields.get("doi", ""), "doi"
    said = [fields.get(key, "") for key in ("note", "number", "publisher", "accession_number")]
    for text in [*said, *fields.get("notes", [])]:
        if found := _ARXIV.search(text):
            yield found[1], "arxiv"


def _venue(fields: Mapping[str, Any]) -> str:
    venue = _first(
        fields, "journal_name alternate_title3 secondary_title alternate_title2 tertiary_title"
    )
    return "" if _PREPRINT.match(venue) else venue
