"""Tags: names that any number of papers bear, in a tree: ``ml/gnn`` lies below ``ml``.

A tag is there as long as a paper bears it. Its row is a word of the vocabulary, which stays: so the
history holds which papers bear a tag, and how it is spelt and coloured, and taking one of its
entries back never needs the row gone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

import apsw

from index.text import fold

_BORNE = "EXISTS (SELECT 1 FROM paper_tags WHERE tag_id = tags.id)"
_BELOW = "(folded = :name OR folded BETWEEN :name || '/' AND :name || '/' || char(1114111))"


def know(db: apsw.Connection, name: str) -> None:
    """Have a tag in the vocabulary. Done before an action is recorded, for it is no part of it."""
    db.execute(
        "INSERT INTO tags (name, folded) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, fold(name))
    )


def attach(db: apsw.Connection, ids: Sequence[int], name: str) -> int:
    """Tag papers with a tag that is known. Returns how many papers changed."""
    _spell(db, name, f"NOT {_BORNE}")
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
        str(name) for (name,) in db.execute(f"SELECT name FROM tags WHERE {_BORNE} ORDER BY folded")
    ]


def borne(db: apsw.Connection, ids: Sequence[int]) -> dict[str, int]:
    """The tags that any of the papers bears, by the alphabet, and how many of them bear each."""
    found = db.execute(
        "SELECT name, count(*) FROM json_each(?) AS chosen"
        " JOIN paper_tags ON paper_id = chosen.value JOIN tags ON tags.id = tag_id"
        " GROUP BY tags.id ORDER BY folded",
        (json.dumps(list(ids)),),
    )
    return {str(name): int(str(count)) for name, count in found}


class _Moving(NamedTuple):
    """A tag that is to be another."""

    id: int
    path: str
    colour: str


def make_room(db: apsw.Connection, name: str, new: str) -> None:
    """Have the tags in the vocabulary that a tag and those below it are to become."""
    for tag in _moving(db, name, new):
        know(db, tag.path)


def move(db: apsw.Connection, name: str, new: str) -> None:
    """Give the papers of a tag, and of those below it, the new ones, which ``make_room`` made.

    A colour goes along where the new tag has none.
    """
    becomes: dict[int, int] = {}
    for tag in _moving(db, name, new):
        target = _id(db, tag.path)
        if target == tag.id:
            _spell(db, tag.path)
            continue
        becomes[tag.id] = target
        _spell(db, tag.path, f"NOT {_BORNE}")
        db.execute(
            f"UPDATE tags SET colour = ?1 WHERE id = ?2 AND (colour = '' OR NOT {_BORNE})",
            (tag.colour, target),
        )
        db.execute("UPDATE tags SET colour = '' WHERE id = ?", (tag.id,))
    old = "tag_id IN (SELECT value FROM json_each(?))"
    chosen = (json.dumps(list(becomes)),)
    bearing = db.execute(f"SELECT paper_id, tag_id FROM paper_tags WHERE {old}", chosen).fetchall()
    db.execute(f"DELETE FROM paper_tags WHERE {old}", chosen)
    db.executemany(
        "INSERT INTO paper_tags (paper_id, tag_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
        [(paper_id, becomes[int(str(tag_id))]) for paper_id, tag_id in bearing],
    )


def delete(db: apsw.Connection, name: str) -> None:
    """Take a tag and those below it from every paper, and their colours from them."""
    which = f"SELECT id FROM tags WHERE {_BELOW}"
    db.execute(f"DELETE FROM paper_tags WHERE tag_id IN ({which})", {"name": fold(name)})
    db.execute(f"UPDATE tags SET colour = '' WHERE id IN ({which})", {"name": fold(name)})


def colour(db: apsw.Connection, name: str, colour: str) -> int:
    """Colour a tag. Returns 1 where that changed it, else 0."""
    db.execute(
        "UPDATE tags SET colour = ?1 WHERE folded = ?2 AND colour <> ?1", (colour, fold(name))
    )
    return db.changes()


def _moving(db: apsw.Connection, name: str, new: str) -> list[_Moving]:
    """The tags at and below a name, borne or coloured, and what they are to become."""
    depth = name.count("/") + 1
    found = db.execute(
        f"SELECT id, name, colour FROM tags WHERE {_BELOW} AND (colour <> '' OR {_BORNE})"
        " ORDER BY length(folded)",  # none becomes one that comes later
        {"name": fold(name)},
    ).fetchall()
    return [
        _Moving(int(str(tag_id)), "/".join([new, *str(old).split("/")[depth:]]), str(colour))
        for tag_id, old, colour in found
    ]


def _id(db: apsw.Connection, name: str) -> int:
    return int(db.execute("SELECT id FROM tags WHERE folded = ?", (fold(name),)).get)


def _spell(db: apsw.Connection, name: str, where: str = "true") -> None:
    """Spell a tag as it is written here."""
    db.execute(
        f"UPDATE tags SET name = ?1 WHERE folded = ?2 AND name <> ?1 AND {where}",
        (name, fold(name)),
    )
