"""Long works: the reader stays usable beside them, and leaves them in order."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.tui.conftest import write_papers
from tests.tui.reading import PATIENCE, Reading, library, reading


@asynccontextmanager
async def held_up(reader: Reading) -> AsyncIterator[threading.Event]:
    """Whatever takes long waits until the event is set."""
    gate = threading.Event()
    lane = asyncio.create_task(
        reader.desk.librarian.ask("work", lambda library: gate.wait(PATIENCE))
    )
    await reader.pilot.pause()
    try:
        yield gate
    finally:
        gate.set()
        await lane


async def begin_import(reader: Reading, file: Path) -> None:
    """Have the reader import a file, without waiting for it."""
    await reader.press("i")
    await reader.paste(str(file))
    await reader.pilot.press("enter")
    await reader.until(lambda: reader.desk.errands.importing)


async def test_beside_an_import_one_reads_on(folder: Path, tmp_path: Path) -> None:
    file = write_papers(tmp_path / "more.jsonl", [{"title": "One More Lamp"}])
    async with reading(folder) as reader:
        async with held_up(reader):
            await begin_import(reader, file)
            await reader.pilot.press("j", "s", "slash", *"rain")
            await reader.until(lambda: reader.title == "Trees that Remember the Rain")
            assert reader.desk.row
            assert reader.desk.row.starred
        await reader.settle()
        assert "1 paper added" in reader.screen


async def test_leaving_asks_while_papers_come_in(folder: Path, tmp_path: Path) -> None:
    file = write_papers(tmp_path / "more.jsonl", [{"title": "One More Lamp"}])
    async with reading(folder) as reader:
        async with held_up(reader):
            await begin_import(reader, file)
            await reader.pilot.press("q")
            await reader.until(lambda: "Break off the import?" in reader.screen)
            await reader.pilot.press("n")
            await reader.until(lambda: len(reader.app.screen_stack) == 1)
        await reader.settle()
        assert reader.desk.results.list.count == 5


async def test_what_is_broken_off_is_nothing_or_can_be_undone(folder: Path, tmp_path: Path) -> None:
    papers: list[dict[str, object]] = [{"title": f"Lamp {number}"} for number in range(50)]
    file = write_papers(tmp_path / "more.jsonl", papers)
    async with reading(folder) as reader, held_up(reader) as gate:
        await begin_import(reader, file)
        leaving = asyncio.create_task(reader.desk.leave())
        await reader.pilot.pause()
        gate.set()
        await leaving
    with library(folder) as other:
        if len(other.search("").ids) > 4:
            other.history.undo()
        assert len(other.search("").ids) == 4


async def test_an_import_of_many_can_be_undone_and_the_search_follows(
    folder: Path, tmp_path: Path
) -> None:
    papers: list[dict[str, object]] = [{"title": f"Wick {number}"} for number in range(400)]
    file = write_papers(tmp_path / "more.jsonl", papers)
    async with reading(folder) as reader:
        await reader.press("i")
        await reader.paste(str(file))
        await reader.press("enter", "slash")
        await reader.paste("wick")
        assert reader.desk.results.list.count == 400
        await reader.press("enter", "u")
        assert "Undo this import?" in reader.screen
        assert "400 papers would go" in reader.screen
        await reader.press("n")
        assert reader.desk.results.list.count == 400
        await reader.press("u", "y")
        assert "No paper matches." in reader.screen
        await reader.press("escape")
        assert reader.desk.results.list.count == 4


async def test_the_progress_of_a_work_is_shown_and_goes(folder: Path) -> None:
    async with reading(folder) as reader:
        reader.desk.status.work("indexing 300 of 899")
        await reader.settle()
        assert "indexing 300 of 899" in reader.screen
        await reader.press("s")
        assert "Starred" in reader.screen, "a message comes before progress"
        reader.desk.status.work("")
        await reader.settle()
        assert "indexing" not in reader.screen
