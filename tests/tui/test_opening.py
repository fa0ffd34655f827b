"""Opening: an empty library, the sample, a library that is none; and leaving."""

from __future__ import annotations

from pathlib import Path

from index.locations import sample_folder
from tests.tui.conftest import write_papers
from tests.tui.reading import NARROW, Reading, reading
from tui.app import Carrel
from tui.screens.adding import AddDialog
from tui.screens.desk import Desk
from tui.screens.follows import FollowsScreen


async def test_an_empty_library_offers_ways_to_begin(tmp_path: Path) -> None:
    async with reading(tmp_path / "new", NARROW) as reader:
        assert "This library is empty" in reader.screen
        for words in ("Open the sample", "Add papers", "Follow arXiv", "Import files"):
            assert words in reader.screen
        await reader.press("escape")
        assert "No papers yet" in reader.screen


async def test_the_sample_opens_from_there_and_stands_apart(tmp_path: Path) -> None:
    async with reading(tmp_path / "new") as reader:
        await reader.press("1")
        await reader.until(lambda: "Attention Is All You Need" in reader.screen)
        await reader.settle()
        assert reader.desk.librarian.folder == sample_folder()
        await reader.press("s")
        assert "★" in reader.screen
    async with reading(tmp_path / "new") as reader:
        assert "This library is empty" in reader.screen


async def test_importing_begins_from_there(tmp_path: Path) -> None:
    file = write_papers(tmp_path / "mine.jsonl", [{"title": "My First Paper"}])
    async with reading(tmp_path / "new") as reader:
        await reader.press("4")
        await reader.paste(str(file))
        await reader.press("enter")
        await reader.until(lambda: reader.title == "My First Paper")


async def test_adding_and_following_begin_from_there(tmp_path: Path) -> None:
    async with reading(tmp_path / "new") as reader:
        await reader.press("2")
        assert isinstance(reader.app.screen, AddDialog)
    async with reading(tmp_path / "new") as reader:
        await reader.press("3")
        assert isinstance(reader.app.screen, FollowsScreen)


async def test_the_sample_fills_itself(tmp_path: Path) -> None:
    async with reading(tmp_path / "sample", sample=True) as reader:
        assert reader.desk.results.list.count >= 60
        assert "This library is empty" not in reader.screen


async def test_a_library_that_is_none_is_said_and_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"not a database, whatever its name says" * 100)
    async with reading(tmp_path) as reader:
        assert "is not a carrel library" in reader.screen
        await reader.press("u", "slash")
        await reader.type("x")
        assert "is not a carrel library" in reader.screen


async def test_q_leaves(folder: Path) -> None:
    app = Carrel(folder)
    async with app.run_test() as pilot:
        reader = Reading(app, pilot)
        await reader.until(lambda: reader.desk.librarian.is_open)
        await reader.settle()
        await pilot.press("s")
        await pilot.press("q")
        await reader.until(lambda: app.return_code is not None or not app.is_running)
    assert app.return_value is None
    async with reading(folder) as again:
        assert again.desk.row
        assert again.desk.row.starred


async def test_what_goes_wrong_in_a_worker_is_told_and_ends_nothing(folder: Path) -> None:
    async def fail() -> None:
        raise RuntimeError("[/foo] went wrong")

    async with reading(folder) as reader:
        reader.desk.start(fail)
        await reader.until(lambda: "Something went wrong" in reader.screen)
        assert "[/foo] went wrong" in reader.screen
        assert isinstance(reader.app.screen, Desk)
        await reader.press("j")
        assert reader.desk.results.list.cursor == 1
