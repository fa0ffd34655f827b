"""A PDF of the reader's own, for a paper."""

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
from tui.screens.paths import completions, typed_path
from tui.widgets.fields import Field
from tui.widgets.options import Options
from tui.widgets.refusal import Refusal


class AttachDialog(Offering[Path]):
    """Asks for one PDF, and helps to find it: folders and PDFs are offered."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    AttachDialog {
        Refusal { color: $warning; }
    }
    """

    def __init__(self, title: str) -> None:
        super().__init__("Attach a PDF", "enter attach · tab complete · esc leave")
        self._paper = title
        self._shown: list[str] = []

    def compose_body(self) -> ComposeResult:
        """The paper, the field, and what the name can become."""
        yield Static(Content(self._paper), classes="about")
        yield Field(placeholder="name of a PDF", select_on_focus=False)
        yield Options(markup=False)
        yield Refusal()

    def on_mount(self) -> None:
        """Show what is in the current folder."""
        self._look("")

    @on(Input.Changed)
    def look(self, event: Input.Changed) -> None:
        """Show what the name can become."""
        self.refuse("")
        self._look(event.value)

    @work(exclusive=True, exit_on_error=False)
    async def _look(self, typed: str) -> None:
        names = await asyncio.to_thread(completions, typed)
        self._shown = [name for name in names if name.endswith("/") or _is_pdf(name)]
        self.offer(
            [
                Content(name.rstrip("/").rpartition("/")[2] + "/" * name.endswith("/"))
                for name in self._shown
            ]
        )

    def action_complete(self) -> None:
        """Write out the name at hand, or as far as all names agree."""
        at = self.options.highlighted
        if at is not None and at < len(self._shown):
            self.field.fill(self._shown[at])
        elif common := os.path.commonprefix(self._shown):  # noqa: RUF071
            self.field.fill(common)

    @on(OptionList.OptionSelected)
    async def action_submit(self) -> None:
        """Have done, or go into a folder."""
        if self.options.highlighted is not None:
            self.action_complete()
        typed = self.field.value.strip()
        path = typed_path(typed)
        if not typed:
            self.refuse("Name a PDF.")
        elif await asyncio.to_thread(os.path.isfile, path):
            self.dismiss(path.absolute())
        elif await asyncio.to_thread(os.path.isdir, path):
            self.field.fill(typed if typed.endswith("/") else f"{typed}/")
        else:
            self.refuse(f"There is no file {typed}.")


def _is_pdf(name: str) -> bool:
    return name.lower().endswith(".pdf")
