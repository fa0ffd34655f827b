"""History: what the reader did, each action one entry that can be undone.

An action is recorded as an SQLite changeset, taken and stored in the action's own transaction.
Imports are batches instead: a changeset of 200,000 papers would be as large as the papers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import apsw

from index.errors import StoreError
from index.store.schema import RECORDED_TABLES


@dataclass(frozen=True, slots=True)
class Entry:
    """An action that can be undone. ``changeset`` is empty for an import, which has a batch."""

    id: int
    label: str
    changeset: bytes
    batch: int | None


def now() -> str:
    """The moment, ISO 8601 in UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


@contextmanager
def recorded(db: apsw.Connection, label: str) -> Iterator[None]:
    """Record what happens inside as one entry of the history. Nothing happened: no entry."""
    session = apsw.Session(db, "main")
    try:
        for table in RECORDED_TABLES:
            session.attach(table)
        yield
        changeset = session.changeset()
    finally:
        session.close()
    if changeset:
        db.execute(
            "INSERT INTO history (at, label, changeset) VALUES (?, ?, ?)", (now(), label, changeset)
        )


def record_import(db: apsw.Connection, label: str, batch: int) -> None:
    """Add an import to the history."""
    db.execute("INSERT INTO history (at, label, batch) VALUES (?, ?, ?)", (now(), label, batch))


def newest(db: apsw.Connection) -> Entry | None:
    """The newest entry that has not been undone."""
    row = db.execute(
        "SELECT id, label, changeset, batch FROM history WHERE undone IS NULL"
        " ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return Entry(row[0], row[1], row[2] or b"", row[3]) if row else None


def undo(db: apsw.Connection, entry: Entry) -> None:
    """Apply the inverse of an action. Raises StoreError where a later change stands in its way."""
    try:
        apsw.Changeset.apply(
            apsw.Changeset.invert(entry.changeset),
            db,
            # Without this, undoing "create a tag and attach it" deletes the rows twice and aborts.
            flags=apsw.SQLITE_CHANGESETAPPLY_FKNOACTION,
        )
    except apsw.AbortError:
        raise StoreError(
            f"“{entry.label}” cannot be undone: what it changed has been changed since."
        ) from None


def mark_undone(db: apsw.Connection, entry: Entry) -> None:
    """Take an entry out of what can be undone."""
    db.execute("UPDATE history SET undone = ? WHERE id = ?", (now(), entry.id))
