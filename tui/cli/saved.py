"""Commands for saved searches."""

from __future__ import annotations

from typing import get_args

import click

from index.views import Sort
from tui.cli.desk import Desk, pass_desk
from tui.cli.indexing import catch_up
from tui.cli.printing import json_option, print_papers, print_shelves


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def saved(ctx: click.Context, as_json: bool) -> None:
    """Keep searches. Without a command: each, how much it finds, and how much of that is new.

    New is what came since you last ran it, here or in the reader.
    """
    if ctx.invoked_subcommand is None:
        library = ctx.ensure_object(Desk).library
        catch_up(library)
        print_shelves(library.saved.all(), as_json=as_json)


@saved.command("add")
@click.argument("name")
@click.argument("query")
@click.option("--sort", type=click.Choice(get_args(Sort)), default="relevance", show_default=True)
@pass_desk
def add(desk: Desk, name: str, query: str, sort: Sort) -> None:
    """Save a search under a name; one of that name is changed. Put QUERY in quotes."""
    click.echo(desk.new_library.saved.save(name, query, sort).message)


@saved.command("run")
@click.argument("name")
@click.option("--limit", type=click.IntRange(min=1), help="How many at most; else all.")
@json_option
@pass_desk
def run(desk: Desk, name: str, limit: int | None, as_json: bool) -> None:
    """Print what a saved search finds. What is there now is not new any more."""
    library = desk.library
    shelf = library.saved.shelf(name)
    catch_up(library)
    result = library.search(shelf.query, sort=shelf.sort)
    print_papers(library, result, as_json=as_json, limit=limit)
    library.saved.look(shelf.name)


@saved.command("rename")
@click.argument("name")
@click.argument("new")
@pass_desk
def rename(desk: Desk, name: str, new: str) -> None:
    """Give a saved search another name."""
    click.echo(desk.library.saved.rename(name, new).message)


@saved.command("delete")
@click.argument("name")
@pass_desk
def delete(desk: Desk, name: str) -> None:
    """Forget a saved search. What it finds stays."""
    click.echo(desk.library.saved.delete(name).message)


COMMANDS = (saved,)
