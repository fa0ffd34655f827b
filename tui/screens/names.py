"""Choosing tags or reading lists for a paper, by a few letters of their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from index.text import clean_line, fold
from tui.screens.dialog import Dialog
from tui.widgets.fields import Field

Changes = tuple[tuple[str, bool], ...]
"""Names that the paper is to bear (True) or to bear no more."""

SHOWN = 100  # names that are listed at once


def ranked(typed: str, names: Iterable[str]) -> list[str]:
    """The names that start with some letters, then those that hold them, then those alike."""
    from rapidfuzz import fuzz, process

    wanted, folded = fold(typed), {name: fold(name) for name in names}
    if not wanted:
        return list(folded)
    close = {
        name: score
        for _, score, name in process.extract(
            wanted, folded, scorer=fuzz.partial_ratio, limit=None, score_cutoff=60
        )
    }
    return sorted(
        close,
        key=lambda name: (
            not folded[name].startswith(wanted),
            wanted not in folded[name],
            -close[name],
            folded[name],
        ),
    )


class NamesDialog(Dialog[Changes]):
    """Names with a tick before those that the paper bears, and an offer to make a new one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "highlight(1)", show=False),
        Binding("up", "highlight(-1)", show=False),
        Binding("tab", "choose", show=False, priority=True),
    ]

    def __init__(self, kind: str, about: str, known: Sequence[str], borne: Sequence[str]) -> None:
        super().__init__(kind.capitalize(), "enter choose · tab choose several · esc leave")
        self._kind, self._about = kind, about
        self._known = sorted({*known, *borne}, key=lambda name: (name not in borne, fold(name)))
        self._borne, self._wanted = frozenset(borne), set(borne)
        self._shown: list[str] = []
        self._listed = ""  # what was typed when they were listed

    def compose_body(self) -> ComposeResult:
        """The paper, the field, and the names that fit."""
        yield Static(Content(self._about), classes="about")
        yield Field(placeholder=f"name of a {self._kind}", select_on_focus=False)
        yield OptionList(markup=False)

    def on_mount(self) -> None:
        """Show every name."""
        self.query_one(OptionList).can_focus = False
        self._list()

    def on_input_changed(self) -> None:
        """Show the names that fit, and the best of them ready to be chosen."""
        self._list()
        self.query_one(OptionList).highlighted = 0 if self._listed and self._shown else None

    def _list(self) -> None:
        typed = clean_line(self.query_one(Field).value)
        self._listed = typed
        self._shown = ranked(typed, self._known)[:SHOWN]
        prompts = [
            Content.assemble(("✓ ", "bold $success") if name in self._wanted else "  ", name)
            for name in self._shown
        ]
        if typed and fold(typed) not in {fold(name) for name in self._known}:
            self._shown.append(typed)
            prompts.append(
                Content.assemble(("+ ", "bold $accent"), f"create {self._kind} ‘{typed}’")
            )
        options = self.query_one(OptionList)
        options.set_options(prompts)
        options.display = bool(prompts)

    def action_highlight(self, way: int) -> None:
        """Move along the names."""
        options = self.query_one(OptionList)
        if way > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_choose(self) -> None:
        """Choose the name at hand, or no longer, and stay."""
        if self._listed != clean_line(self.query_one(Field).value):
            self.on_input_changed()
        at = self.query_one(OptionList).highlighted
        if at is None:
            return
        name = self._shown[at]
        self._wanted ^= {name}
        if name not in self._known:
            self._known.insert(0, name)
        field, options = self.query_one(Field), self.query_one(OptionList)
        with self.prevent(Input.Changed):
            field.value = ""
        self._list()
        options.highlighted = self._shown.index(name) if name in self._shown else None

    def action_submit(self) -> None:
        """Choose the name at hand too, unless others were chosen before, and have done."""
        if self.query_one(Field).value.strip() or self._wanted == self._borne:
            self.action_choose()
        self._finish()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose by a click."""
        self.action_choose()
        self._finish()

    def _finish(self) -> None:
        changed = sorted(self._wanted ^ self._borne, key=fold)
        self.dismiss(tuple((name, name in self._wanted) for name in changed))
