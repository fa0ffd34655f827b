"""Triage: a key a decision, on to the next by itself, each to be undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.views import Done
from tests.tui.conftest import fill
from tests.tui.reading import MIDDLE, NARROW, WIDE, Reading, library, reading
from tests.tui.test_bulk import found
from tests.tui.test_papers import paper
from tui.screens.triage import TriageScreen
from tui.triage import Decision, Pile

FIRST, SECOND, THIRD, FOURTH = (
    "Pooling of Graphs by Parsing",
    "Trees that Remember the Rain",
    "A Survey of Slow Lamps",
    "Diffusion over Small Kitchens",
)


def is_open(reader: Reading) -> bool:
    """Whether papers are being decided about."""
    return isinstance(reader.app.screen, TriageScreen)


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_the_paper_and_how_many_are_left(folder: Path, size: tuple[int, int]) -> None:
    async with reading(folder, size) as reader:
        await reader.press("T")
        for text in (
            "Triage · Inbox",
            "4 of 4 left",
            FIRST,
            "Mina Song, Ada Li, Otto Ek",
            "A grammar of the nodes",
            "https://example.org/parsing.pdf",
            "l read later",
            "esc have done",
        ):
            assert text in reader.screen


@pytest.mark.parametrize(
    ("key", "query"),
    [("s", "is:starred"), ("minus", "is:skipped"), ("r", "is:read"), ("4", "rating:4")],
)
async def test_a_key_decides_and_goes_on(folder: Path, key: str, query: str) -> None:
    async with reading(folder) as reader:
        await reader.press("T", key)
        assert "3 of 4 left" in reader.screen
        assert SECOND in reader.screen
        with library(folder) as other:
            assert [row.title for row in other.rows(other.search(query).ids)] == [FIRST]


async def test_the_next_paper_is_there_before_the_library_has_the_decision(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T")
        await reader.pilot.press("s")
        assert SECOND in reader.screen
        await reader.settle()


async def test_many_quick_decisions_are_all_made_in_their_order(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.burst("T", "s", "minus", "r", "5", "u", "u", "s")
        assert paper(folder, FIRST).starred
        assert paper(folder, SECOND).skipped
        assert paper(folder, THIRD).starred
        assert not paper(folder, THIRD).read
        assert paper(folder, FOURTH).rating == 0


async def test_read_later_asks_for_the_list_once(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "l")
        assert "name of a reading list" in reader.screen
        await reader.type("later")
        await reader.press("enter", "l", "L")
        await reader.type("thesis")
        await reader.press("enter", "l", "escape")
        for title, names in ((FIRST, ("later",)), (SECOND, ("later",)), (THIRD, ("thesis",))):
            assert paper(folder, title).lists == names
        assert paper(folder, FOURTH).lists == ("thesis",)
        assert "Decided 4: 2 to “later”, 2 to “thesis”." in reader.screen
    async with reading(folder) as reader:
        assert reader.desk.later == "thesis", "it is remembered"


async def test_a_list_that_is_gone_is_asked_for_anew(folder: Path) -> None:
    async with reading(folder) as reader:
        reader.desk.later = "gone"
        await reader.press("T", "l")
        assert "name of a reading list" in reader.screen
        await reader.press("escape")
        assert is_open(reader)
        assert "4 of 4 left" in reader.screen


async def test_a_tag_decides(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "t")
        await reader.type("gnn")
        await reader.press("enter")
        assert paper(folder, FIRST).tags == ("gnn",)
        assert "3 of 4 left" in reader.screen
        await reader.press("t", "escape")
        assert "3 of 4 left" in reader.screen


async def test_going_on_and_back_decides_nothing(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "space", "j", "k")
        assert SECOND in reader.screen
        assert "4 of 4 left" in reader.screen
        await reader.press("k", "k")
        assert FIRST in reader.screen
        await reader.press("escape")
        assert "Nothing decided." in reader.screen


async def test_undo_goes_back_and_redo_on_again(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "s", "minus", "u")
        assert SECOND in reader.screen
        assert not paper(folder, SECOND).skipped
        assert paper(folder, FIRST).starred
        await reader.press("u")
        assert "4 of 4 left" in reader.screen
        assert not paper(folder, FIRST).starred
        await reader.press("u")
        assert "Nothing was decided here yet." in reader.screen
        await reader.press("ctrl+r", "ctrl+r")
        assert THIRD in reader.screen
        assert paper(folder, FIRST).starred
        assert paper(folder, SECOND).skipped
        await reader.press("ctrl+r")
        assert "Nothing was undone here." in reader.screen


async def test_undo_takes_back_what_was_decided_here_and_nothing_else(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "slash")
        await reader.type("pooling")
        await reader.press("enter", "T", "s", "u", "u")
        assert paper(folder, FIRST).starred, "it was starred before"
        await reader.press("r")
        with library(folder) as other:
            other.marks.rate(other.search("kitchens").ids, 2)
        await reader.press("u")
        assert not paper(folder, FIRST).read
        assert paper(folder, FOURTH).rating == 2, "another process did that"


async def test_a_decision_shows_when_one_goes_back(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "s", "k")
        assert "★ starred" in reader.screen
        await reader.press("3")
        assert SECOND in reader.screen
        assert paper(folder, FIRST).rating == 3


async def test_the_last_decision_ends_with_a_sentence(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "s", "minus", "minus", "r")
        assert "Every paper is decided." in reader.screen
        assert "Decided 4: 1 starred, 2 skipped, 1 read." in reader.screen
        await reader.press("s", "o", "t", "l", "j")
        assert is_open(reader)
        await reader.press("escape")
        assert not is_open(reader)
        assert "Decided 4: 1 starred, 2 skipped, 1 read." in reader.screen
        await reader.press("T")
        assert not is_open(reader)
        assert "The Inbox is empty: every paper is decided." in reader.screen


async def test_papers_that_are_left_are_counted_at_the_end(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "s", "j", "s", "j")
        assert "That was the last; 2 papers are undecided." in reader.screen
        await reader.press("k")
        assert FOURTH in reader.screen


async def test_what_is_found_is_gone_through_from_the_cursor_on(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("graphs OR rain OR lamps")
        await reader.press("enter", "j")
        title = reader.title
        await reader.press("T")
        assert "3 of 3 left" in reader.screen
        assert title in reader.screen


async def test_the_marked_are_gone_through(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "space", "j", "space", "T", "s", "s")
        assert "Every paper is decided." in reader.screen
        assert paper(folder, SECOND).starred
        assert paper(folder, FOURTH).starred
        assert found(folder, "is:starred") == 2


async def test_a_link_is_opened_without_a_decision(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T", "j", "o")
        assert reader.app.clipboard == "https://doi.org/10.1234/rings"
        assert is_open(reader)
        assert SECOND in reader.screen
        assert paper(folder, SECOND).opened


async def test_a_long_abstract_scrolls(tmp_path: Path) -> None:
    papers: list[dict[str, object]] = [
        {"title": "Long", "abstract": " ".join(f"word{number}" for number in range(400))}
    ]
    folder = fill(tmp_path / "library", papers)
    async with reading(folder, NARROW) as reader:
        await reader.press("T")
        assert "word399" not in reader.screen
        await reader.press(*["pagedown"] * 5)
        assert "word399" in reader.screen
        await reader.press(*["up"] * 60)
        assert "word0 " in reader.screen


async def test_a_paper_that_is_gone_meanwhile_ends_nothing(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("T")
        with library(folder) as other:
            other.papers.delete(list(other.search("rain").ids))
        await reader.press("s")
        assert "This paper is no longer in the library." in reader.screen
        await reader.press("s", "s")
        assert paper(folder, FIRST).starred
        assert paper(folder, THIRD).starred
        assert FOURTH in reader.screen


async def test_hostile_titles_are_text(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": "[/foo] [@click=app.quit]x", "abstract": "[b]"}])
    async with reading(folder) as reader:
        await reader.press("T")
        assert "[/foo] [@click=app.quit]x" in reader.screen
        await reader.press("s")
        assert "Starred: “[/foo] [@click=app.quit]x”" in reader.screen


# -- the pile by itself


def decision(place: int, what: str) -> Decision:
    """A decision that changes nothing."""
    return Decision("", place, what, lambda library: Done("", 0))


def test_an_account_counts_papers_and_what_was_decided() -> None:
    pile = Pile("some", [5, 6, 7])
    assert pile.account == "Nothing decided."
    pile.decide(decision(0, "starred"))
    pile.decide(decision(1, "skipped"))
    pile.go(-2)
    pile.decide(decision(0, "rated"))
    pile.decide(decision(0, "rated"))
    assert pile.paper == 7, "past what is decided"
    assert pile.account == "Decided 2: 1 starred, 1 skipped, 1 rated."
    assert pile.left == 1


def test_a_new_decision_leaves_nothing_to_redo() -> None:
    pile = Pile("some", [5, 6])
    pile.decide(decision(0, "starred"))
    pile.undo()
    assert pile.paper == 5
    pile.decide(decision(0, "skipped"))
    assert pile.redo() is None
    assert pile.account == "Decided 1: 1 skipped."
