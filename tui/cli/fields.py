"""The command that edits the fields of a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.acting import can_ask
from tui.cli.arguments import Ids, single
from tui.cli.desk import Desk, pass_desk
from tui.cli.editing import edited, kept, text_from

if TYPE_CHECKING:
    from index import Library

NAMES = {
    "title": "title",
    "authors": "authors",
    "date": "published",
    "venue": "venue",
    "abstract": "abstract",
    "categories": "categories",
    "identifiers": "identifiers",
    "links": "links",
}
"""What the command line calls the fields that sources speak of."""

_fields = click.Choice(list(NAMES))


@click.command()
@click.argument("paper", type=Ids(), metavar="ID")
@click.option("--title", metavar="TEXT")
@click.option("--author", "authors", multiple=True, metavar="NAME", help="Again for each author.")
@click.option(
    "--date", "--year", "published", metavar="DATE", help="A year, a month (2024-03) or a day."
)
@click.option("--venue", metavar="TEXT")
@click.option("--abstract", metavar="TEXT", help="“-” reads it from standard input.")
@click.option("--category", "categories", multiple=True, metavar="NAME", help="Again for each.")
@click.option(
    "--identifier",
    "identifiers",
    multiple=True,
    metavar="NAME",
    help="doi:10.1000/x, arxiv:2402.14393, acl:…, openreview:… or a page's address.",
)
@click.option(
    "--link",
    "links",
    multiple=True,
    metavar="LINK",
    help="An address, or what it leads to and the address: “pdf https://…”.",
)
@click.option("--key", metavar="KEY", help="The citation key.")
@click.option("--clear", multiple=True, type=_fields, help="Make a field empty, and keep it so.")
@click.option("--reset", multiple=True, type=_fields, help="Let the sources speak of it again.")
@pass_desk
def edit(
    desk: Desk,
    /,
    paper: list[int],
    clear: tuple[str, ...],
    reset: tuple[str, ...],
    **given: str | tuple[str, ...] | None,
) -> None:
    """Change fields of a paper; without an option, in $VISUAL or $EDITOR.

    What is edited stays whatever an import says, until it is reset. What is given of authors,
    categories, identifiers or links replaces them all.
    """
    paper_id = single(paper, "One paper is edited at a time.")
    changes = {name: one for name, one in given.items() if one is not None and one != ()}
    if both := [name for name in clear if NAMES[name] in changes]:
        raise click.UsageError(f"The {both[0]} cannot be given and cleared.")
    changes |= dict.fromkeys((NAMES[name] for name in clear), "")
    if reset and changes:
        raise click.UsageError("--reset is an action of its own: give it alone.")
    if changes.get("abstract") == "-":
        changes["abstract"] = text_from("-")
    library = desk.library
    if reset:
        click.echo(library.papers.unedit(paper_id, [NAMES[name] for name in reset]).message)
    elif changes:
        click.echo(library.papers.edit(paper_id, changes).message)
    else:
        click.echo(_in_editor(library, paper_id))


def _in_editor(library: Library, paper_id: int) -> str:
    """Let the reader change all the fields in their own editor; what came of it."""
    from tui import form

    if not can_ask():
        raise click.UsageError(
            "Say what to change (“carrel edit --help”); an editor needs a terminal."
        )
    before = library.papers.editable(paper_id)
    name = f"fields of {library.detail(paper_id).title}"
    text = edited(form.written(before), name)
    with kept(text, name):
        return library.papers.edit(paper_id, form.changes(before, text)).message


COMMANDS = (edit,)
