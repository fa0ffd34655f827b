"""Commands for reading lists."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tui.cli.desk import Desk, flat, ids_argument, pass_desk
from tui.cli.printing import print_papers, print_shelves


@click.group("list", invoke_without_command=True)
@click.pass_context
def list_(ctx: click.Context) -> None:
    """Keep reading lists. Without a command: every list, and how far it is read."""
    if ctx.invoked_subcommand is None:
        print_shelves(ctx.ensure_object(Desk).library.overview().lists, read=True)


@list_.command("new")
@click.argument("name")
@pass_desk
def new(desk: Desk, name: str) -> None:
    """Make a reading list."""
    click.echo(desk.library.lists.new(name).message)


@list_.command("add")
@click.argument("name")
@ids_argument
@pass_desk
def add(desk: Desk, name: str, ids: Iterable[list[int]]) -> None:
    """Put papers at the end of a list; a list that does not exist is made."""
    click.echo(desk.library.lists.add(name, flat(ids)).message)


@list_.command("remove")
@click.argument("name")
@ids_argument
@pass_desk
def remove(desk: Desk, name: str, ids: Iterable[list[int]]) -> None:
    """Take papers off a list."""
    click.echo(desk.library.lists.remove(name, flat(ids)).message)


@list_.command("show")
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@pass_desk
def show(desk: Desk, name: str, as_json: bool) -> None:
    """Print the papers of a list, in its order."""
    library = desk.library
    result = library.search("", shelf=library.lists.shelf(name).query)
    print_papers(library, result, as_json=as_json)


COMMANDS = (list_,)
