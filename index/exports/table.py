"""CSV: a paper a row, for spreadsheets and data frames. RFC 4180 in UTF-8, with a header.

Several values in a cell have ``; `` between them. A spreadsheet takes a cell that begins with
``=``, ``+``, ``-`` or ``@`` for a formula, and would run it. Such a cell gets an apostrophe before
it, and so does one that would look as if it had got one: where a cell begins with apostrophes and
then one of these signs, take the first apostrophe away and it is as it was (``unguarded``).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from index.exports.facts import identifier, page, status
from index.exports.options import Exported, ExportOptions
from index.views import Detail

_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def write(items: Iterable[Exported], options: ExportOptions) -> Iterator[str]:
    """Yield the header, and a row a paper."""
    yield _row(_cells(Detail(0, "", ""), options.abstracts))
    for item in items:
        yield _row(_cells(item.detail, options.abstracts).values())


def guarded(text: str) -> str:
    """The text of a cell that no spreadsheet runs."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """The text that ``guarded`` made a cell of."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([guarded(str(cell)) for cell in cells])
    return line.getvalue()


def _cells(paper: Detail, abstracts: str) -> dict[str, object]:
    """The cells of a row, by their names in the header."""
    cells: dict[str, object] = {
        "key": paper.key,
        "title": paper.title,
        "authors": "; ".join(paper.authors),
        "year": paper.published[:4],
        "published": paper.published,
        "venue": paper.venue,
        "categories": "; ".join(paper.categories),
        **{scheme: identifier(paper, scheme) for scheme in ("doi", "arxiv", "acl", "openreview")},
        "url": page(paper),
        "upvotes": "" if paper.upvotes is None else paper.upvotes,
        "status": status(paper),
        "starred": "yes" if paper.starred else "",
        "rating": paper.rating or "",
        "tags": "; ".join(paper.tags),
        "lists": "; ".join(paper.lists),
        "added": paper.added,
        "note": paper.note,
    }
    return cells if abstracts == "none" else cells | {"abstract": paper.abstract}
