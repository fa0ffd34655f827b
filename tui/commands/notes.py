"""Notes: the reader's own words on a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.views import Detail, Row
from tui.commands.papers import paper_command, with_detail

if TYPE_CHECKING:
    from tui.screens.desk import Desk

LONGEST = 100_000  # characters of a note that is edited in the reader without waiting for it


@paper_command("n", "Write a note on the paper", "note")
def note(desk: Desk, row: Row) -> None:
    from tui.screens.note import edit_note

    def edit(paper: Detail) -> None:
        if len(paper.note) > LONGEST:
            desk.tell("A note as long as this is edited in your editor: E opens it.")
        else:
            edit_note(desk, paper)

    with_detail(desk, row, edit)


@paper_command("E", "Write a note on the paper in $VISUAL or $EDITOR")
def note_in_editor(desk: Desk, row: Row) -> None:
    from tui.editor import EditorError, lend
    from tui.screens.note import edit_note, save_note

    def edit(paper: Detail) -> None:
        try:
            text = lend(desk.app, paper.note, paper.title)
        except EditorError as error:
            desk.tell_error(str(error))
            return
        if text == paper.note:
            desk.tell("The note is as it was.")
        else:
            save_note(
                desk, paper, text, lambda kept: None if kept else edit_note(desk, paper, text)
            )

    with_detail(desk, row, edit)
