"""Papers from where they appear: added by what names them, and from what is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import command

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@command("A", "Add papers by identifier or address", group="Library", footer="add")
def add_papers(desk: Desk) -> None:
    from tui.screens.adding import AddDialog

    def apply(names: tuple[str, ...] | None) -> None:
        if names:
            desk.gathering.add(names)

    AddDialog().ask(desk.app, apply)


@command("U", "Fetch what you follow", group="Library")
def fetch(desk: Desk) -> None:
    desk.gathering.fetch()


@command(
    "F",
    "Show what you follow, and follow more",
    group="Library",
    panes=("sidebar", "results", "paper"),
)
def follows(desk: Desk) -> None:
    from tui.screens.follows import FollowsScreen

    FollowsScreen(desk).ask(desk.app, lambda _: None)
