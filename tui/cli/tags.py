"""Commands for tags."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tui.cli.desk import Desk, flat, ids_argument, pass_desk
from tui.cli.printing import print_shelves


@click.group(invoke_without_command=True)
@click.pass_context
def tag(ctx: click.Context) -> None:
    """Tag papers. Without a command: every tag, and how many papers bear it."""
    if ctx.invoked_subcommand is None:
        print_shelves(ctx.ensure_object(Desk).library.overview().tags)


@tag.command("add")
@click.argument("name", metavar="TAG")
@ids_argument
@pass_desk
def add(desk: Desk, name: str, ids: Iterable[list[int]]) -> None:
    """Tag papers; a tag that does not exist is made."""
    click.echo(desk.library.tags.add(flat(ids), name).message)


@tag.command("remove")
@click.argument("name", metavar="TAG")
@ids_argument
@pass_desk
def remove(desk: Desk, name: str, ids: Iterable[list[int]]) -> None:
    """Take a tag from papers."""
    click.echo(desk.library.tags.remove(flat(ids), name).message)


COMMANDS = (tag,)
