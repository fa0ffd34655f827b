"""What can be done with papers: those that are marked, else the one at the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from index.views import Detail, Overview, Row
from tui import filing, outside
from tui.commands.command import AT_PAPER, Group, command
from tui.deeds import HIGHEST, READ, SKIP, STAR, TITLES, first_titles

if TYPE_CHECKING:
    from tui.screens.desk import Desk

# Where a paper without an address is looked for: it covers every field and needs no account.
TITLE_SEARCH = "https://www.semanticscholar.org/search?q={}"


def paper_command(
    keys: str, description: str, footer: str = "", *, group: Group = "Paper"
) -> Callable[[Callable[[Desk, Row], None]], Callable[[Desk], None]]:
    """Declare what a function does to the paper at the cursor as a command."""

    def declare(run: Callable[[Desk, Row], None]) -> Callable[[Desk], None]:
        @command(keys, description, group=group, footer=footer, panes=AT_PAPER, needs="paper")
        @wraps(run)
        def run_with_row(desk: Desk) -> None:
            if desk.row:
                run(desk, desk.row)

        return run_with_row

    return declare


def papers_command(
    keys: str, description: str, footer: str = "", *, group: Group = "Paper"
) -> Callable[[Callable[[Desk], None]], Callable[[Desk], None]]:
    """Declare what a function does to ``desk.chosen`` as a command."""
    return command(keys, description, group=group, footer=footer, panes=AT_PAPER, needs="chosen")


@papers_command("s", "Star papers, or take the stars away", "star")
def star(desk: Desk) -> None:
    desk.toggle(STAR)


@papers_command("r", "Mark papers as read or as unread", "read")
def read(desk: Desk) -> None:
    desk.toggle(READ)


@papers_command("minus", "Skip papers: they are not to be read", "skip")
def skip(desk: Desk) -> None:
    desk.toggle(SKIP)


def _rating_command(rating: int) -> None:
    def rate(desk: Desk) -> None:
        desk.act_on(
            f"rate {rating}" if rating else "unrate",
            lambda library, ids: library.marks.rate(ids, rating),
            amend=lambda row: replace(row, rating=rating),
            state=f"rated {rating}" if rating else "not rated",
        )

    rate.__name__ = f"rate_{rating}"
    what = "Rate papers, from 1 to 5" if rating else "Take the rating of papers away"
    papers_command(str(rating), what)(rate)


for _rating in (*range(1, HIGHEST + 1), 0):
    _rating_command(_rating)


@papers_command("t", "Tag papers, or take tags from them", "tag")
def tag(desk: Desk) -> None:
    filing.file(desk, filing.TAGS)


@papers_command("l", "Put papers on reading lists, or take them off", "list")
def reading_list(desk: Desk) -> None:
    filing.file(desk, filing.LISTS)


@paper_command("o", "Open the paper's page in the browser", "link")
def open_link(desk: Desk, row: Row) -> None:
    with_detail(desk, row, lambda paper: follow_link(desk, paper))


def follow_link(desk: Desk, paper: Detail) -> None:
    """Open one of a paper's addresses; which one is asked where there are several."""
    from tui.screens.menu import Menu

    def follow(address: str | None) -> None:
        if address:
            desk.opened(paper.id)
            desk.start(_open, desk, address)

    if len(paper.links) > 1:
        choices = [(f"{link.kind:<5} {link.url}", link.url) for link in paper.links]
        Menu("Open", choices).ask(desk.app, follow)
    elif paper.links:
        follow(paper.links[0].url)
    else:
        follow(TITLE_SEARCH.format(quote_plus(paper.title)))


def with_detail(desk: Desk, row: Row, then: Callable[[Detail], None]) -> None:
    """Go on with all that is known of a paper, once the actions before are done.

    At once where the screen shows it; else the keys that follow wait, for they are for the dialog.
    """
    shown = desk.paper.detail
    if shown and shown.id == row.id and not desk.errands.acting:
        then(shown)
        return

    def go_on(known: tuple[Detail, Overview]) -> None:
        paper, overview = known
        desk.show_overview(overview)
        then(paper)

    desk.errands.bring(lambda library: (library.detail(row.id), library.overview()), go_on)


async def _open(desk: Desk, address: str) -> None:
    """Open a web address; where that cannot be done, show and copy it."""
    if await asyncio.to_thread(outside.open_in_browser, address):
        desk.tell(f"Opened {address}")
    else:
        desk.copy(address, "Copied the address.")
        desk.tell_at_length(address, "No browser here: the address is copied")


@papers_command("D", "Delete papers", "delete")
def delete(desk: Desk) -> None:
    from tui.screens.confirm import Confirm

    chosen = desk.chosen

    def apply(yes: bool | None) -> None:
        if yes:
            desk.drop(chosen)
            desk.act(lambda library: library.papers.delete(chosen), again=True)

    def ask(rows: list[Row]) -> None:
        count = len(chosen)
        question = "Delete this paper?" if count == 1 else f"Delete {count:,} papers?"
        Confirm(question, "\n".join(first_titles(rows, count)), "delete").ask(desk.app, apply)

    if len(chosen) == 1 and desk.row and desk.row.id in chosen:
        ask([desk.row])
    else:
        desk.errands.bring(lambda library: library.rows(chosen[:TITLES]), ask)
