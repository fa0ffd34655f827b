"""Papers in, papers out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.command import command

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@command("x", "Export these papers to a file", group="Library", footer="export")
def export(desk: Desk) -> None:
    from tui.screens.export import ExportDialog, ExportPlan

    def apply(plan: ExportPlan | None) -> None:
        if plan:
            desk.start(desk.errands.export, plan)

    ExportDialog(desk.papers_named, desk.results.list.count).ask(desk.app, apply)


@command("i", "Import papers from files", group="Library", footer="import")
def import_papers(desk: Desk) -> None:
    from tui.screens.importing import ImportDialog

    def apply(files: list[Path] | None) -> None:
        if files:
            desk.start(desk.errands.import_files, files)

    ImportDialog().ask(desk.app, apply)
