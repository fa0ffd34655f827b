"""Choosing one of a few things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key
from textual.widgets import OptionList

from tui.screens.dialog import Dialog

Choice = TypeVar("Choice")


class Menu(Dialog[Choice], Generic[Choice]):
    """A short list of choices, each with a digit for its key."""

    def __init__(self, title: str, choices: Sequence[tuple[str, Choice]]) -> None:
        super().__init__(title, "enter or digit choose · esc leave")
        self._choices = choices

    def compose_body(self) -> ComposeResult:
        """The choices."""
        yield OptionList(
            *(
                Content.assemble((f"{number} ", "$accent"), label)
                for number, (label, _) in enumerate(self._choices, 1)
            ),
            markup=False,
        )

    def on_key(self, event: Key) -> None:
        """Choose by digit, move by j and k."""
        options = self.query_one(OptionList)
        if event.key.isdigit() and 0 < int(event.key) <= len(self._choices):
            self.dismiss(self._choices[int(event.key) - 1][1])
        elif event.key == "j":
            options.action_cursor_down()
        elif event.key == "k":
            options.action_cursor_up()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose."""
        self.dismiss(self._choices[event.option_index][1])
