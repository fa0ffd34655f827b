"""Notes: written over the paper, never lost, never overwritten unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.reading import MIDDLE, NARROW, WIDE, Reading, library, reading
from tests.tui.test_papers import paper
from tui.panes.paper import PaperPane
from tui.screens.note import NoteEditor
from tui.screens.note_conflict import difference, joined
from tui.widgets.area import Area
from tui.widgets.note_text import NoteText

FIRST = 1


def write_elsewhere(folder: Path, text: str) -> None:
    """Another process writes the note on the first paper."""
    with library(folder) as other:
        other.notes.write(FIRST, text)


def editor(reader: Reading) -> NoteEditor | None:
    screen = reader.app.screen
    return screen if isinstance(screen, NoteEditor) else None


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_a_note_is_written_below_its_paper(folder: Path, size: tuple[int, int]) -> None:
    async with reading(folder, size) as reader:
        before = reader.pane
        await reader.press("n")
        await reader.type("in its pane")
        open_editor = editor(reader)
        assert open_editor
        pane = reader.desk.query_one(PaperPane)
        frame = open_editor.query_one("#frame").region
        assert frame.bottom == pane.region.bottom
        assert pane.region.contains_region(frame)
        assert "A grammar of the nodes" in reader.screen, "the abstract can still be read"
        await reader.press("ctrl+s")
        assert paper(folder).note == "in its pane"
        assert reader.pane == before
        assert "Wrote a note on “Pooling" in reader.screen
        await reader.press("enter")
        assert "in its pane" in reader.within(pane)


async def test_a_paper_without_a_note_leaves_no_room_for_one(folder: Path) -> None:
    async with reading(folder) as reader:
        note = reader.desk.paper.query_one(NoteText)
        assert not note.region.height
        write_elsewhere(folder, "Mine.")
        await reader.until(lambda: note.region.height > 1)


async def test_n_writes_a_note(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("read again")
        await reader.press("enter")
        await reader.type("in May")
        await reader.press("ctrl+s")
        assert paper(folder).note == "read again\nin May"
        assert "in May" in reader.screen
        await reader.press("n")
        await reader.type(", or June")
        await reader.press("ctrl+s")
        assert paper(folder).note == "read again\nin May, or June"


async def test_a_note_is_not_lost_by_escape_alone(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("half a thought")
        await reader.press("escape")
        assert "Leave without saving?" in reader.screen
        assert "y leave · n stay" in reader.screen, "and not “keep”: keep what?"
        await reader.press("n")
        assert "half a thought" in reader.screen
        await reader.press("escape", "y")
        assert "half a thought" not in reader.screen
        assert paper(folder).note == ""
        await reader.press("n", "escape")
        assert "Leave without saving?" not in reader.screen


async def test_a_note_stays_in_view_when_the_terminal_becomes_narrow(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("half a thought")
        await reader.pilot.resize_terminal(*NARROW)
        await reader.until(lambda: "half a thought" in reader.screen)
        assert "ctrl+s save" in reader.screen
        await reader.press("ctrl+s")
        assert reader.pane == "results"
        assert paper(folder).note == "half a thought"


async def test_ctrl_q_does_not_throw_a_note_away(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("precious")
        await reader.press("ctrl+q")
        assert "Leave without saving?" in reader.screen
        await reader.press("n", "escape")
        assert "Leave without saving?" in reader.screen
        await reader.press("enter")
        assert "precious" in reader.screen, "enter alone loses nothing"
        await reader.press("ctrl+s")
    assert paper(folder).note == "precious"


async def test_keys_that_come_fast_are_for_the_note(folder: Path) -> None:
    async with reading(folder, NARROW) as reader:
        await reader.burst("n", *"sqx", "ctrl+s", "s")
        assert paper(folder).note == "sqx"
        assert paper(folder).starred


async def test_an_empty_note_is_none(folder: Path) -> None:
    write_elsewhere(folder, "gone soon")
    async with reading(folder) as reader:
        await reader.press("n", "ctrl+u", "ctrl+s")
        assert paper(folder).note == ""
        assert "Removed the note on" in reader.screen


async def test_a_note_that_changes_elsewhere_is_shown(folder: Path) -> None:
    async with reading(folder) as reader:
        write_elsewhere(folder, "from *elsewhere*")
        await reader.until(lambda: "from elsewhere" in reader.screen)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [("1", "mine"), ("2", "theirs"), ("3", "theirs\n\n---\n\nmine"), ("escape", "theirs")],
)
async def test_a_note_that_changed_meanwhile_is_not_overwritten(
    folder: Path, choice: str, kept: str
) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("mine")
        write_elsewhere(folder, "theirs")
        await reader.press("ctrl+s")
        assert "The note was changed elsewhere meanwhile" in reader.screen
        assert paper(folder).note == "theirs"
        await reader.press(choice)
        assert paper(folder).note == kept
        assert bool(editor(reader)) == (choice == "escape")


async def test_one_goes_on_with_a_note_that_changed_meanwhile(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("mine")
        write_elsewhere(folder, "theirs")
        await reader.press("ctrl+s", "4")
        await reader.type(" too")
        await reader.press("ctrl+s")
        assert "changed elsewhere" in reader.screen, "it is asked again"
        write_elsewhere(folder, "theirs again")
        await reader.press("1")
        assert "theirs again" in reader.screen, "and again, for it is another"
        await reader.press("1")
        assert paper(folder).note == "mine too"


async def test_the_same_note_from_two_sides_is_no_conflict(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("same")
        write_elsewhere(folder, "same")
        await reader.press("ctrl+s")
        assert editor(reader) is None
        assert paper(folder).note == "same"


async def test_a_note_too_long_to_be_kept_stays_in_its_field(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.paste("long line\n" * 100_001)
        await reader.press("ctrl+s")
        assert "A note holds at most 1,000,000 characters." in reader.screen
        open_editor = editor(reader)
        assert open_editor
        assert len(open_editor.query_one(Area).text) > 1_000_000
        assert paper(folder).note == ""


async def test_a_note_on_a_paper_that_is_gone_stays_in_its_field(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("n")
        await reader.type("late")
        with library(folder) as other:
            other.papers.delete(FIRST)
        await reader.press("ctrl+s")
        assert "There is no paper 1" in reader.screen
        assert editor(reader)


async def test_a_huge_note_is_for_an_editor(folder: Path) -> None:
    write_elsewhere(folder, "**word** " * 100_000)
    async with reading(folder) as reader:
        await reader.press("enter", "G")
        assert "more characters: E opens all" in reader.screen
        await reader.press("n")
        assert editor(reader) is None
        assert "E opens it" in reader.screen


async def test_without_a_terminal_to_lend_nothing_is_lost(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("E")
        assert "This terminal cannot be lent to an editor." in reader.screen
        await reader.press("n")
        await reader.type("kept")
        await reader.press("ctrl+e")
        assert reader.screen.count("This terminal cannot be lent to an editor.") == 2
        await reader.press("ctrl+s")
        assert paper(folder).note == "kept"


def test_where_two_notes_begin_to_differ() -> None:
    mine = "\n".join("abcdefgh")
    assert difference(mine, mine.replace("e", "x")) == "…\nd\ne\nf\ng\n…"
    assert difference("one", "two") == "one"
    assert difference("a\nb", "a") == "a\nb"
    assert difference("", "a") == ""
    assert joined("a", "b") == "a\n\n---\n\nb"
