"""Saving a search under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.text import counted
from index.views import Shelf, Sort
from tui.asking import SORTS, Ask
from tui.commands.command import command

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk


@command(
    "W",
    "Save this search under a name",
    group="Searching",
    footer="save",
    panes=("results", "paper", "sidebar"),
    needs="search",
)
def save_search(desk: Desk) -> None:
    from index.naming import proper_name
    from tui.screens.naming import Naming

    query, sort = saved_query(desk.ask), desk.sort
    known = {shelf.name.casefold(): shelf for shelf in desk.overview.saved}
    own = desk.shelf.name if desk.shelf.kind == "saved" else ""

    def apply(name: str | None) -> None:
        if name is None:
            return
        if found := known.get(name.casefold()):
            confirm_change(desk, found, query, sort)
        else:
            desk.act(lambda library: library.saved.save(name, query, sort))

    def ask(hits: int) -> None:
        about = f"{_in_words(query, sort)}\nfinds {counted(hits)} now."
        Naming(
            "Save this search",
            about,
            text=own,
            placeholder="its name in the sidebar",
            kept=lambda name: proper_name(name, "saved search"),
        ).ask(desk.app, apply)

    desk.errands.bring(lambda library: _hits(library, query), ask)


def _hits(library: Library, query: str) -> int:
    """How many papers a query finds. Raises QueryError: what cannot be searched is not saved."""
    return len(library.search(query).ids)


def saved_query(ask: Ask) -> str:
    """What is searched as one query: the shelf that it is on is part of it."""
    query = ask.query.strip()
    if ask.any_word:
        query = f"any:({query})"
    return f"({ask.shelf}) ({query})" if ask.shelf and query else query or ask.shelf


def confirm_change(desk: Desk, saved: Shelf, query: str, sort: Sort) -> None:
    """Ask whether a saved search is to be another from now on."""
    from tui.screens.confirm import Confirm

    def apply(yes: bool | None) -> None:
        if yes:
            desk.act(lambda library: library.saved.save(saved.name, query, sort), again=True)

    was = f"It was: {_in_words(saved.query, saved.sort)}\nIt will be: {_in_words(query, sort)}"
    Confirm(f"Change the saved search “{saved.name}”?", was, "change").ask(desk.app, apply)


def _in_words(query: str, sort: Sort) -> str:
    return query if sort == "relevance" else f"{query}, by {SORTS[sort]}"
