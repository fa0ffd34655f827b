"""The command that brings papers in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import StoppedError
from index.progress import Progress
from tui.cli.arguments import FormatName
from tui.cli.desk import Desk, pass_desk
from tui.cli.indexing import catch_up
from tui.cli.pdfs import complete_imported
from tui.cli.progress import (
    STOPPED,
    print_event,
    progress_bar,
    progress_events,
    stoppable,
)
from tui.cli.streams import standard_input
from tui.telling import account, left_out, rejections

if TYPE_CHECKING:
    from index import Library
    from index.views import ImportReport, Reject


def _check_format(name: str) -> None:
    from index.sources import check_format

    check_format(name)


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option(
    "--format",
    "format_",
    metavar="NAME",
    type=FormatName(_check_format),
    help="Instead of recognising the format.",
)
@click.option("--restore", is_flag=True, help="Let papers in that were deleted before.")
@click.option("--offline", is_flag=True, help="Do not look up what papers lack that are PDFs.")
@click.option(
    "--rejects",
    metavar="FILE",
    help="Write what is left out to a new file, as JSON lines: file, line, reason, and raw, the "
    "record as it came.",
)
@click.option("--quiet", is_flag=True, help="Say nothing but what is wrong.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Tell how it goes as JSON lines: progress, reject, and at the end done.",
)
@pass_desk
def import_(
    desk: Desk,
    files: tuple[str, ...],
    format_: str | None,
    restore: bool,
    offline: bool,
    rejects: str | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Bring in papers from files and folders; "-" is standard input.

    Formats: bibtex (BibLaTeX too), ris, csl_json, csv (with a header), jsonl (a paper a line),
    hf_page (a saved Hugging Face Papers page: its text), hf_page_html (its HTML), arxiv_dump
    (arXiv's metadata), acl_xml (the ACL Anthology), beir and opml (feeds to follow); packed as .gz
    or .zip too. A PDF is attached to its paper, which is then completed. The same file again
    changes nothing. Stopped by ctrl+c, what came stays, and the same command goes on from there.
    The exit code is 1 where anything was left out, and 130 where it was stopped.
    """
    if quiet and as_json:
        raise click.UsageError("--quiet and --json: choose one.")
    if "" in files:  # else the folder that one is in
        raise click.UsageError("A file needs a name.")
    library = desk.new_library
    with (
        _rejects_file(rejects) as write,
        stoppable() as stop,
        _showing("reading", "bytes", quiet, as_json) as progress,
    ):
        report = library.import_files(
            [None if file == "-" else Path(file) for file in files],
            format=format_,
            stdin=standard_input() if "-" in files else None,
            restore=restore,
            progress=progress,
            on_reject=lambda reject: _tell_reject(reject, write, as_json),
            stop=stop,
        )
    if not as_json:
        _tell(report, rejects, quiet)
    if report.from_pdfs and not (offline or report.stopped):
        complete_imported(library, report.from_pdfs, quiet=quiet or as_json)
    unindexed = not report.stopped and not _index(library, quiet, as_json)
    if as_json:
        stopped = report.stopped or unindexed
        rejected = [_told(one) for one in report.rejects]
        print_event("done", **asdict(report) | {"stopped": stopped, "rejects": rejected})
    elif unindexed and not quiet:
        click.echo("The index is not up to date yet; the next search sees to it.")
    if report.stopped or unindexed:
        raise click.exceptions.Exit(STOPPED)
    if report.rejected:
        raise click.exceptions.Exit(1)


def _tell(report: ImportReport, rejects: str | None, quiet: bool) -> None:
    """Tell what came of the files, before anything is asked about it."""
    for line in [] if rejects else rejections(report, len(report.rejects)):
        click.echo(line, err=True)
    if quiet:
        return
    if line := left_out(report, len(report.skipped_files)):
        click.echo(line, err=True)
    click.echo(account(report))
    if rejects and report.rejected:
        click.echo(f"What was left out is told in {rejects}.", err=True)


def _showing(
    step: str, unit: str, quiet: bool, as_json: bool
) -> AbstractContextManager[Progress | None]:
    """What tells how far a step is."""
    if as_json:
        return progress_events(step)
    return progress_bar(step.capitalize(), unit, shown=not quiet)


def _index(library: Library, quiet: bool, as_json: bool) -> bool:
    """Index what came; False where it was stopped."""
    try:
        catch_up(library, _showing("indexing", "papers", quiet, as_json))
    except StoppedError:
        return False
    if not quiet and (holder := library.indexing()):
        click.echo(f"{holder} is writing the index; it will take these papers in too.", err=True)
    return True


def _tell_reject(reject: Reject, write: Callable[[Reject], object], as_json: bool) -> None:
    """Tell of a record that is left out, as soon as it is."""
    write(reject)
    if as_json:
        print_event("reject", **_told(reject))


def _told(reject: Reject) -> dict[str, object]:
    """A reject without its text, which may be as long as a book."""
    return {key: value for key, value in asdict(reject).items() if key != "raw"}


@contextmanager
def _rejects_file(name: str | None) -> Iterator[Callable[[Reject], object]]:
    """What writes a record that is left out to a file, where there is to be one."""
    if name is None:
        yield lambda reject: None
        return
    try:
        file = Path(name).open(  # noqa: SIM115 (closed below)
            "x", encoding="utf-8", errors="replace", newline="\n"
        )
    except FileExistsError:
        raise click.ClickException(f"{name} exists already; name a new file.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "that is no name of a file"
        raise click.ClickException(f"{name} cannot be written: {why}.") from None
    with file:
        yield lambda reject: file.write(json.dumps(asdict(reject), ensure_ascii=False) + "\n")


COMMANDS = (import_,)
