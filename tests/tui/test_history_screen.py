"""The history screen: what was done, what it did, and undoing it from the middle."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from index.views import HistoryEntry
from tests.tui.conftest import write_papers
from tests.tui.reading import MIDDLE, NARROW, WIDE, Reading, library, reading
from tests.tui.test_papers import paper
from tui.screens.history import HistoryScreen, entry_text
from tui.widgets.history_list import HistoryList, day_named

FIRST, SECOND = 1, 2


def worked_in(folder: Path) -> None:
    """Three things that were done, the last of which needs the first."""
    with library(folder) as other:
        other.lists.add("thesis", [FIRST])
        other.marks.star([SECOND])
        other.lists.note("thesis", FIRST, "[/b]why[@click=app.quit]")


def history(reader: Reading) -> HistoryScreen | None:
    screen = reader.app.screen
    return screen if isinstance(screen, HistoryScreen) else None


def lines(reader: Reading) -> HistoryList:
    return reader.app.screen.query_one(HistoryList)


def chosen(reader: Reading) -> HistoryEntry:
    """The entry at the cursor."""
    entry = lines(reader).entry
    assert entry
    return entry


def told(reader: Reading) -> str:
    """What is said of the entry at the cursor, its lines joined."""
    return " ".join(reader.within(reader.app.screen.query_one("#told")).split())


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_entries_newest_first_and_what_each_did(folder: Path, size: tuple[int, int]) -> None:
    worked_in(folder)
    async with reading(folder, size) as reader:
        await reader.press("H")
        listed = reader.within(lines(reader)).split("\n")
        assert [" Today " in listed[0], "↓" in listed[4]] == [True, True]
        for line, said in zip(
            listed[1:], ("Noted on", "Starred", "Put ", "Imported"), strict=False
        ):
            assert said in line
        assert "4 papers" in listed[4]
        assert "[/b]why[@click=app.quit]" in told(reader)
        await reader.press("j")
        assert "Starred “Trees that Remember the Rain”" in told(reader)
        await reader.press("escape")
        assert history(reader) is None


async def test_undo_from_the_middle_and_redo(folder: Path) -> None:
    worked_in(folder)
    async with reading(folder) as reader:
        assert "★" in reader.screen
        await reader.press("H", "j", "u")
        assert "Undone: starred “Trees" in reader.screen
        assert chosen(reader).undone
        assert "Undone: ctrl+r redoes it." in told(reader)
        title = "Trees that Remember the Rain"
        assert not paper(folder, title).starred
        await reader.press("u")
        assert "is undone already" in reader.screen
        await reader.press("ctrl+r")
        assert "Redone: starred “Trees" in reader.screen
        assert not chosen(reader).undone
        assert paper(folder, title).starred
        await reader.press("enter", "escape")
        assert "★" not in reader.screen, "the desk shows it"


async def test_what_stands_in_the_way_is_named(folder: Path) -> None:
    worked_in(folder)
    async with reading(folder) as reader:
        await reader.press("H", "j", "j")
        assert "Later changes stand in the way. Undo that: ↶ Noted on “thesis”" in told(reader)
        await reader.press("u")
        assert "came after it; undo that first." in reader.screen
        assert paper(folder).lists == ("thesis",)
        await reader.press("k", "k", "u", "j", "j")
        assert "stand in the way" not in told(reader)
        await reader.press("u")
        assert paper(folder).lists == ()


@pytest.mark.parametrize(("answer", "left"), [("y", 0), ("n", 4)])
async def test_an_import_asks_first(folder: Path, answer: str, left: int) -> None:
    async with reading(folder) as reader:
        await reader.press("H", "enter")
        assert "Undo this import?" in reader.screen
        assert "4 papers would go" in reader.screen
        await reader.press(answer)
        assert history(reader)
        assert chosen(reader).undone == (answer == "y")
        await reader.press("ctrl+r" if left == 0 else "escape", "escape")
        assert reader.desk.results.list.count == left


async def test_an_import_that_is_undone_cannot_be_redone(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("H", "enter", "y")
        assert "import it again to have it back" in told(reader)
        await reader.press("ctrl+r")
        assert "cannot be redone" in reader.screen


async def test_what_another_process_does_comes_up_and_the_cursor_stays(folder: Path) -> None:
    worked_in(folder)
    async with reading(folder) as reader:
        await reader.press("H", "j")
        before = chosen(reader)
        with library(folder) as other:
            other.marks.rate([FIRST], 4)
        await reader.until(lambda: "Rated" in reader.screen)
        assert chosen(reader).id == before.id
        with library(folder) as other:
            other.history.undo(before.id)
        await reader.until(lambda: chosen(reader).undone)


async def test_older_entries_come_as_one_scrolls(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.history.AT_ONCE", 60)
    with library(folder) as other:
        for number in range(100):
            other.marks.rate([FIRST], number % 5 + 1)
    async with reading(folder, NARROW) as reader:
        await reader.press("H")
        assert lines(reader).count == 61, "and the day"
        await reader.press("G")
        assert lines(reader).count == 102
        await reader.press("G")
        assert chosen(reader).kind == "import"
        assert lines(reader).count == 102
        await reader.press("u", "n", "g", "g")
        assert chosen(reader).label.startswith("rated")
        assert lines(reader).count == 102, "looking again keeps what was fetched"


async def test_a_library_in_which_nothing_was_done(tmp_path: Path) -> None:
    async with reading(tmp_path / "library", sample=True) as reader:
        await reader.press("H")
        assert "Nothing was done in this library yet." in reader.screen
        await reader.press("u", "ctrl+r", "j", "G", "enter")
        await reader.press("s")
        assert history(reader)
        await reader.press("H")
        assert history(reader) is None


async def test_what_an_entry_did_scrolls_once_it_has_the_focus(folder: Path) -> None:
    papers: list[dict[str, object]] = [{"title": f"Lamp number {n}"} for n in range(40)]
    with library(folder) as other:
        other.import_files([write_papers(folder.parent / "more.jsonl", papers)])
    async with reading(folder, NARROW) as reader:
        await reader.press("H")
        before = told(reader)
        await reader.press("tab", "j", "j")
        assert told(reader) != before
        at = lines(reader).cursor
        await reader.press("tab", "j")
        assert lines(reader).cursor == at + 1


async def test_ctrl_r_at_the_desk_redoes(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "u")
        assert "Undone: starred “Pooling" in reader.screen
        assert not paper(folder).starred
        await reader.press("ctrl+r")
        assert "Redone: starred “Pooling" in reader.screen
        assert "★" in reader.screen
        assert paper(folder).starred
        await reader.press("ctrl+r")
        assert "There is nothing to redo." in reader.screen


async def test_keys_typed_ahead_are_for_the_screen(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.burst("H", "s", "escape")
        assert history(reader) is None
        assert not paper(folder).starred


def test_days() -> None:
    today = dt.date(2026, 11, 21)
    assert day_named(today, today) == "Today"
    assert day_named(today - dt.timedelta(1), today) == "Yesterday"
    assert day_named(dt.date(2026, 11, 1), today) == "Sunday, 1 November 2026"
    assert day_named(dt.date(2026, 11, 22), today) == "Sunday, 22 November 2026"


def test_many_that_stand_in_the_way_are_counted() -> None:
    entry = HistoryEntry(1, "2026-11-21T10:00:00+00:00", "did it")
    others = [HistoryEntry(n, entry.at, f"number {n}") for n in range(2, 20)]
    text = str(entry_text(entry, [], others))
    assert "Undo those, the first first:" in text
    assert "↶ Number 2\n" in text
    assert "and 8 more" in text
