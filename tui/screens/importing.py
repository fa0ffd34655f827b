"""Papers in: from which files."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from tui.screens.offering import Offering
from tui.screens.paths import completions, matching
from tui.widgets.fields import Field
from tui.widgets.options import Options


class ImportDialog(Offering[list[Path]]):
    """Asks for files, and helps to find them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    ImportDialog {
        #warning { color: $warning; height: auto; margin-bottom: 1; display: none; }
        #warning.-shown { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Import papers", "enter import · tab complete · esc leave")
        self._shown: list[str] = []

    def compose_body(self) -> ComposeResult:
        """The field, and the files and folders that the name can become."""
        yield Static(
            "BibTeX, RIS, CSV, saved pages and more, packed or not. page-*.txt takes several.",
            classes="about",
        )
        yield Field(placeholder="name of a file", select_on_focus=False)
        yield Options(markup=False)
        yield Static(id="warning", markup=False)

    def on_mount(self) -> None:
        """Show what is in the current folder."""
        self._look("")

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """Show what the name can become."""
        self._warn("")
        self._look(event.value)

    @work(exclusive=True, exit_on_error=False)
    async def _look(self, typed: str) -> None:
        found = await asyncio.to_thread(completions, typed)
        self._shown = found
        self.offer([Content(name.rpartition("/")[2] or Path(name).name + "/") for name in found])

    def action_complete(self) -> None:
        """Write out the name at hand, or as far as all names agree."""
        at = self.query_one(OptionList).highlighted
        if at is not None and at < len(self._shown):
            self.query_one(Field).fill(self._shown[at])
        elif common := os.path.commonprefix(self._shown):  # noqa: RUF071
            self.query_one(Field).fill(common)

    @on(OptionList.OptionSelected)
    async def action_submit(self) -> None:
        """Have done, or go into a folder."""
        options, field = self.query_one(OptionList), self.query_one(Field)
        if options.highlighted is not None:
            self.action_complete()
        if files := await asyncio.to_thread(matching, field.value):
            self.dismiss(files)
        elif not field.value.endswith("/"):
            self._warn(
                f"There is no file {field.value.strip()}."
                if field.value.strip()
                else "Name a file."
            )

    def _warn(self, sentence: str) -> None:
        warning = self.query_one("#warning", Static)
        warning.update(Content(sentence))
        warning.set_class(bool(sentence), "-shown")
