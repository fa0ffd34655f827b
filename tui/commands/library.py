"""Papers in, papers out: what is done with files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.commands.command import command

if TYPE_CHECKING:
    from tui.exporting import ExportPlan, Papers, Way
    from tui.screens.desk import Desk


@command("x", "Export papers, in a format or by a template", group="Library", footer="export")
def export(desk: Desk) -> None:
    from tui.exporting import Papers, ways

    count, ids = desk.results.list.count, None
    title = desk.papers_named
    if desk.has_marks:
        ids, title = desk.chosen, "marked papers"
        count = len(ids)
    papers = Papers(title, count, desk.ask, ids)

    def ask(found: list[Way]) -> None:
        _ask(desk, papers, found)

    if count:
        desk.errands.bring(lambda _: ways(), ask)
    else:
        desk.tell("There are no papers to export.")


def _ask(
    desk: Desk,
    papers: Papers,
    ways: Sequence[Way],
    plan: ExportPlan | None = None,
    problem: str = "",
) -> None:
    """Ask how papers are to leave; again, with the problem, where a plan did not work out."""
    from tui.screens.export import ExportDialog

    def apply(chosen: ExportPlan | None) -> None:
        if chosen:
            desk.start(desk.errands.export, chosen, partial(_ask, desk, papers, ways, chosen))

    ExportDialog(papers, ways, plan, problem).ask(desk.app, apply)


@command("i", "Import papers from files", group="Library", footer="import")
def import_papers(desk: Desk) -> None:
    from tui.screens.importing import ImportDialog

    def apply(files: list[Path] | None) -> None:
        if files:
            desk.start(desk.errands.import_files, files)

    ImportDialog().ask(desk.app, apply)


@command("I", "See what an import left out, and why", group="Library")
def show_left_out(desk: Desk) -> None:
    from tui.screens.left_out import LeftOutDialog

    if report := desk.errands.left_out:
        desk.app.clear_notifications()  # it says all that the toast did, which lies over it
        LeftOutDialog(report).ask(desk.app, lambda _: None)
    else:
        desk.tell("No import of this session has left anything out.")
