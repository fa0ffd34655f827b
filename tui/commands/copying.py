"""Copying: papers in a form that is pasted elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from index.text import capital
from tui.commands.papers import papers_command

if TYPE_CHECKING:
    from index.exports.citation import Form
    from tui.screens.desk import Desk

MOST = 1_000_000  # characters; a terminal that is given more would be busy with nothing else


@papers_command("y", "Copy the title, link, BibTeX or citation", "copy")
def copy(desk: Desk) -> None:
    from tui.screens.copying import CopyMenu

    chosen = desk.chosen

    def apply(form: Form | None) -> None:
        if form:
            desk.start(_copy, desk, chosen, form)

    CopyMenu(len(chosen)).ask(desk.app, apply)


async def _copy(desk: Desk, papers: Sequence[int], form: Form) -> None:
    from tui.screens.copying import form_named

    text = await desk.librarian.ask("advice", lambda library: library.copied(papers, form))
    what, missing = form_named(form, len(papers)), 0
    if form == "link":  # one a line, and not every paper has one
        missing = len(papers) - len(text.split("\n"))
        what = form_named(form, len(papers) - missing)
    if len(text) > MOST:
        desk.tell_error(f"{capital(what)} are too long to be copied: x exports them.")
    else:
        desk.copy(text, f"Copied {what}" + (f"; {missing:,} have none." if missing else "."))
