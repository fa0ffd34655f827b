"""Saved searches, and the newest paper that was there when each was last looked at."""

from __future__ import annotations

import apsw

from index.store.moments import now
from index.text import fold
from index.views import Sort


def put(db: apsw.Connection, name: str, query: str, sort: Sort) -> int:
    """Save a search, or change the one of that name. Returns 1 where it changed, else 0."""
    db.execute(
        "INSERT INTO saved (name, folded, query, sort, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (folded) DO UPDATE SET query = excluded.query, sort = excluded.sort"
        " WHERE (query, sort) IS NOT (excluded.query, excluded.sort)",
        (name, fold(name), query, sort, now()),
    )
    return db.changes()


def rename(db: apsw.Connection, name: str, new: str) -> int:
    """Give a search another name. Returns 1 where it changed, else 0."""
    db.execute(
        "UPDATE saved SET name = ?1, folded = ?2 WHERE folded = ?3 AND name <> ?1",
        (new, fold(new), fold(name)),
    )
    return db.changes()


def delete(db: apsw.Connection, name: str) -> int:
    """Forget a search. Returns 1, or 0 where there is none of that name."""
    db.execute("DELETE FROM saved WHERE folded = ?", (fold(name),))
    return db.changes()


def names(db: apsw.Connection) -> list[str]:
    """Every search, in the order of the alphabet."""
    return [str(name) for (name,) in db.execute("SELECT name FROM saved ORDER BY folded")]


def look(db: apsw.Connection, name: str) -> None:
    """Keep that all the papers there are now have been seen."""
    db.execute(
        "INSERT INTO saved_seen (saved_id, paper_id)"
        " SELECT id, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'papers')"
        " FROM saved WHERE folded = ?"
        " ON CONFLICT DO UPDATE SET paper_id = excluded.paper_id",
        (fold(name),),
    )


def seen(db: apsw.Connection) -> dict[str, int]:
    """The newest paper that was there when a search was last looked at, by the search's name."""
    found = db.execute("SELECT name, paper_id FROM saved JOIN saved_seen ON saved_id = saved.id")
    return {str(name): int(str(paper_id)) for name, paper_id in found}
