"""Shelves: the sets of papers that the sidebar shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import apsw

from index.store import masks
from index.store.lists import STATUS
from index.text import fold
from index.views import ListOrder, Overview, Shelf, Sort


def overview(db: apsw.Connection) -> Overview:
    """How the library stands."""
    # Counted from what the reader did: a million papers need not be looked at one by one.
    marks = {
        str(mark): int(str(count))
        for mark, count in db.execute("SELECT mark, count(*) FROM marks GROUP BY mark")
    }
    read, skipped = marks.get("read", 0), marks.get("skipped", 0)
    total = int(db.execute("SELECT count(*) FROM papers").get)
    decided = int(db.execute(f"SELECT count(*) FROM ({masks.DECIDED})").get)
    opened = db.execute("SELECT count(*) FROM openings JOIN papers ON papers.id = paper_id").get
    every_list = list(lists(db))
    return Overview(
        views=(
            Shelf("All", "", total, read),
            Shelf("Inbox", "is:inbox", total - decided),
            Shelf("Unread", "is:unread", total - read - skipped),
            Shelf("Starred", "is:starred", marks.get("starred", 0)),
            Shelf("Opened", "is:opened", int(opened)),
        ),
        lists=tuple(shelf for shelf in every_list if not shelf.archived),
        archived=tuple(shelf for shelf in every_list if shelf.archived),
        saved=tuple(saved(db)),
        tags=tuple(tags(db)),
    )


def lists(db: apsw.Connection, folded: str | None = None) -> Iterator[Shelf]:
    """Every reading list, by the alphabet; or the one that bears a folded name."""
    for name, order, archived, held, done in db.execute(
        "SELECT name, sort, archived, count(paper_id),"
        # A list without papers is one row of the join, which has no status.
        f" count(iif(paper_id IS NOT NULL AND {STATUS} IN ('done', 'skipped'), 1, NULL))"
        " FROM lists LEFT JOIN list_items ON list_id = lists.id"
        " WHERE ?1 IS NULL OR folded = ?1 GROUP BY lists.id ORDER BY folded",
        (folded,),
    ):
        yield Shelf(
            str(name),
            f"list:{_quoted(str(name))}",
            int(str(held)),
            int(str(done)),
            kind="list",
            order=cast(ListOrder, order),
            archived=archived is not None,
        )


def saved(db: apsw.Connection) -> Iterator[Shelf]:
    """Every saved search, by the alphabet. What it finds is not counted here."""
    for name, query, sort in db.execute("SELECT name, query, sort FROM saved ORDER BY folded"):
        yield Shelf(str(name), str(query), 0, kind="saved", sort=cast(Sort, sort))


def tags(db: apsw.Connection) -> Iterator[Shelf]:
    """The tree of tags: each after the one it lies below, which need not be borne itself."""
    names: dict[str, str] = {}
    colours: dict[str, str] = {}
    own: dict[int, int] = {}  # how many papers bear each tag
    families: dict[str, list[int]] = {}  # the tags at and below each
    for tag_id, name, colour, held in db.execute(
        "SELECT tags.id, name, colour, count(paper_id) AS held FROM tags"
        " LEFT JOIN paper_tags ON tag_id = tags.id GROUP BY tags.id ORDER BY held DESC"
    ):
        folded = fold(str(name))
        colours[folded] = str(colour)
        if not held:
            continue
        names[folded], own[int(str(tag_id))] = str(name), int(str(held))
        parts = str(name).split("/")
        for depth in range(1, len(parts) + 1):
            path = "/".join(parts[:depth])
            names.setdefault(fold(path), path)
            families.setdefault(fold(path), []).append(int(str(tag_id)))
    # Few tags lie below others, and only those can be borne by one paper twice.
    counts = {name: own[ids[0]] for name, ids in families.items()}
    counts |= _borne(db, {name: ids for name, ids in families.items() if len(ids) > 1})
    for folded in sorted(names, key=lambda path: path.split("/")):
        name, parts = names[folded], folded.split("/")
        above = ("/".join(parts[:depth]) for depth in range(len(parts), 0, -1))
        yield Shelf(
            name,
            f"tag:{_quoted(name)}",
            counts[folded],
            kind="tag",
            depth=len(parts) - 1,
            colour=next(filter(None, (colours.get(path, "") for path in above)), ""),
        )


def list_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a reading list; None where there is no such list."""
    return next(lists(db, fold(name)), None)


def tag_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a tag; None where no paper bears it or one below it."""
    return _bearing(name, tags(db))


def saved_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a saved search; None where there is no such search."""
    return _bearing(name, saved(db))


def _bearing(name: str, shelves: Iterable[Shelf]) -> Shelf | None:
    folded = fold(name)
    return next((shelf for shelf in shelves if fold(shelf.name) == folded), None)


def _borne(db: apsw.Connection, families: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """How many papers bear one of each family of tags, by its name."""
    found = db.execute(
        "SELECT family.key, count(DISTINCT paper_id) FROM json_each(?) AS family,"
        " json_each(family.value) AS member JOIN paper_tags ON tag_id = member.value"
        " GROUP BY family.key",
        (json.dumps(families),),
    )
    return {str(name): int(str(count)) for name, count in found}


def _quoted(name: str) -> str:
    """A name as a query holds it. Names have no quotation marks (see ``index.naming``)."""
    return f'"{name}"'
