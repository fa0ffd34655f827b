"""The keys of the sidebar: folding, and what can be done with the shelf at its cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import command
from tui.commands.shelf_deeds import called, deeds, delete, rename

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@command("h,left", "Fold the section at the cursor", group="Sidebar", panes=("sidebar",))
def fold(desk: Desk) -> None:
    desk.sidebar.shelves.fold()
    desk.errands.keep_view()


@command("l,right,space", "Open the section that is folded", group="Sidebar", panes=("sidebar",))
def unfold(desk: Desk) -> None:
    desk.sidebar.shelves.unfold()
    desk.errands.keep_view()


@command(
    "m",
    "What else can be done with the list, search or tag",
    group="Sidebar",
    footer="menu",
    panes=("sidebar",),
    needs="shelf",
)
def shelf_menu(desk: Desk) -> None:
    from tui.screens.menu import Menu

    if shelf := desk.sidebar.shelves.shelf:
        Menu(called(shelf), deeds(desk, shelf)).ask(
            desk.app, lambda deed: deed and deed(desk, shelf)
        )


@command(
    "R",
    "Rename the list, search or tag",
    group="Sidebar",
    footer="rename",
    panes=("sidebar",),
    needs="shelf",
)
def rename_shelf(desk: Desk) -> None:
    if shelf := desk.sidebar.shelves.shelf:
        rename(desk, shelf)


@command(
    "D",
    "Delete the list, search or tag; its papers stay",
    group="Sidebar",
    footer="delete",
    panes=("sidebar",),
    needs="shelf",
)
def delete_shelf(desk: Desk) -> None:
    if shelf := desk.sidebar.shelves.shelf:
        delete(desk, shelf)
