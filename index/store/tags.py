"""Tags: names that any number of papers bear, in a tree: ``ml/gnn`` lies below ``ml``.

A tag is there as long as a paper bears it. Its row is a word of the vocabulary, which stays: so the
history holds which papers bear a tag, and taking one of its entries back never needs the row gone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from index.text import fold


def know(db: apsw.Connection, name: str) -> None:
    """Have a tag in the vocabulary. Done before an action is recorded, for it is no part of it."""
    db.execute(
        "INSERT INTO tags (name, folded) VALUES (?, ?) ON CONFLICT DO UPDATE SET name ="
        " excluded.name WHERE NOT EXISTS (SELECT 1 FROM paper_tags WHERE tag_id = tags.id)",
        (name, fold(name)),
    )


def attach(db: apsw.Connection, ids: Sequence[int], name: str) -> int:
    """Tag papers with a tag that is known. Returns how many papers changed."""
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
    return db.changes()


def names(db: apsw.Connection) -> list[str]:
    """Every tag that a paper bears, in the order of the alphabet."""
    return [
        str(name)
        for (name,) in db.execute(
            "SELECT name FROM tags WHERE EXISTS (SELECT 1 FROM paper_tags WHERE tag_id = tags.id)"
            " ORDER BY folded"
        )
    ]


_BELOW = "(folded = :name OR folded BETWEEN :name || '/' AND :name || '/' || char(1114111))"


def borne(db: apsw.Connection, ids: Sequence[int]) -> dict[str, int]:
    """The tags that any of the papers bears, by the alphabet, and how many of them bear each."""
    found = db.execute(
        "SELECT name, count(*) FROM json_each(?) AS chosen"
        " JOIN paper_tags ON paper_id = chosen.value JOIN tags ON tags.id = tag_id"
        " GROUP BY tags.id ORDER BY folded",
        (json.dumps(list(ids)),),
    )
    return {str(name): int(str(count)) for name, count in found}


def make_room(db: apsw.Connection, name: str, new: str) -> None:
    """Have the tags in the vocabulary that a tag and those below it are to become.

    A colour goes along where the new tag has none.
    """
    for old, path, colour in _moved(db, name, new):
        if fold(old) == fold(path):  # only its letters' case
            db.execute("UPDATE tags SET name = ? WHERE folded = ?", (path, fold(path)))
        know(db, path)
        db.execute(
            "UPDATE tags SET colour = ? WHERE folded = ? AND colour = ''", (colour, fold(path))
        )


def move(db: apsw.Connection, name: str, new: str) -> int:
    """Give the papers of a tag, and of those below it, the new ones, which ``make_room`` made.

    Returns how many papers changed.
    """
    changed: set[int] = set()
    for old, path, _ in _moved(db, name, new):
        if fold(old) == fold(path):
            continue
        values = {"old": fold(old), "new": fold(path)}
        source = "tag_id = (SELECT id FROM tags WHERE folded = :old)"
        changed.update(
            int(str(paper_id))
            for (paper_id,) in db.execute(f"SELECT paper_id FROM paper_tags WHERE {source}", values)
        )
        db.execute(
            "INSERT INTO paper_tags (paper_id, tag_id) SELECT paper_id,"
            f" (SELECT id FROM tags WHERE folded = :new) FROM paper_tags WHERE {source}"
            " ON CONFLICT DO NOTHING",
            values,
        )
        db.execute(f"DELETE FROM paper_tags WHERE {source}", values)
    return len(changed)


def _moved(db: apsw.Connection, name: str, new: str) -> list[tuple[str, str, str]]:
    """The tags at and below a name: each as it is called, as it would be, and its colour."""
    depth = name.count("/") + 1
    found = db.execute(
        f"SELECT name, colour FROM tags WHERE {_BELOW}"
        " AND EXISTS (SELECT 1 FROM paper_tags WHERE tag_id = tags.id) ORDER BY folded",
        {"name": fold(name)},
    ).fetchall()
    return [
        (str(old), "/".join([new, *str(old).split("/")[depth:]]), str(colour))
        for old, colour in found
    ]


def delete(db: apsw.Connection, name: str) -> int:
    """Take a tag and those below it from every paper. Returns how many places it had."""
    db.execute(
        f"DELETE FROM paper_tags WHERE tag_id IN (SELECT id FROM tags WHERE {_BELOW})",
        {"name": fold(name)},
    )
    return db.changes()


def colour(db: apsw.Connection, name: str, colour: str) -> int:
    """Colour a tag. Returns 1 where that changed it, else 0."""
    db.execute(
        "UPDATE tags SET colour = ?1 WHERE folded = ?2 AND colour <> ?1", (colour, fold(name))
    )
    return db.changes()
