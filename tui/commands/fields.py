"""The fields of a paper: edited, and where they are from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.views import Detail, Provenance, Row
from tui.commands.papers import paper_command, with_detail

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@paper_command("B", "Edit the title, authors and all other fields")
def edit_fields(desk: Desk, row: Row) -> None:
    from tui.screens.editing import EditForm

    def edit(paper: Detail) -> None:
        def ask(texts: dict[str, str]) -> None:
            EditForm(desk, paper, texts).ask(desk.app, lambda _: None)

        desk.errands.bring(lambda library: library.papers.editable(paper.id), ask)

    with_detail(desk, row, edit)


@paper_command("P", "Show where the paper and its fields are from")
def provenance(desk: Desk, row: Row) -> None:
    from tui.screens.provenance import ProvenanceDialog

    def show(found: Provenance) -> None:
        ProvenanceDialog(row.title, found).ask(desk.app, lambda _: None)

    desk.errands.bring(lambda library: library.provenance(row.id), show)
