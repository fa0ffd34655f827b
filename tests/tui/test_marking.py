"""Marks: papers one by one, ranges, all that is found; they stay while one searches."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.style import Style

from index.views import Row
from tests.tui.reading import Reading, library, reading
from themes import builtin
from tui.marks import Chosen, Marks
from tui.widgets.row import Columns, draw_row

IDS = range(1, 9)


def titles(reader: Reading) -> list[str]:
    """The titles of the marked papers, in the order of the results."""
    with library(reader.desk.librarian.folder) as other:
        return [row.title for row in other.rows(reader.desk.chosen)]


async def test_space_marks_and_goes_on(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("space", "j", "space")
        assert titles(reader) == ["Pooling of Graphs by Parsing", "A Survey of Slow Lamps"]
        assert reader.title == "Diffusion over Small Kitchens"
        assert "2 marked · 4 papers" in reader.screen
        await reader.press("k", "space")
        assert titles(reader) == ["Pooling of Graphs by Parsing"]
        assert "1 marked" in reader.screen


async def test_a_mark_at_the_end_leaves_the_cursor_there(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("G", "space")
        assert reader.title == "Diffusion over Small Kitchens"
        assert titles(reader) == [reader.title]


async def test_without_marks_the_paper_at_the_cursor_is_chosen(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j")
        assert titles(reader) == ["Trees that Remember the Rain"]
        await reader.press("slash")
        await reader.type("nowhere")
        assert len(reader.desk.chosen) == 0


@pytest.mark.parametrize("keep", ["V", "space"])
async def test_a_range_follows_the_cursor_until_it_is_kept(folder: Path, keep: str) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "V", "j", "j")
        assert "3 marked" in reader.screen
        await reader.press("k", "k", "k")
        assert titles(reader) == ["Pooling of Graphs by Parsing", "Trees that Remember the Rain"]
        assert "2 marked" in reader.screen
        await reader.press(keep, "G")
        assert len(reader.desk.chosen) == 2


async def test_escape_drops_the_range_then_the_marks_then_the_search(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("graphs OR rain")
        await reader.press("enter", "space", "V", "g g")
        assert len(reader.desk.chosen) == 2
        await reader.press("escape")
        assert "1 marked" in reader.screen
        await reader.press("escape")
        assert "marked" not in reader.screen
        assert reader.desk.sought == "graphs OR rain"
        await reader.press("escape")
        assert reader.desk.sought == ""


async def test_all_are_marked_then_none(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("asterisk")
        assert "4 marked" in reader.screen
        await reader.press("asterisk")
        assert "marked" not in reader.screen


async def test_of_keys_that_come_at_once_the_second_is_for_all_that_the_first_marked(
    folder: Path,
) -> None:
    async with reading(folder) as reader:
        await reader.burst("asterisk", "s")
        with library(folder) as other:
            assert len(other.search("is:starred").ids) == 4


async def test_marks_stay_while_one_searches_and_come_in_the_order_of_the_results(
    folder: Path,
) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "space", "space", "slash")
        await reader.type("rain")
        await reader.press("enter")
        assert reader.desk.hits == 1
        assert "2 marked · 1 of 4" in reader.screen
        assert titles(reader) == ["Trees that Remember the Rain", "A Survey of Slow Lamps"]
        await reader.press("asterisk")
        assert titles(reader) == ["A Survey of Slow Lamps"], "what is found was marked already"


async def test_a_range_goes_on_when_another_process_changes_something(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("V", "j")
        with library(folder) as other:
            other.marks.star(reader.desk.chosen[0])
        await reader.until(lambda: "★" in reader.screen)
        await reader.press("j")
        assert "3 marked" in reader.screen


async def test_a_range_is_kept_when_something_else_is_found(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("V", "j", "slash")
        await reader.type("kitchens")
        await reader.press("enter")
        assert "2 marked" in reader.screen
        assert reader.desk.results.list.marks.start is None


async def test_marks_of_papers_that_are_gone_are_dropped(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("space", "space")
        with library(folder) as other:
            other.papers.delete(reader.desk.chosen[0])
        await reader.until(lambda: "1 marked" in reader.screen)
        assert titles(reader) == ["Trees that Remember the Rain"]


async def test_another_library_has_no_marks(folder: Path, tmp_path: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("space")
        await reader.desk.move_to(tmp_path / "other", sample=True)
        await reader.until(lambda: reader.desk.hits)
        await reader.settle()
        assert "marked" not in reader.screen
        assert not reader.desk.has_marks


@pytest.mark.parametrize("theme", [theme.name for theme in builtin()])
async def test_a_marked_row_stands_out_in_every_theme(folder: Path, theme: str) -> None:
    async with reading(folder) as reader:
        reader.app.theme = theme
        await reader.press("space", "j")
        results = reader.desk.results.list
        marked, plain = (
            {segment.style for segment in results.render_line(line)} for line in (0, 1)
        )
        assert marked != plain
        assert "▐" in results.render_line(0).text
        assert "▐" not in results.render_line(1).text
        await reader.press("g g")
        assert "▐" in results.render_line(0).text, "under the cursor too"


# -- marks by themselves


def test_a_range_holds_its_lines_in_either_direction() -> None:
    marks = Marks(frozenset({1}), start=4)
    assert [one for one in IDS if marks.hold(one, one - 1, 2)] == [1, 3, 4, 5]
    assert [one for one in IDS if marks.hold(one, one - 1, 5)] == [1, 5, 6]
    assert marks.kept(IDS, 5) == Marks(frozenset({1, 5, 6}))


@given(st.frozensets(st.integers(1, 8)), st.integers(0, 7) | st.none(), st.integers(0, 7))
def test_what_is_kept_is_what_was_held(
    papers: frozenset[int], start: int | None, cursor: int
) -> None:
    marks = Marks(papers, start)
    held = {one for one in IDS if marks.hold(one, one - 1, cursor)}
    assert marks.kept(IDS, cursor).papers == held


@given(st.frozensets(st.integers(1, 20)), st.permutations(IDS))
def test_the_chosen_come_in_the_order_of_the_results_the_others_last(
    papers: frozenset[int], results: list[int]
) -> None:
    chosen = Chosen(papers, results)
    found = [one for one in results if one in papers]
    assert list(chosen) == found + sorted(papers - set(results))
    assert len(chosen) == len(papers)


def test_a_million_papers_are_marked_and_unmarked() -> None:
    million = range(1_000_000)
    every = Marks(frozenset({5, 2_000_000})).toggled_all(million)
    assert len(every.papers) == 1_000_001
    assert every.toggled_all(million) == Marks(frozenset({2_000_000}))


class Untouched(Sequence[int]):
    """Ids that nobody may ask for yet."""

    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: int | slice) -> int:  # type: ignore[override]
        raise AssertionError("it was asked for")


def test_the_order_is_not_asked_for_before_it_is_needed() -> None:
    chosen = Chosen(frozenset({1, 2}), Untouched())
    assert len(chosen) == 2
    assert 2 in chosen
    with pytest.raises(AssertionError, match="asked for"):
        chosen[0]


@pytest.mark.parametrize("width", [1, 3, 20, 80])
def test_a_marked_row_is_as_wide_as_any(width: int) -> None:
    row = Row(1, "A title", rating=3)
    plain = Style()
    drawn = draw_row(
        row, Columns.fit(width, [row]), width, lambda _: plain, lambda _: plain, marked=True
    )
    assert drawn.cell_length == width
