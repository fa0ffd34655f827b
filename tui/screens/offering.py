"""A field, and below it what its letters fit: the base of the dialogs that offer names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui.screens.dialog import Answer, Dialog
from tui.widgets.fields import Field


class Offering(Dialog[Answer]):
    """A dialog with a field, which keeps the focus, and a list of what is offered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "highlight(1)", show=False),
        Binding("up", "highlight(-1)", show=False),
    ]

    def on_mount(self) -> None:
        """Leave the focus to the field."""
        self.options.can_focus = False

    @property
    def field(self) -> Field:
        """The field."""
        return self.query_one(Field)

    @property
    def options(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    def offer(self, prompts: Sequence[Content]) -> None:
        """List what is offered."""
        self.options.set_options(prompts)
        self.options.display = bool(prompts)

    def action_highlight(self, way: int) -> None:
        """Move along what is offered."""
        if way > 0:
            self.options.action_cursor_down()
        else:
            self.options.action_cursor_up()
