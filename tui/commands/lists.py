"""What can be done with the papers of the reading list that is looked at, and with its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from textual.content import Content

from index.views import Detail, Done, ItemStatus, ListOrder, Shelf
from tui.asking import SORTS
from tui.commands.command import AT_PAPER, command
from tui.commands.papers import with_detail
from tui.widgets.row import ITEM_SIGNS

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk

ORDERS: dict[ListOrder, str] = {
    "hand": "by hand",
    "date": "by date, the newest first",
    "status": "by status",
    "added": "by the day it was put there",
    "title": "by title",
}
"""The orders of a reading list, with their names."""


@command("J", "Move papers down their list", group="Reading list", panes=AT_PAPER, needs="item")
def move_down(desk: Desk) -> None:
    _move(desk, +1)


@command("K", "Move papers up their list", group="Reading list", panes=AT_PAPER, needs="item")
def move_up(desk: Desk) -> None:
    _move(desk, -1)


def _move(desk: Desk, by: int) -> None:
    from index.keeping.lists import moved

    if desk.sought.strip():
        desk.tell("A list is put in order whole: esc clears the search first.")
    elif desk.sort != "relevance":
        desk.tell(f"These are shown by {SORTS[desk.sort]}: S shows the list in its own order.")
    else:
        results, chosen, shelf = desk.results.list, desk.chosen, desk.shelf
        results.reorder(moved(list(map(int, results.ids)), chosen, lambda first: first + by))
        desk.act(lambda library: _moved(library, shelf, chosen, by), again=True)


def _moved(library: Library, shelf: Shelf, chosen: Sequence[int], by: int) -> Done:
    done = library.lists.move(shelf.name, chosen, by)
    if shelf.order == "hand" or not done.changed:
        return done
    return replace(done, message=f"{done.message} “{shelf.name}” is in an order by hand now.")


@command(
    "c",
    "Say how far you are with papers of the list",
    group="Reading list",
    footer="status",
    panes=AT_PAPER,
    needs="item",
)
def status(desk: Desk) -> None:
    from tui.screens.menu import Menu

    name = desk.shelf.name

    def apply(status: ItemStatus | None) -> None:
        if status:
            desk.act_on(
                f"mark as {status}",
                lambda library, ids: library.lists.status(name, ids, status),
                amend=lambda row: replace(row, item=status),
                state=status,
                again=True,
            )

    choices = [(f"{ITEM_SIGNS[one]} {one.capitalize()}", one) for one in get_args(ItemStatus)]
    Menu(f"On “{name}”", choices).ask(desk.app, apply)


@command(
    "N",
    "Write a line on why the paper is on the list",
    group="Reading list",
    panes=AT_PAPER,
    needs="item",
)
def note_item(desk: Desk) -> None:
    name = desk.shelf.name

    def ask(paper: Detail) -> None:
        from tui.screens.naming import Naming

        before = next((item.note for item in paper.items if item.list == name), "")
        if "\n" in before:
            desk.tell("This note has several lines: e edits it with the list.")
            return

        def apply(text: str | None) -> None:
            if text is not None and text != before:
                desk.act(lambda library: library.lists.note(name, paper.id, text))

        Naming(f"Note on “{name}”", paper.title, text=before).ask(desk.app, apply)

    if desk.row:
        with_detail(desk, desk.row, ask)


@command(
    "e",
    "Edit the list as Markdown, in your editor",
    group="Reading list",
    footer="edit",
    panes=("sidebar", "results", "paper"),
    needs="list",
)
def edit_list(desk: Desk) -> None:
    from tui.screens.list_editing import edit_as_markdown

    edit_as_markdown(desk, desk.shelf.name)


def list_orders(shelf: Shelf) -> list[tuple[Content, ListOrder]]:
    """The orders that a list may be kept in, the one that it has marked."""
    return [
        (Content.assemble(words, (" ✓" if order == shelf.order else "", "$success")), order)
        for order, words in ORDERS.items()
    ]
