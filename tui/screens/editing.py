"""Editing the fields of a paper: a form, each field as a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import TextArea

from index.errors import CarrelError
from index.views import Detail, Done
from tui.screens.confirm import Confirm
from tui.screens.dialog import Dialog
from tui.widgets.area import Area
from tui.widgets.fields import Field
from tui.widgets.refusal import Refusal

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk

LABELS: Mapping[str, str] = {
    "title": "Title",
    "authors": "Authors, one a line",
    "published": "Date: a year, a month (2024-02) or a day",
    "venue": "Venue",
    "key": "Citation key",
    "categories": "Categories, one a line",
    "identifiers": "Identifiers, one a line (doi:…, arxiv:…)",
    "links": "Links, one a line (pdf https://…)",
    "abstract": "Abstract",
}
"""The fields in their order, and what stands above each."""

_ONE_LINE = {"title", "published", "venue", "key"}
_LINES = {"abstract": 8}
_FEWEST, _MOST = 2, 6  # lines of a field that may have several


class EditForm(Dialog[None]):
    """All fields of a paper. What is changed is kept as one action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "Save", show=False),
        # In a field of many lines it would be part of the text's own keys.
        Binding("ctrl+r", "reset", "As the sources say", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    EditForm {
        #frame { width: 92; height: 90%; }
        VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; padding-right: 1; }
        Field, Field:focus, Area, Area:focus {
            height: 2;
            border: none;
            border-top: blank;
            border-title-color: $muted;
            border-title-style: $muted-style;
            padding: 0 1;
            background: $panel;
            margin-bottom: 1;
        }
    }
    """

    def __init__(self, desk: Desk, paper: Detail, texts: Mapping[str, str]) -> None:
        """``texts``: the fields as ``library.papers.editable`` gives them."""
        super().__init__(
            "Edit the paper", "tab next · ctrl+s save · ctrl+r as the sources say · esc leave"
        )
        self._desk, self._paper = desk, paper
        self._texts = dict(texts)

    def compose_body(self) -> ComposeResult:
        """What is wrong, if anything, and the fields one below the other."""
        yield Refusal()
        with VerticalScroll(can_focus=False):
            for name in LABELS:
                field = self._field(name)
                field.border_title = self._label(name)
                yield field

    def _field(self, name: str) -> Field | Area:
        text = self._texts[name]
        if name in _ONE_LINE:
            return Field(text, id=name, select_on_focus=False)
        area = Area(text, soft_wrap=True, id=name)
        lines = _LINES.get(name, max(_FEWEST, min(_MOST, text.count("\n") + 1)))
        area.styles.height = lines + 1  # and what stands above
        area.move_cursor(area.document.end)
        return area

    def _label(self, name: str) -> Content:
        edited = name in self._paper.edited
        return Content.assemble(LABELS[name], ("  edited by you", "$accent") if edited else "")

    def _text(self, name: str) -> str:
        field = self.query_one(f"#{name}")
        return (
            field.text if isinstance(field, TextArea) else self.query_one(f"#{name}", Field).value
        )

    @property
    def _changes(self) -> dict[str, str]:
        """The fields that are not as they were."""
        texts = {name: self._text(name) for name in LABELS}
        return {name: text for name, text in texts.items() if text != self._texts[name]}

    def action_submit(self) -> None:
        """Enter in a field of one line: on to the next."""
        self.focus_next()

    def action_save(self) -> None:
        """Keep what was changed, and leave; or say what cannot be kept."""
        changes = self._changes
        if not changes:
            self.dismiss(None)
            return

        def keep(library: Library) -> Done | CarrelError:
            try:
                return library.papers.edit(self._paper.id, changes)
            except CarrelError as error:
                return error

        self._desk.errands.bring(keep, self._go_on)

    def action_reset(self) -> None:
        """Let the sources speak again of the field at hand, where it was edited."""
        name = self.focused.id if self.focused else None
        if name not in self._paper.edited:
            self.refuse("You have not edited this field: it is as the sources have it.")
            return
        if self._changes:
            self.refuse("Save or leave what you have changed first.")
            return
        chosen = str(name)
        self._desk.errands.bring(
            lambda library: library.papers.unedit(self._paper.id, [chosen]), self._go_on
        )

    def _go_on(self, answer: Done | CarrelError) -> None:
        if isinstance(answer, CarrelError):
            self.refuse(str(answer))
            return
        self.dismiss(None)
        self._desk.tell(answer.message)
        self._desk.errands.look_again(search=True)

    def action_leave(self) -> None:
        """Leave; ask first where something was changed."""
        if not self._changes:
            self.dismiss(None)
            return

        def answer(yes: bool | None) -> None:
            if yes:
                self.dismiss(None)

        lost = "What you have changed is lost; ctrl+s in the form saves it."
        Confirm("Leave without saving?", lost, "leave", "stay", final=True).ask(self.app, answer)
