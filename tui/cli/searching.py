"""Commands that find and show papers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, get_args

import click

from index.views import Detail, Sort
from tui.cli.arguments import Ids
from tui.cli.desk import Desk, pass_desk
from tui.cli.indexing import catch_up
from tui.cli.printing import json_option, print_json, print_papers, whole
from tui.cli.provenance import print_provenance

if TYPE_CHECKING:
    from index import Library


@click.command()
@click.argument("query", nargs=-1)
@json_option
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most."
)
@click.option("--any", "any_word", is_flag=True, help="One of the words is enough.")
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    default="relevance",
    show_default=True,
)
@click.option(
    "--explain", is_flag=True, help="Say what was understood, and what put each paper there."
)
@pass_desk
def search(
    desk: Desk,
    query: tuple[str, ...],
    as_json: bool,
    limit: int,
    any_word: bool,
    sort: Sort,
    explain: bool,
) -> None:
    """Find papers, the best first.

    Words are ANDed. Also: "a phrase", a OR b, -word, diff*, title: abstract: author: venue:
    year:2022..2024, tag: list: status:reading rating:4.. note: is:starred is:unread. Put "--"
    before a query that begins with "-".
    """
    library, words = desk.library, " ".join(query)
    catch_up(library)
    result = library.search(words, any_word=any_word, sort=sort)
    if explain:
        _explain(library, words, result.ids[:limit], any_word, as_json)
        return
    print_papers(library, result, as_json=as_json, limit=limit)
    hits = len(result.ids)
    if not as_json:
        shown = f", the first {limit} shown" if hits > limit else ""
        click.echo(f"{hits:,} of {result.total:,} papers{shown}.", err=True)
        if not hits and (meant := library.suggest(words)):
            click.echo(f"Did you mean: {meant}", err=True)


def _explain(
    library: Library, query: str, ids: Iterable[int], any_word: bool, as_json: bool
) -> None:
    found = library.explain(query, any_word=any_word)
    why = {
        row: library.reasons(query, row.id, any_word=any_word) for row in library.rows(list(ids))
    }
    if as_json:
        print_json(asdict(found))
        for row, reasons in why.items():
            print_json({"id": row.id, "reasons": [asdict(reason) for reason in reasons]})
        return
    click.echo(f"{found.understood}: {found.hits:,} papers")
    for clause in found.clauses:
        click.echo(f"{clause.hits:>9,}  {'takes away: ' if clause.negated else ''}{clause.text}")
    for row, reasons in why.items():
        click.echo(f"\n{row.id} {row.title}")
        for reason in reasons:
            words = f" ({', '.join(reason.words)})" if reason.words else ""
            field = f" in {reason.field}" if reason.field else ""
            click.echo(f"{reason.share:>9.0%}  {reason.clause}{field}{words}")


@click.command()
@click.argument("paper", type=Ids(), metavar="ID")
@click.option("--provenance", is_flag=True, help="Say where it and each of its fields are from.")
@click.option("--raw", is_flag=True, help="Print the records that it came in, as they came.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@pass_desk
def show(desk: Desk, paper: list[int], provenance: bool, raw: bool, as_json: bool) -> None:
    """Print a paper with all that is known of it."""
    for paper_id in paper:
        if provenance or raw:
            print_provenance(
                desk.library.provenance(paper_id), fields=provenance, raw=raw, as_json=as_json
            )
            continue
        found = desk.library.detail(paper_id)
        if as_json:
            print_json(whole(found))
        else:
            _print_whole(found)


def _print_whole(paper: Detail) -> None:
    """Print a paper for a person: its title, a line for each fact, the abstract and the note."""
    click.echo(paper.title)
    for name, fact in _facts(paper).items():
        if fact:
            click.echo(f"  {name + ':':<10}{fact}")
    for text in (paper.abstract, paper.note):
        if text:
            click.echo("\n" + click.wrap_text(text, width=90, preserve_paragraphs=True))


def _facts(paper: Detail) -> dict[str, str]:
    """What is known of a paper, by what it is called; empty where nothing is."""
    status = ["read" if paper.read else "skipped" if paper.skipped else "unread"]
    status += ["starred"] * paper.starred + ["★" * paper.rating] * bool(paper.rating)
    status += [f"last opened {paper.opened}"] * bool(paper.opened)
    return {
        "by": ", ".join(paper.authors),
        "in": " ".join(part for part in (paper.venue, paper.published) if part),
        "status": ", ".join(status),
        "tags": " ".join(f"#{tag}" for tag in paper.tags),
        "lists": ", ".join(
            f"{item.list} {item.done}/{item.total} ({item.status})" for item in paper.items
        ),
        "known as": ", ".join([paper.key, *(f"{s}:{v}" for s, v in paper.names)]),
        "links": " ".join(link.url for link in paper.links),
        "pdf": paper.pdf,
        "from": "; ".join(paper.origins),
    }


COMMANDS = (search, show)
