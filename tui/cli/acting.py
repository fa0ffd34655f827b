"""Doing something from the command line: to many papers only after a look at what it would do."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from tui.cli.streams import at_terminal

if TYPE_CHECKING:
    from index import Library
    from index.views import Done

MANY = 20
"""Papers that are changed without being asked about."""

yes_option = click.option(
    "--yes",
    is_flag=True,
    help=f"Do not ask before over {MANY} papers change. Without a terminal nobody is asked.",
)


def act(library: Library, work: Callable[[Library], Done], *, yes: bool = False) -> None:
    """Do something and say what was done.

    At a terminal, unless ``yes``, what would change more than MANY papers is told and asked about.
    """
    if not yes and can_ask():
        would = library.rehearse(work)
        if would.changed > MANY:
            click.echo(f"To be done: {would.message}")
            click.confirm(f"{would.changed:,} papers change. Go on?", abort=True)
    click.echo(work(library).message)


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return at_terminal(sys.stdin, sys.stdout)
