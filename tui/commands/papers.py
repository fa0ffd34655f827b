"""What can be done with the paper at the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from index.views import Detail, Overview, Row
from tui import outside
from tui.commands.command import AT_PAPER, Group, command

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


@paper_command("s", "Star the paper, or take the star away", "star")
def star(desk: Desk, row: Row) -> None:
    on = not row.starred
    desk.amend(replace(row, starred=on))
    desk.act(lambda library: library.marks.star([row.id], on))


@paper_command("r", "Mark the paper as read or as unread", "read")
def read(desk: Desk, row: Row) -> None:
    done = not row.read
    desk.amend(replace(row, read=done))
    desk.act(lambda library: library.marks.read([row.id], done))


@paper_command("t", "Tag the paper", "tag")
def tag(desk: Desk, row: Row) -> None:
    from tui.screens.names import Changes, NamesDialog

    def apply(changes: Changes | None) -> None:
        if changes:
            tags = (set(row.tags) | {name for name, _ in changes}) - {
                name for name, on in changes if not on
            }
            desk.amend(replace(row, tags=tuple(sorted(tags))))
            desk.act(lambda library: library.tags.change(row.id, dict(changes)), again=True)

    def ask(paper: Detail) -> None:
        known = [shelf.name for shelf in desk.overview.tags]
        NamesDialog("tag", paper.title, known, paper.tags).ask(desk.app, apply)

    _with_detail(desk, row, ask)


@paper_command("l", "Put the paper on a reading list, or take it off", "list")
def reading_list(desk: Desk, row: Row) -> None:
    from tui.screens.names import Changes, NamesDialog

    def apply(changes: Changes | None) -> None:
        if changes:
            desk.act(lambda library: library.lists.change(row.id, dict(changes)), again=True)

    def ask(paper: Detail) -> None:
        known = [shelf.name for shelf in desk.overview.lists]
        NamesDialog("reading list", paper.title, known, paper.lists).ask(desk.app, apply)

    _with_detail(desk, row, ask)


@paper_command("n", "Write a note on the paper", "note")
def note(desk: Desk, row: Row) -> None:
    from tui.screens.note import NoteEditor

    def ask(paper: Detail) -> None:
        def apply(text: str | None) -> None:
            if text is not None and text != paper.note:
                desk.act(lambda library: library.notes.write(row.id, text))

        NoteEditor(paper.title, paper.note).ask(desk.app, apply)

    _with_detail(desk, row, ask)


@paper_command("o", "Open the paper's page in the browser", "link")
def open_link(desk: Desk, row: Row) -> None:
    from tui.screens.menu import Menu

    def open_address(address: str | None) -> None:
        if address:
            desk.start(_open, desk, address)

    def ask(paper: Detail) -> None:
        if len(paper.links) > 1:
            choices = [(f"{link.kind:<5} {link.url}", link.url) for link in paper.links]
            Menu("Open", choices).ask(desk.app, open_address)
        elif paper.links:
            open_address(paper.links[0].url)
        else:
            open_address(TITLE_SEARCH.format(quote_plus(paper.title)))

    _with_detail(desk, row, ask)


@paper_command("y", "Copy the title, the link or the citation key", "copy")
def copy(desk: Desk, row: Row) -> None:
    from tui.screens.menu import Menu

    def ask(paper: Detail) -> None:
        texts = _texts(paper)

        def copy_text(what: str | None) -> None:
            if what:
                _copy(desk, texts[what], what)

        choices = [(what[0].upper() + what[1:], what) for what in texts]
        Menu("Copy", choices).ask(desk.app, copy_text)

    _with_detail(desk, row, ask)


def _with_detail(desk: Desk, row: Row, then: Callable[[Detail], None]) -> None:
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
        _copy(desk, address, "address")
        desk.tell_at_length(address, "No browser here: the address is copied")


def _copy(desk: Desk, text: str, what: str) -> None:
    """Copy a text through the terminal, and by the desktop's own tool where there is one."""
    desk.app.copy_to_clipboard(text)
    desk.start(asyncio.to_thread, outside.copy_with_a_tool, text)
    desk.tell(f"Copied the {what}.")


def _texts(paper: Detail) -> dict[str, str]:
    """What can be copied of a paper, by name."""
    from index.exports.escape import address, inline

    if not paper.links:
        return {"title": paper.title, "citation key": paper.key}
    link = paper.links[0].url
    return {
        "title and link": f"{paper.title}\n{link}",
        "title": paper.title,
        "link": link,
        "Markdown link": f"[{inline(paper.title)}]({address(link)})",
        "citation key": paper.key,
    }


@paper_command("D", "Delete the paper", "delete")
def delete(desk: Desk, row: Row) -> None:
    from tui.screens.confirm import Confirm

    def apply(yes: bool | None) -> None:
        if yes:
            desk.results.list.drop(row.id)
            desk.act(lambda library: library.papers.delete(row.id), again=True)

    Confirm("Delete this paper?", row.title, "delete").ask(desk.app, apply)
