"""What can be done with a search: widening, narrowing, ordering, explaining."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from index.views import ListOrder, Row
from tui.asking import SORTS, explain
from tui.commands.command import AT_PAPER, command
from tui.commands.papers import paper_command

if TYPE_CHECKING:
    from tui.screens.desk import Desk
    from tui.screens.facets import Narrowing


@command(
    "a",
    "Search for any of the words, or for all again",
    group="Searching",
    footer="any word",
    panes=("results",),
    needs="words",
)
def any_word(desk: Desk) -> None:
    desk.look(desk.sought, any_word=not desk.any_word)


@command(
    "f",
    "Narrow the search by year, author, tag …",
    group="Searching",
    footer="facets",
    needs="papers",
)
def facets(desk: Desk) -> None:
    from tui.screens.facets import FacetsDialog

    def apply(narrowing: Narrowing | None) -> None:
        if narrowing:
            desk.look(narrowing.of(desk.sought, desk.any_word), any_word=desk.any_word)

    dialog = FacetsDialog()
    dialog.ask(desk.app, apply)
    desk.errands.facets(dialog.learn)


@paper_command("equals_sign", "Find papers like this one", "like", group="Searching")
def like(desk: Desk, row: Row) -> None:
    desk.wander(f"similar:{row.id}")


@command("S", "Put the papers in another order", group="Searching", footer="sort")
def sort(desk: Desk) -> None:
    from tui.commands.lists import list_orders
    from tui.screens.menu import Menu

    choices: list[tuple[str | Content, Callable[[], None]]] = [
        (Content("Keep the list ").append(words), partial(_keep, desk, desk.shelf.name, order))
        for words, order in (list_orders(desk.shelf) if desk.reading_list else ())
    ]
    for order, name in SORTS.items():
        label = name.capitalize()
        if desk.reading_list:
            label = "Show it as it is kept" if order == "relevance" else f"Only show it by {name}"
        choices.append((label, partial(desk.order, order)))
    Menu("Order by", choices).ask(desk.app, lambda choose: choose and choose())


def _keep(desk: Desk, name: str, order: ListOrder) -> None:
    """Keep a list in an order, and show it so."""
    desk.sort = "relevance"
    desk.act(lambda library: library.lists.sort(name, order), again=True)


@command(
    "w",
    "Why the paper is found, and by which words",
    group="Searching",
    footer="why",
    panes=AT_PAPER,
    needs="search",
)
def why(desk: Desk) -> None:
    from tui.screens.why import WhyDialog

    ask, row = desk.ask, desk.row
    desk.errands.bring(
        lambda library: explain(library, ask, row),
        lambda answer: WhyDialog(answer).ask(desk.app, lambda _: None),
    )
