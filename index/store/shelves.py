"""Shelves: the sets of papers that the sidebar shows."""

from __future__ import annotations

from collections.abc import Iterator

import apsw

from index.text import fold
from index.views import Overview, Shelf

_DECIDED = (
    "SELECT paper_id FROM marks UNION SELECT paper_id FROM paper_tags"
    " UNION SELECT paper_id FROM list_items"
)


def overview(db: apsw.Connection) -> Overview:
    """How the library stands."""

    # Counted from what the reader did: a million papers need not be looked at one by one.
    total, read, starred, decided = (
        int(db.execute(f"SELECT {count}").get)
        for count in (
            "count(*) FROM papers",
            "count(read) FROM marks",
            "count(starred) FROM marks",
            f"count(*) FROM ({_DECIDED})",
        )
    )
    return Overview(
        views=(
            Shelf("All", "", total, read),
            Shelf("Inbox", "is:inbox", total - decided),
            Shelf("Unread", "is:unread", total - read),
            Shelf("Starred", "is:starred", starred),
        ),
        lists=tuple(_lists(db)),
        tags=tuple(_tags(db)),
    )


def list_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a reading list; None where there is no such list."""
    return next(_lists(db, "WHERE folded = ?", fold(name)), None)


def tag_named(db: apsw.Connection, name: str) -> Shelf | None:
    """The shelf of a tag; None where there is no such tag."""
    return next(_tags(db, "WHERE folded = ?", fold(name)), None)


def _lists(db: apsw.Connection, where: str = "", *values: str) -> Iterator[Shelf]:
    for name, held, read in db.execute(
        "SELECT name, count(list_items.paper_id), count(marks.read) FROM lists"
        " LEFT JOIN list_items ON list_id = lists.id LEFT JOIN marks USING (paper_id)"
        f" {where} GROUP BY lists.id ORDER BY folded",
        values,
    ):
        yield Shelf(str(name), f"list:{quoted(str(name))}", int(str(held)), int(str(read)))


def _tags(db: apsw.Connection, where: str = "", *values: str) -> Iterator[Shelf]:
    for name, held in db.execute(
        "SELECT name, count(*) FROM tags JOIN paper_tags ON tag_id = tags.id"
        f" {where} GROUP BY tags.id ORDER BY folded",
        values,
    ):
        yield Shelf(str(name), f"tag:{quoted(str(name))}", int(str(held)))


def quoted(name: str) -> str:
    """A name as a query holds it. Names have no quotation marks: the library sees to that."""
    return f'"{name}"'
