"""The order of the results."""

from __future__ import annotations

from pathlib import Path

from index.locations import state_file
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, Reading, reading
from tui.state import load

PAPERS: list[dict[str, object]] = [
    {"title": "Lamp B", "year": 2001, "upvotes": 5},
    {"title": "Lamp C", "year": 2003, "upvotes": 9},
    {"title": "Lamp A lamp", "year": 2002, "upvotes": 7},
]


def titles(reader: Reading) -> str:
    return "".join(row.title[5] for row in reader.desk.results.list.rows_in_view)


async def test_the_menu_orders_the_results_and_the_foot_says_so(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", PAPERS)
    async with reading(folder, NARROW) as reader:
        await reader.press("slash")
        await reader.type("lamp")
        await reader.press("enter")
        for key, order, said in [
            ("2", "CAB", "by date"),
            ("4", "ABC", "by title"),
            ("5", "CAB", "by upvotes"),
            ("3", "BCA", "by date added"),
        ]:
            await reader.press("S", key)
            assert titles(reader) == order
            assert f"3 of 3 · {said} · " in reader.screen
        await reader.press("S", "1")
        assert titles(reader)[0] == "A"
        assert " by " not in reader.screen.split("\n")[-2]


async def test_the_order_holds_for_other_searches_and_comes_back(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", PAPERS)
    async with reading(folder) as reader:
        await reader.press("S", "j", "j", "j", "enter")
        assert titles(reader) == "ABC"
        assert "3 papers · by title" in reader.screen
        await reader.press("slash")
        await reader.type("lamp")
        assert titles(reader) == "ABC"
    assert load(state_file(folder)).sort == "title"
    async with reading(folder) as reader:
        assert titles(reader) == "ABC"


async def test_an_export_is_in_the_order_that_is_shown(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", PAPERS)
    async with reading(folder) as reader:
        await reader.press("S", "2", "x", "tab", "ctrl+u")
        await reader.paste(str(tmp_path / "by-date.md"))
        await reader.press("enter")
        text = (tmp_path / "by-date.md").read_text()
        assert text.index("Lamp C") < text.index("Lamp A") < text.index("Lamp B")
