"""The reader's screen of duplicates: looking, merging, setting apart, and taking it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.content import Content

from index.views import Comparison, Detail, Pair, Row
from tests.tui.conftest import PAPERS, fill, write_papers
from tests.tui.reading import MIDDLE, NARROW, WIDE, Reading, library, reading
from tui.pairs import first_titles, merged
from tui.screens.duplicates import DuplicatesScreen
from tui.widgets.pair_list import PairList
from tui.widgets.side_by_side import ROWS, Side, SideBySide, differing

MOSS = ["Jo Moss", "Ada Li"]
TWICE: list[dict[str, object]] = [
    {
        "title": "Rings of Rain",
        "authors": MOSS,
        "doi": "10.1101/1",
        "year": 2020,
        "venue": "Trees",
        "abstract": "Rings are read by a network, and droughts are told from them. " * 20,
    },
    {"title": "Rings of Rain", "authors": MOSS, "doi": "10.1038/2", "year": 2021},
    {"title": "[/b]Optimising Lamps[@click=app.quit]x[/]", "authors": ["Otto Ek"]},
    {"title": "[/b]Optimizing Lamps[@click=app.quit]x[/]", "authors": ["Otto Ek", "Mina Song"]},
]


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A library of six papers of which four are two."""
    return fill(tmp_path / "library", [*PAPERS[:2], *TWICE])


def at(reader: Reading) -> str:
    """Where the screen says that one stands."""
    return next((line for line in reader.screen.split("\n") if " of " in line), "")


def shown(reader: Reading) -> DuplicatesScreen | None:
    screen = reader.app.screen
    return screen if isinstance(screen, DuplicatesScreen) else None


def numbers(folder: Path) -> list[int]:
    with library(folder) as other:
        return [paper.id for paper in other.details(range(10))]


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_pairs_side_by_side(twice: Path, size: tuple[int, int]) -> None:
    async with reading(twice, size) as reader:
        await reader.press("M")
        assert "1 of 2 · the same title" in at(reader)
        assert "Rings of Rain" in reader.screen
        for part in ("DOI 10.1101/1", "+ DOI 10.1038/2", "is kept", "goes into it", "Trees · 2020"):
            assert part in reader.screen
        await reader.press("j")
        assert "2 of 2 · the titles are nearly the same" in at(reader)
        assert "[/b]Optimising Lamps[@click=app.quit]x[/]" in reader.screen
        assert reader.app.screen.region.contains_region(
            reader.app.screen.query_one("#frame").region
        )
        await reader.press("escape")
        assert shown(reader) is None
        assert numbers(twice) == [1, 2, 3, 4, 5, 6]


async def test_merging_goes_on_to_the_next_and_is_undone(twice: Path) -> None:
    async with reading(twice) as reader:
        await reader.press("M", "m")
        assert "Merged 1 paper into “Rings of Rain”." in reader.screen
        assert "1 of 1" in at(reader)
        assert numbers(twice) == [1, 2, 3, 5, 6]
        await reader.press("u")
        assert "1 of 2" in at(reader)
        assert numbers(twice) == [1, 2, 3, 4, 5, 6]
        await reader.press("u")
        assert "Nothing was merged or parted here yet." in reader.screen


@pytest.mark.parametrize("keys", [("l",), ("right",), ("s",), ("h", "s"), ("l", "h", "l")])
async def test_the_reader_chooses_the_paper_that_is_kept(
    twice: Path, keys: tuple[str, ...]
) -> None:
    async with reading(twice) as reader:
        await reader.press("M", *keys, "enter")
        assert numbers(twice) == [1, 2, 4, 5, 6]


async def test_papers_that_are_two_come_no_more(twice: Path) -> None:
    async with reading(twice) as reader:
        await reader.press("M", "n", "n")
        assert "No duplicates: every paper of this library is in it once." in reader.screen
        assert "Set “[/b]Opti" in reader.screen
        await reader.press("escape", "M")
        assert "No duplicates" in reader.screen
        await reader.press("m", "n", "X", "s", "j", "u")
        assert numbers(twice) == [1, 2, 3, 4, 5, 6]


async def test_all_exact_ones_after_a_preview(twice: Path) -> None:
    async with reading(twice) as reader:
        await reader.press("M", "X")
        assert "Merge all exact duplicates?" in reader.screen
        assert "1 paper goes into another of the same identifier or title:" in reader.screen
        assert "· Rings of Rain" in reader.screen
        await reader.press("n")
        assert numbers(twice) == [1, 2, 3, 4, 5, 6]
        await reader.press("X", "y")
        assert numbers(twice) == [1, 2, 3, 5, 6]
        assert "1 of 1 · the titles are nearly the same" in at(reader)
        await reader.press("X")
        assert "None of these is exact: look at each." in reader.screen
        await reader.press("u")
        assert "1 of 2" in at(reader)
        assert numbers(twice) == [1, 2, 3, 4, 5, 6]


async def test_the_desk_shows_what_was_merged(twice: Path) -> None:
    async with reading(twice) as reader:
        assert reader.desk.results.list.count == 6
        await reader.press("M", "m", "escape")
        assert reader.desk.results.list.count == 5


async def test_keys_typed_ahead_are_for_the_screen(twice: Path) -> None:
    async with reading(twice) as reader:
        await reader.burst("M", "escape")
        assert shown(reader) is None
        assert numbers(twice) == [1, 2, 3, 4, 5, 6]


async def test_the_comparison_scrolls_once_it_has_the_focus(twice: Path) -> None:
    async with reading(twice, NARROW) as reader:
        await reader.press("M", "tab", "j", "j")
        assert reader.app.screen.query_one(SideBySide).scroll_offset.y == 2
        assert reader.app.screen.query_one(PairList).cursor == 0
        await reader.press("tab", "j")
        assert reader.app.screen.query_one(PairList).cursor == 1


async def test_a_paper_that_another_process_takes_away_is_looked_for_anew(twice: Path) -> None:
    async with reading(twice) as reader:
        await reader.press("M")
        with library(twice) as other:
            other.papers.delete([5])
        await reader.press("j")
        await reader.until(lambda: "1 of 1" in at(reader))
        await reader.press("M", "escape")


async def test_a_library_is_left_while_duplicates_are_looked_for(tmp_path: Path) -> None:
    papers = write_papers(tmp_path / "many.jsonl", [{"title": f"Lamp {n}"} for n in range(3000)])
    with library(tmp_path / "library") as other:
        other.import_files([papers])
    async with reading(tmp_path / "library") as reader:
        await reader.pilot.press("M")
        await reader.desk.leave()


def row(paper: int, title: str = "") -> Row:
    return Row(paper, title or f"Paper {paper}")


def test_a_merged_paper_stands_for_the_other_in_the_pairs_that_are_left() -> None:
    pairs = [
        (Pair(one, other, "title", 1.0), row(one), row(other))
        for one, other in ((1, 2), (2, 3), (1, 3), (4, 2))
    ]
    left = merged(pairs, keep=1, gone=2)
    assert [(pair.one, pair.other) for pair, _, _ in left] == [(1, 3), (4, 1)]
    assert [(one.id, other.id) for _, one, other in left] == [(1, 3), (4, 1)]


def test_of_many_pairs_the_first_are_named() -> None:
    pairs = [(Pair(n, n + 1, "title", 1.0), row(n), row(n + 1)) for n in range(1, 21, 2)]
    assert first_titles(pairs[:2]) == ["· Paper 1", "· Paper 3"]
    assert first_titles(pairs)[-2:] == ["· Paper 15", "  and 2 more"]


def test_the_words_that_differ() -> None:
    assert differing("slow lamps in kitchens", "slow lamps on kitchens") == [(11, 13)]
    assert differing("the slow  lamps", "Slow Lamps") == [(0, 3)]
    assert differing("same words", "same words") == []
    assert differing("quite another title", "slow lamps") == [], "all of it does"


def told(compared: Comparison, row: int, kept: bool) -> Content:
    return ROWS[row](Side(compared.one, compared.other, compared.shared, kept))


def test_what_the_kept_paper_would_get_is_marked() -> None:
    one = Detail(1, "a", "A", tags=("gnn", "ml"), note="Mine.", identifiers=(("doi", "10.1/a"),))
    other = Detail(2, "b", "A", tags=("gnn",), identifiers=(("arxiv", "2402.00001"),))
    compared = Comparison(one, other, shared=(("arxiv", "2402.00001"),))
    made, names = str(told(compared, 5, False)), str(told(compared, 4, False))
    assert made.split("\n") == ["  #gnn", "+ #ml", "+ ✎ Mine."]
    assert names.split("\n")[:2] == ["= arXiv 2402.00001 by a link", "+ DOI 10.1/a"]
    assert str(told(compared, 5, True)).split("\n") == ["  #gnn", "  #ml", "  ✎ Mine."]
