"""Reading lists: papers in an order, under a name."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import cast

import apsw

from index.store.moments import now
from index.text import fold
from index.views import ItemStatus, ListOrder

_BY_ITSELF = (
    "iif(EXISTS (SELECT 1 FROM marks WHERE marks.paper_id = list_items.paper_id"
    " AND mark = 'read'), 'done', 'to read')"
)
STATUS = f"coalesce(status, {_BY_ITSELF})"
"""How far the reader is with an item: its own status, else what the paper's state says."""

_LIST = "(SELECT id FROM lists WHERE folded = :name)"
_CHOSEN = "(SELECT value FROM json_each(:chosen))"
_ORDERS: dict[ListOrder, str] = {
    "hand": "position, list_items.added, list_items.paper_id",
    "date": "published DESC, position, list_items.paper_id",
    "status": "CASE effective WHEN 'reading' THEN 0 WHEN 'to read' THEN 1 WHEN 'done' THEN 2"
    " ELSE 3 END, position, list_items.paper_id",
    "added": "list_items.added DESC, position DESC, list_items.paper_id",
    "title": "title_key, position, list_items.paper_id",
}


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
        f"DELETE FROM list_items WHERE list_id = {_LIST} AND paper_id IN {_CHOSEN}",
        _values(name, ids),
    )
    return db.changes()


def names(db: apsw.Connection) -> list[str]:
    """Every list, in the order of the alphabet."""
    return [str(name) for (name,) in db.execute("SELECT name FROM lists ORDER BY folded")]


def papers(db: apsw.Connection, name: str) -> list[int]:
    """The ids of a list's papers in its order; none where there is no such list."""
    found = db.execute("SELECT id, sort FROM lists WHERE folded = ?", (fold(name),)).fetchone()
    if not found:
        return []
    list_id, order = found
    rows = db.execute(
        f"SELECT list_items.paper_id, {STATUS} AS effective FROM list_items"
        " JOIN papers ON papers.id = paper_id WHERE list_id = ?"
        f" ORDER BY {_ORDERS[cast(ListOrder, order)]}",
        (list_id,),
    )
    return [int(str(paper_id)) for paper_id, _ in rows]


def statuses(db: apsw.Connection, name: str, ids: Sequence[int]) -> dict[int, ItemStatus]:
    """The status on a list of those of the papers that are on it."""
    found = db.execute(
        f"SELECT paper_id, {STATUS} FROM list_items"
        f" WHERE list_id = {_LIST} AND paper_id IN {_CHOSEN}",
        _values(name, ids),
    )
    return {int(str(paper_id)): cast(ItemStatus, status) for paper_id, status in found}


def notes(db: apsw.Connection, name: str) -> dict[int, str]:
    """The notes on a list, by paper, of those that have one there."""
    found = db.execute(
        f"SELECT paper_id, note FROM list_items WHERE list_id = {_LIST} AND note <> ''",
        {"name": fold(name)},
    )
    return {int(str(paper_id)): str(note) for paper_id, note in found}


def borne(db: apsw.Connection, ids: Sequence[int]) -> dict[str, int]:
    """The lists that any of the papers is on, by the alphabet, and how many are on each."""
    found = db.execute(
        "SELECT name, count(*) FROM json_each(?) AS chosen"
        " JOIN list_items ON paper_id = chosen.value JOIN lists ON lists.id = list_id"
        " GROUP BY lists.id ORDER BY folded",
        (json.dumps(list(ids)),),
    )
    return {str(name): int(str(count)) for name, count in found}


def arrange(db: apsw.Connection, name: str, ids: Sequence[int]) -> None:
    """Put a list's papers, all of them, in an order by hand."""
    taken = db.execute(
        f"SELECT DISTINCT position FROM list_items WHERE list_id = {_LIST} ORDER BY position",
        {"name": fold(name)},
    ).fetchall()
    # The same places dealt out anew: what keeps its place is not written.
    places = [place for (place,) in taken] if len(taken) == len(ids) else range(1, len(ids) + 1)
    db.executemany(
        "UPDATE list_items SET position = ?1 WHERE paper_id = ?2 AND position <> ?1"
        " AND list_id = (SELECT id FROM lists WHERE folded = ?3)",
        [(place, paper_id, fold(name)) for place, paper_id in zip(places, ids, strict=True)],
    )
    set_order(db, name, "hand")


def set_status(db: apsw.Connection, name: str, ids: Sequence[int], status: ItemStatus) -> int:
    """Say how far one is with papers. What their state says by itself is not kept twice.

    Returns how many changed.
    """
    db.execute(
        f"UPDATE list_items SET status = nullif(:status, {_BY_ITSELF})"
        f" WHERE list_id = {_LIST} AND paper_id IN {_CHOSEN} AND {STATUS} <> :status",
        {"status": str(status), **_values(name, ids)},
    )
    return db.changes()


def set_note(db: apsw.Connection, name: str, paper_id: int, text: str) -> int:
    """Write a paper's note on a list. Returns 1 where it changed, else 0."""
    db.execute(
        f"UPDATE list_items SET note = :text WHERE list_id = {_LIST} AND paper_id = :paper"
        " AND note <> :text",
        {"name": fold(name), "paper": paper_id, "text": text},
    )
    return db.changes()


def set_order(db: apsw.Connection, name: str, order: ListOrder) -> int:
    """Keep a list in an order. Returns 1 where it changed, else 0."""
    db.execute("UPDATE lists SET sort = ?1 WHERE folded = ?2 AND sort <> ?1", (order, fold(name)))
    return db.changes()


def rename(db: apsw.Connection, name: str, new: str) -> int:
    """Give a list another name. Returns 1 where it changed, else 0."""
    db.execute(
        "UPDATE lists SET name = ?1, folded = ?2 WHERE folded = ?3 AND name <> ?1",
        (new, fold(new), fold(name)),
    )
    return db.changes()


def duplicate(db: apsw.Connection, name: str, new: str) -> None:
    """Make a list of the same papers under a name that no list has."""
    db.execute(
        "INSERT INTO lists (name, folded, sort) SELECT ?, ?, sort FROM lists WHERE folded = ?",
        (new, fold(new), fold(name)),
    )
    db.execute(
        "INSERT INTO list_items (list_id, paper_id, position, added, status, note)"
        " SELECT copy.id, paper_id, position, added, status, note"
        f" FROM list_items, lists AS copy WHERE list_id = {_LIST} AND copy.folded = :new",
        {"name": fold(name), "new": fold(new)},
    )


def archive(db: apsw.Connection, name: str, on: bool) -> int:
    """Put a list away, or take it out again. Returns 1 where it changed, else 0."""
    db.execute(
        "UPDATE lists SET archived = ? WHERE folded = ? AND (archived IS NULL) = ?",
        (now() if on else None, fold(name), on),
    )
    return db.changes()


def delete(db: apsw.Connection, name: str) -> None:
    """Delete a list; its papers stay."""
    db.execute("DELETE FROM lists WHERE folded = ?", (fold(name),))


def _values(name: str, ids: Sequence[int]) -> dict[str, str]:
    return {"name": fold(name), "chosen": json.dumps(list(ids))}
