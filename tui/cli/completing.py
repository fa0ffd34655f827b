"""The command that asks services about what papers lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tui.cli.acting import MANY, can_ask, yes_option
from tui.cli.arguments import Ids, flat
from tui.cli.desk import Desk, pass_desk
from tui.cli.printing import print_json
from tui.cli.progress import STOPPED, progress_bar, say, stoppable
from tui.telling import completed, completing_account, duration

if TYPE_CHECKING:
    from index import Library
    from index.views import Completed


@click.command()
@click.argument("ids", nargs=-1, type=Ids(), metavar="[ID...]")
@click.option("--again", is_flag=True, help="Ask also what was asked in the last 30 days.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a paper.")
@click.option("--quiet", is_flag=True, help="Print only the sum, and what fails.")
@yes_option
@pass_desk
def complete(
    desk: Desk, ids: Iterable[list[int]], again: bool, as_json: bool, quiet: bool, yes: bool
) -> None:
    """Look up what papers lack: authors, a year, an identifier. Without an ID: of all papers.

    Papers are known by their arXiv id or DOI; without one, by their title: at arXiv, then at
    Hugging Face and Crossref. By title an answer is taken only where that is the same; a title of
    one or two words needs authors, year or abstract as well. By an identifier it is not taken where
    it is about something else: you are asked whether the identifier is right. ctrl+c stops, and the
    same command goes on from there. What you undo comes back with --again alone. The exit code is
    1 where a service failed.
    """
    papers = flat(ids) or None
    if not yes and can_ask():
        _ask(desk.library, papers, again)

    def tell(result: Completed) -> None:
        if as_json:
            print_json(asdict(result))
        elif not quiet:
            say(f"{result.id} {result.title}: {completed(result)}")

    with stoppable() as stop, progress_bar("Asking", shown=not quiet) as progress:
        report = desk.library.completing.complete(
            papers, again=again, on_result=tell, progress=progress, stop=stop
        )
    for problem in report.problems:
        click.echo(problem, err=True)
    click.echo(completing_account(report), err=as_json)
    if report.stopped:
        raise click.exceptions.Exit(STOPPED)
    if report.problems:
        raise click.exceptions.Exit(1)


def _ask(library: Library, papers: list[int] | None, again: bool) -> None:
    """Ask before many papers are looked up. Aborts where the answer is no."""
    count, seconds = library.completing.expected(papers, again=again)
    if count > MANY:
        what = f"{count:,} papers are looked up, which takes about {duration(seconds)}."
        click.confirm(f"{what} Go on?", abort=True)


COMMANDS = (complete,)
