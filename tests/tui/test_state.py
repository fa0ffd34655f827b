"""Leaving and coming back finds the same view; a file that is none is an empty one."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.locations import state_file
from index.views import Detail, Link, Overview, Row, Shelf
from tests.tui.reading import NARROW, WIDE, library, reading
from tui.state import View, load, save

ROW = Row(
    7,
    "Ein [Titel]",
    "Song",
    "2024",
    "ICLR",
    starred=True,
    noted=True,
    tags=("a", "b"),
    item="reading",
    title_marks=((0, 3),),
)
VIEW = View(
    overview=Overview((Shelf("All", "", 3, 1),), (Shelf("x", 'list:"x"', 1),), ()),
    shelf=Shelf("gnn", 'tag:"gnn"', 2, kind="tag", depth=1, colour="red"),
    folded=("tags", "archived"),
    first_shelf=2,
    query="ti",
    pane="paper",
    hits=3,
    total=9,
    cursor=2,
    top=1,
    rows=(ROW, replace(ROW, id=8)),
    detail=Detail(
        7,
        "song2024ein",
        "Ein [Titel]",
        authors=("Mina Song",),
        identifiers=(("doi", "10.1/x"),),
        links=(Link("page", "https://example.org"),),
        upvotes=4,
        abstract_marks=((1, 2), (3, 4)),
    ),
    scrolled=5,
    theme="carrel-light",
)


def test_a_view_comes_back_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    save(file, VIEW)
    assert load(file) == VIEW
    save(file, View())
    assert load(file) == View()
    assert [path.name for path in tmp_path.iterdir()] == ["state.json"]


def _with(**changes: Any) -> str:
    return json.dumps({"version": 2, "view": {"query": "x"} | changes})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"version": 2}',
        '{"version": 0, "view": {"query": "x"}}',
        _with(query=3),
        _with(cursor="1"),
        _with(hits=-4),
        _with(pane="cellar"),
        _with(colour="red"),
        _with(rows=[{"id": 1}]),
        _with(rows=[{"id": 1, "title": None}]),
        _with(rows={"id": 1}),
        _with(overview={"views": [["All", "", 1, 0]]}),
        _with(detail={"id": 1, "key": "k", "title": "t", "title_marks": [[1]]}),
        "[" * 100_000,
        "\udc80",
    ],
)
def test_a_broken_file_is_an_empty_view(tmp_path: Path, text: str) -> None:
    file = tmp_path / "state.json"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert load(file) == View()


def test_a_file_that_is_not_there_is_an_empty_view(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == View()
    assert load(tmp_path) == View()


def _without_times(screen: str) -> str:
    return re.sub(r"─+ (.+ ·) \d+ ms ─", r"\1", screen)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_coming_back_finds_the_pane_the_row_the_query_and_the_shelf(
    folder: Path, size: tuple[int, int]
) -> None:
    async with reading(folder, size) as reader:
        await reader.press("shift+tab", "j", "j", "escape", "slash")
        await reader.type("s")
        await reader.press("escape", "j", "enter")
        reader.app.theme = "carrel-light"
        left = reader.desk.view
        screen = reader.screen
    assert load(state_file(folder)) == left
    async with reading(folder, size) as reader:
        view = reader.desk.view
        assert view.pane == "paper"
        assert view.shelf.query == "is:unread"
        assert view.cursor == 1
        assert view.theme == "carrel-light"
        assert view == left
        assert _without_times(reader.screen) == _without_times(screen)


async def test_a_long_list_and_a_long_paper_come_back_scrolled(tmp_path: Path) -> None:
    from tests.tui.conftest import fill

    papers: list[dict[str, object]] = [
        {"title": f"Paper number {number}", "abstract": "One more line.\n" * 100}
        for number in range(300)
    ]
    folder = fill(tmp_path / "library", papers)
    async with reading(folder) as reader:
        await reader.press("G", "ctrl+u", "ctrl+u", "enter", "ctrl+d")
        left = reader.desk.view
        assert left.top > 200
        assert left.scrolled > 10
    async with reading(folder) as reader:
        assert reader.desk.view == left


async def test_the_view_is_kept_after_a_change_not_only_at_the_end(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "j")
        await reader.until(lambda: load(state_file(folder)).cursor == 2)


async def test_a_view_of_what_is_gone_shows_what_there_is(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("t")
        await reader.type("gnn")
        await reader.press("enter", "shift+tab", "G")
        assert reader.desk.shelf.name == "gnn"
    with library(folder) as other:
        other.papers.delete(other.search("tag:gnn").ids)
    async with reading(folder) as reader:
        assert reader.desk.shelf.name == "All"
        assert reader.desk.results.list.count == 3


async def test_a_broken_view_does_not_keep_the_reader_from_opening(folder: Path) -> None:
    state_file(folder).write_text("{")
    async with reading(folder) as reader:
        assert reader.desk.results.list.count == 4
