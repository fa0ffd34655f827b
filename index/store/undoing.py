"""Undoing: taking an entry of the history back, and doing it again, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from index.errors import HistoryError
from index.store import changes, history, papers
from index.store.changes import Layout, Reach
from index.store.schema import SEEN_TABLES
from index.store.settling import Settling
from index.text import series
from index.views import HistoryEntry

MOST_NAMED = 3
"""Entries that a sentence names; the others are counted."""

_GIVING_WAY = {
    apsw.SQLITE_CHANGESET_DATA: apsw.SQLITE_CHANGESET_REPLACE,
    apsw.SQLITE_CHANGESET_CONFLICT: apsw.SQLITE_CHANGESET_REPLACE,
    apsw.SQLITE_CHANGESET_NOTFOUND: apsw.SQLITE_CHANGESET_OMIT,
}
"""What becomes of a row that sources changed, and is otherwise by now: it keeps nothing from going
back. What is lost by that, the next record of the paper tells again, or ``Settling`` keeps."""


def blockers(db: apsw.Connection, entry: HistoryEntry) -> tuple[HistoryEntry, ...]:
    """The actions that must be undone before this one can be, in that order.

    They were done after it and touch what it touches, or what others of them touch.
    """
    later = history.where(
        db,
        "WHERE undone IS NULL AND batch IS NULL"
        " AND turn > (SELECT turn FROM history WHERE id = ? AND undone IS NULL) ORDER BY turn",
        (entry.id,),
    )
    if not later or entry.kind == "import":
        return ()
    tables = changes.layout(db)
    reach = _reach(db, entry, tables)
    found = []
    for other in later:
        its = _reach(db, other, tables)
        if its.meets(reach):
            reach.take(its)
            found.append(other)
    return tuple(reversed(found))


def undo(db: apsw.Connection, entry: HistoryEntry) -> None:
    """Take an action back. Raises HistoryError where something stands in its way."""
    if found := blockers(db, entry):
        raise _refusal(entry, "undone", "came after it; undo", found)
    met = _apply(db, apsw.Changeset.invert(history.changeset(db, entry)))
    if met is not None:
        raise _changed(db, entry, "undone", met)
    history.mark(db, entry, undone=True)


def redo(db: apsw.Connection, entry: HistoryEntry) -> None:
    """Do an action again. Raises HistoryError where something stands in its way."""
    met = _apply(db, history.changeset(db, entry))
    if met is not None:
        later, earlier = _near(db, entry)
        if later:
            raise _refusal(entry, "redone", "came after it; undo", later)
        if earlier:
            raise _refusal(entry, "redone", "came before it; redo", earlier)
        raise _changed(db, entry, "redone", met)
    history.mark(db, entry, undone=False)


def _apply(db: apsw.Connection, changeset: bytes) -> set[int] | None:
    """Apply a changeset whole, or not at all: then the papers that were met in its way."""
    tables = changes.layout(db)
    settling = Settling(db, changes.read(changeset, tables), tables)
    met: set[int] = set()

    def conflict(reason: int, row: apsw.TableChange) -> int:
        if reason == apsw.SQLITE_CHANGESET_FOREIGN_KEY:  # which tells of no row
            return apsw.SQLITE_CHANGESET_ABORT
        change, *found = changes.in_conflict(row, tables)
        if reason in _GIVING_WAY and (
            row.name in SEEN_TABLES or settling.explains(change, found[0] if found else None)
        ):
            return _GIVING_WAY[reason]
        met.update(changes.papers((change, *found), tables))
        return apsw.SQLITE_CHANGESET_ABORT

    try:
        apsw.Changeset.apply(
            changeset,
            db,
            # Asked of each change, so that the interpreter may run another thread, as the screen's.
            filter_change=lambda change: True,
            conflict=conflict,
            # Without this, undoing "make a list and put papers on it" deletes rows twice.
            flags=apsw.SQLITE_CHANGESETAPPLY_FKNOACTION,
        )
    except (apsw.AbortError, apsw.ConstraintError):  # that of a foreign key is the second
        return met
    settling.settle()
    return None


def _near(
    db: apsw.Connection, entry: HistoryEntry
) -> tuple[list[HistoryEntry], list[HistoryEntry]]:
    """The actions that touch what an undone one touches: later ones that hold, earlier undone."""
    tables = changes.layout(db)
    reach = _reach(db, entry, tables)
    later = "WHERE batch IS NULL AND undone IS NULL AND id > ? ORDER BY id DESC"
    earlier = "WHERE batch IS NULL AND undone IS NOT NULL AND id < ? ORDER BY id"
    found = (
        [
            one
            for one in history.where(db, rest, (entry.id,))
            if _reach(db, one, tables).meets(reach)
        ]
        for rest in (later, earlier)
    )
    return next(found), next(found)


def _changed(db: apsw.Connection, entry: HistoryEntry, done: str, met: set[int]) -> HistoryError:
    """Why an entry cannot be undone or redone where no action stands in its way."""
    brought = history.where(
        db,
        "WHERE undone IS NULL AND id > ? AND batch IN (SELECT batch FROM papers"
        " WHERE id IN (SELECT value FROM json_each(?)))",
        (entry.id, json.dumps(sorted(met))),
    )
    if brought:
        return _refusal(entry, done, "came after it; undo", brought)
    reach = _reach(db, entry, changes.layout(db))
    needed = [int(str(row[0])) for table, row in reach.needed - reach.made if table == "papers"]
    why = "what it changed has been changed since"
    if papers.missing(db, needed):
        why = "papers that it changed are no longer in this library"
    return HistoryError(f"“{entry.label}” cannot be {done}: {why}.")


def _refusal(
    entry: HistoryEntry, done: str, said: str, others: Sequence[HistoryEntry]
) -> HistoryError:
    """What stands in the way of an entry, in a sentence."""
    names = [f"“{one.label}”" for one in others[:MOST_NAMED]]
    if more := len(others) - len(names):
        names.append(f"{more:,} more")
    that = "that" if len(others) == 1 else "those"
    message = f"“{entry.label}” cannot be {done}: {series(names)} {said} {that} first."
    return HistoryError(message, tuple(others))


def _reach(db: apsw.Connection, entry: HistoryEntry, tables: Layout) -> Reach:
    return Reach(changes.read(history.changeset(db, entry), tables), tables)
