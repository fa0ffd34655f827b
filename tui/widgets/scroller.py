"""A text that scrolls by the same keys as the lists."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from tui.commands.moving import MOVE_BINDINGS, Move, step


class Scroller(VerticalScroll, inherit_bindings=False):
    """The base of the panes that hold a text."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVE_BINDINGS]

    DEFAULT_CSS = """
    Scroller { scrollbar-size-vertical: 1; }
    """

    def action_move(self, move: Move) -> None:
        """Scroll."""
        line = step(move, self.scroll_offset.y, self.max_scroll_y + 1, self.size.height)
        self.scroll_to(y=line, animate=False)
