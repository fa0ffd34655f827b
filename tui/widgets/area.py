"""A field of many lines. It is apart from ``fields``: the first frame needs none of it."""

from __future__ import annotations

from textual.events import Key
from textual.widgets import TextArea

from tui.widgets.fields import TakesText


class Area(TakesText, TextArea):
    """Many lines."""

    def take(self, text: str) -> None:
        """Put a text in the place of what is selected, or at the cursor."""
        self.replace(text, *self.selection, maintain_selection_offset=False)

    def typed(self, event: Key) -> str:
        """A character, or the end of a line."""
        return "\n" if event.key == "enter" else super().typed(event)
