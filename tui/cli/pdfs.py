"""Commands for the PDFs of papers: download, open, attach, read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from index.errors import CarrelError, StoppedError
from tui.cli.acting import act, yes_option
from tui.cli.arguments import Ids, flat, ids_argument, single
from tui.cli.desk import Desk, pass_desk
from tui.cli.printing import json_option, print_json
from tui.cli.progress import STOPPED, progress_bar, stoppable
from tui.cli.streams import at_terminal
from tui.outside import open_file
from tui.telling import completing_account

if TYPE_CHECKING:
    from index import Library


@click.command()
@click.argument("ids", nargs=-1, type=Ids(), metavar="[ID...]")
@click.option("--path", "only_path", is_flag=True, help="Print the paths alone; open nothing.")
@click.option("--no-open", is_flag=True, help="Open nothing.")
@click.option("--replace", is_flag=True, help="Download also what is there already.")
@click.option("--text", is_flag=True, help="Read the text of PDFs, for text:WORD in queries.")
@click.option("--sweep", is_flag=True, help="Remove the files that no paper and no undo needs.")
@json_option
@pass_desk
def pdf(
    desk: Desk,
    ids: Iterable[list[int]],
    only_path: bool,
    no_open: bool,
    replace: bool,
    text: bool,
    sweep: bool,
    as_json: bool,
) -> None:
    """Open a paper's PDF, downloaded first where it is not there; of several, only download.

    They come from the link that the paper has, else from arXiv, the ACL Anthology or OpenReview.
    "carrel search has:pdf" finds the papers that have one. --text without an ID reads all that were
    not read yet. The exit code is 1 where anything failed.
    """
    papers = flat(ids)
    if text + sweep + (only_path or no_open or replace or as_json) > 1:
        raise click.UsageError("These options do different things: choose one.")
    if sweep == bool(papers) and not text:
        raise click.UsageError("--sweep takes no ID." if sweep else "Name a paper by its ID.")
    if sweep:
        click.echo(desk.library.pdfs.sweep().message)
        return
    if text:
        _read(desk.library, papers or None)
        return
    found = dict(_fetched(desk.library, papers, replace))
    for paper, path in found.items():
        if as_json:
            print_json({"id": paper, "pdf": str(path)})
        else:
            click.echo(path if only_path else f"{paper} {path}")
    may_open = (
        len(papers) == 1 and not (only_path or no_open or as_json) and at_terminal(sys.stdout)
    )
    if may_open and found and not open_file(found[papers[0]]):
        click.echo("Nothing is here to open it with.", err=True)
    if len(found) < len(papers):
        raise click.exceptions.Exit(1)


@click.command()
@click.argument("paper", type=Ids(), metavar="ID")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--replace", is_flag=True, help="In place of the PDF that the paper has.")
@pass_desk
def attach(desk: Desk, paper: list[int], file: Path, replace: bool) -> None:
    """Copy a PDF into the library as that of a paper."""
    paper_id = single(paper, "A PDF belongs to one paper.")
    click.echo(desk.library.pdfs.attach(paper_id, file, replace=replace).message)


@click.command()
@ids_argument
@yes_option
@pass_desk
def detach(desk: Desk, ids: Iterable[list[int]], yes: bool) -> None:
    """Take the PDFs from papers; "carrel undo" gives them back."""
    act(desk.library, lambda library: library.pdfs.detach(flat(ids)), yes=yes)


def complete_imported(library: Library, ids: Sequence[int], *, quiet: bool = False) -> None:
    """Look up what papers lack that came as PDFs. A service that fails is told in a line.

    ``quiet``: and nothing else is.
    """
    with stoppable() as stop, progress_bar("Asking", shown=not quiet) as progress:
        report = library.completing.complete(ids, progress=progress, stop=stop)
    for problem in report.problems:
        click.echo(problem, err=True)
    if not quiet:
        click.echo(completing_account(report), err=True)


def _fetched(library: Library, papers: Sequence[int], replace: bool) -> Iterator[tuple[int, Path]]:
    """Each paper that there is a PDF of, and where; what fails is told, and the others come."""
    for number, paper in enumerate(papers, 1):
        of_many = f" {number} of {len(papers)}" if len(papers) > 1 else ""
        try:
            with stoppable() as stop, progress_bar(f"Downloading{of_many}", "bytes") as progress:
                path = library.pdfs.fetch(paper, replace=replace, progress=progress, stop=stop)
        except StoppedError:
            raise click.exceptions.Exit(STOPPED) from None
        except CarrelError as error:
            click.echo(f"{paper}: {error}" if len(papers) > 1 else str(error), err=True)
        else:
            yield paper, path


def _read(library: Library, papers: Sequence[int] | None) -> None:
    """Read the text of PDFs; those that cannot be read are told."""
    problems: list[str] = []
    with stoppable() as stop, progress_bar("Reading", "PDFs") as progress:
        try:
            done = library.pdfs.read_texts(
                papers, progress=progress, stop=stop, on_problem=problems.append
            )
        except StoppedError:
            raise click.exceptions.Exit(STOPPED) from None
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(done.message)
    if problems:
        raise click.exceptions.Exit(1)


COMMANDS = (pdf, attach, detach)
