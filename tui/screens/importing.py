"""Papers in: from which files and folders."""

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
from tui.screens.paths import completions, matching, typed_folder
from tui.widgets.fields import Field
from tui.widgets.options import Options
from tui.widgets.refusal import Refusal


class ImportDialog(Offering[list[Path]]):
    """Asks for files or a folder, and helps to find them.

    Of a folder that is gone into, the first line stands for all that is in it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    ImportDialog {
        Refusal { color: $warning; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Import papers", "enter import · tab complete · esc leave")
        self._shown: list[str] = []
        self._whole: Path | None = None  # the folder that the first line stands for
        self._entered = ""  # the folder that was gone into: there the cursor is on that line

    def compose_body(self) -> ComposeResult:
        """The field, and the files and folders that the name can become."""
        yield Static(
            "BibTeX, RIS, CSV, PDFs, saved pages and more, packed or not; OPML brings feeds to "
            "follow. page-*.txt takes several, and a folder can come in whole.",
            classes="about",
        )
        yield Field(placeholder="name of a file or folder", select_on_focus=False)
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
        if typed != self._entered:
            self._entered = ""
        shown, whole = await asyncio.to_thread(_offered, typed)
        self._shown, self._whole = shown, whole
        lines = [Content(name.rpartition("/")[2] or Path(name).name + "/") for name in shown]
        if whole:
            name = f"{whole.name}/"
            lines.insert(0, Content.assemble(("All of ", "$accent"), (name, "bold $accent")))
        self.offer(lines)
        if whole and self._entered:
            self.options.highlighted = 0

    @property
    def _at_whole(self) -> bool:
        return self._whole is not None and self.options.highlighted == 0

    def action_complete(self) -> None:
        """Write out the name at hand, or as far as all names agree."""
        at = self.options.highlighted
        if self._whole and at is not None:
            at -= 1
        if at is not None and 0 <= at < len(self._shown):
            self.field.fill(self._shown[at])
        elif common := os.path.commonprefix(self._shown):  # noqa: RUF071
            self.field.fill(common)

    @on(OptionList.OptionSelected)
    async def action_submit(self) -> None:
        """Have done, or go into a folder."""
        if self._whole and self._at_whole:
            self.dismiss([self._whole])
            return
        if self.options.highlighted is not None:
            self.action_complete()
        typed = self.field.value.strip()
        if files := await asyncio.to_thread(matching, typed):
            self.dismiss(files)
        elif not typed:
            self.refuse("Name a file or a folder.")
        elif await asyncio.to_thread(typed_folder, typed) is not None:
            self._go_into(typed)
        else:
            self.refuse(f"There is no file {typed}.")

    def _go_into(self, folder: str) -> None:
        """Show what is in a folder; enter once more imports all of it."""
        self._entered = folder if folder.endswith("/") else f"{folder}/"
        if self._entered == self.field.value:
            self._look(self._entered)
        else:
            self.field.fill(self._entered)


def _offered(typed: str) -> tuple[list[str], Path | None]:
    """What a name can become, and the folder that it is, once its slash is written."""
    return completions(typed), typed_folder(typed) if typed.endswith("/") else None
