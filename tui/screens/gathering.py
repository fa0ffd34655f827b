"""What the desk has fetched from the web: papers that are named, and what is followed.

Both run beside all else, each in a lane of its own, and break off where the library is left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.signal import Signal

from index.views import Fetched, Follow
from tui.gathering import failures, named, told_of_added, told_of_fetched
from tui.librarian import Librarian

if TYPE_CHECKING:
    from tui.screens.desk import Desk


class Gathering:
    """Runs between a desk and the services, by its librarian."""

    def __init__(self, desk: Desk, librarian: Librarian) -> None:
        self._desk = desk
        self._librarian = librarian
        self.fetching: frozenset[int] = frozenset()  # the follows that are being fetched
        self.changed: Signal[None] = Signal(desk, "what is followed has changed")

    # -- adding

    def add(self, names: tuple[str, ...], restore: bool = False) -> None:
        """Add papers by their identifiers or addresses; ``restore``: also those deleted before."""
        self._desk.start(self._add, names, restore)

    async def _add(self, names: tuple[str, ...], restore: bool) -> None:
        stood = self._desk.standing
        self._desk.status.work(f"adding {named(names)}", names)
        try:
            added = await self._librarian.ask(
                "add", lambda library: library.add(names, restore=restore, stop=self._is_left)
            )
        finally:
            self._desk.status.work("", names)
        if self._is_left():
            return
        title, titles = told_of_added(added)
        if title:
            self._desk.tell_at_length(titles, title)
        if problems := failures(added):
            self._desk.tell_error(problems)
        self._desk.errands.look_again(search=True)
        there = [one.id for one in added if one.id and one.outcome != "deleted"]
        if self._desk.is_current and self._desk.standing == stood:
            if there:
                self._desk.go_to_paper(there[0])
            if deleted := [one for one in added if one.outcome == "deleted"]:
                self._offer_back(tuple(one.name for one in deleted), deleted[0].title)

    def _offer_back(self, names: tuple[str, ...], title: str) -> None:
        from tui.screens.confirm import Confirm

        def apply(yes: bool | None) -> None:
            if yes:
                self.add(names, restore=True)

        what = title if len(names) == 1 else named(names)
        Confirm("Deleted before. Bring back?", what, "bring back", "leave").ask(
            self._desk.app, apply
        )

    # -- following

    def fetch(self, ids: Collection[int] | None = None) -> None:
        """Fetch some of what is followed, or all that is due."""
        self._desk.start(self._fetch, ids)

    async def _fetch(self, ids: Collection[int] | None) -> None:
        follows = await self._librarian.ask("rows", lambda library: library.follows.all())
        wanted = [one for one in follows if (one.due if ids is None else one.id in ids)]
        idle = [one for one in wanted if one.id not in self.fetching]
        if not idle:
            self._desk.tell(_why_nothing(follows, wanted))
            return
        await self._fetch_these([one.id for one in idle])

    async def _fetch_these(self, ids: list[int]) -> None:
        loop = asyncio.get_running_loop()
        came = 0

        def show(fetched: Fetched) -> None:
            nonlocal came
            came += 1
            self._turn(self.fetching - {fetched.follow.id})
            self._tell_progress(came, len(ids), fetched.follow.name)

        self._turn(self.fetching | {*ids})
        self._tell_progress(0, len(ids))
        try:
            fetched = await self._librarian.ask(
                "fetch",
                lambda library: library.follows.fetch(
                    ids,
                    due_only=False,
                    on_result=lambda one: loop.call_soon_threadsafe(show, one),
                    stop=self._is_left,
                ),
            )
        finally:
            self._turn(self.fetching.difference(ids))
            self._desk.status.work("", "fetch")
        if self._is_left():
            return
        from tui.screens.follows import FollowsScreen

        if not isinstance(self._desk.app.screen, FollowsScreen):  # whose list tells of each
            self._tell_of(fetched)
        self._desk.errands.look_again(search=True)

    def _tell_of(self, fetched: Sequence[Fetched]) -> None:
        title, message = told_of_fetched(fetched)
        if all(one.follow.failed for one in fetched):
            self._desk.tell_error(f"{title}: {message}" if len(fetched) == 1 else message)
        else:
            self._desk.tell_at_length(message, title)

    def _is_left(self) -> bool:
        return self._librarian.is_closing

    def _turn(self, fetching: frozenset[int]) -> None:
        self.fetching = fetching
        self.changed.publish(None)

    def _tell_progress(self, came: int, total: int, name: str = "") -> None:
        words = " · ".join(filter(None, (f"fetching {came} of {total}", name)))
        self._desk.status.work(words, "fetch")


def _why_nothing(follows: Collection[Follow], wanted: Collection[Follow]) -> str:
    if not follows:
        return "You follow nothing yet: F begins."
    if wanted:
        return "That is being fetched already."
    return "Nothing that you follow is due yet; F fetches any of it now."
