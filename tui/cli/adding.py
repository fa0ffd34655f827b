"""The command that brings papers in by what they are called elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tui.cli.desk import Desk, pass_desk
from tui.cli.indexing import catch_up
from tui.cli.printing import json_option, print_json
from tui.cli.progress import STOPPED, say, stoppable
from tui.cli.streams import standard_input
from tui.gathering import failure

if TYPE_CHECKING:
    from index import Library
    from index.views import Added

_SAID = {
    "added": "{id} added: {title}",
    "updated": "{id} known already, and more is known of it now: {title}",
    "unchanged": "{id} known already: {title}",
    "deleted": "{name}: you deleted this paper before; --restore lets it in: {title}",
}


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--restore", is_flag=True, help="Let papers in that were deleted before.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Tag them; may be repeated.")
@click.option("--list", "lists", multiple=True, metavar="LIST", help="Put them on a reading list.")
@json_option
@pass_desk
def add(
    desk: Desk,
    names: Sequence[str],
    restore: bool,
    tags: Sequence[str],
    lists: Sequence[str],
    as_json: bool,
) -> None:
    """Add papers by arXiv ids, DOIs and addresses; "-" reads them from standard input.

    Addresses are those of arxiv.org, doi.org, huggingface.co/papers and aclanthology.org. What is
    known of each is asked of arXiv, doi.org or Hugging Face. A paper that you deleted stays away,
    which is no failure. The exit code is 1 where one failed, and 130 where ctrl+c stopped it.
    """

    def tell(added: Added) -> None:
        if as_json:
            print_json(asdict(added))
        else:
            said = _SAID.get(added.outcome, "").format_map(asdict(added)) or failure(added)
            say(said, err=added.outcome == "failed")

    given = [_piped() if name == "-" else name for name in names]
    with stoppable() as stop:
        added = desk.new_library.add(given, restore=restore, on_result=tell, stop=stop)
        stopped = stop()
    if ids := list(dict.fromkeys(one.id for one in added if one.id)):
        _file(desk.library, ids, tags, lists, quiet=as_json)
        catch_up(desk.library)
    if stopped:
        came = len({one.name for one in added if one.id})
        papers = f"{came:,} of them came" if came else "nothing came"
        click.echo(f"Stopped: {papers}; the same again goes on from there.", err=as_json)
        raise click.exceptions.Exit(STOPPED)
    if not added:
        raise click.UsageError("No paper was named.")
    if any(one.outcome == "failed" for one in added):
        raise click.exceptions.Exit(1)


def _piped() -> str:
    return standard_input().read().decode("utf-8", "replace")


def _file(
    library: Library, ids: list[int], tags: Sequence[str], lists: Sequence[str], *, quiet: bool
) -> None:
    """Tag papers and put them on lists."""
    done = [library.tags.add(ids, tag) for tag in tags]
    done += [library.lists.add(name, ids) for name in lists]
    for one in [] if quiet else done:
        click.echo(one.message)


COMMANDS = (add,)
