"""The shelves of the library: views, reading lists and tags under their headings."""

from __future__ import annotations

from typing import ClassVar

from textual.content import Content
from textual.style import Style

from index.views import Overview, Shelf
from tui.messages import ShelfChosen
from tui.widgets.line_list import LineList


class ShelfList(LineList):
    """The shelves, one a line. The one under the cursor is the one that is searched."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"shelf--bar", "shelf--muted", "shelf--heading"}

    DEFAULT_CSS = """
    ShelfList {
        & > .shelf--bar { color: $border; }
        & > .shelf--muted { color: $muted; text-style: $muted-style; }
        & > .shelf--heading { color: $border-blurred; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str | Shelf] = []

    def show(self, overview: Overview, chosen: str) -> None:
        """Show how the library stands; the cursor goes to the chosen shelf, else to the first."""
        self._lines = [*overview.views]
        for heading, shelves in (("Lists", overview.lists), ("Tags", overview.tags)):
            if shelves:
                self._lines += [heading, *shelves]
        queries = [None if isinstance(line, str) else line.query for line in self._lines]
        self.place(queries.index(chosen) if chosen in queries else 0, self.top)

    @property
    def count(self) -> int:
        """How many lines there are, headings included."""
        return len(self._lines)

    @property
    def shelf(self) -> Shelf | None:
        """The shelf at the cursor."""
        line = self._lines[self.cursor] if self._lines else ""
        return None if isinstance(line, str) else line

    def is_heading(self, line: int) -> bool:
        """Whether the line is a heading."""
        return isinstance(self._lines[line], str)

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """A heading with its rule, or a shelf's name and count."""
        shelf = self._lines[line]
        if isinstance(shelf, str):
            return Content.assemble(
                (f" {shelf} ", self._style("muted")),
                ("─" * (width - len(shelf) - 3), self._style("heading")),
            ).truncate(width, pad=True)
        is_list = shelf.kind == "list"
        count = f"{shelf.done:,}/{shelf.count:,}" if is_list else f"{shelf.count:,}"
        room = max(0, width - len(count) - 4)
        name = Content(shelf.name).truncate(room, ellipsis=True, pad=True)
        return Content.assemble(
            ("▌ " if cursor else "  ", self._style("bar")),
            name,
            " ",
            (count, self._style("muted")),
            " ",
        ).truncate(width)

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"shelf--{part}", partial=True)

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Say which shelf the cursor stands on."""
        event.stop()
        if self.shelf:
            self.post_message(ShelfChosen(self.shelf))
