"""How a paper looks as one line of the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import dropwhile

from rich.cells import cell_len
from textual.content import Content, Span
from textual.style import Style

from index.views import Row

Styles = Callable[[str], Style]
"""The style of a part by its name: ``row--mark``, ``row--tag`` and so on."""

PARTS = ("muted", "mark", "unread", "star", "tag")


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of what stands to the right of the title, in cells; 0 leaves a column out."""

    authors: int = 0
    year: int = 0
    tags: int = 0

    @classmethod
    def fit(cls, width: int, rows: Iterable[Row]) -> Columns:
        """The columns that some rows have a use for and a line of that width has room for."""
        rows = list(rows)
        authors = max((cell_len(row.authors) for row in rows), default=0)
        tags = max((cell_len(" ".join(row.tags)) for row in rows), default=0)
        return cls(
            authors=min(authors, 18) if width >= 84 else 0,
            year=4 if width >= 40 and any(row.year for row in rows) else 0,
            tags=min(tags, width // 6) if width >= 48 else 0,
        )


def draw_row(row: Row, columns: Columns, width: int, cursor: bool, style: Styles) -> Content:
    """The line of a paper, ``width`` cells wide.

    The title takes the room of the columns that follow it as far as they are empty in its row.
    """
    cells = [
        _cell(row.authors, columns.authors, style("muted"), gap=2),
        _cell(row.year, columns.year, style("muted"), gap=2),
        _cell("★" if row.starred else "", 1, style("star")),
        _cell("✎" if row.noted else "", 1, style("muted"), gap=0),
        _cell(" ".join(row.tags), columns.tags, style("tag")),
    ]
    right = Content("").join(dropwhile(_is_blank, cells)).append(" ")
    left = Content.assemble(
        ("▌" if cursor else " ", style("unread")),
        (" " if row.read else "●", style("unread")),
        " ",
    )
    title = Content(row.title, [Span(*span, style("mark")) for span in row.title_marks])
    if row.read:
        title = title.stylize_before(style("muted"))
    room = max(0, width - left.cell_length - right.cell_length)
    line = Content("").join([left, title.truncate(room, ellipsis=True, pad=True), right])
    return line.truncate(width)


def _is_blank(cell: Content | str) -> bool:
    return not str(cell).strip()


def _cell(text: str, width: int, style: Style, gap: int = 1) -> Content:
    if not width:
        return Content("")
    cell = Content(text).truncate(width, ellipsis=True, pad=True).stylize(style)
    return Content(" " * gap).append(cell)
