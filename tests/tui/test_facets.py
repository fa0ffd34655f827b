"""Facets: what the papers that are found have in common, and narrowing by it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from index.views import Facet
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, PATIENCE, WIDE, library, reading
from tui.screens.facets import FACETS, FacetsDialog, Narrowing


@pytest.mark.parametrize(
    ("facet", "value", "without", "clause"),
    [
        ("year", "2024", False, "year:2024"),
        ("year", "2024", True, "-year:2024"),
        ("venue", "ICLR 2024", False, 'venue:"ICLR 2024"'),
        ("author", "Mina Song", True, '-author:"Mina Song"'),
        ("tag", "a/b", False, 'tag:"a/b"'),
        ("list", "to read", False, 'list:"to read"'),
        ("status", "unread", False, "is:unread"),
        ("venue", 'The "Best" “Venue”', False, 'venue:"The  Best   Venue "'),
    ],
)
def test_a_value_as_a_query_has_it(facet: Facet, value: str, without: bool, clause: str) -> None:
    narrowing = Narrowing(facet, value, without)
    assert narrowing.of("", any_word=False) == clause
    assert narrowing.of(" ", any_word=True) == clause
    assert narrowing.of("graph poo", any_word=False) == f"{clause} graph poo"
    assert narrowing.of("graph poo", any_word=True) == f"{clause} AND (graph poo)"


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_facets_of_what_is_found(folder: Path, size: tuple[int, int]) -> None:
    async with reading(folder, size) as reader:
        await reader.press("t")
        await reader.type("gnn")
        await reader.press("enter", "f")
        dialog = reader.app.screen
        assert isinstance(dialog, FacetsDialog)
        for facet, line in [
            ("year", "2024"),
            ("venue", "ICLR"),
            ("source", "jsonl"),
            ("author", "Ada Li"),
            ("tag", "gnn"),
            ("list", "No list among these papers."),
            ("status", "unread"),
        ]:
            assert dialog.facet == facet
            assert line in reader.screen
            await reader.press("tab")
        assert dialog.facet == FACETS[0]
        await reader.press("left")
        assert dialog.facet == FACETS[-1]
        await reader.press("escape")
        assert reader.desk.sought == ""


async def test_enter_narrows_and_minus_leaves_out(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("by")
        await reader.press("enter", "f", "j", "enter")
        assert reader.desk.results.field.text == "year:2021 by"
        assert [row.year for row in reader.desk.results.list.rows_in_view] == ["2021"]
        await reader.press("escape", "f", "minus")
        assert reader.desk.results.field.text == "-year:2024"
        assert reader.desk.results.list.count == 3
        await reader.press("f", "l", "l", "l", "enter")
        assert reader.desk.results.field.text == 'author:"Jo Moss" -year:2024'
        assert reader.title == "Trees that Remember the Rain"


async def test_only_what_is_found_is_counted(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("rain")
        await reader.press("enter", "f")
        assert "2021" in reader.within(reader.app.screen.query_one("#frame"))
        assert "2024" not in reader.within(reader.app.screen.query_one("#frame"))


async def test_what_is_found_by_any_word_is_narrowed_so_too(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps rain")
        await reader.press("enter", "a", "f", "l", "l", "l", "enter")
        assert reader.desk.results.field.text == 'author:"Jo Moss" AND (lamps rain)'
        assert reader.title == "Trees that Remember the Rain"
        assert reader.desk.results.list.count == 1


async def test_a_click_twice_narrows(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("f")
        await reader.pilot.click("ValueList", offset=(5, 1), times=2)
        await reader.settle()
        assert reader.desk.results.field.text == "year:2021"


@pytest.mark.parametrize("name", ["[/foo]", "[@click=app.quit]x[/]", "[Re]"])
async def test_hostile_values_are_text(tmp_path: Path, name: str) -> None:
    papers: list[dict[str, object]] = [
        {"title": "Lamps", "venue": f"{name} Proceedings", "authors": [f"{name} Mallory"]}
    ]
    folder = fill(tmp_path / "library", papers)
    with library(folder) as other:
        other.tags.add(other.search("").ids, name)
    async with reading(folder) as reader:
        await reader.press("f", "tab")
        assert f"{name} Proceedings" in reader.screen
        await reader.press("tab", "tab")
        assert f"{name} Mallory" in reader.screen
        await reader.press("tab")
        assert name in reader.within(reader.app.screen.query_one("#frame"))
        await reader.press("enter")
        assert reader.desk.results.field.text == f'tag:"{name}"'
        assert reader.desk.results.list.count == 1


async def test_leaving_before_all_is_counted_disturbs_nobody(folder: Path) -> None:
    gate = threading.Event()
    async with reading(folder) as reader:
        lane = asyncio.create_task(
            reader.desk.librarian.ask("advice", lambda library: gate.wait(PATIENCE))
        )
        await reader.pilot.press("f")
        await reader.until(lambda: "counting …" in reader.screen)
        await reader.pilot.press("enter", "escape")
        await reader.until(lambda: len(reader.app.screen_stack) == 1)
        gate.set()
        await lane
        await reader.settle()
        assert reader.desk.sought == ""
        assert "went wrong" not in reader.screen
        await reader.press("slash")
        await reader.type("zebra")
        await reader.press("escape", "f")
        assert len(reader.app.screen_stack) == 1, "there is nothing to count"
