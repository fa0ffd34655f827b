"""Tags: names that any number of papers bear. A tag lives as long as a paper bears it."""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from index.text import fold


def attach(db: apsw.Connection, ids: Sequence[int], name: str) -> int:
    """Tag papers, making the tag where it is new. Returns how many papers changed."""
    db.execute(
        "INSERT INTO tags (name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, fold(name))
    )
    db.execute(
        "INSERT INTO paper_tags (paper_id, tag_id)"
        " SELECT value, tags.id FROM json_each(?), tags WHERE folded = ? ON CONFLICT DO NOTHING",
        (json.dumps(list(ids)), fold(name)),
    )
    return db.changes()


def detach(db: apsw.Connection, ids: Sequence[int], name: str) -> int:
    """Take a tag from papers. Returns how many papers changed."""
    db.execute(
        "DELETE FROM paper_tags WHERE tag_id = (SELECT id FROM tags WHERE folded = ?)"
        " AND paper_id IN (SELECT value FROM json_each(?))",
        (fold(name), json.dumps(list(ids))),
    )
    changed = db.changes()
    drop_unborne(db)
    return changed


def drop_unborne(db: apsw.Connection) -> None:
    """Remove the tags that no paper bears any more."""
    db.execute("DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM paper_tags)")


def names(db: apsw.Connection) -> list[str]:
    """Every tag, in the order of the alphabet."""
    return [str(name) for (name,) in db.execute("SELECT name FROM tags ORDER BY folded")]


def papers(db: apsw.Connection, name: str) -> list[int]:
    """The ids of a tag's papers, ascending; none where there is no such tag."""
    return [
        int(paper_id)
        for (paper_id,) in db.execute(
            "SELECT paper_id FROM paper_tags JOIN tags ON tags.id = tag_id"
            " WHERE folded = ? ORDER BY paper_id",
            (fold(name),),
        )
    ]
