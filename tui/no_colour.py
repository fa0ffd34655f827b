"""A reader without colours (NO_COLOR), in a theme of the terminal's own."""

from __future__ import annotations

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.color import Color as Background
from textual.filter import LineFilter

DEFAULT = Color.default()


class NoColour(LineFilter):
    """The terminal's own colour for all text; what a background told is told by reversing it.

    Greys will not do here: what the terminal's own two colours are is not known, and Textual takes
    both for black.
    """

    def apply(self, segments: list[Segment], background: Background) -> list[Segment]:
        """The same segments without colours."""
        return [
            Segment(text, style and _plain(style), control) for text, style, control in segments
        ]


def _plain(style: Style) -> Style:
    stands_out = style.reverse or (style.bgcolor is not None and not style.bgcolor.is_default)
    return style + Style(color=DEFAULT, bgcolor=DEFAULT, reverse=bool(stands_out))
