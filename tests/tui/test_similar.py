"""Papers like one: there and back again."""

from __future__ import annotations

from pathlib import Path

from tests.tui.conftest import fill
from tests.tui.reading import reading

LAMPS: list[dict[str, object]] = [
    {"title": f"Lamps of {where}", "abstract": f"Lamps burn oil {where} {what}."}
    for where, what in [("Crete", "slowly"), ("Troy", "slowly"), ("Rome", "quickly")]
]
LAMPS.append({"title": "Soups", "abstract": "Broth and salt."})


async def test_papers_like_one_and_back(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", LAMPS)
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        await reader.press("enter", "j")
        begun, title = reader.desk.place, reader.title
        await reader.press("equals_sign")
        titles = [row.title for row in reader.desk.results.list.rows_in_view]
        assert titles
        assert all(one.startswith("Lamps of") and one != title for one in titles)
        assert f"Search · like {title}" in reader.screen
        assert reader.desk.results.field.text == f"similar:{begun.paper_id}"
        await reader.press("equals_sign", "escape")
        assert reader.desk.results.field.text == f"similar:{begun.paper_id}"
        await reader.press("escape")
        assert reader.desk.results.field.text == "lamps"
        assert reader.desk.place == begun
        assert "like Lamps" not in reader.screen
        await reader.press("escape")
        assert reader.desk.results.field.text == ""


async def test_from_a_shelf_the_whole_library_is_searched(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", LAMPS)
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("troy")
        await reader.press("enter", "s", "escape", "shift+tab", "G", "k", "escape")
        assert reader.desk.shelf.name == "Starred"
        await reader.press("equals_sign")
        assert reader.desk.shelf.name == "All"
        assert reader.desk.results.list.count >= 1
        await reader.press("escape")
        assert reader.desk.shelf.name == "Starred"
        assert reader.title == "Lamps of Troy"
        sidebar = reader.desk.sidebar.shelves.shelf
        assert sidebar
        assert sidebar.name == "Starred"


async def test_typing_forgets_the_way_back(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", LAMPS)
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        await reader.press("enter", "equals_sign", "slash", "ctrl+u")
        await reader.type("soups")
        await reader.press("enter", "escape")
        assert reader.desk.results.field.text == ""
        assert reader.desk.results.list.count == 4


async def test_a_hostile_title_above_the_results(tmp_path: Path) -> None:
    title = "[/foo] [@click=app.quit]Lamps"
    folder = fill(tmp_path / "library", [{"title": title}, *LAMPS])
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("foo ")
        await reader.press("enter", "equals_sign")
        assert f"Search · like {title}" in reader.screen


async def test_the_likest_come_first_whatever_the_order_was(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", LAMPS)
    async with reading(folder) as reader:
        await reader.press("S", "4", "equals_sign")
        assert reader.desk.sort == "relevance"
        assert "by title" not in reader.screen
        await reader.press("escape")
        assert "4 papers · by title" in reader.screen
