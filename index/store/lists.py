"""Reading lists: papers in an order, under a name."""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from index.store.history import now
from index.text import fold


def create(db: apsw.Connection, name: str) -> int:
    """Make a list. Returns 1, or 0 where there is one of that name."""
    db.execute(
        "INSERT INTO lists (name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, fold(name))
    )
    return db.changes()


def append(db: apsw.Connection, name: str, ids: Sequence[int]) -> int:
    """Put papers at the end of a list, in their order. Returns how many were not on it yet."""
    db.execute(
        "INSERT INTO list_items (list_id, paper_id, position, added)"
        " SELECT lists.id, new.value, new.key + 1 + coalesce("
        "   (SELECT max(position) FROM list_items WHERE list_id = lists.id), 0), ?"
        " FROM json_each(?) AS new, lists WHERE folded = ? ON CONFLICT DO NOTHING",
        (now(), json.dumps(list(ids)), fold(name)),
    )
    return db.changes()


def remove(db: apsw.Connection, name: str, ids: Sequence[int]) -> int:
    """Take papers off a list. Returns how many were on it."""
    db.execute(
        "DELETE FROM list_items WHERE list_id = (SELECT id FROM lists WHERE folded = ?)"
        " AND paper_id IN (SELECT value FROM json_each(?))",
        (fold(name), json.dumps(list(ids))),
    )
    return db.changes()


def names(db: apsw.Connection) -> list[str]:
    """Every list, in the order of the alphabet."""
    return [str(name) for (name,) in db.execute("SELECT name FROM lists ORDER BY folded")]


def papers(db: apsw.Connection, name: str) -> list[int]:
    """The ids of a list's papers in the list's order; none where there is no such list."""
    return [
        int(paper_id)
        for (paper_id,) in db.execute(
            "SELECT paper_id FROM list_items JOIN lists ON lists.id = list_id"
            " WHERE folded = ? ORDER BY position, paper_id",
            (fold(name),),
        )
    ]
