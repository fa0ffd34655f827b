"""What is done to papers as such."""

from __future__ import annotations

from index.keeping.room import Ids, Room, many
from index.store import papers
from index.views import Done


class Papers(Room):
    """The room where papers leave the library."""

    def delete(self, ids: Ids) -> Done:
        """Delete papers. No import brings them back unasked; ``history.undo`` does."""
        chosen = many(ids)
        what = self._titled(chosen)
        with self._store.action(f"deleted {what}") as db:
            papers.delete(db, chosen)
        return Done(f"Deleted {what}.", len(chosen))
