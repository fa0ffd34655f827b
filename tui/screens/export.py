"""Papers out: to which file, with how much of each."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, RadioButton, RadioSet, Static

from index.exports import Abstracts, file_name
from tui.screens.dialog import Dialog
from tui.screens.paths import typed_path, why_not_written
from tui.widgets.fields import Field

_ABSTRACTS: tuple[tuple[Abstracts, str], ...] = (
    ("folded", "folded away under each paper"),
    ("full", "in full"),
    ("none", "left out"),
)


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Where to and how."""

    path: Path
    title: str
    abstracts: Abstracts
    replace: bool = False


class ExportDialog(Dialog[ExportPlan]):
    """Asks for a file, and a second time before one is replaced."""

    DEFAULT_CSS = """
    ExportDialog {
        RadioSet, RadioSet:focus {
            width: 100%;
            border: none;
            padding: 0;
            margin-bottom: 1;
            background: transparent;
        }
        RadioButton { background: transparent; }
        #warning { color: $warning; height: auto; display: none; margin-bottom: 1; }
        #warning.-shown { display: block; }
        .label { color: $muted; text-style: $muted-style; }
    }
    """

    def __init__(self, named: str, count: int) -> None:
        papers = "1 paper" if count == 1 else f"{count:,} papers"
        super().__init__("Export to Markdown", "enter export · tab next · esc leave")
        self._named, self._about = named, f"{papers}: {named}"
        self._warned: Path | None = None

    def compose_body(self) -> ComposeResult:
        """What is exported, the file, and what becomes of the abstracts."""
        yield Static(Content(self._about), classes="about")
        yield Static("File", classes="label")
        yield Field(file_name(self._named, ".md"), select_on_focus=False)
        yield Static("Abstracts", classes="label")
        with RadioSet(compact=True):
            for choice, words in _ABSTRACTS:
                yield RadioButton(words, value=choice == "folded", name=choice, compact=True)
        yield Static(id="warning", markup=False)

    @property
    def abstracts(self) -> Abstracts:
        """The choice that is made."""
        pressed = self.query_one(RadioSet).pressed_button
        return cast(Abstracts, pressed.name if pressed else "folded")

    @on(Input.Changed)
    def forget_warning(self) -> None:
        """Another file is another question."""
        self._warn("")
        self._warned = None

    async def action_submit(self) -> None:
        """Have done, or warn before a file is replaced."""
        path = typed_path(self.query_one(Field).value)
        problem = await asyncio.to_thread(why_not_written, path)
        if problem:
            self._warn(problem)
        elif self._warned != path and await asyncio.to_thread(path.exists):
            self._warned = path
            self._warn(f"{path.name} exists. Press enter again to replace it.")
        else:
            self.dismiss(ExportPlan(path, self._named, self.abstracts, path == self._warned))

    def _warn(self, sentence: str) -> None:
        warning = self.query_one("#warning", Static)
        warning.update(Content(sentence))
        warning.set_class(bool(sentence), "-shown")
