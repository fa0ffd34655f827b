"""Shelves: the sets of papers that the sidebar shows."""

from __future__ import annotations

from collections.abc import Iterator
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
    lists = list(_lists(db))
    return Overview(
        views=(
            Shelf("All", "", total, read),
            Shelf("Inbox", "is:inbox", total - decided),
            Shelf("Unread", "is:unread", total - read - skipped),
            Shelf("Starred", "is:starred", marks.get("starred", 0)),
            Shelf("Opened", "is:opened", int(opened)),
        ),
        lists=tuple(shelf for shelf in lists if not shelf.archived),
        archived=tuple(shelf for shelf in lists if shelf.archived),
        saved=tuple(_saved(db)),
        tags=tuple(_tags(db)),
    )


def list_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a reading list; None where there is no such list."""
    return next(_lists(db, "WHERE folded = ?", fold(name)), None)


def tag_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a tag; None where no paper bears it or one below it."""
    folded = fold(name)
    return next((shelf for shelf in _tags(db) if fold(shelf.name) == folded), None)


def saved_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a saved search; None where there is no such search."""
    folded = fold(name)
    return next((shelf for shelf in _saved(db) if fold(shelf.name) == folded), None)


def _lists(db: apsw.Connection, where: str = "", *values: str) -> Iterator[Shelf]:
    for name, order, archived, held, done in db.execute(
        "SELECT name, sort, archived, count(paper_id),"
        f" count(iif({STATUS} IN ('done', 'skipped'), 1, NULL))"
        f" FROM lists LEFT JOIN list_items ON list_id = lists.id {where}"
        " GROUP BY lists.id ORDER BY folded",
        values,
    ):
        yield Shelf(
            str(name),
            f"list:{quoted(str(name))}",
            int(str(held)),
            # A list without papers is one row of the join, which has no status.
            int(str(done)) if held else 0,
            kind="list",
            order=cast(ListOrder, order),
            archived=archived is not None,
        )


def _saved(db: apsw.Connection) -> Iterator[Shelf]:
    for name, query, sort in db.execute("SELECT name, query, sort FROM saved ORDER BY folded"):
        yield Shelf(str(name), str(query), 0, kind="saved", sort=cast(Sort, sort))


def _tags(db: apsw.Connection) -> Iterator[Shelf]:
    """The tree of tags: each after the one it lies below, which need not be borne itself."""
    names: dict[str, str] = {}
    counts: dict[str, int] = {}
    colours: dict[str, str] = {}
    families: set[str] = set()
    for name, colour, held in db.execute(
        "SELECT name, colour, count(paper_id) AS held FROM tags"
        " LEFT JOIN paper_tags ON tag_id = tags.id GROUP BY tags.id ORDER BY held DESC"
    ):
        folded = fold(str(name))
        colours[folded] = str(colour)
        if not held:
            continue
        parts = str(name).split("/")
        for depth in range(1, len(parts)):
            path = "/".join(parts[:depth])
            families.add(fold(path))
            names.setdefault(fold(path), path)
        names[folded], counts[folded] = str(name), int(str(held))
    counts.update((family, _borne_below(db, family)) for family in families)
    for folded in sorted(names, key=lambda path: path.split("/")):
        name, parts = names[folded], folded.split("/")
        above = ("/".join(parts[:depth]) for depth in range(len(parts), 0, -1))
        yield Shelf(
            name,
            f"tag:{quoted(name)}",
            counts[folded],
            kind="tag",
            depth=len(parts) - 1,
            colour=next(filter(None, (colours.get(path, "") for path in above)), ""),
        )


def _borne_below(db: apsw.Connection, folded: str) -> int:
    """How many papers bear a tag or one below it."""
    return int(
        db.execute(
            "SELECT count(DISTINCT paper_id) FROM paper_tags JOIN tags ON tags.id = tag_id"
            " WHERE folded = ?1 OR folded BETWEEN ?1 || '/' AND ?1 || '/' || ?2",
            (folded, "\U0010ffff"),
        ).get
    )


def quoted(name: str) -> str:
    """A name as a query holds it. Names have no quotation marks: the library sees to that."""
    return f'"{name}"'
