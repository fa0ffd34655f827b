"""Searching as one types: what is shown is always the answer to what is in the field."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from index.locations import settings_file
from tests.tui.reading import NARROW, PATIENCE, library, reading
from tui.asking import Ask, Place, find


async def test_no_letter_on_the_way_loses_the_hit(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        for letter in "graph pooling":
            await reader.type(letter)
            titles = [row.title for row in reader.desk.results.list.rows_in_view]
            assert "Pooling of Graphs by Parsing" in titles, reader.desk.sought
        assert titles == ["Pooling of Graphs by Parsing"]
        assert "1 of 4 · " in reader.screen


async def test_matches_are_marked_in_the_row_and_in_the_paper(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("pool")
        row, detail = reader.desk.row, reader.desk.paper.detail
        assert row
        assert detail
        assert [row.title[start:end] for start, end in row.title_marks] == ["Pooling"]
        assert [detail.abstract[start:end] for start, end in detail.abstract_marks] == ["pooled"]


async def test_a_query_that_is_not_understood_shows_its_sentence_and_no_row(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps year:")
        await reader.type("soon ")
        assert "not “soon”" in reader.screen
        assert reader.desk.results.list.count == 0
        assert "Lamps" not in reader.screen
        assert reader.desk.paper.detail is None
        for _ in "year:soon ":
            await reader.press("backspace")
        assert "A Survey of Slow Lamps" in reader.screen


async def test_the_answer_to_an_older_query_is_heard_by_nobody(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.pilot.press(*"lampsx")  # all before the first answer is waited for
        await reader.settle()
        assert reader.desk.results.list.count == 0
        assert "No paper matches." in reader.screen


async def test_many_questions_at_once_leave_the_last_answer(folder: Path) -> None:
    async with reading(folder) as reader:
        for query in ("lamps", "year:oops", "rain", "kitchens", "lamps", "trees"):
            reader.desk.results.field.show(query)
            reader.desk.seek(query)
        await reader.settle()
        assert reader.title == "Trees that Remember the Rain"
        assert reader.desk.results.list.count == 1


async def test_nothing_found_is_said(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("zebra")
        assert "No paper matches." in reader.screen
        assert "0 of 4" in reader.screen


async def test_enter_down_and_escape_lead_from_the_field_to_the_results(folder: Path) -> None:
    async with reading(folder, NARROW) as reader:
        for key in ("enter", "down", "escape"):
            await reader.press("slash")
            assert reader.pane == "search"
            await reader.press(key)
            assert reader.pane == "results", key


async def test_in_the_field_letters_are_text(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("srtlnoyDxiujkgGq?/")
        assert reader.desk.results.field.text == "srtlnoyDxiujkgGq?/"
        assert len(reader.app.screen_stack) == 1


async def test_escape_in_the_results_clears_the_search(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        await reader.press("escape")
        assert reader.desk.results.list.count == 1
        await reader.press("escape")
        assert reader.desk.results.field.text == ""
        assert reader.desk.results.list.count == 4


async def test_a_search_stays_when_another_shelf_is_chosen(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "slash")
        await reader.type("pooling")
        await reader.press("escape", "shift+tab", "G", "k")
        assert reader.desk.shelf.name == "Starred"
        assert "1 of 1" in reader.screen
        await reader.press("escape", "slash")
        await reader.type(" soup")
        assert "No paper in Starred matches." in reader.screen


async def test_without_search_as_you_type_it_waits_for_enter(folder: Path) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("search_as_you_type = false\n")
    async with reading(folder) as reader:
        await reader.until(lambda: not reader.app.search_as_you_type)
        await reader.press("slash")
        await reader.type("lamps")
        assert reader.desk.results.list.count == 4
        await reader.press("enter")
        assert reader.desk.results.list.count == 1


async def test_a_mistake_in_the_settings_is_told_and_the_reader_opens(folder: Path) -> None:
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("colour = 1\n")
    async with reading(folder) as reader:
        await reader.until(lambda: "there is no setting “colour”" in reader.screen)
        assert reader.desk.results.list.count == 4


async def test_what_another_process_changes_is_seen(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j")
        with library(folder) as other:
            lamps = next(row for row in other.rows(other.search("lamps").ids))
            other.tags.add(lamps.id, "elsewhere")
            other.papers.delete(other.search("soup").ids)
        await reader.until(lambda: "elsewhere" in reader.screen)
        await reader.settle()
        assert reader.desk.results.list.count == 3
        assert reader.title == "Trees that Remember the Rain", "the cursor stays on its paper"


def test_the_place_in_the_results_is_found_again(folder: Path) -> None:
    with library(folder) as own:
        everything = Ask("", "", as_typed=True)
        ids = list(own.search("").ids)
        assert find(own, everything, Place(ids[3], 0, 0)).place == Place(ids[3], 3, 3)
        assert find(own, everything, Place(ids[1], 3, 2)).place == Place(ids[1], 1, 0)
        assert find(own, everything, Place(999_999, 17, 5)).place.cursor == 3, "the paper is gone"
        assert find(own, Ask("lamps", "", as_typed=True), Place()).place.cursor == 0


async def test_a_refresh_does_not_take_the_cursor_back(folder: Path) -> None:
    gate = threading.Event()
    async with reading(folder) as reader:
        lane = asyncio.create_task(
            reader.desk.librarian.ask("search", lambda library: gate.wait(PATIENCE))
        )
        await reader.pilot.pause()
        reader.desk.errands.look_again(search=True)
        await reader.pilot.press("j", "j")
        gate.set()
        await lane
        await reader.settle()
        assert reader.title == "A Survey of Slow Lamps"


async def test_while_an_answer_is_late_no_row_stands_for_it_and_no_key_acts(folder: Path) -> None:
    gate = threading.Event()
    async with reading(folder) as reader:
        lane = asyncio.create_task(
            reader.desk.librarian.ask("search", lambda library: gate.wait(PATIENCE))
        )
        await reader.pilot.pause()
        for key in ("slash", *"lamps", "enter", "s", "D"):
            await reader.pilot.press(key)
        assert len(reader.app.screen_stack) == 1
        await reader.until(lambda: "Searching …" in reader.screen)
        assert "Pooling" not in reader.within(reader.desk.results)
        gate.set()
        await lane
        await reader.settle()
        assert reader.title == "A Survey of Slow Lamps"
        assert reader.desk.overview.views[3].count == 0
