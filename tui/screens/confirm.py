"""Asking before something is done."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Static

from tui.screens.dialog import Dialog


class Confirm(Dialog[bool]):
    """A question about something that is shown. True: do it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes", show=False),
        Binding("n", "leave", "No", show=False),
        Binding("left,h", "app.focus_previous", "Before", show=False),
        Binding("right,l", "app.focus_next", "Next", show=False),
    ]

    DEFAULT_CSS = """
    Confirm {
        #subject { margin-bottom: 1; }
        Horizontal { height: 1; align-horizontal: right; margin-bottom: 1; }
        Button, Button:hover { margin-left: 2; background: $panel; color: $foreground; }
        Button.-style-default:focus {
            background: $cursor;
            color: $cursor-text;
            text-style: bold;
        }
    }
    """

    def __init__(
        self,
        question: str,
        subject: str,
        verb: str,
        refusal: str = "keep",
        *,
        final: bool = False,
    ) -> None:
        """``final``: nothing brings back what is lost by a yes, so enter alone does not say it."""
        super().__init__(question, f"y {verb} · n {refusal}")
        self._subject, self._verb, self._refusal = subject, verb, refusal
        self._final = final

    def on_mount(self) -> None:
        """Put the focus on the answer that enter gives."""
        super().on_mount()
        self.query_one("#no" if self._final else "#yes").focus()

    def compose_body(self) -> ComposeResult:
        """What it is about, and the two answers."""
        yield Static(Content(self._subject), id="subject")
        with Horizontal():
            yield Button(Content(self._verb.capitalize()), id="yes", compact=True)
            yield Button(Content(self._refusal.capitalize()), id="no", compact=True)

    def action_answer(self, yes: bool) -> None:
        """Answer."""
        self.dismiss(yes)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer by a button."""
        self.dismiss(event.button.id == "yes")
