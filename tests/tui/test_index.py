"""The index behind the reader: large results, and an index that is damaged or being built."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.events import Paste

from index import locations
from tests.tui.conftest import fill
from tests.tui.reading import library, reading
from tests.tui.test_long_work import held_up


@pytest.fixture(scope="module")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of some thousand papers, of which all hold one word."""
    papers: list[dict[str, object]] = [
        {"title": f"Lamp number {number}", "abstract": "lamp " * (number % 7)}
        for number in range(3000)
    ]
    return fill(tmp_path_factory.mktemp("thousands") / "library", papers)


async def test_every_row_of_a_large_result_can_be_reached(thousands: Path) -> None:
    with library(thousands) as other:
        ids = list(other.search("lamp", as_typed=True).ids)
    async with reading(thousands) as reader:
        await reader.press("slash")
        await reader.paste("lamp")
        await reader.press("enter")
        results = reader.desk.results.list
        assert results.count == 3000
        await reader.press("G")
        assert reader.desk.row
        assert reader.desk.row.id == ids[-1]
        assert reader.desk.paper.detail
        assert reader.desk.paper.detail.id == ids[-1]
        results.cursor = 1500
        await reader.settle()
        assert [row.id for row in results.rows_in_view] == ids[results.top : results.top + 43]
        assert reader.desk.row.id == ids[1500]
        await reader.press("g", "g")
        assert reader.desk.row.id == ids[0]


async def test_a_letter_puts_only_the_best_in_order(thousands: Path) -> None:
    async with reading(thousands) as reader:
        await reader.press("slash")
        await reader.paste("lamp")
        ids = reader.desk.results.list.ids
        await reader.press("enter", "j", "ctrl+d")
        assert getattr(ids, "_all", None) is None, "nothing has asked for what is further down"
        await reader.press("G")
        assert getattr(ids, "_all", None) is not None


def damage(folder: Path) -> None:
    """Spoil every file of the index."""
    files = [file for file in locations.index_folder(folder).rglob("*") if file.is_file()]
    assert files
    for file in files:
        file.write_bytes(b"\x00" * file.stat().st_size)


async def test_a_damaged_index_comes_back_by_itself(folder: Path) -> None:
    damage(folder)
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        assert reader.title == "A Survey of Slow Lamps"


async def test_until_a_large_index_is_built_anew_its_sentence_stands_in_the_results(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.engine.SOON", 0)  # as if the library were large
    async with reading(folder) as reader:
        async with held_up(reader):
            damage(folder)
            await reader.pilot.press("slash")
            reader.app.post_message(Paste("lamps"))
            sentence = "The search index was damaged and has to be built anew."
            await reader.until(lambda: sentence in reader.screen)
            assert reader.desk.row is None
            await reader.pilot.press("escape", "shift+tab")
            await reader.until(lambda: reader.pane == "sidebar")
        await reader.settle()
        assert reader.title == "A Survey of Slow Lamps"
        assert sentence not in reader.screen


async def test_an_index_that_is_gone_is_built_when_the_reader_opens(folder: Path) -> None:
    shutil.rmtree(locations.index_folder(folder))
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("kitchens")
        assert reader.title == "Diffusion over Small Kitchens"
