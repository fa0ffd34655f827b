"""Every action works on the marked papers; what changes many is shown first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.conftest import fill
from tests.tui.reading import library, reading

MANY = 25


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """The folder of a library of 25 papers."""
    papers: list[dict[str, object]] = [
        {"title": f"Paper {number:02} on Something", "abstract": "Of many."}
        for number in range(1, MANY + 1)
    ]
    return fill(tmp_path / "library", papers)


def found(folder: Path, query: str) -> int:
    """How many papers another process finds."""
    with library(folder) as other:
        return len(other.search(query).ids)


@pytest.mark.parametrize(
    ("key", "query"),
    [("s", "is:starred"), ("r", "is:read"), ("minus", "is:skipped"), ("3", "rating:3")],
)
async def test_a_key_is_for_all_that_are_marked(folder: Path, key: str, query: str) -> None:
    async with reading(folder) as reader:
        await reader.press("space", "space", key)
        assert found(folder, query) == 2
        assert "2 marked" in reader.screen, "several things can be done to them"
        await reader.press("u")
        assert found(folder, query) == 0


async def test_of_papers_in_different_states_all_are_put_into_one(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "space", "space", "space", "s")
        assert found(folder, "is:starred") == 3
        await reader.press("s")
        assert found(folder, "is:starred") == 0


async def test_marked_rows_change_before_the_library_does(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("space", "space")
        await reader.pilot.press("s")
        rows = reader.desk.results.list.rows_of(reader.desk.chosen)
        assert [row.starred for row in rows] == [True, True]


async def test_the_marked_are_acted_on_wherever_the_cursor_is(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("space", "slash")
        await reader.type("kitchens")
        await reader.press("enter", "s")
        with library(folder) as other:
            (starred,) = other.rows(other.search("is:starred").ids)
        assert starred.title == "Pooling of Graphs by Parsing"


async def test_an_action_ends_the_range(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("V", "j", "s", "G", "r")
        assert found(folder, "is:starred") == 2
        assert found(folder, "is:read") == 2


async def test_the_marked_are_tagged_together(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("space", "space", "t")
        await reader.type("gnn")
        await reader.press("enter")
        assert found(folder, "tag:gnn") == 2
        await reader.press("u")
        assert found(folder, "tag:gnn") == 0


async def test_the_marked_go_on_a_list_in_the_order_of_the_results(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("G", "space", "g g", "space", "l")
        await reader.type("thesis")
        await reader.press("enter")
        with library(folder) as other:
            listed = other.rows(other.search("", shelf="list:thesis").ids)
        assert [row.title for row in listed] == [
            "Pooling of Graphs by Parsing",
            "Diffusion over Small Kitchens",
        ]


async def test_more_than_twenty_are_shown_first(many: Path) -> None:
    async with reading(many) as reader:
        await reader.press("s", "j", "s", "asterisk", "s")
        assert f"Star {MANY - 2} of {MANY} papers?" in reader.screen
        assert "2 are starred already." in reader.screen
        assert "· Paper 01 on Something" in reader.screen
        assert f"and {MANY - 5} more" in reader.screen
        assert found(many, "is:starred") == 2, "nothing is done yet"
        await reader.press("y")
        assert found(many, "is:starred") == MANY
        await reader.press("s")
        assert f"Unstar {MANY} papers?" in reader.screen
        await reader.press("n")
        assert found(many, "is:starred") == MANY


async def test_twenty_are_not(many: Path) -> None:
    async with reading(many) as reader:
        await reader.press("V", *["j"] * 19, "s")
        assert found(many, "is:starred") == 20


async def test_a_key_that_follows_is_for_the_preview(many: Path) -> None:
    async with reading(many) as reader:
        await reader.burst("asterisk", "s", "y")
        assert found(many, "is:starred") == MANY
        reader.desk.results.list._rows.clear()  # so that their state is fetched before the preview
        await reader.burst("r", "n", "minus", "y")
        assert found(many, "is:read") == 0
        assert found(many, "is:skipped") == MANY


async def test_what_would_change_nothing_is_not_asked(many: Path) -> None:
    async with reading(many) as reader:
        await reader.press("asterisk", "0")
        assert len(reader.app.screen_stack) == 1
        assert "Already unrated." in reader.screen


async def test_marks_whose_rows_are_not_at_hand_are_toggled_by_what_the_library_knows(
    many: Path,
) -> None:
    async with reading(many) as reader:
        results = reader.desk.results.list
        await reader.press("space", "space", "s")
        results._rows.clear()
        await reader.press("s")
        assert found(many, "is:starred") == 0


async def test_a_deletion_in_bulk_asks_and_is_undone_whole(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("space", "space", "space", "D")
        assert "Delete 3 papers?" in reader.screen
        assert "· Trees that Remember the Rain" in reader.screen
        await reader.press("n")
        assert found(folder, "") == 4
        await reader.press("D", "y")
        assert found(folder, "") == 1
        assert reader.desk.results.list.count == 1
        assert reader.title == "Diffusion over Small Kitchens"
        assert "marked" not in reader.screen, "what is gone is not marked"
        await reader.press("u")
        assert found(folder, "") == 4


async def test_a_deletion_of_all_leaves_nothing(many: Path) -> None:
    async with reading(many) as reader:
        await reader.press("asterisk", "D")
        assert f"Delete {MANY} papers?" in reader.screen
        assert f"and {MANY - 5} more" in reader.screen
        await reader.press("y")
        assert reader.desk.results.list.count == 0
        assert reader.desk.paper.detail is None
        await reader.press("u")
        assert reader.desk.results.list.count == MANY


async def test_what_another_process_does_is_seen(folder: Path) -> None:
    async with reading(folder) as reader:
        number = str(reader.desk.results.list.paper_id)
        subprocess.run(
            [sys.executable, "-m", "tui", "--library", str(folder), "star", number],
            check=True,
            capture_output=True,
        )
        await reader.until(lambda: reader.desk.row and reader.desk.row.starred)
        assert "★" in reader.screen
        assert reader.desk.WATCH_EVERY <= 1
