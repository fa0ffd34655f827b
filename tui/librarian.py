"""The librarian stands between the screen, which may not wait, and the library."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from index.library import Library

Answer = TypeVar("Answer")

Lane = Literal[
    "search", "rows", "paper", "advice", "act", "work", "add", "fetch", "complete", "pdf"
]
"""What is asked in one lane is answered one by one, in order, in a thread of its own.

So actions never overtake each other, and of the searches that a fast typist leaves behind only
the one that already runs is finished: those that wait are dropped when their worker is cancelled.
"""


class Librarian:
    """Opens a library and asks it, all in threads. An asker that is cancelled hears no answer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lanes: dict[Lane, ThreadPoolExecutor] = {}
        self._opening: asyncio.Future[Library] | None = None
        self._closing = False

    @property
    def is_open(self) -> bool:
        """Whether the library is there to be asked."""
        opening = self._opening
        return bool(opening and opening.done() and not opening.exception())

    @property
    def is_closing(self) -> bool:
        """Whether the library is being left: a long work is to break off."""
        return self._closing

    async def ask(self, lane: Lane, work: Callable[[Library], Answer]) -> Answer:
        """What ``work`` returns or raises when it is given the library; the first to ask opens it.

        Raises StoreError where the library cannot be opened.
        """
        if self._opening is None:
            self._opening = asyncio.ensure_future(self._run("act", _open, self.folder))
        library = await asyncio.shield(self._opening)
        return await self._run(lane, work, library)

    async def close(self) -> None:
        """Finish the actions that wait, drop the questions, and close the library."""
        self._closing = True  # whoever asks from now on is cancelled
        if self._opening is None:
            return
        for name, lane in self._lanes.items():
            lane.shutdown(wait=False, cancel_futures=name != "act")
        for lane in self._lanes.values():
            await asyncio.to_thread(lane.shutdown)
        await asyncio.wait([self._opening])
        if not self._opening.exception():
            self._opening.result().close()

    def _run(
        self, lane: Lane, work: Callable[..., Answer], *given: object
    ) -> asyncio.Future[Answer]:
        loop = asyncio.get_running_loop()
        if self._closing:
            nobody: asyncio.Future[Answer] = loop.create_future()
            nobody.cancel()
            return nobody
        pool = self._lanes.get(lane)
        if pool is None:
            pool = self._lanes[lane] = ThreadPoolExecutor(1, thread_name_prefix=f"carrel-{lane}")
        return loop.run_in_executor(pool, work, *given)


def _open(folder: Path) -> Library:
    from index.library import Library

    return Library.open(folder)
