"""The way back: what was done, undone, and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.errors import HistoryError, NotFoundError
from index.keeping.room import Room
from index.store import follows, history, papers, telling, undoing
from index.text import capital, counted
from index.views import Done, HistoryEntry

if TYPE_CHECKING:
    from apsw import Connection


class History(Room):
    """The room of what was done."""

    def entries(self, limit: int = 200, before: int | None = None) -> tuple[HistoryEntry, ...]:
        """The newest entries, or the newest of those before an entry; the newest first."""
        with self._store.reading() as db:
            return tuple(history.newest_first(db, limit, before))

    def told(self, entry: int) -> tuple[str, ...]:
        """What an entry did, in sentences; the last says how many more there are.

        Raises NotFoundError.
        """
        with self._store.reading() as db:
            return tuple(telling.told(db, _entry(db, entry)))

    def blockers(self, entry: int) -> tuple[HistoryEntry, ...]:
        """What must be undone before an entry can be, in that order; nothing where it is undone.

        Raises NotFoundError.
        """
        with self._store.reading() as db:
            return undoing.blockers(db, _entry(db, entry))

    def undo(self, entry: int | None = None, *, imports: bool = True) -> Done:
        """Undo what was done last and is not undone yet, or an entry from anywhere.

        Without ``imports`` an import is not undone: what that would do comes back as a question.
        Undoing an import deletes those of its papers that the reader has not touched. Raises
        HistoryError where something later stands in the way, and NotFoundError.
        """
        with self._store.writing() as db:
            chosen = history.newest(db) if entry is None else _entry(db, entry)
            if chosen is None:
                return Done("There is nothing to undo.", 0)
            if chosen.undone:
                return Done(f"“{chosen.label}” is undone already.", 0)
            if chosen.kind == "import":
                return _withdraw(db, chosen) if imports else _asked(db, chosen)
            undoing.undo(db, chosen)
        return Done(f"Undone: {chosen.label}.", chosen.papers)

    def redo(self, entry: int | None = None) -> Done:
        """Do again what was undone last, where nothing new was done since; or any undone entry.

        Raises HistoryError where something stands in the way, for an import too, and NotFoundError.
        """
        with self._store.writing() as db:
            chosen = history.newest_undone(db) if entry is None else _entry(db, entry)
            if chosen is None:
                return Done("There is nothing to redo.", 0)
            if not chosen.undone:
                return Done(f"“{chosen.label}” is not undone.", 0)
            if chosen.kind == "import":
                raise HistoryError(f"“{chosen.label}” cannot be redone: import that again.")
            undoing.redo(db, chosen)
        return Done(f"Redone: {chosen.label}.", chosen.papers)


def _entry(db: Connection, number: int) -> HistoryEntry:
    if found := history.entry(db, number):
        return found
    raise NotFoundError(f"There is no entry {number} in the history.")


def _asked(db: Connection, entry: HistoryEntry) -> Done:
    brought = papers.count_of_batch(db, history.batch(db, entry))
    return Done("", 0, f"{capital(entry.label)}: {counted(brought)} would go.")


def _withdraw(db: Connection, entry: HistoryEntry) -> Done:
    history.mark(db, entry, undone=True)
    batch = history.batch(db, entry)
    left, kept = papers.withdraw_batch(db, batch, history.touched(db))
    follows.forget_run(db, batch)
    stay = f"; {kept:,} that you have worked with or that came again stay" if kept else ""
    if not left and not kept:
        stay = "; what it added to papers that were here before stays"
    return Done(f"Undone: {entry.label}: {counted(left)} removed{stay}.", left)
