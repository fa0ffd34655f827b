"""Deciding about papers: star, read, skip, rate; and what was opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from index.errors import NamingError
from index.keeping.room import Ids, Room, done, many
from index.store import marks
from index.text import capital
from index.views import Done

if TYPE_CHECKING:
    from apsw import Connection

HIGHEST = 5
"""The best rating."""


class Marks(Room):
    """The room of quick decisions."""

    def star(self, ids: Ids, on: bool = True) -> Done:
        """Star papers, or take the stars away."""
        if on:
            return self._mark(ids, "starred", partial(marks.put, mark="starred"))
        return self._mark(ids, "unstarred", partial(marks.take, mark="starred"))

    def read(self, ids: Ids, read: bool = True) -> Done:
        """Mark papers as read or unread. On the lists they are on they are done, or to read."""
        if read:
            return self._mark(ids, "marked as read", marks.read)
        return self._mark(ids, "marked as unread", partial(marks.take, mark="read"))

    def skip(self, ids: Ids, on: bool = True) -> Done:
        """Decide not to read papers: they leave the Inbox and are unread no more."""
        if on:
            return self._mark(ids, "skipped", marks.skip)
        return self._mark(ids, "unskipped", partial(marks.take, mark="skipped"))

    def rate(self, ids: Ids, rating: int) -> Done:
        """Rate papers from 1 to 5; 0 takes the rating away. Raises NamingError for others."""
        if not 0 <= rating <= HIGHEST:
            raise NamingError("A rating is a number from 1 to 5; 0 takes it away.")
        if not rating:
            return self._mark(ids, "unrated", partial(marks.take, mark="rating"))
        verb = f"rated {rating} of {HIGHEST}"
        return self._mark(ids, verb, partial(marks.put, mark="rating", value=rating))

    def open(self, paper_id: int) -> None:
        """Keep that a paper was opened. It is no decision: the history does not hold it."""
        self._titled([paper_id])
        with self._store.writing() as db:
            marks.open_(db, paper_id)

    def _mark(
        self, ids: Ids, verb: str, change: Callable[[Connection, Sequence[int]], int]
    ) -> Done:
        chosen = many(ids)
        what = self._titled(chosen)
        with self._store.action(f"{verb} {what}") as db:
            changed = change(db, chosen)
        return done(changed, f"{capital(verb)}: {what}.", f"Already {verb}.")
