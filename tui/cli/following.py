"""Commands for what brings new papers by itself: followed, fetched, listed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tui.cli.arguments import Number
from tui.cli.desk import Desk, pass_desk
from tui.cli.indexing import catch_up
from tui.cli.printing import json_option, print_json
from tui.cli.progress import STOPPED, progress_bar, say, stoppable
from tui.cli.streams import print_bytes

if TYPE_CHECKING:
    from index.views import Fetched, Follow


_NUMBER = Number("is no number that “carrel follow” prints")


@click.group(invoke_without_command=True)
@click.option("--opml", "as_opml", is_flag=True, help="The feeds, as OPML for other programs.")
@json_option
@click.pass_context
def follow(ctx: click.Context, as_opml: bool, as_json: bool) -> None:
    """Follow what brings new papers. Without a command: all that is followed, and its last fetch.

    "carrel fetch" brings what is new; "carrel import" takes an OPML file with feeds to follow.
    """
    if ctx.invoked_subcommand is not None:
        return
    room = ctx.ensure_object(Desk).library.follows
    if as_opml:
        print_bytes(room.opml())
        return
    follows = room.all()
    if as_json:
        for one in follows:
            print_json(_facts(one))
        return
    for line in _table(follows):
        click.echo(line)
    if not follows:
        click.echo("Nothing is followed yet; “carrel follow --help” says what can be.", err=True)


@follow.command("arxiv")
@click.argument("what", metavar="CATEGORY|QUERY")
@pass_desk
def arxiv(desk: Desk, what: str) -> None:
    """Follow a category of arXiv, as cs.CL, or a query in its words.

    A query has fields and operators: 'cat:cs.CL AND abs:"graph pooling"'.
    """
    click.echo(desk.new_library.follows.add("arxiv", what).message)


@follow.command("hf")
@click.argument("span", default="daily", metavar="[daily|week|month]")
@pass_desk
def hf(desk: Desk, span: str) -> None:
    """Follow Hugging Face Papers: the latest, or those of each week or month."""
    click.echo(desk.new_library.follows.add("hf", span).message)


@follow.command("feed")
@click.argument("url")
@pass_desk
def feed(desk: Desk, url: str) -> None:
    """Follow an RSS or Atom feed by its address."""
    click.echo(desk.new_library.follows.add("feed", url).message)


@follow.command("author")
@click.argument("name")
@pass_desk
def author(desk: Desk, name: str) -> None:
    """Follow the papers of an author at arXiv. Put the name in quotes."""
    click.echo(desk.new_library.follows.add("author", name).message)


@click.command()
@click.argument("numbers", nargs=-1, required=True, type=_NUMBER, metavar="NUMBER...")
@pass_desk
def unfollow(desk: Desk, numbers: Sequence[int]) -> None:
    """Follow something no longer, by the number that "carrel follow" prints. Its papers stay."""
    click.echo(desk.library.follows.remove(numbers).message)


@click.command()
@click.argument("numbers", nargs=-1, type=_NUMBER, metavar="[NUMBER]...")
@click.option("--all", "everything", is_flag=True, help="Also what is not due yet.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what failed.")
@json_option
@pass_desk
def fetch(desk: Desk, numbers: Sequence[int], everything: bool, quiet: bool, as_json: bool) -> None:
    """Bring what is new of all that is due, or of some that is followed, by its number.

    Each fails by itself, and keeps what came; the exit code is 1 where one failed.
    """

    follows = desk.library.follows.all()
    wanted = len(set(numbers)) or sum(one.due or everything for one in follows)
    came = 0

    def tell(fetched: Fetched) -> None:
        nonlocal came
        came += 1
        failed = fetched.follow.failed
        if as_json:
            print_json(
                _facts(fetched.follow) | {"added": fetched.added, "updated": fetched.updated}
            )
        elif failed or not quiet:
            say(f"{fetched.follow.name}: {fetched.follow.result}", err=failed)
        if progress:
            progress(came, wanted)

    with stoppable() as stop, progress_bar("Fetching", "", shown=not quiet) as progress:
        if progress and wanted:
            progress(0, wanted)
        fetched = desk.library.follows.fetch(
            numbers or None, due_only=not everything, on_result=tell, stop=stop
        )
        stopped = stop()
    if any(one.added or one.updated for one in fetched):
        catch_up(desk.library, progress_bar("Indexing", shown=not quiet))
    if not fetched and not quiet:
        why = "Nothing is due yet; --all fetches" if follows else "Nothing is followed yet"
        click.echo(f"{why}.", err=True)
    if stopped:
        raise click.exceptions.Exit(STOPPED)
    if any(one.follow.failed for one in fetched):
        raise click.exceptions.Exit(1)


def _facts(follow: Follow) -> dict[str, object]:
    """What is followed as JSON gives it."""
    return {"id": follow.id, "name": follow.name} | asdict(follow)


def _table(follows: Iterable[Follow]) -> list[str]:
    """A line for each: its number, its name, its last fetch in local time, and what came of it."""
    rows = [(str(one.id), one.name, _moment(one.last), one.result) for one in follows]
    number, name = (max((len(row[column]) for row in rows), default=0) for column in (0, 1))
    return [
        f"{row[0]:>{number}}  {row[1]:<{name}}  {row[2]:<16}  {row[3]}".rstrip() for row in rows
    ]


def _moment(at: str) -> str:
    return f"{dt.datetime.fromisoformat(at).astimezone():%Y-%m-%d %H:%M}" if at else "never fetched"


COMMANDS = (follow, unfollow, fetch)
