"""History: what the reader did, each action one entry that can be undone and done again.

An action is recorded as an SQLite changeset, taken and stored in the action's own transaction.
Imports are batches instead: a changeset of 200,000 papers would be as large as the papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import apsw

from index.store import changes
from index.store.moments import now
from index.store.schema import RECORDED_TABLES
from index.views import HistoryEntry


@contextmanager
def recorded(db: apsw.Connection, label: str, papers: int | None = None) -> Iterator[None]:
    """Record what happens inside as one entry of the history. Nothing happened: no entry.

    ``papers`` is how many it is about, if that is not how many changed.
    """
    with _watching(db) as session:
        yield
        changeset = session.changeset()
    if changeset:
        count = len(_papers(db, changeset)) if papers is None else papers
        _add(db, label, count, changeset=changeset)


class Growing:
    """An action that takes several transactions: one entry of the history, which grows with each.

    Where something was done meanwhile that meets what is to join the entry, or it was undone, it
    grows no more and another is begun: so each can still be undone, the newer first.
    """

    def __init__(self, label: Callable[[int], str]) -> None:
        self._label = label  # of a number of papers
        self._number = 0  # of the entry
        self._papers: set[int] = set()

    @contextmanager
    def recorded(self, db: apsw.Connection) -> Iterator[None]:
        """Record what happens inside as more of the entry."""
        with _watching(db) as session:
            yield
            added = session.changeset()
        if not added:
            return
        known = entry(db, self._number)
        grows = known is not None and not known.undone and not _is_met(db, known, added)
        self._papers = _papers(db, added) | (self._papers if grows else set())
        label, count = self._label(len(self._papers)), len(self._papers)
        if known is None or not grows:
            _add(db, label, count, changeset=added)
            self._number = db.last_insert_rowid()
            return
        _end_redoing(db)
        db.execute(
            "UPDATE history SET label = ?, papers = ?, changeset = ? WHERE id = ?",
            (label, count, apsw.Changeset.concat(changeset(db, known), added), known.id),
        )


@contextmanager
def _watching(db: apsw.Connection) -> Iterator[apsw.Session]:
    session = apsw.Session(db, "main")
    try:
        for table in RECORDED_TABLES:
            session.attach(table)
        yield session
    finally:
        session.close()


def _papers(db: apsw.Connection, changeset: bytes) -> set[int]:
    tables = changes.layout(db)
    return changes.papers(changes.read(changeset, tables), tables)


def _is_met(db: apsw.Connection, known: HistoryEntry, added: bytes) -> bool:
    """Whether an action that came after an entry touches what is to join it."""
    later = where(
        db,
        "WHERE undone IS NULL AND batch IS NULL AND turn > (SELECT turn FROM history WHERE id = ?)",
        (known.id,),
    )
    tables = changes.layout(db)
    reach = changes.Reach(changes.read(added, tables), tables)
    return any(
        changes.Reach(changes.read(changeset(db, one), tables), tables).meets(reach)
        for one in later
    )


def record_import(db: apsw.Connection, label: str, batch: int, papers: int) -> None:
    """Record that an import added or updated papers, or more of them; the last label stands."""
    db.execute(
        "UPDATE history SET papers = papers + ?, label = ? WHERE batch = ? AND undone IS NULL",
        (papers, label, batch),
    )
    if not db.changes():
        _add(db, label, papers, batch=batch)


def _add(
    db: apsw.Connection,
    label: str,
    papers: int,
    *,
    batch: int | None = None,
    changeset: bytes | None = None,
) -> None:
    _end_redoing(db)
    db.execute(
        "INSERT INTO history (at, label, batch, papers, turn, changeset)"
        f" VALUES (?, ?, ?, ?, {_NEXT_TURN}, ?)",
        (now(), label, batch, papers, changeset),
    )


def _end_redoing(db: apsw.Connection) -> None:
    """What was undone before something new was done is not next in turn to be done again."""
    db.execute("UPDATE history SET turn = NULL WHERE undone IS NOT NULL AND turn IS NOT NULL")


_NEXT_TURN = "(SELECT coalesce(max(turn), 0) + 1 FROM history)"
_ENTRY = "SELECT id, at, label, papers, undone IS NOT NULL, batch IS NOT NULL FROM history"


def where(db: apsw.Connection, rest: str, values: Sequence[int | str] = ()) -> list[HistoryEntry]:
    """The entries that the rest of a statement says, in its order."""
    return [
        HistoryEntry(
            id=int(str(number)),
            at=str(at),
            label=str(label),
            papers=int(str(papers)),
            undone=bool(undone),
            kind="import" if batch else "action",
        )
        for number, at, label, papers, undone, batch in db.execute(f"{_ENTRY} {rest}", values)
    ]


def entry(db: apsw.Connection, number: int) -> HistoryEntry | None:
    """The entry with a number."""
    return next(iter(where(db, "WHERE id = ?", (number,))), None)


def newest_first(db: apsw.Connection, limit: int, before: int | None) -> list[HistoryEntry]:
    """The newest entries, or the newest of those before one."""
    if before is None:
        return where(db, "ORDER BY id DESC LIMIT ?", (limit,))
    return where(db, "WHERE id < ? ORDER BY id DESC LIMIT ?", (before, limit))


def newest(db: apsw.Connection) -> HistoryEntry | None:
    """What was done, or done again, last, and is not undone."""
    return next(iter(where(db, "WHERE undone IS NULL ORDER BY turn DESC LIMIT 1")), None)


def newest_undone(db: apsw.Connection) -> HistoryEntry | None:
    """What was undone last, where nothing new was done since."""
    rest = "WHERE undone IS NOT NULL AND turn IS NOT NULL ORDER BY turn DESC LIMIT 1"
    return next(iter(where(db, rest)), None)


def batch(db: apsw.Connection, entry: HistoryEntry) -> int:
    """The batch of an import."""
    return int(db.execute("SELECT batch FROM history WHERE id = ?", (entry.id,)).get)


def changeset(db: apsw.Connection, entry: HistoryEntry) -> bytes:
    """The changeset of an action."""
    return bytes(db.execute("SELECT changeset FROM history WHERE id = ?", (entry.id,)).get)


def touched(db: apsw.Connection) -> set[int]:
    """The papers that actions which are not undone changed."""
    tables, found = changes.layout(db), set[int]()
    for one in where(db, "WHERE undone IS NULL AND batch IS NULL"):
        found |= changes.papers(changes.read(changeset(db, one), tables), tables)
    return found


def mark(db: apsw.Connection, entry: HistoryEntry, *, undone: bool) -> None:
    """Keep that an entry was undone, or done again, just now."""
    db.execute(
        f"UPDATE history SET undone = ?, turn = {_NEXT_TURN} WHERE id = ?",
        (now() if undone else None, entry.id),
    )
