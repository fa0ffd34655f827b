"""Commands for what was done: looked at, undone and redone."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import click

from index.text import counted
from index.views import HistoryEntry
from tui.cli.acting import act, yes_option
from tui.cli.arguments import Number
from tui.cli.desk import Desk, pass_desk
from tui.cli.printing import json_option, print_json

_NUMBER = Number("is not the number of an entry")

entry_argument = click.argument("entry", required=False, type=_NUMBER, metavar="[ID]")


@click.group(invoke_without_command=True)
@click.option("--limit", type=click.IntRange(1, 1_000_000), default=20, show_default=True)
@json_option
@click.pass_context
def history(ctx: click.Context, limit: int, as_json: bool) -> None:
    """Look at what was done. Without a command: the newest entries, with their IDs."""
    if ctx.invoked_subcommand is not None:
        return
    entries = ctx.ensure_object(Desk).library.history.entries(limit)
    width = len(str(max((entry.id for entry in entries), default=0)))
    for entry in entries:
        if as_json:
            print_json(asdict(entry))
        else:
            click.echo(_line(entry, width))
    if not entries:
        click.echo("Nothing was done yet.", err=True)


@history.command("show")
@click.argument("entry", type=_NUMBER, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@pass_desk
def show(desk: Desk, entry: int, as_json: bool) -> None:
    """Tell what an entry did, and what must be undone before it can be."""
    room = desk.library.history
    told, blockers = room.told(entry), room.blockers(entry)
    if as_json:
        print_json({"id": entry, "told": told, "blockers": [asdict(one) for one in blockers]})
        return
    for sentence in told:
        click.echo(sentence)
    if blockers:
        click.echo("To undo it, undo these first:", err=True)
        width = len(str(max(one.id for one in blockers)))
        for one in blockers:
            click.echo(_line(one, width), err=True)


@click.command()
@entry_argument
@yes_option
@pass_desk
def undo(desk: Desk, entry: int | None, yes: bool) -> None:
    """Undo what was done last, here or in the reader; or the entry of an ID, from anywhere.

    "carrel history" prints the IDs. Where something later depends on it, that is said, and nothing
    is undone. Undoing an import removes those of its papers that you have not touched.
    """
    act(desk.library, lambda library: library.history.undo(entry), yes=yes)


@click.command()
@entry_argument
@pass_desk
def redo(desk: Desk, entry: int | None) -> None:
    """Do again what was undone last; or the undone entry of an ID.

    Once something new is done, only an ID redoes what was undone before. An import is not redone:
    import the file again.
    """
    click.echo(desk.library.history.redo(entry).message)


def _line(entry: HistoryEntry, width: int) -> str:
    """An entry on one line, its number ``width`` characters wide, its moment in local time."""
    at = dt.datetime.fromisoformat(entry.at).astimezone()
    papers = counted(entry.papers) if entry.papers else ""
    undone = " (undone)" if entry.undone else ""
    return f"{entry.id:>{width}}  {at:%Y-%m-%d %H:%M}  {papers:>13}  {entry.label}{undone}"


COMMANDS = (history, undo, redo)
