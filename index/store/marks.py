"""What the reader decided about a paper: starred, read, skipped, a rating. One row a decision."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

import apsw

from index.store.moments import now

Mark = Literal["starred", "read", "skipped", "rating"]


def put(db: apsw.Connection, ids: Sequence[int], mark: Mark, value: int | None = None) -> int:
    """Put a mark on papers. Returns how many had it not, or had another value."""
    db.execute(
        "INSERT INTO marks (paper_id, mark, value, at) SELECT value, ?, ?, ? FROM json_each(?)"
        " WHERE true ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at"
        " WHERE value IS NOT excluded.value",
        (mark, value, now(), json.dumps(list(ids))),
    )
    return db.changes()


def take(db: apsw.Connection, ids: Sequence[int], mark: Mark) -> int:
    """Take a mark from papers. Returns how many had it."""
    db.execute(
        "DELETE FROM marks WHERE mark = ? AND paper_id IN (SELECT value FROM json_each(?))",
        (mark, json.dumps(list(ids))),
    )
    return db.changes()


def read(db: apsw.Connection, ids: Sequence[int]) -> int:
    """Mark papers as read: they are not skipped then, and done on the lists that they are on.

    Returns how many changed.
    """
    marked = put(db, ids, "read")
    take(db, ids, "skipped")
    db.execute(
        "UPDATE list_items SET status = NULL WHERE status IN ('to read', 'reading', 'done')"
        " AND paper_id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return max(marked, min(len(ids), db.changes()))


def skip(db: apsw.Connection, ids: Sequence[int]) -> int:
    """Mark papers as skipped: they are not read then. Returns how many changed."""
    take(db, ids, "read")
    return put(db, ids, "skipped")


def open_(db: apsw.Connection, paper_id: int) -> None:
    """Keep that a paper was opened now."""
    db.execute(
        "INSERT INTO openings (paper_id, last, times) VALUES (?, ?, 1)"
        " ON CONFLICT DO UPDATE SET last = excluded.last, times = times + 1",
        (paper_id, now()),
    )
