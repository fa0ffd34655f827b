"""How papers and shelves are printed: a line for a person, a JSON object for a program."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Any

import click

from index.views import Detail, Result, Row, Shelf
from tui.cli.streams import print_bytes

if TYPE_CHECKING:
    from index import Library

_OBEYED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")


def print_papers(
    library: Library, result: Result, *, as_json: bool, limit: int | None = None
) -> None:
    """Print the hits of a search, best first; ``limit`` None prints all."""
    ids = [int(paper_id) for paper_id in islice(result.ids, limit)]
    if as_json:
        scores = {int(i): score for i, score in zip_longest(ids, islice(result.scores, limit))}
        for paper in library.details(ids):
            print_json(summary(paper) | {"score": _rounded(scores[paper.id])})
        return
    width = len(str(max(ids, default=0)))
    for row in library.rows(ids):
        click.echo(line(row, width))


def summary(paper: Detail) -> dict[str, Any]:
    """A paper as JSON lines give it in a list."""
    return {
        "id": paper.id,
        "key": paper.key,
        "title": paper.title,
        "authors": paper.authors,
        "year": int(paper.published[:4]) if paper.published else None,
        "venue": paper.venue,
        "identifiers": dict(paper.identifiers),
        "starred": paper.starred,
        "read": paper.read,
        "skipped": paper.skipped,
        "rating": paper.rating or None,
        "opened": paper.opened or None,
        "tags": paper.tags,
        "lists": paper.lists,
    }


def whole(paper: Detail) -> dict[str, Any]:
    """A paper as JSON gives it alone."""
    rest = asdict(paper) | summary(paper)
    rest["identifiers"] = paper.identifiers  # a paper may have two of a scheme
    del rest["title_marks"], rest["abstract_marks"]
    return rest


def print_json(value: object) -> None:
    """Print one JSON object on a line of its own, in UTF-8 whatever the terminal speaks.

    What a terminal would obey, or UTF-8 has no bytes for, is written as JSON escapes it.
    """
    text = json.dumps(value, ensure_ascii=False)
    print_bytes(_OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def line(row: Row, width: int) -> str:
    """A paper on one line, its number ``width`` characters wide."""
    unread = not (row.read or row.skipped)
    marks = ("★" if row.starred else " ") + ("●" if unread else "-" if row.skipped else " ")
    who = ", ".join(part for part in (row.authors, row.venue, row.year) if part)
    stars = f" {'★' * row.rating}" if row.rating else ""
    tags = "".join(f" #{tag}" for tag in row.tags)
    return f"{row.id:>{width}} {marks} {row.title}{f' ({who})' if who else ''}{stars}{tags}"


def print_shelves(shelves: Iterable[Shelf], *, as_json: bool = False, tree: bool = False) -> None:
    """Print tags, lists or saved searches with what is counted of them.

    tree: below one another, by the last part of their names.
    """
    for shelf in shelves:
        if as_json:
            print_json(_facts(shelf))
            continue
        count = f"{shelf.done}/{shelf.count}" if shelf.kind == "list" else str(shelf.count)
        name = "  " * shelf.depth + shelf.name.rpartition("/")[2] if tree else shelf.name
        click.echo(f"{count:>7}  {name}{_remarks(shelf)}")


_FACTS = {
    "view": (),
    "list": ("done", "order", "archived"),
    "saved": ("new", "sort", "problem"),
    "tag": ("depth", "colour"),
}


def _facts(shelf: Shelf) -> dict[str, Any]:
    """A shelf as JSON gives it."""
    common = {"name": shelf.name, "query": shelf.query, "count": shelf.count}
    return common | {fact: getattr(shelf, fact) for fact in _FACTS[shelf.kind]}


def _remarks(shelf: Shelf) -> str:
    """What else is to be said of a shelf, behind its name."""
    if shelf.kind != "saved":
        return ""
    new = f"  {shelf.new} new" if shelf.new else ""
    return f"{new}  {shelf.problem or shelf.query}"


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 4)
