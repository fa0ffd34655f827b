"""Saved searches: a query and an order under a name, and what came since one last looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.errors import NamingError
from index.keeping.room import Room, capital, done, proper_name, refuse
from index.store import Store, saved, shelves
from index.text import clean_line, fold
from index.views import Done, Shelf, Sort

LONGEST_QUERY = 2_000

Count = Callable[[str, int], tuple[int, int]]
"""Of a query and a paper's id: how many papers it finds, and how many with greater ids."""


class Saved(Room):
    """The room of saved searches."""

    def __init__(self, store: Store, count: Count) -> None:
        super().__init__(store)
        self._count = count

    def names(self) -> list[str]:
        """Every saved search, in the order of the alphabet."""
        with self._store.reading() as db:
            return [shelf.name for shelf in shelves.overview(db).saved]

    def shelf(self, name: str) -> Shelf:
        """The shelf of a saved search, not counted. Raises NotFoundError."""
        with self._store.reading() as db:
            found = shelves.saved_named(db, clean_line(name))
        return found or refuse("saved search", name, self.names())

    def all(self) -> tuple[Shelf, ...]:
        """Every saved search, with how many papers it finds and how many of them are new.

        A query that cannot be understood any more finds none. Raises SearchError.
        """
        with self._store.reading() as db:
            found = list(zip(shelves.overview(db).saved, saved.seen(db), strict=True))
        counted = []
        for shelf, seen in found:
            total, new = self._count(shelf.query, seen)
            counted.append(replace(shelf, count=total, new=new))
        return tuple(counted)

    def save(self, name: str, query: str, sort: Sort = "relevance") -> Done:
        """Save a search; one of that name is changed. Raises NamingError."""
        name, query = proper_name(name, "saved search"), clean_line(query)
        if not query:
            raise NamingError("An empty search cannot be saved.")
        if len(query) > LONGEST_QUERY:
            raise NamingError(f"A query has at most {LONGEST_QUERY:,} characters.")
        with self._store.action(f"saved the search “{name}”") as db:
            changed = saved.put(db, name, query, sort)
            saved.look(db, name)
        return done(changed, f"Saved the search “{name}”.", f"“{name}” is saved so already.")

    def rename(self, name: str, new: str) -> Done:
        """Give a saved search another name. Raises NamingError where another has it."""
        name, new = self.shelf(name).name, proper_name(new, "saved search")
        if fold(new) != fold(name) and fold(new) in map(fold, self.names()):
            raise NamingError(f"There is a saved search “{new}” already.")
        did = f"renamed the search “{name}” to “{new}”"
        with self._store.action(did) as db:
            changed = saved.rename(db, name, new)
        return done(changed, f"{capital(did)}.", f"It is called “{new}” already.")

    def delete(self, name: str) -> Done:
        """Forget a saved search; its papers stay. Raises NotFoundError."""
        did = f"deleted the search “{self.shelf(name).name}”"
        with self._store.action(did) as db:
            changed = saved.delete(db, name)
        return done(changed, f"{capital(did)}.", "It was gone already.")

    def look(self, name: str) -> None:
        """Keep that all a search finds has been seen. It is no decision, and not in the history."""
        with self._store.writing() as db:
            saved.look(db, clean_line(name))
