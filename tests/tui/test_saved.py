"""Saved searches: kept under a name, shown as they were saved, and what is new in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import write_papers
from tests.tui.reading import Reading, library, reading
from tui.asking import Ask
from tui.commands.saved import saved_query


@pytest.mark.parametrize(
    ("ask", "query"),
    [
        (Ask("graph pooling", "", True), "graph pooling"),
        (Ask(" a b ", "", True, any_word=True), "any:(a b)"),
        (Ask("a OR b", 'list:"x"', True), '(list:"x") (a OR b)'),
        (Ask("a b", "is:unread", True, any_word=True), "(is:unread) (any:(a b))"),
        (Ask("", "is:unread", True), "is:unread"),
    ],
)
def test_what_is_searched_as_one_query(ask: Ask, query: str) -> None:
    assert saved_query(ask) == query


@pytest.fixture
def saved(folder: Path) -> Path:
    """The library with a saved search of two papers."""
    with library(folder) as other:
        other.saved.save("slow things", "any:(rain lamps)", "title")
    return folder


def titles(reader: Reading) -> list[str]:
    """The titles on the screen."""
    return [row.title for row in reader.desk.results.list.rows_in_view]


async def _open_saved(reader: Reading) -> None:
    await reader.press("shift+tab", *["j"] * 5)
    assert reader.desk.shelf.kind == "saved"


async def test_a_search_is_saved_and_found_in_the_sidebar(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        await reader.press("enter", "W")
        assert "lamps" in reader.screen
        assert "finds 1 paper now." in reader.screen
        await reader.type("light")
        await reader.press("enter")
        assert "Saved the search “light”." in reader.screen
        side = " ".join(reader.within(reader.desk.sidebar).split())
        assert "Saved ─" in side
        assert "light 1" in side
        with library(folder) as other:
            assert other.saved.shelf("light").query == "lamps"


async def test_any_of_the_words_on_a_shelf_in_an_order(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "shift+tab", "j", "j", "j", "escape", "slash")
        await reader.type("graphs moon")
        await reader.press("enter", "a", "S", "4", "W")
        await reader.type("starred graphs")
        await reader.press("enter")
        with library(folder) as other:
            shelf = other.saved.shelf("starred graphs")
        assert (shelf.query, shelf.sort) == ("(is:starred) (any:(graphs moon))", "title")
        await reader.press("escape")
        await _open_saved(reader)
        assert titles(reader) == ["Pooling of Graphs by Parsing"]


async def test_it_shows_its_results_in_its_order_with_what_matched(saved: Path) -> None:
    async with reading(saved) as reader:
        await _open_saved(reader)
        assert titles(reader) == ["A Survey of Slow Lamps", "Trees that Remember the Rain"]
        assert reader.desk.row
        assert reader.desk.row.title_marks
        assert reader.desk.results.field.text == ""
        assert "2 of 4 · by title" in reader.screen
        await reader.press("k")
        assert reader.desk.sort == "relevance", "its order is its own"
        assert reader.desk.results.list.count == 0


async def test_typing_narrows_it(saved: Path) -> None:
    async with reading(saved) as reader:
        await _open_saved(reader)
        await reader.press("slash")
        await reader.type("rain")
        assert titles(reader) == ["Trees that Remember the Rain"]
        assert "1 of 2" in reader.screen
        await reader.press("escape", "escape")
        assert len(titles(reader)) == 2


async def test_it_is_there_from_the_first_frame(saved: Path) -> None:
    async with reading(saved) as reader:
        await _open_saved(reader)
        left = reader.within(reader.desk.sidebar)
    async with reading(saved) as reader:
        assert reader.within(reader.desk.sidebar) == left
        assert reader.desk.sort == "title"
        assert len(titles(reader)) == 2


async def test_papers_that_came_since_are_counted_until_one_goes_to_them(
    saved: Path, tmp_path: Path
) -> None:
    async with reading(saved) as reader:
        side = reader.desk.sidebar
        file = write_papers(tmp_path / "more.jsonl", [{"title": "More Rain"}, {"title": "Other"}])
        with library(saved) as other:
            other.import_files([file])
        await reader.until(lambda: "+1 3" in reader.within(side))
        await _open_saved(reader)
        assert "+1 3" in reader.within(side), "who passes by has not looked"
        await reader.press("enter")
        assert len(titles(reader)) == 3
        assert "+1" not in reader.within(side)
        assert reader.pane == "results"
        with library(saved) as other:
            assert [shelf.new for shelf in other.saved.all()] == [0]


async def test_another_search_of_the_name_is_changed_once_that_is_confirmed(saved: Path) -> None:
    async with reading(saved) as reader:
        await reader.press("slash")
        await reader.type("soup")
        await reader.press("enter", "W")
        await reader.type("Slow Things")
        await reader.press("enter")
        assert "Change the saved search “slow things”?" in reader.screen
        assert "It was: any:(rain lamps), by title" in reader.screen
        assert "It will be: soup" in reader.screen
        await reader.press("n")
        with library(saved) as other:
            assert other.saved.shelf("slow things").query == "any:(rain lamps)"
        await reader.press("W")
        await reader.type("slow things")
        await reader.press("enter", "y")
        with library(saved) as other:
            assert other.saved.shelf("slow things").query == "soup"


async def test_its_order_alone_is_changed(saved: Path) -> None:
    async with reading(saved) as reader:
        await _open_saved(reader)
        await reader.press("escape", "S", "2", "W")
        assert "any:(rain lamps), by date" in reader.screen
        await reader.press("enter", "y", "g", "g")
        with library(saved) as other:
            assert other.saved.shelf("slow things").sort == "date"
        await reader.press("shift+tab", "k", "j")
        assert reader.desk.sort == "date"


async def test_it_is_narrowed_for_good_from_its_menu(saved: Path) -> None:
    async with reading(saved) as reader:
        await _open_saved(reader)
        await reader.press("slash")
        await reader.type("rain")
        await reader.press("escape", "shift+tab", "m")
        assert "2 Change to what is searched now" in reader.screen
        await reader.press("2", "y")
        with library(saved) as other:
            assert other.saved.shelf("slow things").query == "(any:(rain lamps)) (rain)"
        assert titles(reader) == ["Trees that Remember the Rain"]


async def test_what_cannot_be_searched_is_not_saved(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("year:soon")
        await reader.press("enter", "W")
        assert len(reader.app.screen_stack) == 1
        with library(folder) as other:
            assert other.saved.names() == []


async def test_a_search_that_is_understood_no_more_says_so_and_counts_none(saved: Path) -> None:
    with library(saved) as other, other._store.writing() as db:
        db.execute("UPDATE saved SET query = 'year:soon'")
    async with reading(saved) as reader:
        await _open_saved(reader)
        assert "year" in reader.within(reader.desk.results.list)
        assert reader.desk.results.list.count == 0


async def test_nothing_searched_is_nothing_to_save(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("W")
        assert len(reader.app.screen_stack) == 1


async def test_another_process_is_told_from(saved: Path) -> None:
    async with reading(saved) as reader:
        with library(saved) as other:
            other.saved.save("soups", "soup")
        await reader.until(
            lambda: "soups 1" in " ".join(reader.within(reader.desk.sidebar).split())
        )
