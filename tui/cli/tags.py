"""Commands for tags."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tui.cli.acting import act, yes_option
from tui.cli.arguments import flat, ids_argument
from tui.cli.desk import Desk, pass_desk
from tui.cli.printing import json_option, print_shelves

tag_argument = click.argument("name", metavar="TAG")


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def tag(ctx: click.Context, as_json: bool) -> None:
    """Tag papers. Without a command: every tag, and how many papers bear it.

    A tag may lie below another, as ml/gnn below ml: ml then holds its papers too.
    """
    if ctx.invoked_subcommand is None:
        print_shelves(ctx.ensure_object(Desk).library.tags.tree(), as_json=as_json)


@tag.command("tree")
@json_option
@pass_desk
def tree(desk: Desk, as_json: bool) -> None:
    """Print the tags as a tree."""
    print_shelves(desk.library.tags.tree(), as_json=as_json, tree=True)


@tag.command("add")
@tag_argument
@ids_argument
@yes_option
@pass_desk
def add(desk: Desk, name: str, ids: Iterable[list[int]], yes: bool) -> None:
    """Tag papers; a tag that does not exist is made."""
    act(desk.library, lambda library: library.tags.add(flat(ids), name), yes=yes)


@tag.command("remove")
@tag_argument
@ids_argument
@yes_option
@pass_desk
def remove(desk: Desk, name: str, ids: Iterable[list[int]], yes: bool) -> None:
    """Take a tag from papers."""
    act(desk.library, lambda library: library.tags.remove(flat(ids), name), yes=yes)


@tag.command("rename")
@tag_argument
@click.argument("new")
@yes_option
@pass_desk
def rename(desk: Desk, name: str, new: str, yes: bool) -> None:
    """Rename a tag, and all below it."""
    act(desk.library, lambda library: library.tags.rename(name, new), yes=yes)


@tag.command("merge")
@tag_argument
@click.argument("into")
@yes_option
@pass_desk
def merge(desk: Desk, name: str, into: str, yes: bool) -> None:
    """Make a tag, and all below it, another that exists."""
    act(desk.library, lambda library: library.tags.merge(name, into), yes=yes)


@tag.command("delete")
@tag_argument
@yes_option
@pass_desk
def delete(desk: Desk, name: str, yes: bool) -> None:
    """Take a tag, and all below it, from every paper."""
    act(desk.library, lambda library: library.tags.delete(name), yes=yes)


@tag.command("colour")
@tag_argument
@click.argument("colour")
@pass_desk
def colour(desk: Desk, name: str, colour: str) -> None:
    """Colour a tag and what lies below it, or not any more.

    COLOUR is red, orange, yellow, green, cyan, blue, purple, grey, or none. The theme says how each
    looks.
    """
    none = colour.lower() == "none"
    click.echo(desk.library.tags.colour(name, "" if none else colour.lower()).message)


COMMANDS = (tag,)
