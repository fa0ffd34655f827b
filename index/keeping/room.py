"""What the rooms have in common: the store, what bears a name, and papers in a few words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from index.errors import NoSuchPaperError, NotFoundError
from index.naming import as_shown
from index.progress import Stop
from index.store import Store, papers, rows
from index.text import clean_line, counted, quoted
from index.views import Done, Shelf

if TYPE_CHECKING:
    from apsw import Connection

    from index.sources.http import Http

Ids = int | Sequence[int]

Connect = Callable[[Stop], "Http"]
"""Opens a way to the services, for one errand. Raises SettingsError."""


class Room:
    """A part of the library in which the reader acts. Safe to use from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _titled(self, ids: Sequence[int]) -> str:
        """The papers that an action is about, in a few words. Raises NotFoundError."""
        if not ids:
            raise NotFoundError("No paper was named.")
        with self._store.reading() as db:
            missing = papers.missing(db, ids)
            titles = [row.title for row in rows.rows(db, ids[:1])]
        if missing or not titles:
            raise NoSuchPaperError(missing[0] if missing else ids[0])
        return counted(len(ids)) if len(ids) != 1 else quoted(titles[0])

    def _named(
        self,
        kind: str,
        name: str,
        find: Callable[[Connection, str], Shelf | None],
        names: Callable[[Connection], Sequence[str]],
    ) -> Shelf:
        """The shelf that bears a name. Raises NotFoundError, with the name that may be meant."""
        name = clean_line(name)[:1000]
        with self._store.reading() as db:
            found = find(db, name) or find(db, as_shown(name))
            known = [] if found else names(db)
        if found:
            return found
        from rapidfuzz import process, utils

        close = process.extractOne(name, known, processor=utils.default_process, score_cutoff=60)
        hint = f" Did you mean “{close[0]}”?" if close else ""
        raise NotFoundError(f"There is no {kind} {quoted(name)}.{hint}")


def many(ids: Ids) -> list[int]:
    """The ids, each once, in their order."""
    return [ids] if isinstance(ids, int) else list(dict.fromkeys(ids))


def done(changed: int, message: str, already: str) -> Done:
    """What an action did, or that all was so already."""
    return Done(message if changed else already, changed)


def told(changes: Mapping[str, bool], form: str) -> str:
    """``+#gnn −#todo``"""
    return " ".join(f"{'+' if on else '−'}{form.format(name)}" for name, on in changes.items())
