"""Commands for duplicates: papers that came in twice."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from tui.cli.arguments import Ids, flat
from tui.cli.desk import Desk, pass_desk
from tui.cli.printing import json_option, line, print_json, summary
from tui.cli.progress import progress_bar
from tui.cli.streams import at_terminal

if TYPE_CHECKING:
    from index import Library
    from index.views import Pair


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def duplicates(ctx: click.Context, as_json: bool) -> None:
    """Find papers that came in twice. Without a command: the pairs, the surest first.

    The first of a pair is the one to keep: it is published, or has more identifiers, or you made
    more of it. “identifier” and “title” are exact; “near” is for you to judge.
    """
    if ctx.invoked_subcommand is None:
        _print_pairs(ctx.ensure_object(Desk).library, as_json)


@duplicates.command("merge")
@click.argument("ids", nargs=-1, type=Ids(), metavar="KEEP OTHER...")
@click.option("--exact", is_flag=True, help="All exact duplicates, after showing them.")
@click.option("--yes", is_flag=True, help="With --exact: do not ask.")
@pass_desk
def merge(desk: Desk, ids: Iterable[list[int]], exact: bool, yes: bool) -> None:
    """Merge papers into one that is kept.

    It keeps what it has, and gets the others' identifiers, links, tags, lists, marks and notes.
    "carrel undo" brings them back.
    """
    papers = flat(ids)
    if exact:
        if papers:
            raise click.UsageError("--exact finds the papers by itself: name none.")
        _merge_exact(desk.library, yes)
    elif len(papers) < 2:
        raise click.UsageError("Name the paper to keep, and those that go into it; or say --exact.")
    else:
        click.echo(desk.library.duplicates.merge(papers[0], papers[1:]).message)


@duplicates.command("apart")
@click.argument("ids", nargs=-1, required=True, type=Ids(), metavar="ONE OTHER")
@pass_desk
def apart(desk: Desk, ids: Iterable[list[int]]) -> None:
    """Keep in mind that two papers are not the same."""
    papers = flat(ids)
    if len(papers) != 2:
        raise click.UsageError("Name two papers.")
    click.echo(desk.library.duplicates.apart(*papers).message)


def _merge_exact(library: Library, yes: bool) -> None:
    groups = library.duplicates.exact(_find(library))
    if not groups:
        click.echo("There are no exact duplicates.")
        return
    _print_groups(library, groups)
    going = sum(map(len, groups)) - len(groups)
    if not yes:
        if not at_terminal(sys.stdin):
            raise click.UsageError("Nothing was merged: without a terminal, say --yes.")
        papers = "1 paper into another" if going == 1 else f"{going:,} papers into others"
        click.confirm(f"Merge {papers}?", abort=True, err=True)
    click.echo(library.duplicates.merge_all(groups).message)


def _find(library: Library) -> tuple[Pair, ...]:
    with progress_bar("Looking", "") as progress:
        return library.duplicates.find(progress)


def _print_pairs(library: Library, as_json: bool) -> None:
    pairs = _find(library)
    if as_json:
        for pair in pairs:
            keep, other = (summary(library.detail(paper)) for paper in (pair.one, pair.other))
            said = {"reason": pair.reason, "likeness": round(pair.likeness, 4), "exact": pair.exact}
            print_json({**said, "keep": keep, "other": other})
        return
    for pair in pairs:
        likeness = f" {pair.likeness:.0%}" if pair.reason == "near" else ""
        click.echo(f"{pair.reason}{likeness}")
        _print_groups(library, [(pair.one, pair.other)])
    exact = sum(pair.exact for pair in pairs)
    told = f"{len(pairs):,} {'pair' if len(pairs) == 1 else 'pairs'}, {exact:,} exact."
    click.echo(told if pairs else "There are no duplicates.", err=True)


def _print_groups(library: Library, groups: Iterable[Sequence[int]]) -> None:
    """Print the papers of each group, those that go into the first of them behind an arrow."""
    for group in groups:
        width = len(str(max(group)))
        for place, row in enumerate(library.rows(group)):
            click.echo(f"  {'←' if place else ' '} {line(row, width)}")


COMMANDS = (duplicates,)
