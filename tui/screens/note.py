"""Writing a note on a paper."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.widgets import Static, TextArea

from tui.screens.confirm import Confirm
from tui.screens.dialog import Dialog
from tui.widgets.fields import TakesText


class NoteArea(TakesText, TextArea):
    """Many lines."""

    def take(self, text: str) -> None:
        """Put a text in the place of what is selected, or at the cursor."""
        self.replace(text, *self.selection, maintain_selection_offset=False)

    def typed(self, event: Key) -> str:
        """A character, or the end of a line."""
        return "\n" if event.key == "enter" else super().typed(event)


class NoteEditor(Dialog[str]):
    """A field of many lines. The answer is the whole note; empty removes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "save", "Save", show=False)]

    DEFAULT_CSS = """
    NoteEditor {
        #frame { width: 90; height: 80%; }
        TextArea, TextArea:focus {
            height: 1fr;
            border: none;
            padding: 0 1;
            margin-bottom: 1;
            background: $panel;
        }
    }
    """

    def __init__(self, about: str, text: str) -> None:
        super().__init__("Note", "ctrl+s save · esc leave")
        self._about, self._text = about, text

    def compose_body(self) -> ComposeResult:
        """The paper, and the note under it."""
        yield Static(Content(self._about), classes="about")
        area = NoteArea(self._text, soft_wrap=True)
        area.move_cursor(area.document.end)
        yield area

    def action_save(self) -> None:
        """Have done."""
        self.dismiss(self.query_one(NoteArea).text)

    def action_leave(self) -> None:
        """Leave; ask first where something was written."""
        if self.query_one(NoteArea).text == self._text:
            self.dismiss(None)
            return

        def answer(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        question = Confirm("Leave without saving?", "What you have written is lost.", "leave")
        question.ask(self.app, answer)
