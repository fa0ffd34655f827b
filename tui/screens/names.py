"""Choosing tags or reading lists for papers, by a few letters of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from index.text import clean_line, fold
from tui.screens.offering import Offering
from tui.widgets.fields import Field
from tui.widgets.options import Options
from tui.widgets.tag_colours import Colours, tag_style

Changes = tuple[tuple[str, bool], ...]
"""Names that the papers are to bear (True) or to bear no more."""

SHOWN = 100  # names that are listed at once


def ranked(typed: str, names: Iterable[str]) -> list[str]:
    """The names that start with some letters, then those that hold them, then those alike.

    ``ml/`` has those that start so alone: what lies below ml.
    """
    from rapidfuzz import fuzz, process

    wanted, folded = fold(typed), {name: fold(name) for name in names}
    if not wanted:
        return list(folded)
    if wanted.endswith("/"):
        return [name for name in folded if folded[name].startswith(wanted)]
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


@dataclass(frozen=True, slots=True)
class Names:
    """Names that papers bear, and how many of the papers bear each."""

    papers: int
    borne: Mapping[str, int]
    wanted: Mapping[str, bool] = field(default_factory=dict)  # what is to be otherwise

    def state(self, name: str) -> bool | None:
        """Whether the papers are to bear a name; None where some are, as before."""
        before = self.borne.get(name, 0)
        as_before = None if 0 < before < self.papers else bool(before)
        return self.wanted.get(name, as_before)

    def turned(self, name: str) -> Names:
        """The names with the next state of one: some, all, none, as before."""
        before = self.borne.get(name, 0)
        wanted = dict(self.wanted)
        if name not in wanted:
            wanted[name] = before < self.papers
        elif wanted[name] and before:
            wanted[name] = False
        else:
            del wanted[name]
        return Names(self.papers, self.borne, wanted)

    @property
    def changes(self) -> Changes:
        """What is to be otherwise, by the alphabet."""
        return tuple(sorted(self.wanted.items(), key=lambda change: fold(change[0])))


SIGNS: dict[bool | None, tuple[str, str]] = {
    True: ("✓ ", "bold $success"),
    None: ("◪ ", "$accent"),
    False: ("  ", ""),
}


class NamesDialog(Offering[Changes]):
    """Names with a tick before those that the papers bear, and an offer to make a new one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "choose", show=False, priority=True),
    ]

    def __init__(
        self,
        kind: Literal["tag", "reading list"],
        about: str,
        known: Sequence[str],
        names: Names,
        colours: Colours | None = None,
    ) -> None:
        super().__init__(kind.capitalize(), "enter choose · tab choose several · esc leave")
        self._kind, self._about, self._names = kind, about, names
        self._known = sorted(
            {*known, *names.borne},
            key=lambda name: (name not in names.borne, fold(name).split("/")),
        )
        self._colours = colours or {}
        self._shown: list[str] = []
        self._listed = ""  # what was typed when they were listed

    def compose_body(self) -> ComposeResult:
        """The papers, the field, and the names that fit."""
        yield Static(Content(self._about), classes="about")
        yield Field(placeholder=f"name of a {self._kind}", select_on_focus=False)
        yield Options(markup=False)

    def on_mount(self) -> None:
        """Show every name."""
        self._list()

    def on_input_changed(self) -> None:
        """Show the names that fit, and the best of them ready to be chosen."""
        self._list()
        self.options.highlighted = 0 if self._listed and self._shown else None

    @property
    def _typed(self) -> str:
        typed = clean_line(self.field.value)
        return typed.lstrip("#") if self._kind == "tag" else typed

    def _list(self) -> None:
        typed = self._listed = self._typed
        self._shown = ranked(typed, self._known)[:SHOWN]
        prompts = [self._line(name) for name in self._shown]
        new = typed.rstrip("/") if self._kind == "tag" else typed
        if new and fold(new) not in {fold(name) for name in self._known}:
            self._shown.append(new)
            prompts.append(Content.assemble(("+ ", "bold $accent"), f"create {self._kind} ‘{new}’"))
        self.offer(prompts)

    def _line(self, name: str) -> Content:
        state = self._names.state(name)
        some = f"  {self._names.borne[name]:,} of {self._names.papers:,}" if state is None else ""
        return Content.assemble(
            SIGNS[state],
            (name, tag_style(self._colours.get(name, ""), "")),
            (some, "$muted $muted-style"),
        )

    def action_choose(self) -> None:
        """Choose the name at hand, or no longer, and stay."""
        if self._listed != self._typed:
            self.on_input_changed()
        at = self.options.highlighted
        if at is None:
            return
        name = self._shown[at]
        self._names = self._names.turned(name)
        if name not in self._known:
            self._known.insert(0, name)
        with self.prevent(Input.Changed):
            self.field.value = ""
        self._list()
        self.options.highlighted = self._shown.index(name) if name in self._shown else None

    def action_submit(self) -> None:
        """Choose the name at hand too, unless others were chosen before, and have done."""
        if self.field.value.strip() or not self._names.wanted:
            self.action_choose()
        self._finish()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose by a click."""
        self.action_choose()
        self._finish()

    def _finish(self) -> None:
        self.dismiss(self._names.changes)
