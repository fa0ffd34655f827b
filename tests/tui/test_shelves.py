"""What can be done with a list, a saved search or a tag: the menu of the sidebar and its keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.keeping.tags import COLOURS
from tests.tui.conftest import fill
from tests.tui.reading import Reading, library, reading


@pytest.fixture
def shelved(folder: Path) -> Path:
    """The library with two lists, a tree of tags, and a saved search."""
    with library(folder) as other:
        ids = list(other.search("").ids)
        other.lists.add("reading group", ids[2:])
        other.lists.add("thesis", ids[:3])
        other.saved.save("lamps", "lamps")
        other.tags.add(ids[:2], "ml/gnn")
        other.tags.add(ids[:1], "ml")
        other.tags.add(ids[3], "nlp")
    return folder


LINES = ["reading group", "thesis", "lamps", "ml", "ml/gnn", "nlp"]


async def _to(reader: Reading, name: str) -> None:
    """Put the sidebar's cursor on a shelf."""
    await reader.press("shift+tab", *["j"] * (5 + LINES.index(name)))
    assert reader.desk.shelf.name == name


def frame(reader: Reading) -> str:
    """What the dialog says."""
    return reader.within(reader.app.screen.query_one("#frame"))


@pytest.mark.parametrize(
    ("name", "deeds"),
    [
        (
            "thesis",
            ["Rename", "Duplicate", "Sort", "Archive", "Edit as Markdown", "Delete"],
        ),
        ("lamps", ["Rename", "Delete"]),
        ("ml", ["Rename", "Merge into", "Colour", "Delete"]),
    ],
)
async def test_each_shelf_has_its_menu(shelved: Path, name: str, deeds: list[str]) -> None:
    async with reading(shelved) as reader:
        await _to(reader, name)
        await reader.press("m")
        shown = [line.strip("│ ") for line in frame(reader).split("\n")]
        numbered = [f"{number} {deed}" for number, deed in enumerate(deeds, 1)]
        assert [line.removesuffix(" …") for line in shown if line[:1].isdigit()] == numbered


async def test_a_view_has_none(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await reader.press("shift+tab")
        for key in ("m", "R", "D"):
            await reader.press(key)
            assert len(reader.app.screen_stack) == 1


# -- lists


async def test_a_list_is_renamed_and_stays_the_one_looked_at(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("m", "1", "ctrl+u")
        await reader.type("  my   thesis ")
        await reader.press("enter")
        assert reader.desk.shelf.name == "my thesis"
        assert "Search · my thesis" in reader.screen
        assert reader.desk.results.list.count == 3
        shelf = reader.desk.sidebar.shelves.shelf
        assert shelf
        assert shelf.name == "my thesis"


async def test_a_name_that_is_taken_is_refused_where_it_is_typed(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("R", "ctrl+u")
        await reader.type("Reading Group")
        await reader.press("enter")
        assert "There is a reading list “Reading Group” already." in frame(reader)
        await reader.press("ctrl+u", "enter")
        assert "A reading list needs a name." in frame(reader)
        await reader.type("Thesis")
        await reader.press("enter")
        assert reader.desk.shelf.name == "Thesis", "its own name in other letters is free"


@pytest.mark.parametrize("name", ["[/foo]", "a / b", "🦉 owls", "x" * 10_000, 'quo"te'])
async def test_hostile_names(shelved: Path, name: str) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("R", "ctrl+u")
        await reader.paste(name)
        await reader.press("enter")
        refused = len(name) > 100 or '"' in name
        assert (len(reader.app.screen_stack) == 2) == refused
        assert reader.desk.shelf.name == ("thesis" if refused else name)


async def test_a_list_is_copied(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("m", "2")
        await reader.type("copy")
        await reader.press("enter")
        assert "copy" in reader.within(reader.desk.sidebar)
        with library(shelved) as other:
            assert other.lists.shelf("copy").count == 3


async def test_a_list_is_sorted_from_its_menu(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("m", "3", "5")
        rows = [row.title for row in reader.desk.results.list.rows_in_view]
        assert len(rows) == 3
        assert rows == sorted(rows)
        await reader.press("m", "3")
        assert "by title ✓" in frame(reader)


async def test_a_list_is_archived_and_taken_out_again(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("m", "4")
        assert "▸ Archived lists" in reader.screen
        assert reader.desk.shelf.name == "thesis", "its papers stay before one's eyes"
        assert reader.desk.results.list.count == 3
        await reader.press("l", "m")
        assert "4 Take out of the archive" in frame(reader)
        await reader.press("4")
        assert "Archived" not in reader.within(reader.desk.sidebar)
        with library(shelved) as other:
            assert not other.lists.shelf("thesis").archived


async def test_a_list_is_deleted_once_that_is_confirmed(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "thesis")
        await reader.press("D")
        assert "Delete the reading list “thesis”?" in frame(reader)
        assert "What is on it stays in the library: 3 papers." in frame(reader)
        await reader.press("n", "D", "y")
        assert "thesis" not in reader.within(reader.desk.sidebar)
        assert reader.desk.shelf.name == "All"
        assert reader.desk.results.list.count == 4
        await reader.press("u")
        assert "0/3" in reader.within(reader.desk.sidebar)


# -- tags


async def test_a_tag_is_renamed_with_all_below_it_and_stays_the_one_looked_at(
    shelved: Path,
) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "ml")
        await reader.press("R")
        assert "#ml and all below it" in frame(reader)
        await reader.press("ctrl+u")
        await reader.type("#learning/machine")
        await reader.press("enter")
        assert reader.desk.shelf.name == "learning/machine"
        assert reader.desk.results.list.count == 2
        with library(shelved) as other:
            assert other.tags.names() == ["learning/machine", "learning/machine/gnn", "nlp"]


async def test_a_tag_is_merged_into_one_that_is_chosen(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "nlp")
        await reader.press("m", "2")
        await reader.type("gnn")
        await reader.press("enter")
        assert reader.desk.shelf.name == "ml/gnn"
        with library(shelved) as other:
            assert other.tags.shelf("ml/gnn").count == 3
            assert "nlp" not in other.tags.names()


async def test_a_tag_is_not_merged_into_itself_or_below_itself(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "ml")
        await reader.press("m", "2")
        assert "nlp" in frame(reader)
        assert "gnn" not in frame(reader)


async def test_a_tag_gets_its_colour_from_the_theme_and_loses_it_again(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "nlp")
        await reader.press("m", "3")
        for colour in COLOURS:
            assert f"■ {colour}" in frame(reader)
        await reader.press("7")
        assert reader.desk.tag_colours == {"nlp": "purple"}
        assert "■ nlp" in reader.within(reader.desk.sidebar)
        await reader.press("m", "3", "9")
        assert reader.desk.tag_colours == {}


async def test_what_is_chosen_shows_on_the_cursor_of_sixteen_colours(shelved: Path) -> None:
    async with reading(shelved) as reader:
        reader.app.theme = "carrel-terminal"
        await _to(reader, "nlp")
        await reader.press("m", "3", *["down"] * 5)
        lines = reader.screen.split("\n")
        y = next(y for y, line in enumerate(lines) if "6 ■ blue" in line)
        style = reader.app.screen.get_style_at(lines[y].index("■ blue"), y)
        assert style.color
        assert style.bgcolor
        assert style.bgcolor.name == "color(4)", "the cursor is blue"
        assert style.color.name == "color(15)"


async def test_a_tag_is_deleted_once_it_is_known_how_many_papers_bear_it(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "ml")
        await reader.press("m", "4")
        assert "Delete #ml?" in frame(reader)
        assert "2 papers bear it or a tag below it. They stay." in frame(reader)
        await reader.press("y")
        with library(shelved) as other:
            assert other.tags.names() == ["nlp"]
        assert reader.desk.shelf.name == "All"


async def test_a_tag_of_many_papers_is_renamed_once_that_is_confirmed(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": f"Paper {n}"} for n in range(30)])
    with library(folder) as other:
        other.tags.add(list(other.search("").ids), "gnn")
    async with reading(folder) as reader:
        await reader.press("shift+tab", "G", "R", "ctrl+u")
        await reader.type("graphs")
        await reader.press("enter")
        assert "Rename #gnn to #graphs?" in frame(reader)
        assert "That changes 30 papers." in frame(reader)
        with library(folder) as other:
            assert other.tags.names() == ["gnn"]
        await reader.press("y")
        assert reader.desk.shelf.name == "graphs"
        assert reader.desk.results.list.count == 30


# -- saved searches


async def test_a_saved_search_is_renamed_and_deleted(shelved: Path) -> None:
    async with reading(shelved) as reader:
        await _to(reader, "lamps")
        await reader.press("R", "ctrl+u")
        await reader.type("light")
        await reader.press("enter")
        assert reader.desk.shelf.name == "light"
        assert reader.desk.results.list.count == 1
        await reader.press("m", "2")
        assert "Delete the saved search “light”?" in frame(reader)
        assert "It searches for: lamps" in frame(reader)
        await reader.press("y")
        assert reader.desk.shelf.name == "All"
        with library(shelved) as other:
            assert other.saved.names() == []
