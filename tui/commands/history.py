"""The way back and forth: undoing, redoing, and the history of it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import command

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@command("u", "Undo the last change", group="Library", footer="undo")
def undo(desk: Desk) -> None:
    desk.act(lambda library: library.history.undo(imports=False), again=True)


@command("ctrl+r", "Redo what was undone last", group="Library")
def redo(desk: Desk) -> None:
    desk.act(lambda library: library.history.redo(), again=True)


@command(
    "H",
    "Show all that was done, and undo any of it",
    group="Library",
    panes=("sidebar", "results", "paper"),
)
def history(desk: Desk) -> None:
    from tui.screens.history import HistoryScreen

    HistoryScreen(desk).ask(desk.app, lambda _: None)
