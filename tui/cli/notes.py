"""The command for notes."""

from __future__ import annotations

import click

from tui.cli.arguments import Ids, single
from tui.cli.desk import Desk, pass_desk
from tui.cli.editing import edited, kept, text_from
from tui.cli.printing import print_json


@click.command()
@click.argument("paper", type=Ids(), metavar="ID")
@click.argument("text", required=False)
@click.option("--edit", is_flag=True, help="Write it in $VISUAL or $EDITOR.")
@click.option("--json", "as_json", is_flag=True, help="Print it as one JSON object.")
@pass_desk
def note(desk: Desk, paper: list[int], text: str | None, edit: bool, as_json: bool) -> None:
    """Print a paper's note, or write TEXT as its note, in Markdown.

    "-" reads the note from standard input; an empty TEXT removes it. "carrel search has:note" finds
    the papers that have one, and note:WORD those with a word in it.
    """
    paper_id = single(paper, "A note belongs to one paper.")
    if (text is not None) + edit + as_json > 1:
        raise click.UsageError("TEXT, --edit and --json do different things: choose one.")
    library = desk.library
    if text is not None:
        text = text_from("-") if text == "-" else text
        click.echo(library.notes.write(paper_id, text).message)
        return
    found = library.detail(paper_id)
    if as_json:
        print_json({"id": paper_id, "key": found.key, "note": found.note})
    elif edit:
        name = f"note on {found.title}"
        written = edited(found.note, name)
        with kept(written, name):
            click.echo(library.notes.write(paper_id, written, base=found.note).message)
    else:
        click.echo(found.note)


COMMANDS = (note,)
