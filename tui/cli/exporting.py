"""The commands that give papers out."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from index.views import Sort
from tui.cli.arguments import FormatName, Ids, flat, ids_argument
from tui.cli.desk import Desk, pass_desk
from tui.cli.indexing import catch_up
from tui.cli.printing import print_json
from tui.cli.progress import progress_bar
from tui.cli.streams import at_terminal, print_bytes

if TYPE_CHECKING:
    from index.exports import Abstracts, Export
    from index.exports.citation import Form


def _check_format(name: str) -> None:
    from index.exports import format_named

    format_named(name)


@click.command("export")
@click.option("--list", "list_name", metavar="NAME", help="The papers of a reading list.")
@click.option("--tag", "tag_name", metavar="TAG", help="The papers of a tag.")
@click.option("--query", help="The papers that a query finds.")
@click.option("--id", "ids", multiple=True, type=Ids(), help="A paper; may be given again.")
@click.option("--all", "everything", is_flag=True, help="The whole library.")
@click.option(
    "--format",
    "form",
    metavar="NAME",
    type=FormatName(_check_format),
    help="See --formats.  [default: markdown]",
)
@click.option("--template", metavar="FILE", help="A Jinja2 template, or the name of one.")
@click.option("--formats", is_flag=True, help="List the formats and templates there are.")
@click.option("--json", "as_json", is_flag=True, help="With --formats: one JSON object a line.")
@click.option(
    "--abstracts",
    type=click.Choice(["folded", "full", "none"]),
    default="folded",
    show_default=True,
    help="How abstracts are given.",
)
@click.option(
    "--sort",
    type=click.Choice(get_args(Sort)),
    default="relevance",
    help="The order; without it a list has its own.",
)
@click.option("-o", "--output", metavar="FILE", help="Where to; else standard output.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@pass_desk
def export(
    desk: Desk,
    list_name: str | None,
    tag_name: str | None,
    query: str | None,
    ids: Iterable[list[int]],
    everything: bool,
    form: str | None,
    template: str | None,
    formats: bool,
    as_json: bool,
    abstracts: Abstracts,
    sort: Sort,
    output: str | None,
    force: bool,
) -> None:
    """Write a list, a tag, what a query finds, some papers, or the whole library."""
    if formats:
        _print_formats(as_json)
        return
    if as_json:
        raise click.UsageError("--json goes with --formats; “--format jsonl” writes papers so.")
    chosen = flat(ids)
    named = (list_name, tag_name, query, chosen or None, everything or None)
    if sum(one is not None for one in named) != 1:
        raise click.UsageError(
            "Name what to export: one of --list, --tag, --query, --id and --all."
        )
    if form is not None and template is not None:
        raise click.UsageError("--format and --template name two formats: choose one.")
    library = desk.library
    shelf = None
    if list_name is not None:
        shelf = library.lists.shelf(list_name)
    elif tag_name is not None:
        shelf = library.tags.shelf(tag_name)
    catch_up(library)
    with progress_bar("Exporting", shown=_leaves_the_terminal(output)) as progress:
        made = library.export(
            query or "",
            ids=chosen or None,
            shelf=shelf.query if shelf else "",
            sort=sort,
            format=form or "markdown",
            template=template or "",
            title=shelf.name if shelf else query or ("Some papers" if chosen else "All papers"),
            abstracts=abstracts,
            progress=progress,
        )
        _write(made, output, force)
    if output not in (None, "-"):
        click.echo(f"Written to {output}.", err=True)


def _leaves_the_terminal(output: str | None) -> bool:
    """Whether what is written goes elsewhere, so that a bar is in nobody's way."""
    return output not in (None, "-") or not at_terminal(sys.stdout)


def _write(made: Export, output: str | None, force: bool) -> None:
    if output in (None, "-"):
        for chunk in made:
            print_bytes(chunk)
        return
    path = Path(output)
    if not force and _would_replace(made, path):
        what = "Replace carrel's files in it?" if made.is_folder else "Replace it?"
        if not at_terminal(sys.stdin, sys.stderr):
            raise click.ClickException(f"{output} exists already; --force replaces it.")
        click.confirm(f"{output} exists already. {what}", abort=True, err=True)
        force = True
    made.save(path, force=force)


def _would_replace(made: Export, path: Path) -> bool:
    """Whether there is something that writing here would replace."""
    try:
        return (path.is_dir() and any(path.iterdir())) if made.is_folder else path.is_file()
    except (OSError, ValueError):  # writing will say so
        return False


def _print_formats(as_json: bool) -> None:
    from index.exports import FORMATS
    from index.exports.template import find, names, suffix

    templates = {name: find(name) for name in names()}
    if as_json:
        for form in FORMATS.values():
            print_json(
                {
                    "format": form.name,
                    "suffix": form.suffix,
                    "folder": form.is_folder,
                    "description": form.description,
                }
            )
        for name, file in templates.items():
            print_json({"template": name, "suffix": suffix(file), "file": str(file)})
        return
    for form in FORMATS.values():
        click.echo(f"{form.name:<10}{form.suffix:<8}{form.description}")
    for name, file in templates.items():
        click.echo(f"{name}  {suffix(file)}  a template: {file}")


@click.command()
@ids_argument
@click.option(
    "--as",
    "form",
    type=click.Choice(["citation", "bibtex", "key", "markdown", "link", "title"]),
    default="citation",
    show_default=True,
)
@pass_desk
def cite(desk: Desk, ids: Iterable[list[int]], form: Form) -> None:
    """Print papers as other texts name them: a reference, a BibTeX entry, a link."""
    text = desk.library.copied(flat(ids), form)
    print_bytes(text.rstrip("\n") + "\n")


COMMANDS = (export, cite)
