"""What can be done at the desk: searching, going from pane to pane, papers in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import command
from tui.state import Pane

if TYPE_CHECKING:
    from tui.screens.desk import Desk

# The search field and the results are one pane to go to.
_AROUND: tuple[Pane, ...] = ("sidebar", "results", "paper")


@command("slash", "Search", group="Going", footer="search", panes=_AROUND)
def search(desk: Desk) -> None:
    desk.go("search")


@command(
    "enter",
    "Into the paper, or from a shelf to its papers",
    group="Going",
    footer="open",
    panes=("sidebar", "results"),
)
def enter(desk: Desk) -> None:
    if desk.pane == "sidebar":
        if not desk.sidebar.shelves.unfold():
            desk.go_in()
    elif not desk.take_meant():
        desk.go("paper")
        if desk.row:
            desk.opened(desk.row.id)


@command(
    "down",
    "From the search field to the results",
    group="Going",
    footer="results",
    panes=("search",),
)
def to_results(desk: Desk) -> None:
    desk.go("results")


@command(
    "enter",
    "Have done with the search field",
    group="Going",
    panes=("search",),
)
def enter_query(desk: Desk) -> None:
    if desk.results.field.text != desk.sought:
        desk.seek(desk.results.field.text)
    elif desk.take_meant():
        return
    desk.go("results")


@command(
    "escape",
    "Back to the results",
    group="Going",
    footer="back",
    panes=("sidebar", "search", "paper"),
)
def back(desk: Desk) -> None:
    desk.go("results")


# Of the commands of one key the first that has what it needs is run.
@command(
    "escape",
    "Unmark: the range that grows, else all",
    group="Going",
    footer="unmark",
    panes=("results",),
    needs="marks",
)
def unmark(desk: Desk) -> None:
    desk.unmark()


@command(
    "escape",
    "Back from papers like one, else clear the search",
    group="Going",
    footer="back",
    panes=("results",),
    needs="query",
)
def step_back(desk: Desk) -> None:
    desk.step_back()


@command(
    "escape",
    "Back to the shelf that was gone into",
    group="Going",
    footer="back",
    panes=("results",),
    needs="way out",
)
def to_shelves(desk: Desk) -> None:
    desk.go("sidebar")


@command("tab", "To the next pane", group="Going")
def next_pane(desk: Desk) -> None:
    _around(desk, +1)


@command("shift+tab", "To the pane before", group="Going")
def previous_pane(desk: Desk) -> None:
    _around(desk, -1)


def _around(desk: Desk, way: int) -> None:
    at = _AROUND.index("results" if desk.pane == "search" else desk.pane)
    desk.go(_AROUND[(at + way) % len(_AROUND)])
