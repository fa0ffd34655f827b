"""The sidebar: shelves under headings that fold, a tree of tags, and colours."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color

from index.locations import state_file
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, WIDE, Reading, library, reading
from tui.state import load


@pytest.fixture
def shelved(folder: Path) -> Path:
    """The library with some of every kind of shelf."""
    with library(folder) as other:
        ids = list(other.search("").ids)
        other.tags.add(ids[:2], "ml/gnn")
        other.tags.add(ids[1:3], "ml/vision")
        other.tags.add(ids[3], "cooking")
        other.lists.add("thesis", ids[:3])
        other.lists.status("thesis", ids[0], "done")
        other.lists.add("old course", ids[:1])
        other.lists.archive("old course")
        other.saved.save("lamps", "lamps", "title")
    return folder


def sidebar(reader: Reading) -> list[str]:
    """The lines of the sidebar, without its frame and the rules of its headings."""
    lines = reader.within(reader.desk.sidebar.shelves).split("\n")
    return [line.strip("▌ ─").replace("─", "").strip() for line in lines if line.strip()]


async def _to(reader: Reading, name: str) -> None:
    """Put the sidebar's cursor on a shelf."""
    await reader.press("shift+tab", "g", "g")
    for _ in range(20):
        if reader.desk.shelf.name == name:
            return
        await reader.press("j")
    raise AssertionError(f"no shelf {name}")


async def test_every_kind_of_shelf_has_its_heading_and_its_counts(shelved: Path) -> None:
    async with reading(shelved) as reader:
        lines = [" ".join(line.split()) for line in sidebar(reader)]
        assert lines == [
            "All 4",
            "Inbox 0",
            "Unread 4",
            "Starred 0",
            "Opened 0",
            "Lists",
            "thesis 1/3",
            "Saved",
            "lamps 1",
            "Tags",
            "cooking 1",
            "ml 3",
            "gnn 2",
            "vision 2",
            "▸ Archived lists 1",
        ]


async def test_a_tag_stands_indented_below_the_one_it_lies_below(shelved: Path) -> None:
    async with reading(shelved) as reader:
        screen = reader.within(reader.desk.sidebar.shelves).split("\n")
        (ml,) = (line for line in screen if " ml " in line)
        (gnn,) = (line for line in screen if " gnn " in line)
        assert gnn.index("gnn") == ml.index("ml") + 2
        await _to(reader, "ml/gnn")
        assert reader.desk.results.list.count == 2
        assert "Search · ml/gnn" in reader.screen


@pytest.mark.parametrize(
    ("fold", "unfold"), [("h", "l"), ("left", "right"), ("h", "enter"), ("h", "space")]
)
async def test_a_section_folds_into_its_heading_and_out_again(
    shelved: Path, fold: str, unfold: str
) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "ml/gnn")
        await reader.press(fold)
        assert "▸ Tags" in " ".join(sidebar(reader))
        assert "gnn" not in " ".join(sidebar(reader))
        assert reader.desk.shelf.name == "ml/gnn", "what is looked at stays"
        assert reader.desk.results.list.count == 2
        await reader.press(unfold)
        assert "vision" in " ".join(sidebar(reader))
        assert reader.desk.shelf.name == "cooking", "the cursor is on the first of the section"


async def test_archived_lists_are_there_once_their_heading_is_opened(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await reader.press("shift+tab", "G")
        assert reader.desk.shelf.name == "All", "a heading is no shelf"
        await reader.press("enter")
        assert reader.desk.shelf.name == "old course"
        assert reader.pane == "sidebar"
        await reader.press("enter")
        assert reader.pane == "results"
        assert "Search · old course" in reader.screen


async def test_a_click_on_a_heading_folds_it(shelved: Path) -> None:
    async with reading(shelved) as reader:
        shelves = reader.desk.sidebar.shelves
        at = next(n for n, line in enumerate(sidebar(reader)) if line.startswith("Tags"))
        await reader.pilot.click(shelves, offset=(3, at))
        await reader.settle()
        assert "▸ Tags" in sidebar(reader)[at]
        await reader.pilot.click(shelves, offset=(3, at))
        await reader.settle()
        assert sidebar(reader)[at].startswith("Tags")


async def test_what_is_folded_stays_so_for_the_next_time_and_from_the_first_frame(
    shelved: Path,
) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("h")
        await reader.press("G", "enter", "escape")
        left = sidebar(reader)
    view = load(state_file(shelved))
    assert view.folded == ("lists",)
    assert view.shelf.name == "old course"
    async with reading(shelved) as reader:
        assert sidebar(reader) == left
        assert reader.desk.shelf.name == "old course"


async def test_the_cursor_stays_on_a_heading_when_the_library_changes(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "cooking")
        await reader.press("G")
        with library(shelved) as other:
            other.lists.new("new list")
        await reader.until(lambda: "new list" in reader.screen)
        assert reader.desk.shelf.name == "cooking"
        await reader.press("l")
        assert reader.desk.shelf.name == "old course"


async def test_the_cursor_moves_on_though_the_library_changes_at_that_moment(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "cooking")
        shelves = reader.desk.sidebar.shelves
        shelves.show(reader.desk.overview, reader.desk.shelf)
        await reader.press("G")
        shelves.unfold()
        shelves.show(reader.desk.overview, reader.desk.shelf)  # the desk has not heard of it yet
        await reader.settle()
        assert reader.desk.shelf.name == "old course"


async def test_the_palette_brings_a_shelf_out_of_its_fold(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await reader.press("ctrl+p")
        await reader.type("old course")
        await reader.until(lambda: "Archived list: old course" in reader.screen)
        await reader.press("enter")
        await reader.until(lambda: reader.desk.shelf.name == "old course")
        await reader.settle()
        assert "old course" in " ".join(sidebar(reader))


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_thousand_tags_are_gone_through_like_ten(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    folder = fill(tmp_path / "library", [{"title": f"Paper {n}"} for n in range(10)])
    with library(folder) as other:
        ids = list(other.search("").ids)
        other.tags.change(ids, {f"topic/{number:04}": True for number in range(1000)})
    async with reading(folder, size) as reader:
        await reader.press("shift+tab", "G")
        assert reader.desk.shelf.name == "topic/0999"
        assert "0999" in reader.screen
        await reader.press("ctrl+u", "escape")
        here, top = reader.desk.shelf.name, reader.desk.sidebar.shelves.top
        assert top > 900
    async with reading(folder, size) as reader:
        assert reader.desk.shelf.name == here
        assert reader.desk.sidebar.shelves.top == top


def _colour_at(reader: Reading, x: int, y: int) -> str:
    style = reader.app.screen.get_style_at(x, y)
    assert style.color
    assert style.color.triplet
    return Color(*style.color.triplet).hex.lower()


def _places(reader: Reading, text: str) -> list[tuple[int, int]]:
    """Where a text stands on the screen."""
    return [
        (line.index(text), y) for y, line in enumerate(reader.screen.split("\n")) if text in line
    ]


async def test_a_tag_has_its_colour_and_that_of_the_one_above_wherever_it_stands(
    shelved: Path,
) -> None:
    with library(shelved) as other:
        other.tags.colour("ml", "purple")
        other.tags.colour("ml/vision", "orange")
    async with reading(shelved) as reader:
        variables = reader.app.theme_variables
        for text, name in (("■ gnn", "purple"), ("■ vision", "orange"), ("#ml/gnn", "purple")):
            for place in _places(reader, text):
                assert _colour_at(reader, *place) == variables[f"tag-{name}"]
        assert _places(reader, "#ml/gnn")
        results = reader.desk.results.list
        column = reader.within(results).split("\n")[1].index("ml/gnn")
        assert (
            _colour_at(reader, results.region.x + column, results.region.y + 1)
            == variables["tag-purple"]
        )
        await reader.press("t")
        (place, *_) = _places(reader, "✓ ml/gnn")
        assert _colour_at(reader, place[0] + 2, place[1]) == variables["tag-purple"]


async def test_a_colour_that_no_theme_knows_is_none(shelved: Path) -> None:
    with library(shelved) as other:
        other.tags.colour("ml", "purple")
        with other._store.writing() as db:
            db.execute("UPDATE tags SET colour = 'red; } Screen { display: none'")
    async with reading(shelved) as reader:
        await reader.press("t")
        assert "✓ ml/gnn" in reader.screen
