"""Commands that decide about papers: star, read, note, delete, undo."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tui.cli.desk import Desk, Ids, flat, ids_argument, pass_desk, standard_input


@click.command()
@ids_argument
@pass_desk
def star(desk: Desk, ids: Iterable[list[int]]) -> None:
    """Star papers."""
    click.echo(desk.library.marks.star(flat(ids)).message)


@click.command()
@ids_argument
@pass_desk
def unstar(desk: Desk, ids: Iterable[list[int]]) -> None:
    """Take the stars from papers."""
    click.echo(desk.library.marks.star(flat(ids), on=False).message)


@click.command()
@ids_argument
@pass_desk
def read(desk: Desk, ids: Iterable[list[int]]) -> None:
    """Mark papers as read."""
    click.echo(desk.library.marks.read(flat(ids)).message)


@click.command()
@ids_argument
@pass_desk
def unread(desk: Desk, ids: Iterable[list[int]]) -> None:
    """Mark papers as unread."""
    click.echo(desk.library.marks.read(flat(ids), read=False).message)


@click.command()
@click.argument("paper", type=Ids(), metavar="ID")
@click.argument("text", required=False)
@pass_desk
def note(desk: Desk, paper: list[int], text: str | None) -> None:
    """Print a paper's note, or write TEXT as its note.

    "-" reads the note from standard input; an empty TEXT removes it.
    """
    if len(paper) != 1:
        raise click.UsageError("A note belongs to one paper.")
    (paper_id,) = paper
    if text is None:
        click.echo(desk.library.detail(paper_id).note)
        return
    if text == "-":
        text = standard_input().read().decode("utf-8", errors="replace")
    click.echo(desk.library.notes.write(paper_id, text).message)


@click.command()
@ids_argument
@pass_desk
def delete(desk: Desk, ids: Iterable[list[int]]) -> None:
    """Delete papers. No import brings them back unasked; "carrel undo" does."""
    click.echo(desk.library.papers.delete(flat(ids)).message)


@click.command()
@pass_desk
def undo(desk: Desk) -> None:
    """Undo what was done last, here or in the reader."""
    click.echo(desk.library.history.undo().message)


COMMANDS = (star, unstar, read, unread, note, delete, undo)
