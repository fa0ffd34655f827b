"""Why: what was understood, what each part of a query finds, and what puts a paper there."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.views import ClauseHits, Explanation, Reason
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, WIDE, reading
from tui.asking import Why
from tui.screens.why import why_text


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_query_and_the_paper_at_the_cursor(folder: Path, size: tuple[int, int]) -> None:
    async with reading(folder, size) as reader:
        await reader.press("slash")
        await reader.type("lamps -soup ")
        await reader.press("enter", "w")
        screen = reader.screen
        assert "contains “lamps” and does not contain “soup”" in screen
        assert "1  lamps" in screen
        assert "1  soup  taken away" in screen
        assert "A Survey of Slow Lamps" in screen
        assert "lamps in the title: lamps" in screen
        assert "lamps in the abstract: lamps" in screen
        await reader.press("w")
        assert "taken away" not in reader.screen


async def test_where_nothing_is_found_there_is_still_the_query(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps zebra ")
        await reader.press("escape", "w")
        assert "0  zebra  in no paper" in reader.screen


async def test_a_word_that_is_being_typed_is_a_beginning(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("kitch")
        await reader.press("enter", "w")
        assert "contains “kitch…”" in reader.screen
        assert "1  kitch" in reader.screen
        assert "kitch in the title: kitchens" in reader.screen


async def test_without_a_query_there_is_nothing_to_explain(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("w")
        assert len(reader.app.screen_stack) == 1


async def test_keys_that_come_before_the_answer_are_for_it(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps ")
        await reader.press("enter")
        await reader.burst("w", "escape", "s")
        assert len(reader.app.screen_stack) == 1
        assert reader.desk.row
        assert reader.desk.row.starred
        assert reader.desk.results.field.text == "lamps "


def test_what_finds_nothing_stands_out_and_what_is_taken_away_does_not() -> None:
    clauses = (ClauseHits("one", 1200), ClauseHits("two", 0), ClauseHits("three", 0, negated=True))
    text = why_text(Why(Explanation("contains “one”", 0, clauses)))
    assert text.plain.endswith("1,200  one\n    0  two  in no paper\n    0  three  taken away")
    red = [text.plain[span.start : span.end] for span in text.spans if "error" in str(span.style)]
    assert red == ["    0  two", "  in no paper"]


def test_a_paper_that_no_word_ranks() -> None:
    why = Why(Explanation("is unread", 3), "A [/Title]", (Reason("similar:3", "", (), 1.0),))
    assert why_text(why).plain.endswith("A [/Title]\n━━━━━━━━━━ 100%  similar:3")
    assert "not by a word" in why_text(Why(Explanation("is unread", 3), "A")).plain


async def test_hostile_words_are_text(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": "Lamps [/foo] [@click=app.quit]x"}])
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps [/foo] ")
        await reader.press("enter", "w")
        assert "1  [/foo]" in reader.screen
        assert "Lamps [/foo] [@click=app.quit]x" in reader.screen
