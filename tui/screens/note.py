"""Writing a note on a paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from index.errors import CarrelError, NoteChangedError
from index.views import Detail, Done
from tui.editor import EditorError, lend
from tui.screens.confirm import Confirm
from tui.screens.dialog import Dialog
from tui.screens.note_conflict import NoteConflict, Resolution, joined
from tui.widgets.area import Area

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk

LOWEST = 9  # lines of the editor, where the pane has so many


class NoteEditor(Dialog[None]):
    """A field of many lines over the lower half of the paper, which stays in view above it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False),
        # In the field it would go to the end of the line, as the end key does.
        Binding("ctrl+e", "lend", "Into the editor", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    NoteEditor {
        align: left top;
        background: transparent;

        #frame { max-width: 100%; max-height: 100%; padding: 0 1; }
        #frame > .about {
            height: 1;
            padding: 0 1;
            text-wrap: nowrap;
            text-overflow: ellipsis;
            margin-bottom: 0;
        }
        TextArea, TextArea:focus { height: 1fr; border: none; padding: 0 1; background: $panel; }
    }
    """

    def __init__(self, desk: Desk, paper: Detail, text: str | None = None) -> None:
        """``text``: what the note is to become, where that was written elsewhere."""
        super().__init__("Note", "ctrl+s save · ctrl+e editor · esc leave")
        self._desk, self._paper = desk, paper
        self._text = paper.note if text is None else text

    def compose_body(self) -> ComposeResult:
        """The paper, and the note under it."""
        yield Static(Content(self._paper.title), classes="about")
        area = Area(self._text, soft_wrap=True, placeholder="Markdown")
        area.move_cursor(area.document.end)
        yield area

    @property
    def _area(self) -> Area:
        return self.query_one(Area)

    def on_resize(self) -> None:
        """Stay over the pane of the paper."""
        self.call_after_refresh(self._fit)

    def on_mount(self) -> None:
        """Stand over the pane of the paper."""
        self._fit()

    def _fit(self) -> None:
        pane, frame = self._desk.paper.region, self.query_one("#frame")
        height = min(pane.height, max(LOWEST, pane.height // 2))
        frame.styles.width, frame.styles.height = pane.width, height
        frame.styles.offset = pane.x, pane.bottom - height

    def action_save(self) -> None:
        """Write the note, and leave once it is kept."""

        def leave(kept: bool) -> None:
            if kept:
                self.dismiss(None)

        save_note(self._desk, self._paper, self._area.text, leave)

    def action_lend(self) -> None:
        """Go on in the reader's own editor; what it brings back is to be saved here."""
        area = self._area
        try:
            text = lend(self.app, area.text, self._paper.title)
        except EditorError as error:
            self._desk.tell_error(str(error))
            return
        if text != area.text:
            area.replace(text, (0, 0), area.document.end)
            area.move_cursor(area.document.end)

    def action_leave(self) -> None:
        """Leave; ask first where something was written."""
        if self._area.text == self._paper.note:
            self.dismiss(None)
            return

        def answer(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        lost = "What you have written is lost; ctrl+s in the note saves it."
        Confirm("Leave without saving?", lost, "leave", "stay", final=True).ask(self.app, answer)


def edit_note(desk: Desk, paper: Detail, text: str | None = None) -> None:
    """Have a note edited over the pane of its paper, which comes to the front for it."""
    before = desk.pane

    def ask() -> None:
        NoteEditor(desk, paper, text).ask(desk.app, lambda _: desk.go(before))

    desk.carrel.holds_keys = True
    desk.go("paper")
    desk.call_after_refresh(ask)


def save_note(
    desk: Desk,
    paper: Detail,
    text: str,
    then: Callable[[bool], None],
    base: str | None = None,
) -> None:
    """Write a note that was made from ``base``, or from the one that is shown.

    Where the note has changed elsewhere meanwhile, the reader says what becomes of the two.
    ``then`` is told whether that is settled; else the text is not kept anywhere.
    """
    base = paper.note if base is None else base

    def write(library: Library) -> Done | CarrelError:
        try:
            return library.notes.write(paper.id, text, base)
        except CarrelError as error:
            return error

    def go_on(answer: Done | CarrelError) -> None:
        if isinstance(answer, NoteChangedError):
            theirs = answer.note
            NoteConflict(theirs, text).ask(desk.app, lambda choice: resolve(choice, theirs))
        elif isinstance(answer, CarrelError):
            desk.tell_error(str(answer))
            then(False)
        else:
            desk.tell(answer.message)
            desk.errands.look_again(search=False)
            then(True)

    def resolve(choice: Resolution | None, theirs: str) -> None:
        if choice == "mine":
            save_note(desk, paper, text, then, theirs)
        elif choice == "both":
            save_note(desk, paper, joined(theirs, text), then, theirs)
        else:
            desk.errands.look_again(search=False)
            then(choice == "theirs")

    desk.errands.bring(write, go_on)
