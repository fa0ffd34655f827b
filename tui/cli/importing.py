"""The command that brings papers in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tui.cli.desk import Desk, on_terminal, pass_desk, standard_input
from tui.telling import account, rejections

Progress = Callable[[int, int], None]


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", metavar="NAME", help="Instead of recognising the format.")
@click.option("--restore", is_flag=True, help="Let papers in that were deleted before.")
@pass_desk
def import_(desk: Desk, files: tuple[str, ...], format_: str | None, restore: bool) -> None:
    """Bring in papers from files; "-" is standard input.

    Formats: hf_page (the text of a saved Hugging Face Papers page) and jsonl (a paper a line).
    The same file again changes nothing.
    """
    with progress_bar("Reading") as progress:
        report = desk.library.import_files(
            [None if file == "-" else Path(file) for file in files],
            format=format_,
            stdin=standard_input() if "-" in files else None,
            restore=restore,
            progress=progress,
        )
    with progress_bar("Indexing") as progress:
        desk.library.catch_up(progress)
    if holder := desk.library.indexing():
        click.echo(f"{holder} is writing the index; it will take these papers in too.", err=True)
    for line in rejections(report, len(report.rejects)):
        click.echo(line, err=True)
    click.echo(account(report))
    if report.rejected:
        raise click.exceptions.Exit(1)


@contextmanager
def progress_bar(label: str) -> Iterator[Progress | None]:
    """A bar on standard error where a person watches, else nothing."""
    if not on_terminal():
        yield None
        return
    with click.progressbar(length=0, label=f"{label:<8}", file=sys.stderr) as bar:

        def advance(done: int, total: int) -> None:
            bar.length = total or None
            bar.update(done - bar.pos)

        yield advance


COMMANDS = (import_,)
