"""Commands for reading lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, get_args

import click

from index.views import ItemStatus, ListOrder
from tui.cli.acting import act, yes_option
from tui.cli.arguments import Ids, flat, ids_argument, single
from tui.cli.desk import Desk, pass_desk
from tui.cli.editing import edited, kept, text_from
from tui.cli.printing import json_option, line, print_json, print_shelves, summary
from tui.cli.streams import print_bytes

if TYPE_CHECKING:
    from index import Library
    from index.views import Row

STATUSES: dict[str, ItemStatus] = {
    **{status: status for status in get_args(ItemStatus)},
    **dict.fromkeys(("to-read", "toread", "todo"), "to read"),
}


class Status(click.ParamType["ItemStatus"]):
    """How far one is with a paper, by one of the names in STATUSES."""

    name = "STATUS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> ItemStatus:
        """Read one argument. A usage error where it is no status."""
        if str(value).lower() not in STATUSES:
            known = ", ".join(get_args(ItemStatus))
            self.fail(f"{str(value)[:40]!r} is not one of {known}.", param, ctx)
        return STATUSES[str(value).lower()]


@click.group("list", invoke_without_command=True)
@click.option("--archived", is_flag=True, help="Those in the archive.")
@json_option
@click.pass_context
def list_(ctx: click.Context, archived: bool, as_json: bool) -> None:
    """Keep reading lists. Without a command: every list, and how far it is.

    Put a name with blanks in quotes.
    """
    if ctx.invoked_subcommand is None:
        overview = ctx.ensure_object(Desk).library.overview()
        print_shelves(overview.archived if archived else overview.lists, as_json=as_json)


@list_.command("new")
@click.argument("name")
@pass_desk
def new(desk: Desk, name: str) -> None:
    """Make a reading list."""
    click.echo(desk.new_library.lists.new(name).message)


@list_.command("add")
@click.argument("name")
@ids_argument
@yes_option
@pass_desk
def add(desk: Desk, name: str, ids: Iterable[list[int]], yes: bool) -> None:
    """Put papers at the end of a list; a list that does not exist is made."""
    act(desk.library, lambda library: library.lists.add(name, flat(ids)), yes=yes)


@list_.command("remove")
@click.argument("name")
@ids_argument
@yes_option
@pass_desk
def remove(desk: Desk, name: str, ids: Iterable[list[int]], yes: bool) -> None:
    """Take papers off a list."""
    act(desk.library, lambda library: library.lists.remove(name, flat(ids)), yes=yes)


@list_.command("show")
@click.argument("name")
@click.option("--status", "only", type=Status(), help="Only papers with this status.")
@click.option("--markdown", is_flag=True, help="The text that “list edit” takes.")
@json_option
@pass_desk
def show(desk: Desk, name: str, only: ItemStatus | None, markdown: bool, as_json: bool) -> None:
    """Print the papers of a list in its order, with their status and notes there."""
    library = desk.library
    if markdown:
        if as_json or only:
            raise click.UsageError("--markdown gives the list as a whole, as Markdown.")
        print_bytes(library.lists.markdown(name))
        return
    shelf = library.lists.shelf(name)
    ids = [int(paper_id) for paper_id in library.search("", shelf=shelf.query).ids]
    rows = library.rows(ids, reading_list=shelf.name)
    chosen = [row for row in rows if only in (None, row.item)]
    if as_json:
        _print_objects(library, shelf.name, chosen)
    else:
        _print_lines(library, shelf.name, chosen)


def _print_objects(library: Library, name: str, rows: Iterable[Row]) -> None:
    for paper in library.details([row.id for row in rows]):
        place = next(item for item in paper.items if item.list == name)
        item = {"status": place.status, "added": place.added, "note": place.note}
        print_json(summary(paper) | {"item": item})


def _print_lines(library: Library, name: str, rows: list[Row]) -> None:
    from index.checklist import BOXES

    notes = library.lists.notes(name)
    width = len(str(max((row.id for row in rows), default=0)))
    for row in rows:
        click.echo(f"[{BOXES[row.item or 'to read']}] {line(row, width)}")
        for part in notes.get(row.id, "").splitlines():
            click.echo(f"{'':{width + 8}}{part}".rstrip())


@list_.command("move")
@click.argument("name")
@ids_argument
@click.option("--up", type=click.IntRange(min=1), help="By so many places.")
@click.option("--down", type=click.IntRange(min=1), help="By so many places.")
@click.option("--to", type=click.IntRange(min=1), help="To this place, the first being 1.")
@pass_desk
def move(
    desk: Desk,
    name: str,
    ids: Iterable[list[int]],
    up: int | None,
    down: int | None,
    to: int | None,
) -> None:
    """Move papers on a list. It is in an order by hand then."""
    lists, papers = desk.library.lists, flat(ids)
    match (up, down, to):
        case (int(), None, None):
            done = lists.move(name, papers, -up)
        case (None, int(), None):
            done = lists.move(name, papers, down)
        case (None, None, int()):
            done = lists.place(name, papers, to - 1)
        case _:
            raise click.UsageError("Say where to: one of --up, --down and --to.")
    click.echo(done.message)


@list_.command("status")
@click.argument("name")
@click.argument("status", type=Status())
@ids_argument
@yes_option
@pass_desk
def status(desk: Desk, name: str, status: ItemStatus, ids: Iterable[list[int]], yes: bool) -> None:
    """Say how far you are with papers on a list: "to read", reading, done or skipped.

    Without a word of yours a paper that is read is done, and any other is to read.
    """
    act(desk.library, lambda library: library.lists.status(name, flat(ids), status), yes=yes)


@list_.command("note")
@click.argument("name")
@click.argument("paper", type=Ids(), metavar="ID")
@click.argument("text")
@pass_desk
def note(desk: Desk, name: str, paper: list[int], text: str) -> None:
    """Write why a paper is on a list; an empty TEXT removes that, "-" is standard input."""
    paper_id = single(paper, "A note belongs to one paper.")
    text = text_from("-") if text == "-" else text
    click.echo(desk.library.lists.note(name, paper_id, text).message)


@list_.command("sort")
@click.argument("name")
@click.argument("order", type=click.Choice(get_args(ListOrder)))
@pass_desk
def sort(desk: Desk, name: str, order: ListOrder) -> None:
    """Keep a list in an order. The one by hand is kept for when you want it again."""
    click.echo(desk.library.lists.sort(name, order).message)


@list_.command("edit")
@click.argument("name")
@click.option("--file", metavar="FILE", help="Take what this file says; “-” is standard input.")
@yes_option
@pass_desk
def edit(desk: Desk, name: str, file: str | None, yes: bool) -> None:
    """Edit a list as Markdown in $VISUAL or $EDITOR: move lines, tick them, take them out.

    What comes back is one change. Where a line is not understood nothing is applied, and what you
    wrote is kept. "list show NAME --markdown" prints the text.
    """
    library = desk.library
    if file is not None:
        text = text_from(file)
        act(library, lambda library: library.lists.apply(name, text), yes=yes)
        return
    title = library.lists.shelf(name).name
    base = library.lists.markdown(title)
    written = edited(base, title)
    with kept(written, title):
        act(library, lambda library: library.lists.apply(title, written, base), yes=yes)


@list_.command("rename")
@click.argument("name")
@click.argument("new")
@pass_desk
def rename(desk: Desk, name: str, new: str) -> None:
    """Give a list another name."""
    click.echo(desk.library.lists.rename(name, new).message)


@list_.command("duplicate")
@click.argument("name")
@click.argument("new")
@pass_desk
def duplicate(desk: Desk, name: str, new: str) -> None:
    """Make a list of the same papers under a new name."""
    click.echo(desk.library.lists.duplicate(name, new).message)


@list_.command("archive")
@click.argument("name")
@pass_desk
def archive(desk: Desk, name: str) -> None:
    """Put a list away. Nothing on it changes."""
    click.echo(desk.library.lists.archive(name).message)


@list_.command("unarchive")
@click.argument("name")
@pass_desk
def unarchive(desk: Desk, name: str) -> None:
    """Take a list out of the archive."""
    click.echo(desk.library.lists.archive(name, on=False).message)


@list_.command("delete")
@click.argument("name")
@yes_option
@pass_desk
def delete(desk: Desk, name: str, yes: bool) -> None:
    """Delete a list. Its papers stay in the library."""
    act(desk.library, lambda library: library.lists.delete(name), yes=yes)


COMMANDS = (list_,)
