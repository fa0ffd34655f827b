"""Fields that take what is typed at once, so that no key overtakes another.

Textual hands a key to the focused widget through a queue; what the next key is bound to may then be
done before the first has arrived. These fields are given their text directly instead.
"""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Key
from textual.widgets import Input


class TakesText:
    """What the fields have in common."""

    def take(self, text: str) -> None:
        """Put a text in the place of what is selected, or at the cursor."""
        raise NotImplementedError

    def typed(self, event: Key) -> str:
        """The text that a key stands for in this field; empty for a key that is none of its own."""
        return event.character if event.character and event.is_printable else ""


class Field(TakesText, Input):
    """One line. Enter is for the screen that it stands on: its ``action_submit``."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "screen.submit", show=False)]

    def take(self, text: str) -> None:
        """Put a text into the field, its lines as one."""
        self.replace(text.replace("\n", " "), *self.selection)

    def fill(self, text: str) -> None:
        """Put a text in the place of all that is in the field."""
        self.value = text
        self.cursor_position = len(text)
