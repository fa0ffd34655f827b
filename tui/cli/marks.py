"""Commands that decide about papers: star, read, skip, rate, delete."""

from __future__ import annotations

from collections.abc import Iterable

import click

from tui.cli.acting import act, yes_option
from tui.cli.arguments import flat, ids_argument
from tui.cli.desk import Desk, pass_desk


@click.command()
@ids_argument
@yes_option
@pass_desk
def star(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Star papers."""
    act(desk.library, lambda library: library.marks.star(flat(ids)), yes=yes)


@click.command()
@ids_argument
@yes_option
@pass_desk
def unstar(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Take the stars from papers."""
    act(desk.library, lambda library: library.marks.star(flat(ids), on=False), yes=yes)


@click.command()
@ids_argument
@yes_option
@pass_desk
def read(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Mark papers as read."""
    act(desk.library, lambda library: library.marks.read(flat(ids)), yes=yes)


@click.command()
@ids_argument
@yes_option
@pass_desk
def unread(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Mark papers as unread."""
    act(desk.library, lambda library: library.marks.read(flat(ids), read=False), yes=yes)


@click.command()
@ids_argument
@yes_option
@pass_desk
def skip(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Decide not to read papers: they leave the Inbox, and are unread no more."""
    act(desk.library, lambda library: library.marks.skip(flat(ids)), yes=yes)


@click.command()
@ids_argument
@yes_option
@pass_desk
def unskip(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Take back that papers were skipped."""
    act(desk.library, lambda library: library.marks.skip(flat(ids), on=False), yes=yes)


@click.command()
@ids_argument
@click.argument("rating", type=click.IntRange(0, 5), metavar="RATING")
@yes_option
@pass_desk
def rate(desk: Desk, ids: Iterable[list[int]], rating: int, yes: bool) -> None:
    """Rate papers from 1 to 5; 0 takes the rating away. The RATING comes last."""
    act(desk.library, lambda library: library.marks.rate(flat(ids), rating), yes=yes)


@click.command()
@ids_argument
@yes_option
@pass_desk
def delete(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Delete papers. No import brings them back unasked; "carrel undo" does."""
    act(desk.library, lambda library: library.papers.delete(flat(ids)), yes=yes)


COMMANDS = (star, unstar, read, unread, skip, unskip, rate, delete)
