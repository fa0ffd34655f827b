"""A reading list's papers: put in order, gone through, noted, and edited as Markdown."""

from __future__ import annotations

import sys
import tempfile
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from textual.drivers.headless_driver import HeadlessDriver

from index.locations import database_file
from tests.tui.conftest import PAPERS, fill
from tests.tui.reading import Reading, library, reading

TITLES = [str(paper["title"]).split()[0] for paper in PAPERS]
"""Pooling, Trees, A, Diffusion: the papers by their first words, in the order of the list."""


@pytest.fixture
def listed(folder: Path) -> Path:
    """The library with all its papers on a list."""
    with library(folder) as other:
        other.lists.add("thesis", list(other.search("").ids))
    return folder


async def _open_list(reader: Reading) -> None:
    await reader.press("shift+tab", *["j"] * 5, "escape")
    assert reader.desk.shelf.name == "thesis"


def on_screen(reader: Reading) -> list[str]:
    """The first words of the rows."""
    rows = (row.title.split()[0] for row in reader.desk.results.list.rows_in_view)
    return list(rows)


def on_disk(folder: Path) -> list[str]:
    """The first words of the list's papers."""
    with library(folder) as other:
        ids = other.search("", shelf='list:"thesis"').ids
        return [row.title.split()[0] for row in other.rows(ids)]


async def test_an_item_moves_and_the_cursor_with_it(listed: Path) -> None:
    pooling, trees, lamps, kitchens = TITLES
    async with reading(listed) as reader:
        await _open_list(reader)
        with closing(apsw.Connection(str(database_file(listed)))) as elsewhere:
            elsewhere.execute("BEGIN IMMEDIATE")  # so that nobody else can write
            await reader.pilot.press("J")
            await reader.until(lambda: on_screen(reader) == [trees, pooling, lamps, kitchens])
        await reader.settle()
        assert on_disk(listed) == [trees, pooling, lamps, kitchens]
        assert reader.title.startswith(pooling)
        await reader.burst("J", "J", "J", "K")
        assert on_disk(listed) == on_screen(reader) == [trees, lamps, pooling, kitchens]
        assert reader.title.startswith(pooling)
        await reader.press("u")
        assert on_disk(listed) == on_screen(reader) == [trees, lamps, kitchens, pooling]


async def test_an_order_chosen_elsewhere_is_not_a_lists(listed: Path) -> None:
    async with reading(listed) as reader:
        await reader.press("S", "4")
        assert reader.desk.sort == "title"
        await _open_list(reader)
        assert on_screen(reader) == TITLES
        await reader.press("J")
        assert on_disk(listed)[:2] == [TITLES[1], TITLES[0]]
        await reader.press("shift+tab", "g", "g")
        assert reader.desk.sort == "title", "which comes back there"


async def test_marked_items_move_together(listed: Path) -> None:
    pooling, trees, lamps, kitchens = TITLES
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("space", "j", "space", "J")
        assert on_screen(reader) == [trees, pooling, lamps, kitchens]
        await reader.press("J", "J")
        assert on_disk(listed) == on_screen(reader) == [trees, kitchens, pooling, lamps]


async def test_a_range_moves_as_the_papers_that_it_held(listed: Path) -> None:
    pooling, trees, lamps, kitchens = TITLES
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("V", "j", "J")
        assert on_screen(reader) == [lamps, pooling, trees, kitchens]
        await reader.press("J")
        assert on_disk(listed) == on_screen(reader) == [lamps, kitchens, pooling, trees]


async def test_a_list_that_is_searched_or_sorted_is_not_put_in_order(listed: Path) -> None:
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("slash")
        await reader.type("a")
        await reader.press("enter", "J")
        assert "esc clears the search first" in reader.screen
        await reader.press("escape", "S")
        await reader.press(*["down"] * 8, "enter")
        assert reader.desk.sort == "title"
        await reader.press("J")
        assert "S shows the list in its own order" in reader.screen
        assert on_disk(listed) == TITLES


async def test_a_list_is_kept_in_an_order_and_is_by_hand_once_it_is_moved(listed: Path) -> None:
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("S")
        assert "Keep the list by hand ✓" in reader.screen
        await reader.press("5")
        assert on_screen(reader) == sorted(TITLES)
        assert on_disk(listed) == sorted(TITLES)
        await reader.press("g", "g", "J")
        assert "“thesis” is in an order by hand now." in reader.screen
        with library(listed) as other:
            assert other.lists.shelf("thesis").order == "hand"
        first, second, *others = sorted(TITLES)
        assert on_disk(listed) == [second, first, *others]


async def test_elsewhere_than_on_a_list_nothing_is_moved(listed: Path) -> None:
    async with reading(listed) as reader:
        for key in ("J", "K", "c", "N", "e"):
            await reader.press(key)
            assert len(reader.app.screen_stack) == 1
        assert on_disk(listed) == TITLES


async def test_how_far_one_is_with_items(listed: Path) -> None:
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("c", "2")
        assert "◐ Pooling" in reader.screen
        assert "thesis 0/4" in " ".join(reader.screen.split())
        await reader.press("j", "space", "space", "c", "3")
        assert reader.screen.count("✓ ") >= 2
        assert "2/4" in reader.within(reader.desk.sidebar)
        with library(listed) as other:
            ids = other.search("list:thesis status:done").ids
            assert len(ids) == 2
            assert len(other.search("list:thesis status:reading").ids) == 1


async def test_why_a_paper_is_on_the_list(listed: Path) -> None:
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("N")
        await reader.type("for chapter 2")
        await reader.press("enter")
        assert "for chapter 2" in reader.within(reader.desk.paper)
        await reader.press("N", "ctrl+u", "enter")
        with library(listed) as other:
            (first, *_) = other.details(other.search("", shelf='list:"thesis"').ids)
            assert first.items[0].note == ""


async def test_a_note_of_several_lines_is_left_to_the_editor(listed: Path) -> None:
    with library(listed) as other:
        first = next(iter(other.search("", shelf='list:"thesis"').ids))
        other.lists.note("thesis", first, "one\ntwo")
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("N")
        assert "has several lines: e edits it" in reader.screen
        assert len(reader.app.screen_stack) == 1


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script that is the editor, in a terminal that can be lent to it."""
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setattr(HeadlessDriver, "can_suspend", True)
    program = tmp_path / "my editor"
    monkeypatch.setenv("VISUAL", f"'{program}' -w")
    return program


def _write(program: Path, script: str) -> None:
    program.write_text(f'#!/bin/sh\nset -e\ntest "$1" = -w\n{script}\n', encoding="utf-8")
    program.chmod(0o755)


async def test_a_list_edited_as_markdown_is_one_action(listed: Path, editor: Path) -> None:
    pooling, _, lamps, kitchens = TITLES
    # The last paper comes first, the first one is ticked, the second one is taken out.
    _write(
        editor,
        """papers=$(grep '^- ' "$2"); sed -i '/^- /d' "$2"
        echo "$papers" | grep Kitchens >> "$2"
        echo "$papers" | grep Pooling | sed 's/[[] []]/[x]/' >> "$2"
        echo "$papers" | grep Lamps >> "$2"
        """,
    )
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("e")
        assert "Edited the list “thesis”" in reader.screen
        assert on_screen(reader) == on_disk(listed) == [kitchens, pooling, lamps]
        assert "✓ Pooling" in reader.screen
        await reader.press("u")
        assert on_disk(listed) == TITLES


async def test_a_list_that_is_left_alone_is_as_it_was(listed: Path, editor: Path) -> None:
    _write(editor, "true")
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("e")
        assert "The list is as it was." in reader.screen
        await reader.press("u")
        assert on_disk(listed) == [], "the last that was done is what filled the list"


async def test_a_line_that_is_no_paper_is_shown_and_can_be_edited_again(
    listed: Path, editor: Path
) -> None:
    _write(editor, 'echo "- [ ] Nothing that is known {#nobody1900nothing}" >> "$2"')
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("e")
        assert "“thesis” is not changed" in reader.screen
        assert "nobody1900nothing" in reader.screen
        assert on_disk(listed) == TITLES
        _write(editor, "sed -i -e '/nobody/d' -e '/Trees/d' \"$2\"")
        await reader.press("e")
        assert len(on_disk(listed)) == 3


async def test_what_cannot_be_applied_is_kept_where_it_is_left(listed: Path, editor: Path) -> None:
    _write(editor, 'echo "- [ ] Nothing that is known {#nobody1900nothing}" >> "$2"')
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("e", "escape")
        assert "What you wrote is kept in" in reader.screen
        (kept,) = (editor.parent / "temporary").rglob("*.md")
        assert "nobody1900nothing" in kept.read_text("utf-8")
        assert kept.name == "thesis.md"
        assert on_disk(listed) == TITLES


async def test_a_list_that_changed_meanwhile_is_not_written_over(
    listed: Path, editor: Path
) -> None:
    carrel = f"{sys.executable} -m tui --library {listed}"
    _write(editor, f"{carrel} list remove thesis 2; sed -i '/Lamps/d' \"$2\"")
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("e")
        assert "“thesis” is not changed" in reader.screen
        assert len(on_disk(listed)) == 3


async def test_where_the_terminal_cannot_be_lent_that_is_told(
    listed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "true")
    async with reading(listed) as reader:
        await _open_list(reader)
        await reader.press("e")
        assert "This terminal cannot be lent to an editor." in reader.screen


async def test_a_long_list_is_put_in_order_far_down(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": f"Paper {n:03}"} for n in range(150)])
    with library(folder) as other:
        other.lists.add("thesis", list(other.search("").ids))
    async with reading(folder) as reader:
        await _open_list(reader)
        await reader.press("G", "K", "K")
        assert reader.title == "Paper 149"
        assert reader.desk.results.list.cursor == 147
        with library(folder) as other:
            ids = other.search("", shelf='list:"thesis"').ids
            assert [row.title for row in other.rows(ids[-3:])] == [
                "Paper 149",
                "Paper 147",
                "Paper 148",
            ]
