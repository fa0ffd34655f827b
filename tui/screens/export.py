"""Papers out: by which format, to which file, with how much of each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from index.exports import Abstracts, file_name
from index.text import counted
from tui.exporting import ExportPlan, Papers, Way
from tui.screens.dialog import Dialog
from tui.screens.paths import is_taken, typed_path, why_not_written
from tui.widgets.fields import Field
from tui.widgets.one_of import OneOf
from tui.widgets.options import Options
from tui.widgets.refusal import Refusal

_ABSTRACTS: tuple[tuple[str, Abstracts], ...] = (
    ("folded away", "folded"),
    ("in full", "full"),
    ("left out", "none"),
)


class Ways(Options):
    """The formats and templates, the first nine with a digit. Enter is for the dialog."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "screen.submit", show=False),
        *(Binding(str(digit), f"choose({digit - 1})", show=False) for digit in range(1, 10)),
    ]

    def action_choose(self, number: int) -> None:
        """Choose by the number, counted from 0."""
        if number < self.option_count:
            self.highlighted = number


class ExportDialog(Dialog[ExportPlan]):
    """Asks for a format and a file, and a second time before one is replaced."""

    DEFAULT_CSS = """
    ExportDialog {
        Ways, Ways:focus { max-height: 8; }
        Ways:blur > .option-list--option-highlighted {
            background: $cursor-blurred;
            color: $foreground;
            text-style: $cursor-blurred-style;
        }
        Refusal { color: $warning; }
        Horizontal { height: auto; }
        .label { width: 11; color: $muted; text-style: $muted-style; }
        Field { width: 1fr; }
        OneOf { width: 1fr; padding-left: 1; margin-bottom: 1; }
    }
    """

    def __init__(
        self,
        papers: Papers,
        ways: Sequence[Way],
        plan: ExportPlan | None = None,
        problem: str = "",
    ) -> None:
        """``plan``: one that could not be carried out; ``problem`` says why."""
        super().__init__("Export", "enter export · tab next · esc leave")
        self._papers, self._ways, self._plan, self._problem = papers, ways, plan, problem
        self._chosen = plan.way if plan else ways[0]
        self._given = ""  # the name of the file as it was put here last
        self._warned_of = (self._chosen, "")  # the format and the name that the warning is about
        self._may_replace = False  # whether the warning was that something would be replaced

    def compose_body(self) -> ComposeResult:
        """What is exported, by which format, to which file, and what becomes of the abstracts."""
        papers = counted(self._papers.count)
        yield Static(Content(f"{papers}: {self._papers.title}"), classes="about")
        yield Ways(*self._lines(), markup=False)
        with Horizontal():
            yield Static("File", classes="label", id="target")
            yield Field(select_on_focus=False)
        with Horizontal(id="abstracts"):
            yield Static("Abstracts", classes="label")
            yield OneOf(_ABSTRACTS)
        yield Refusal()

    def _lines(self) -> list[Content]:
        width = max(len(way.description) for way in self._ways)
        return [
            Content.assemble(
                (f"{number if number < 10 else ' '} ", "$accent"),
                way.description.ljust(width + 2),
                (way.suffix or "folder", "$muted"),
            )
            for number, way in enumerate(self._ways, 1)
        ]

    def on_mount(self) -> None:
        """Begin with the first format, or where the plan stood."""
        ways = self.query_one(Ways)
        ways.highlighted = self._ways.index(self._chosen)
        if self._plan:
            self.query_one(OneOf).offer(self._chosen.abstracts, self._plan.abstracts)
            self.query_one(Field).fill(str(self._plan.path))
            self.query_one(Field).focus()
        self._follow()
        self._warn(self._problem)

    @on(OptionList.OptionHighlighted)
    def _follow(self) -> None:
        """Fit the name of the file and the choice of abstracts to the format."""
        at = self.query_one(Ways).highlighted
        self._chosen = way = self._ways[at or 0]
        field = self.query_one(Field)
        if field.value == self._given:
            self._given = file_name(self._papers.title, way.suffix)
            field.fill(self._given)
        self.query_one("#target", Static).update("Folder" if way.is_folder else "File")
        self.query_one(OneOf).offer(way.abstracts)
        self.query_one("#abstracts").display = bool(way.abstracts)

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        self._follow()

    @on(Input.Changed)
    @on(OptionList.OptionHighlighted)
    def _forget_warning(self) -> None:
        """Another file or format is another question."""
        if (self._chosen, self.query_one(Field).value) != self._warned_of:
            self._warn("")

    async def action_submit(self) -> None:
        """Have done, or warn before anything is replaced."""
        self._follow()
        self._forget_warning()
        way, path = self._chosen, typed_path(self.query_one(Field).value)
        problem = await asyncio.to_thread(why_not_written, path, way.is_folder)
        if problem:
            self._warn(problem)
        elif self._may_replace or not await asyncio.to_thread(is_taken, path):
            abstracts = self.query_one(OneOf).choice
            self.dismiss(ExportPlan(self._papers, way, path, abstracts, self._may_replace))
        else:
            what = "holds files. Press enter again to replace those that carrel made"
            again = "exists. Press enter again to replace it"
            self._warn(f"{path.name} {what if way.is_folder else again}.", may_replace=True)

    def _warn(self, sentence: str, *, may_replace: bool = False) -> None:
        self._warned_of = self._chosen, self.query_one(Field).value
        self._may_replace = may_replace
        self.refuse(sentence)
