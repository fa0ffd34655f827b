"""Ratings, and the signs that say how one stands to a paper."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from index.views import ItemStatus, Row
from tests.tui.reading import Reading, library, reading
from tests.tui.test_papers import paper
from tests.tui.test_result_list import drawn


def sign(reader: Reading, line: int = 0) -> str:
    """The sign before a title."""
    return reader.desk.results.list.render_line(line).text[2]


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
async def test_a_digit_rates(folder: Path, rating: int) -> None:
    async with reading(folder) as reader:
        await reader.press(str(rating))
        assert paper(folder).rating == rating
        assert "▪" * rating in reader.within(reader.desk.results)
        assert "▪" * (rating + 1) not in reader.within(reader.desk.results)


async def test_nought_takes_the_rating_away(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("4", "0")
        assert paper(folder).rating == 0
        assert "▪" not in reader.screen
        await reader.press("u")
        assert paper(folder).rating == 4
        assert "▪▪▪▪" in reader.screen


async def test_a_rating_is_on_the_screen_before_the_library_has_it(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.pilot.press("3")
        assert reader.desk.row
        assert reader.desk.row.rating == 3
        assert reader.desk.paper.detail
        assert reader.desk.paper.detail.rating == 3


def test_a_narrow_row_has_a_digit_for_its_rating() -> None:
    assert "▪▪▪" in drawn(Row(1, "A", rating=3), 60)
    assert " 3 " in drawn(Row(1, "A", rating=3), 59)


async def test_skipped_papers_are_unread_no_more(folder: Path) -> None:
    async with reading(folder) as reader:
        assert sign(reader) == "●"
        await reader.press("minus")
        assert paper(folder).skipped
        assert sign(reader) == "–"
        await reader.press("r")
        assert paper(folder).read
        assert not paper(folder).skipped
        assert sign(reader) == " "
        await reader.press("minus")
        assert sign(reader) == "–"
        assert not paper(folder).read
        await reader.press("minus")
        assert sign(reader) == "●"


@pytest.mark.parametrize("key", ["enter", "o"])
async def test_a_paper_that_was_opened_says_so(folder: Path, key: str) -> None:
    async with reading(folder) as reader:
        await reader.press("j", key)
        assert paper(folder, "Trees that Remember the Rain").opened
        assert sign(reader, 1) == "◐"
        assert "◐ opened" in reader.within(reader.desk.paper)
        with library(folder) as other:
            assert [entry.kind for entry in other.history.entries()] == ["import"], "no decision"


async def test_going_past_a_paper_does_not_open_it(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "k", "j")
        with library(folder) as other:
            assert not other.search("is:opened").ids


async def test_on_a_list_the_sign_says_how_far_one_is_there(folder: Path) -> None:
    async with reading(folder) as reader:
        with library(folder) as other:
            ids = list(other.search("").ids)
            other.lists.add("thesis", ids)
            for one, status in zip(ids, get_args(ItemStatus), strict=True):
                other.lists.status("thesis", one, status)
        await reader.until(lambda: reader.desk.overview.lists)
        reader.desk.go_to_shelf(reader.desk.overview.lists[0])
        await reader.settle()
        assert [sign(reader, line) for line in range(4)] == ["○", "◐", "✓", "–"]
        await reader.pilot.press("r")
        assert sign(reader) == "✓", "in the next frame"
        await reader.settle()
        assert sign(reader) == "✓"
