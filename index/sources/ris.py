"""RIS, as publishers and reference managers write it: two letters, a dash and a text a line.

A record goes from TY to ER; one that the next interrupts, or the end, is taken as far as it goes.
What some put before the first one is passed over, and so is what stands between two. Where TY has
one blank before its dash, all tags of its record may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from index.identifiers import Scheme
from index.paper import Paper
from index.sources.base import Unread, make_paper
from index.sources.fields import date, given_first, unescaped, unmarked
from index.sources.lines import LONGEST_RECORD, Lines
from index.sources.naming import names_of
from index.views import Reject

name = "ris"

_TAG = re.compile(r"\s*([A-Z][A-Z0-9])  -(?: |$)(.*)", re.DOTALL)
_LOOSE_TAG = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: |$)(.*)", re.DOTALL)
_BEFORE = 20  # lines that may stand before the first record
_ARXIV = re.compile(r"arxiv:\s*(\S+)", re.IGNORECASE)
_PREPRINT = re.compile(r"\s*arxiv\b", re.IGNORECASE)


def recognise(head: str) -> bool:
    """Whether a text begins with the type of a record, or it follows a few lines of a header."""
    lines = head.lstrip().split("\n", _BEFORE)[:_BEFORE]
    return any(re.match(r"\s*TY {1,2}- ", line) for line in lines)


def read(lines: Lines) -> Iterator[Unread | Reject]:
    """The papers of a file, each by the line of its type."""
    begun = length = 0
    record: list[str] = []
    tags = _LOOSE_TAG
    for line in lines:
        if isinstance(line, Reject):
            if not begun:
                begun, record = line.line, []
            length = LONGEST_RECORD + 1
            continue
        tagged = (tags if begun else _LOOSE_TAG).match(line.text)
        tag = tagged[1] if tagged else ""
        if begun and tag == "TY":
            yield _record(lines, begun, record, length)
            begun = 0
        if not begun and tag not in ("", "ER"):  # one without TY is left out as a whole
            begun, length, record, tags = line.number, 0, [], _tags(line.text)
        if begun:
            length += len(line.text)
            if length <= LONGEST_RECORD:
                record.append(line.text)
        if tag == "ER" and begun:
            yield _record(lines, begun, record, length)
            begun = 0
    if begun:
        yield _record(lines, begun, record, length)


def _tags(first: str) -> re.Pattern[str]:
    """How the tags of a record are written, by its first line."""
    return _TAG if _TAG.match(first) else _LOOSE_TAG


def _record(lines: Lines, begun: int, record: list[str], length: int) -> Unread | Reject:
    if length > LONGEST_RECORD:
        return lines.reject(begun, f"the record is longer than {LONGEST_RECORD >> 20} MB")
    raw = "\n".join(record)
    if not re.match(r"\s*TY", raw):
        return lines.reject(begun, "no TY before it, which begins a record", raw)
    return Unread(raw, begun, name, _read, lines.file)


def _read(raw: str) -> Paper:
    import rispy

    # Of tags that a record has twice rispy keeps the first, but for those that are lists.
    fields = [*_fields(raw), "ER  - "]
    found = rispy.loads(_SEPARATOR.join(fields), newline=_SEPARATOR, skip_unknown_tags=True)
    return _paper(found[0])


_SEPARATOR = "\x1e"  # of records to ASCII; no text has it


def _fields(raw: str) -> Iterator[str]:
    """The fields of a record, each with the lines that it goes on for.

    rispy puts such lines together too, in time that grows with the square of their number. Those
    of a list it takes for more of its members, as they are meant.
    """
    from rispy.config import LIST_TYPE_TAGS

    tag_of = _tags(raw.partition("\n")[0])
    tag, parts = "", list[str]()
    for line in raw.replace(_SEPARATOR, " ").split("\n"):
        tagged = tag_of.match(line)
        if parts and (tagged or tag in LIST_TYPE_TAGS):
            yield "\n".join(parts)
            parts = []
        if tagged:
            tag = tagged[1]
        parts.append(f"{tag}  - {tagged[2]}" if tagged else line)
    yield "\n".join(parts)


def _paper(fields: Mapping[str, Any]) -> Paper:
    authors = fields.get("authors") or fields.get("first_authors") or []
    urls = [*fields.get("urls", []), fields.get("file_attachments1", "")]
    names = names_of(_named(fields), [url for url in urls if url.startswith("http")])
    return make_paper(
        title=unmarked(_first(fields, "title primary_title")),
        abstract=_flowing(_first(fields, "abstract notes_abstract")),
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


def _flowing(text: str) -> str:
    """Text whose lines were broken anywhere, as its paragraphs."""
    lines = map(str.strip, text.split("\n"))
    paragraphs = (" ".join(group) for filled, group in groupby(lines, bool) if filled)
    return "\n\n".join(paragraphs)


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
