"""The command that brings papers in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from index.views import ImportReport, Reject
from tui.cli.desk import Desk, on_terminal, pass_desk

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
            stdin=sys.stdin.buffer,
            restore=restore,
            progress=progress,
        )
    with progress_bar("Indexing") as progress:
        desk.library.catch_up(progress)
    for reject in report.rejects:
        click.echo(rejection(reject), err=True)
    click.echo(account(report))
    if report.rejects:
        raise click.exceptions.Exit(1)


def account(report: ImportReport) -> str:
    """What an import did, in a sentence."""
    papers = "paper" if report.added == 1 else "papers"
    added = f"{report.added:,} {papers} added" if report.added else "Nothing added"
    rest = {
        "updated": report.updated,
        "unchanged": report.unchanged,
        "deleted before, and left out": report.deleted,
        "rejected": len(report.rejects),
    }
    told = "".join(f", {count:,} {what}" for what, count in rest.items() if count)
    records = "record" if report.records == 1 else "records"
    return f"{added} from {report.records:,} {records}{told}."


def rejection(reject: Reject) -> str:
    """Where a record was left out, and why."""
    where = f"{reject.file}, line {reject.line}: " if reject.line else ""
    return f"{where}{reject.reason}"


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
