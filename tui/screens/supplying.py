"""What papers lack, had from the web: details from services, and PDFs.

Both run beside all else, each in a lane of its own, and break off where the library is left.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.views import Completed, Detail
from tui import outside
from tui.librarian import Librarian
from tui.supplying import told_of_completed

if TYPE_CHECKING:
    from tui.screens.desk import Desk

FOUND_SHOWN = 3  # papers of which is told what was found


class Supplying:
    """Runs between a desk and the services, by its librarian."""

    def __init__(self, desk: Desk, librarian: Librarian) -> None:
        self._desk = desk
        self._librarian = librarian
        self._downloading: set[int] = set()
        self._completing = False

    # -- details

    def complete(self, ids: Sequence[int]) -> None:
        """Look up what papers lack; one run at a time."""
        if self._completing:
            self._desk.tell("Papers are being completed already.")
        else:
            self._completing = True
            self._desk.start(self._complete, ids)

    async def _complete(self, ids: Sequence[int]) -> None:
        loop = asyncio.get_running_loop()
        found: list[Completed] = []

        def show(done: int, total: int) -> None:
            words = f"completing {done:,} of {total:,}"
            loop.call_soon_threadsafe(self._desk.status.work, words, "complete")

        # One paper that was asked about before is asked about again: the reader wants to know.
        again = len(ids) == 1
        try:
            report = await self._librarian.ask(
                "complete",
                lambda library: library.completing.complete(
                    ids,
                    again=again,
                    on_result=found.append,
                    progress=show,
                    stop=self._is_left,
                ),
            )
        finally:
            self._completing = False
            self._desk.status.work("", "complete")
        if self._is_left():
            return
        title, message = told_of_completed(report, found[:FOUND_SHOWN])
        if report.problems and not report.changed:
            self._desk.tell_error(" ".join(report.problems))
        else:
            self._desk.tell_at_length(message, title)
        self._desk.errands.look_again(search=report.changed > 0)

    # -- PDFs

    def open_pdf(self, paper: Detail) -> None:
        """Open the PDF of a paper with the system's viewer."""
        self._desk.opened(paper.id)
        self._desk.start(self._open, Path(paper.pdf))

    def download(self, paper: Detail) -> None:
        """Download the PDF of a paper, then open it."""
        if paper.id in self._downloading:
            self._desk.tell("It is being downloaded already.")
        else:
            self._desk.start(self._download, paper)

    async def _download(self, paper: Detail) -> None:
        loop = asyncio.get_running_loop()
        self._downloading.add(paper.id)

        def show(done: int, total: int) -> None:
            share = f"{done / total:.0%}" if total else f"{done / (1 << 20):,.1f} MB"
            words = f"PDF of {paper.key}: {share}"
            loop.call_soon_threadsafe(self._desk.status.work, words, paper.id)

        self._desk.status.work(f"PDF of {paper.key}", paper.id)
        try:
            path = await self._librarian.ask(
                "pdf",
                lambda library: library.pdfs.fetch(paper.id, progress=show, stop=self._is_left),
            )
        finally:
            self._downloading.discard(paper.id)
            self._desk.status.work("", paper.id)
        if not self._is_left():
            self._desk.errands.look_again(search=False)
            await self._open(path)

    async def _open(self, path: Path) -> None:
        if not await asyncio.to_thread(path.exists):
            self._desk.tell_error(f"{path} is gone.")
        elif await asyncio.to_thread(outside.open_file, path):
            self._desk.tell(f"Opened {path.name}")
        else:
            self._desk.copy(str(path), "Copied the path.")
            self._desk.tell_at_length(str(path), "No viewer here: the path is copied")

    def _is_left(self) -> bool:
        return self._librarian.is_closing
