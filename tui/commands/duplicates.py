"""Duplicates: papers that came in twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import command

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@command(
    "M",
    "Find papers that came in twice, and merge them",
    group="Library",
    panes=("sidebar", "results", "paper"),
)
def duplicates(desk: Desk) -> None:
    from tui.screens.duplicates import DuplicatesScreen

    DuplicatesScreen(desk).ask(desk.app, lambda _: None)
