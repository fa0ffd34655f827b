"""What the reader decided about a paper: starred, read, and the note."""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from index.store.history import now


def star(db: apsw.Connection, ids: Sequence[int], on: bool) -> int:
    """Star papers, or take the stars away. Returns how many changed."""
    return _set(db, "starred", ids, on)


def mark_read(db: apsw.Connection, ids: Sequence[int], read: bool) -> int:
    """Mark papers as read or unread. Returns how many changed."""
    return _set(db, "read", ids, read)


def _set(db: apsw.Connection, column: str, ids: Sequence[int], on: bool) -> int:
    chosen = json.dumps(list(ids))
    if on:
        db.execute(
            f"INSERT INTO marks (paper_id, {column})"
            " SELECT value, ? FROM json_each(?) WHERE true"
            f" ON CONFLICT DO UPDATE SET {column} = excluded.{column} WHERE {column} IS NULL",
            (now(), chosen),
        )
        return db.changes()
    db.execute(
        f"UPDATE marks SET {column} = NULL"
        f" WHERE {column} IS NOT NULL AND paper_id IN (SELECT value FROM json_each(?))",
        (chosen,),
    )
    changed = db.changes()
    db.execute("DELETE FROM marks WHERE starred IS NULL AND read IS NULL")
    return changed


def set_note(db: apsw.Connection, paper_id: int, text: str) -> int:
    """Write a paper's note; an empty text removes it. Returns 1 where it changed, else 0."""
    if not text:
        db.execute("DELETE FROM notes WHERE paper_id = ?", (paper_id,))
    else:
        db.execute(
            "INSERT INTO notes (paper_id, text, changed) VALUES (?, ?, ?) ON CONFLICT DO UPDATE"
            " SET text = excluded.text, changed = excluded.changed WHERE text <> excluded.text",
            (paper_id, text, now()),
        )
    return db.changes()
