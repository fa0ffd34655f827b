"""How a paper looks as one line of the results."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import dropwhile

from rich.cells import cell_len
from textual.content import Content, Span
from textual.style import Style

from index.views import ItemStatus, Row
from tui.deeds import HIGHEST

Styles = Callable[[str], Style]
"""The style of a part by its name: ``row--mark``, ``row--tag`` and so on."""

PARTS = ("muted", "mark", "marked", "unread", "star", "tag")

ITEM_SIGNS: dict[ItemStatus, str] = {"to read": "○", "reading": "◐", "done": "✓", "skipped": "–"}
"""How far one is with a paper on a reading list."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of what stands to the right of the title, in cells; 0 leaves a column out."""

    authors: int = 0
    year: int = 0
    rating: int = 0
    tags: int = 0

    @classmethod
    def fit(cls, width: int, rows: Iterable[Row]) -> Columns:
        """The columns that some rows have a use for and a line of that width has room for."""
        rows = list(rows)
        authors = max((cell_len(row.authors) for row in rows), default=0)
        tags = max((cell_len(" ".join(row.tags)) for row in rows), default=0)
        return cls(
            authors=min(authors, 18) if width >= 84 else 0,
            rating=(HIGHEST if width >= 60 else 1) if any(row.rating for row in rows) else 0,
            year=4 if width >= 40 and any(row.year for row in rows) else 0,
            tags=min(tags, width // 6) if width >= 48 else 0,
        )


def draw_row(
    row: Row,
    columns: Columns,
    width: int,
    style: Styles,
    tag_style: Styles,
    *,
    cursor: bool = False,
    marked: bool = False,
) -> Content:
    """The line of a paper, ``width`` cells wide. ``tag_style``: the style of a tag by its name.

    The title takes the room of the columns that follow it as far as they are empty in its row.
    """
    rating = "▪" * row.rating if columns.rating > 1 else str(row.rating or "")
    cells = [
        _cell(row.authors, columns.authors, style("muted"), gap=2),
        _cell(row.year, columns.year, style("muted"), gap=2),
        _cell(rating, columns.rating, style("star")),
        _cell("★" if row.starred else "", 1, style("star")),
        _cell("✎" if row.noted else "", 1, style("muted"), gap=0),
        _cell(_tags(row.tags, tag_style), columns.tags),
    ]
    right = Content("").join(dropwhile(_is_blank, cells)).append(" ")
    sign = state_sign(row)
    left = Content.assemble(
        ("▌" if cursor else " ", style("unread")),
        ("▐" if marked else " ", style("marked")),
        (sign, style("unread" if sign in "●◐○" else "muted")),
        " ",
    )
    title = Content(row.title, [Span(*span, style("mark")) for span in row.title_marks])
    if row.read or row.skipped or row.item in ("done", "skipped"):
        title = title.stylize_before(style("muted"))
    room = max(0, width - left.cell_length - right.cell_length)
    line = Content("").join([left, title.truncate(room, ellipsis=True, pad=True), right])
    return line.truncate(width)


def state_sign(row: Row) -> str:
    """How one stands to a paper: on the list that is looked at, else in the library."""
    if row.item:
        return ITEM_SIGNS[row.item]
    if row.skipped:
        return "–"
    if row.read:
        return " "
    return "◐" if row.opened else "●"


def _is_blank(cell: Content | str) -> bool:
    return not str(cell).strip()


def _tags(tags: Iterable[str], style: Styles) -> Content:
    return Content(" ").join(Content.styled(tag, style(tag)) for tag in tags)


def _cell(text: Content | str, width: int, style: Style | str = "", gap: int = 1) -> Content:
    if not width:
        return Content("")
    cell = Content.assemble((text, style)) if isinstance(text, str) else text
    cell = cell.truncate(width, ellipsis=True, pad=True)
    return Content(" " * gap).append(cell)
