"""Where little is found: what may have been meant, any of the words, and which word is to blame."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.locations import state_file
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, WIDE, library, reading
from tui.state import load


@pytest.mark.parametrize("pane", ["search", "results"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_enter_takes_what_may_have_been_meant(
    folder: Path, pane: str, size: tuple[int, int]
) -> None:
    async with reading(folder, size) as reader:
        await reader.press("slash")
        await reader.type("kithcens")
        assert "No paper matches." in reader.screen
        assert "Did you mean “kitchens”?  ↵ searches for it" in reader.screen
        if pane == "results":
            await reader.press("escape")
        assert reader.pane == pane
        await reader.press("enter")
        assert reader.desk.results.field.text == "kitchens"
        assert reader.title == "Diffusion over Small Kitchens"
        assert reader.pane == "results"
        assert "Did you mean" not in reader.screen


async def test_what_was_meant_is_on_the_shelf_that_is_searched(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "shift+tab", "G", "k", "escape", "slash")
        await reader.type("kithcens")
        assert "No paper in Starred matches." in reader.screen
        assert "Did you mean" not in reader.screen
        await reader.press("enter")
        assert reader.desk.results.field.text == "kithcens"


async def test_the_word_that_nothing_holds_is_named(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("author:moss year:2031")
        assert "author:moss 1 · year:2031 0" in reader.screen
        await reader.press("backspace", "backspace")
        await reader.type("21 ")
        assert reader.title == "Trees that Remember the Rain"
        assert "author:moss 1" not in reader.screen


async def test_on_a_shelf_without_hits_it_is_told_what_the_library_has(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "shift+tab", "G", "k", "escape", "slash")
        await reader.type("kitchens ")
        assert "No paper in Starred matches." in reader.screen
        assert "In the whole library: kitchens 1" in reader.screen
        await reader.press("ctrl+u")
        await reader.type("zebra")
        assert "In the whole library" not in reader.screen


async def test_one_word_alone_needs_no_account(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("zebra")
        assert "zebra 0" not in reader.screen


async def test_any_of_the_words_until_the_query_changes(folder: Path, tmp_path: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps rain")
        assert "Any of the words finds 2: a in the results" in reader.screen
        await reader.press("enter", "a")
        assert reader.desk.results.list.count == 2
        assert "2 of 4 · any word · " in reader.screen
        row = reader.desk.row
        assert row
        assert [row.title[start:end] for start, end in row.title_marks] in (["Lamps"], ["Rain"])
        await reader.press("x", "tab", "ctrl+u")
        await reader.paste(str(tmp_path / "both.md"))
        await reader.press("enter")
        assert "2 papers" in (tmp_path / "both.md").read_text()
        await reader.press("a")
        assert reader.desk.results.list.count == 0
        await reader.press("a", "slash", "s")
        assert not reader.desk.any_word
        assert "any word" not in reader.screen


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_below_few_rows_it_is_offered_too(tmp_path: Path, size: tuple[int, int]) -> None:
    titles = ["Lamps in the Rain", "Lamps", "Rain", "Soup in the Rain"]
    folder = fill(tmp_path / "library", [{"title": title} for title in titles])
    async with reading(folder, size) as reader:
        await reader.press("slash")
        await reader.type("lamps rain")
        lines = reader.within(reader.desk.results.list).split("\n")
        assert "Lamps in the Rain" in lines[0]
        assert lines[2].strip() == "Any of the words finds 4: a in the results"
        await reader.press("enter", "a", "G")
        assert reader.desk.results.list.cursor == 3
        assert "Any of the words" not in reader.screen


async def test_the_key_for_any_word_is_there_only_where_it_helps(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        await reader.press("enter", "a")
        assert not reader.desk.any_word
        assert reader.desk.results.list.count == 1


async def test_any_word_comes_back_with_the_view(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps rain")
        await reader.press("enter", "a")
    assert load(state_file(folder)).any_word
    async with reading(folder) as reader:
        assert reader.desk.results.list.count == 2


async def test_advice_for_an_older_query_is_not_heard(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.burst(*"kithcens", *["backspace"] * 8, *"lamps")
        assert reader.title == "A Survey of Slow Lamps"
        assert "Did you mean" not in reader.screen
        await reader.press("enter", "enter")
        assert reader.pane == "paper"


async def test_a_hostile_suggestion_is_text(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": "Kitchens [/foo] [@click=app.quit]x"}])
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("[/foo] kithcens")
        assert "Did you mean “[/foo] kitchens”?" in reader.screen
        await reader.press("ctrl+u")
        await reader.type("[Re] [@click=app.quit] zebra")
        assert "No paper matches." in reader.screen
        with library(folder) as other:
            clauses = other.explain("[Re] [@click=app.quit] zebra").clauses
        assert " · ".join(f"{clause.text} {clause.hits}" for clause in clauses) in reader.screen
