"""CSV with a header: the tables of Zotero, Scopus, IEEE Xplore and others, and carrel's own.

Cells are set apart by commas, semicolons or tabs, or as a line before the header tells Excel
(``sep=;``). What a column is, its name in the header tells (``COLUMNS``); columns of other names
are ignored. Files put together have a header at each seam.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from index.identifiers import SCHEMES
from index.paper import Paper
from index.sources.base import Unread, make_paper
from index.sources.csv_rows import Row, rows
from index.sources.fields import (
    date,
    given_first,
    initials_first,
    number,
    split_names,
    unescaped,
    unmarked,
)
from index.sources.lines import Lines
from index.sources.naming import names_of
from index.views import Reject

name = "csv"

_NAMES = {
    "title": "title|document title|paper title|article title|item title",
    "abstract": "abstract|abstract note|summary|description",
    "full names": "author full names",
    "authors": "authors|author|author names",
    "published": "published|publication date|date|date published|cover date",
    "year": "year|publication year|pub year",
    "venue": "venue|publication title|source title|journal|journal title|booktitle|conference"
    "|container title|publication|publication name|journal book",
    "categories": "categories|category|subjects",
    "keywords": "keywords|author keywords|manual tags",
    "doi": "doi",
    "arxiv": "arxiv|arxiv id",
    "acl": "acl|acl id|anthology id",
    "openreview": "openreview|openreview id",
    "url": "url|link|pdf link|pdf|article url",
    "upvotes": "upvotes",
}
COLUMNS = MappingProxyType(
    {column: field for field, columns in _NAMES.items() for column in columns.split("|")}
)
"""What a column of each name is; names in small letters, other signs as blanks."""

_DELIMITERS = ",;\t"
_TOLD = re.compile(r'"?sep=([^\w\s"]|\t)"?', re.IGNORECASE)
_OWN = frozenset("key published openreview status starred lists added".split())
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")

Cells = Mapping[str, str]


def recognise(head: str) -> bool:
    """Whether a text begins with a header that names a title and something else of a paper."""
    _, delimiter, line = _beginning(head)
    fields = {field for field, _ in _columns(_cells(line, delimiter))}
    return "title" in fields and len(fields) > 1


def read(lines: Lines) -> Iterator[Unread | Reject]:
    """The papers of a file, a row each."""
    told, delimiter, _ = _beginning(lines.head)
    header: Row | None = None
    columns: list[tuple[str, int]] = []
    own = False
    for row in rows(lines, delimiter):
        if isinstance(row, Reject):
            yield replace(row, raw=f"{told}{header.text}\n{row.raw}") if header and row.raw else row
        elif _TOLD.fullmatch(row.text.strip(" ")):
            continue
        elif header is None:
            header, columns = row, list(_columns(row.cells))
            own = {_folded(cell) for cell in header.cells} >= _OWN
            if "title" not in dict(columns):
                yield lines.reject(row.line, "no column of the header is a title")
                return
        elif row.cells != header.cells:
            raw = f"{told}{header.text}\n{row.text}"  # a cell means nothing without its header
            read_now = partial(_read, row, columns, own)
            yield Unread(raw, row.line, name, read_now, lines.file)


def _read(row: Row, columns: Sequence[tuple[str, int]], own: bool, _raw: str) -> Paper:
    cells: dict[str, str] = {}
    for field, at in columns:
        if at < len(row.cells) and not cells.get(field):
            cell = row.cells[at].strip()
            cells[field] = _unguarded(cell) if own else unescaped(cell)
    return _paper(cells, own)


def _paper(cells: Cells, own: bool) -> Paper:
    named = [(cells.get(scheme, ""), scheme) for scheme in SCHEMES]
    names = names_of(named, cells.get("url", "").split())
    dates = [date(cells, key) or "" for key in ("published", "year")]
    return make_paper(
        title=cells.get("title", "") if own else unmarked(cells.get("title", "")),
        abstract=cells.get("abstract", ""),
        authors=_authors(cells.get("full names") or cells.get("authors", ""), own),
        published=max(dates, key=len) or None,
        venue=cells.get("venue", ""),
        categories=_values(cells.get("categories", ""), cells.get("keywords", "")),
        identifiers=names.identifiers,
        version=names.version,
        links=names.links,
        upvotes=number(cells, "upvotes"),
        source=name,
    )


def _authors(cell: str, own: bool) -> list[str]:
    """The names in a cell. Carrel's own cells are taken as they stand."""
    if own:
        return cell.split("; ")
    names = [re.sub(r"\s*\([^)]*\d\)$", "", one.strip()) for one in split_names(cell)]
    return [given_first(name) for name in initials_first(names)]


def _values(*cells: str) -> list[str]:
    return [value for cell in cells for value in re.split(r";" if ";" in cell else r",", cell)]


def _unguarded(cell: str) -> str:
    """The text that ``index.exports.table`` made a cell of, which no spreadsheet runs."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _columns(header: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What the columns of a header are, each with its place."""
    for at, cell in enumerate(header):
        if field := COLUMNS.get(_folded(cell)):
            yield field, at


def _folded(cell: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", cell.lower()))


def _beginning(head: str) -> tuple[str, str, str]:
    """The line that tells what sets cells apart, or nothing; what does; and the header."""
    lines = (line.rstrip("\r") for line in head.split("\n") if line.strip())
    first = next(lines, "")
    if told := _TOLD.fullmatch(first.strip(" ")):
        return f"{told[0]}\n", told[1], next(lines, "")
    return "", _delimiter(first), first


def _delimiter(header: str) -> str:
    """What sets the cells of a header apart: what makes the most columns that are known."""
    return max(_DELIMITERS, key=lambda one: len(list(_columns(_cells(header, one)))))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
