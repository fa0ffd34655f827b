"""Commands that find and show papers."""

from __future__ import annotations

import click

from tui.cli.desk import Desk, Ids, pass_desk
from tui.cli.printing import print_json, print_papers, whole


@click.command()
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, show_default=True, help="How many at most."
)
@pass_desk
def search(desk: Desk, query: tuple[str, ...], as_json: bool, limit: int) -> None:
    """Find papers, the best first.

    Words are ANDed. Also: "a phrase", a OR b, -word, diff*, title: abstract: author: venue:
    year:2022..2024, tag: list: is:starred is:unread. Put "--" before a query that begins with "-".
    """
    library = desk.library
    library.catch_up()
    result = library.search(" ".join(query))
    print_papers(library, result, as_json=as_json, limit=limit)
    hits = len(result.ids)
    if not as_json:
        shown = f", the first {limit} shown" if hits > limit else ""
        click.echo(f"{hits:,} of {result.total:,} papers{shown}.", err=True)


@click.command()
@click.argument("paper", type=Ids(), metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@pass_desk
def show(desk: Desk, paper: list[int], as_json: bool) -> None:
    """Print a paper with all that is known of it."""
    for paper_id in paper:
        found = desk.library.detail(paper_id)
        if as_json:
            print_json(whole(found))
            continue
        status = ["read" if found.read else "unread"] + ["starred"] * found.starred
        facts = {
            "by": ", ".join(found.authors),
            "in": " ".join(part for part in (found.venue, found.published) if part),
            "status": ", ".join(status),
            "tags": " ".join(f"#{tag}" for tag in found.tags),
            "lists": ", ".join(found.lists),
            "known as": ", ".join([found.key, *(f"{s}:{v}" for s, v in found.identifiers)]),
            "links": " ".join(link.url for link in found.links),
            "from": "; ".join(found.origins),
        }
        click.echo(found.title)
        for name, value in facts.items():
            if value:
                click.echo(f"  {name + ':':<10}{value}")
        for text in (found.abstract, found.note):
            if text:
                click.echo("\n" + click.wrap_text(text, width=90, preserve_paragraphs=True))


COMMANDS = (search, show)
