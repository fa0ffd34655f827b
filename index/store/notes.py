"""Notes: one a paper, in the reader's own Markdown."""

from __future__ import annotations

import apsw

from index.store.moments import now


def text_of(db: apsw.Connection, paper_id: int) -> str:
    """A paper's note; empty where it has none."""
    return str(db.execute("SELECT text FROM notes WHERE paper_id = ?", (paper_id,)).get or "")


def write(db: apsw.Connection, paper_id: int, text: str) -> int:
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
