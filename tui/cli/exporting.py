"""The command that gives papers out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.desk import Desk, pass_desk, print_bytes

if TYPE_CHECKING:
    from index.exports import Abstracts


@click.command("export")
@click.option("--list", "list_name", metavar="NAME", help="The papers of a reading list.")
@click.option("--tag", "tag_name", metavar="TAG", help="The papers of a tag.")
@click.option("--query", help="The papers that a query finds.")
@click.option("--format", "format_", default="markdown", show_default=True, metavar="NAME")
@click.option(
    "--abstracts",
    type=click.Choice(["folded", "full", "none"]),
    default="folded",
    show_default=True,
    help="How abstracts are given.",
)
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to; else standard output.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@pass_desk
def export(
    desk: Desk,
    list_name: str | None,
    tag_name: str | None,
    query: str | None,
    format_: str,
    abstracts: Abstracts,
    output: str,
    force: bool,
) -> None:
    """Write a list, a tag, or what a query finds."""
    if sum(chosen is not None for chosen in (list_name, tag_name, query)) != 1:
        raise click.UsageError("Name what to export: one of --list, --tag and --query.")
    library = desk.library
    shelf = None
    if list_name is not None:
        shelf = library.list_shelf(list_name)
    elif tag_name is not None:
        shelf = library.tag_shelf(tag_name)
    chunks = library.export(
        query or "",
        shelf=shelf.query if shelf else "",
        format=format_,
        title=shelf.name if shelf else query or "All papers",
        abstracts=abstracts,
    )
    if output == "-":
        for chunk in chunks:
            print_bytes(chunk)
        return
    from index.exports import write_atomically

    write_atomically(Path(output), chunks, force=force)
    click.echo(f"Written to {output}.", err=True)


COMMANDS = (export,)
