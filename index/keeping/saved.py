"""Saved searches: a query and an order under a name, and what came since one last looked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.errors import NamingError, QueryError
from index.keeping.room import Room, done
from index.naming import proper_name
from index.store import Store, saved, shelves
from index.text import capital, clean_line, fold
from index.views import Done, Shelf, Sort

KIND = "saved search"

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
            return saved.names(db)

    def shelf(self, name: str) -> Shelf:
        """The shelf of a saved search, not counted. Raises NotFoundError."""
        return self._named(KIND, name, shelves.saved_named, saved.names)

    def all(self) -> tuple[Shelf, ...]:
        """Every saved search, with how many papers it finds and how many of them are new.

        One that cannot be understood any more finds none, and says why. Raises SearchError.
        """
        with self._store.reading() as db:
            found, seen = list(shelves.saved(db)), saved.seen(db)
        return tuple(self._counted(shelf, seen.get(shelf.name, 0)) for shelf in found)

    def _counted(self, shelf: Shelf, seen: int) -> Shelf:
        try:
            total, new = self._count(shelf.query, seen)
        except QueryError as error:
            return replace(shelf, problem=str(error))
        return replace(shelf, count=total, new=new)

    def save(self, name: str, query: str, sort: Sort = "relevance") -> Done:
        """Save a search; one of that name is changed.

        Raises NamingError, and QueryError where the query cannot be understood.
        """
        from index.search.parser import parse

        name, query = proper_name(name, KIND), clean_line(query)
        if not query:
            raise NamingError("An empty search cannot be saved.")
        parse(query)
        with self._store.action(f"saved the search “{name}”") as db:
            changed = saved.put(db, name, query, sort)
            saved.look(db, name)
        return done(changed, f"Saved the search “{name}”.", f"“{name}” is saved so already.")

    def rename(self, name: str, new: str) -> Done:
        """Give a saved search another name. Raises NamingError where another has it."""
        name, new = self.shelf(name).name, proper_name(new, KIND)
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
        """Keep that all a search finds has been seen. It is no decision, and not in the history.

        Raises NotFoundError.
        """
        name = self.shelf(name).name
        with self._store.writing() as db:
            saved.look(db, name)
