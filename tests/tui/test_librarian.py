"""The librarian answers in order, drops what nobody waits for, and finishes what was begun."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from index.errors import StoreError
from index.library import Library
from index.views import Done
from tests.tui.reading import library
from tui.librarian import Lane, Librarian


async def test_a_lane_answers_in_order(folder: Path) -> None:
    librarian = Librarian(folder)
    told: list[int] = []

    def ask(number: int) -> asyncio.Task[None]:
        async def one() -> None:
            def work(library: Library) -> None:
                told.append(number)

            await librarian.ask("act", work)

        return asyncio.create_task(one())

    await asyncio.gather(*(ask(number) for number in range(20)))
    assert told == list(range(20))
    await librarian.close()


async def test_of_the_questions_that_are_cancelled_only_the_running_one_is_answered(
    folder: Path,
) -> None:
    librarian = Librarian(folder)
    await librarian.ask("search", lambda library: library.version())
    begun, go_on, told = threading.Event(), threading.Event(), []

    def slow(library: Library) -> None:
        begun.set()
        go_on.wait(20)
        told.append("slow")

    first = asyncio.create_task(librarian.ask("search", slow))
    await asyncio.to_thread(begun.wait, 20)
    waiting = [
        asyncio.create_task(librarian.ask("search", lambda library: told.append("dropped")))
        for _ in range(5)
    ]
    await asyncio.sleep(0)
    for task in (first, *waiting):
        task.cancel()
    await asyncio.gather(first, *waiting, return_exceptions=True)
    last = asyncio.create_task(librarian.ask("search", lambda library: told.append("last")))
    go_on.set()
    await last
    assert told == ["slow", "last"]
    assert all(task.cancelled() for task in (first, *waiting))
    await librarian.close()


async def test_what_waits_to_be_done_is_done_before_the_library_closes(folder: Path) -> None:
    librarian = Librarian(folder)
    ids = await librarian.ask("search", lambda library: list(library.search("").ids))

    def star(paper_id: int) -> asyncio.Task[Done]:
        return asyncio.create_task(
            librarian.ask("act", lambda library: library.marks.star(paper_id))
        )

    tasks = [star(paper_id) for paper_id in ids]
    await asyncio.sleep(0)
    await librarian.close()
    assert all(task.done() for task in tasks)
    with library(folder) as other:
        assert other.overview().views[3].count == len(ids)


async def test_a_library_that_cannot_be_opened_says_so_to_every_asker(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"not a database, whatever its name says" * 100)
    librarian = Librarian(tmp_path)
    for _ in range(2):
        with pytest.raises(StoreError, match="not a carrel library"):
            await librarian.ask("rows", lambda library: library.overview())
    await librarian.close()


async def test_who_asks_while_it_closes_is_cancelled(folder: Path) -> None:
    librarian = Librarian(folder)
    go_on = threading.Event()
    await librarian.ask("rows", lambda library: library.version())
    last = asyncio.create_task(librarian.ask("act", lambda library: go_on.wait(20)))
    await asyncio.sleep(0)
    closing = asyncio.create_task(librarian.close())
    await asyncio.sleep(0)
    lanes: list[Lane] = ["rows", "advice"]
    for lane in lanes:  # one that is there, one that would be new
        with pytest.raises(asyncio.CancelledError):
            await librarian.ask(lane, lambda library: library.version())
    go_on.set()
    await closing
    assert last.done()


async def test_one_that_was_never_asked_closes(tmp_path: Path) -> None:
    await Librarian(tmp_path / "none").close()
    assert not (tmp_path / "none").exists()


async def test_a_library_that_cannot_be_opened_is_not_open(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"nonsense " * 1000)
    librarian = Librarian(tmp_path)
    with pytest.raises(StoreError):
        await librarian.ask("rows", lambda library: library.version())
    assert not librarian.is_open, "else whoever watches it asks, and is told, each second"
    await librarian.close()
