"""A reading list as Markdown: out to the reader's own editor, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from index.errors import CarrelError
from index.views import Done
from tui import editor
from tui.screens.dialog import Dialog
from tui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk


class NotApplied(Dialog[bool]):
    """What is wrong with an edited list, line by line. True: edit it again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e,enter", "again", "Edit again", show=False),
        Binding("q", "leave", "Leave", show=False),
    ]

    DEFAULT_CSS = """
    NotApplied {
        Scroller { height: auto; max-height: 16; margin-bottom: 1; }
        #wrong { color: $error; height: auto; }
    }
    """

    def __init__(self, name: str, wrong: str) -> None:
        super().__init__(f"“{name}” is not changed", "e edit again · esc leave, the text is kept")
        self._wrong = wrong

    def compose_body(self) -> ComposeResult:
        """What is wrong."""
        yield Static("Nothing of what you wrote was applied:", classes="about")
        with Scroller():
            yield Static(Content(self._wrong), id="wrong")

    def action_again(self) -> None:
        """Go back to the editor."""
        self.dismiss(True)


def edit_as_markdown(desk: Desk, name: str) -> None:
    """Have a reading list edited, and what came back applied as one action."""
    desk.errands.bring(
        lambda library: library.lists.markdown(name), lambda text: _lend(desk, name, text, text)
    )


def _lend(desk: Desk, name: str, base: str, text: str) -> None:
    try:
        after = editor.lend(desk.app, text, name)
    except editor.EditorError as error:
        desk.tell_error(str(error))
        return
    if after == base:
        desk.tell("The list is as it was.")
    else:
        _apply(desk, name, base, after)


def _apply(desk: Desk, name: str, base: str, text: str) -> None:
    wrong: list[CarrelError] = []

    def work(library: Library) -> Done | None:
        try:
            return library.lists.apply(name, text, base)
        except CarrelError as error:  # whatever it is: what was written is not lost by it
            wrong.append(error)
            return None

    def answer(again: bool | None) -> None:
        if again:
            _lend(desk, name, base, text)
        else:
            _keep(desk, name, text)

    def ask() -> None:
        if wrong:
            NotApplied(name, str(wrong[0])).ask(desk.app, answer)

    desk.errands.act(work, again=True, then=ask)


def _keep(desk: Desk, name: str, text: str) -> None:
    try:
        desk.tell_at_length(str(editor.keep(text, name)), "What you wrote is kept in")
    except editor.EditorError as error:
        desk.tell_error(str(error))
