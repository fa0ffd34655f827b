"""The way back: what was done, undone."""

from __future__ import annotations

from index.keeping.room import Room, capital, count
from index.store import history, papers
from index.views import Done


class History(Room):
    """The room of what was done."""

    def undo(self, *, imports: bool = True) -> Done:
        """Undo the newest action, or import, that is not undone yet.

        Without ``imports`` an import is not undone: what that would do comes back as a question.
        Undoing an import deletes those of its papers that the reader has not touched. Raises
        StoreError where a later change stands in the way.
        """
        with self._store.writing() as db:
            entry = history.newest(db)
            if entry is None:
                return Done("There is nothing to undo.", 0)
            if entry.batch is not None and not imports:
                papers_of = papers.count_of_batch(db, entry.batch)
                return Done("", 0, f"{capital(entry.label)}: {count(papers_of)} would go.")
            history.mark_undone(db, entry)
            if entry.batch is None:
                history.undo(db, entry)
                return Done(f"Undone: {entry.label}.", 1)
            left, kept = papers.withdraw_batch(db, entry.batch)
        stay = f"; {kept:,} that you have worked with or that came again stay" if kept else ""
        if not left and not kept:
            stay = "; what it added to papers that were here before stays"
        return Done(f"Undone: {entry.label}: {count(left)} removed{stay}.", left)
