"""A few lines to choose from, each with colours of its own."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from textual.binding import BindingType
from textual.strip import Strip
from textual.widgets import OptionList

from tui.commands.moving import MOVE_BINDINGS, Move, step


class Options(OptionList):
    """The list of a dialog. Sixteen colours do not all show on the cursor's: there it has one."""

    BINDINGS: ClassVar[list[BindingType]] = [*MOVE_BINDINGS]

    def action_move(self, move: Move) -> None:
        """Move the cursor, as in every list."""
        if self.option_count:
            at = self.highlighted or 0
            self.highlighted = step(move, at, self.option_count, self.size.height)

    def render_line(self, y: int) -> Strip:
        """Draw a line of the view."""
        strip = super().render_line(y)
        if not self.app.current_theme.ansi:
            return strip
        cursor = self.get_visual_style("option-list--option-highlighted").rich_style
        return Strip(
            Segment(text, style + cursor)
            if style and style.meta.get("option") == self.highlighted
            else Segment(text, style)
            for text, style, _ in strip
        )
