"""What is followed: begun, ended, and fetched when it is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from index.errors import NotFoundError
from index.keeping.room import Connect, Room, done
from index.progress import Stop, never
from index.store import Store, follows
from index.store.follows import Standing
from index.views import Done, Fetched, Follow, FollowKind

if TYPE_CHECKING:
    from index.sources.http import Http

HOUR = dt.timedelta(hours=1)
PERIODS: dict[FollowKind, dt.timedelta] = {
    "arxiv": 12 * HOUR,  # it announces once a day
    "author": 12 * HOUR,
    "hf": 3 * HOUR,
    "feed": HOUR,
}
"""How long after a fetch that went well the next is due."""

AT_ONCE = 8
"""What is fetched at the same time. Requests to one service still wait for each other."""


class Follows(Room):
    """The room of what is followed."""

    def __init__(self, store: Store, connect: Connect) -> None:
        super().__init__(store)
        self._connect = connect

    def all(self) -> tuple[Follow, ...]:
        """All that is followed, in the order in which it was begun."""
        return tuple(one.follow for one in self._standings())

    def opml(self) -> str:
        """The feeds that are followed, as OPML."""
        from index.exports import opml

        return opml.write((one.name, one.what) for one in self.all() if one.kind == "feed")

    def add(self, kind: FollowKind, what: str, title: str = "") -> Done:
        """Follow something; nothing is fetched yet.

        ``what``: an arXiv category or query, ``daily``, ``week`` or ``month`` of Hugging Face
        Papers, the address of a feed, the name of an author. Raises FollowingError.
        """
        from index.followable import followable

        what = followable(kind, what)
        name = Follow(0, kind, what, title).name
        with self._store.action(f"followed {name}") as db:
            changed = follows.put(db, kind, what, title)
        return done(changed, f"Following {name} from now on.", f"{name} is followed already.")

    def remove(self, ids: Sequence[int]) -> Done:
        """Follow these no longer; their papers stay. Raises NotFoundError."""
        chosen = [one.follow for one in self._chosen(ids)]
        names = chosen[0].name if len(chosen) == 1 else f"{len(chosen):,} sources"
        with self._store.action(f"stopped following {names}") as db:
            changed = follows.remove(db, [one.id for one in chosen])
        verb = "is" if len(chosen) == 1 else "are"
        return done(changed, f"{names} {verb} followed no longer.", "It was gone already.")

    def fetch(
        self,
        ids: Sequence[int] | None = None,
        *,
        due_only: bool = True,
        on_result: Callable[[Fetched], object] = lambda fetched: None,
        stop: Stop = never,
    ) -> tuple[Fetched, ...]:
        """Fetch what is followed, at the same time: all that is due, all, or those with ``ids``.

        Each fails by itself, and keeps why. ``on_result`` is told, in the caller's thread, of each
        as it is done; what came before ``stop`` says true stays. Raises NotFoundError.
        """
        chosen = self._standings() if ids is None else self._chosen(ids)
        if ids is None and due_only:
            chosen = [one for one in chosen if one.follow.due]
        if not chosen:
            return ()
        leaving = Event()
        results: dict[int, Fetched] = {}
        with (
            self._connect(lambda: leaving.is_set() or stop()) as http,
            ThreadPoolExecutor(AT_ONCE, thread_name_prefix="carrel-fetch") as pool,
        ):
            try:
                for future in as_completed([pool.submit(self._fetch, http, one) for one in chosen]):
                    fetched = future.result()
                    results[fetched.follow.id] = fetched
                    on_result(fetched)
            except BaseException:
                leaving.set()
                raise
        return tuple(results[one.follow.id] for one in chosen)

    def _standings(self) -> list[Standing]:
        with self._store.reading() as db:
            return [
                one._replace(follow=replace(one.follow, due=_is_due(one)))
                for one in follows.standings(db)
            ]

    def _chosen(self, ids: Sequence[int]) -> list[Standing]:
        known = {one.follow.id: one for one in self._standings()}
        if missing := next((one for one in ids if one not in known), None):
            raise NotFoundError(f"Nothing with the number {missing} is followed.")
        if not ids:
            raise NotFoundError("Nothing that is followed was named.")
        return [known[one] for one in dict.fromkeys(ids)]

    def _fetch(self, http: Http, standing: Standing) -> Fetched:
        from index.fetching import fetch

        try:
            return fetch(self._store, http, standing)
        finally:
            self._store.leave()


def _is_due(standing: Standing) -> bool:
    if not standing.whole:
        return True
    since = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(standing.succeeded)
    # A clock that was put back makes it due too.
    return not dt.timedelta(0) <= since < PERIODS[standing.follow.kind]
