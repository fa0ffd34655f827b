"""Choosing one of a few things."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui.screens.dialog import Dialog
from tui.widgets.options import Options

Choice = TypeVar("Choice")


class Choices(Options):
    """The list of a menu. Enter is for the menu."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.submit", show=False),
    ]


class Menu(Dialog[Choice], Generic[Choice]):
    """A short list of choices, the first nine with a digit for their key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(digit), f"choose({digit - 1})", show=False) for digit in range(1, 10)
    ]

    def __init__(self, title: str, choices: Sequence[tuple[str | Content, Choice]]) -> None:
        super().__init__(title, "enter or digit choose · esc leave")
        self._choices = choices

    def compose_body(self) -> ComposeResult:
        """The choices."""
        yield Choices(
            *(
                Content.assemble((f"{number} " if number < 10 else "  ", "$accent"), label)
                for number, (label, _) in enumerate(self._choices, 1)
            ),
            markup=False,
        )

    def action_choose(self, number: int) -> None:
        """Choose by the number, counted from 0."""
        if number < len(self._choices):
            self.dismiss(self._choices[number][1])

    def action_submit(self) -> None:
        """Choose what the cursor stands on."""
        self.action_choose(self.query_one(Choices).highlighted or 0)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose by a click."""
        self.action_choose(event.option_index)
