"""Choosing tags and lists for one paper or for many that bear them in part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.conftest import fill
from tests.tui.reading import library, reading
from tui.screens.names import Names, ranked


def test_what_lies_below_is_offered_behind_a_slash() -> None:
    names = ["ml", "ml/gnn", "ml/gnn/pooling", "html", "nlp/ml", "mlx"]
    assert ranked("ml/", names) == ["ml/gnn", "ml/gnn/pooling"]
    assert ranked("ML/GNN", names)[:2] == ["ml/gnn", "ml/gnn/pooling"]
    assert ranked("pooling", names)[0] == "ml/gnn/pooling"


def test_a_name_that_some_bear_goes_round_some_all_none() -> None:
    names = Names(12, {"gnn": 3, "done": 12})
    states = []
    for _ in range(4):
        states.append(names.state("gnn"))
        names = names.turned("gnn")
    assert states == [None, True, False, None]
    names = Names(12, {"gnn": 3, "done": 12})
    assert names.turned("done").changes == (("done", False),)
    assert names.turned("done").turned("done").changes == ()
    assert names.turned("new").changes == (("new", True),)
    assert names.turned("new").turned("new").changes == ()


@pytest.fixture
def tagged(folder: Path) -> Path:
    """The library with papers that bear tags and are on lists in part."""
    with library(folder) as other:
        ids = list(other.search("").ids)
        other.tags.add(ids[:1], "ml/gnn")
        other.tags.add(ids, "all")
        other.lists.add("thesis", ids[:2])
        other.lists.add("away", ids[3:])
        other.lists.archive("away")
    return folder


async def test_the_marked_papers_are_tagged_together(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("asterisk", "t")
        assert "4 papers" in reader.screen
        assert "◪ ml/gnn  1 of 4" in reader.screen
        assert "✓ all" in reader.screen
        await reader.type("gnn")
        await reader.press("enter")
        with library(tagged) as other:
            borne = other.tags.borne(list(other.search("").ids))
        assert borne == {"all": 4, "ml/gnn": 4}


async def test_what_only_some_bear_stays_so_unless_it_is_turned(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("asterisk", "t")
        await reader.type("all")
        await reader.press("enter")
        with library(tagged) as other:
            assert other.tags.borne(list(other.search("").ids)) == {"ml/gnn": 1}
        await reader.press("t")
        await reader.type("gnn")
        await reader.press("tab", "tab", "enter")
        with library(tagged) as other:
            assert other.tags.borne(list(other.search("").ids)) == {}
        await reader.press("u", "u")
        with library(tagged) as other:
            assert other.tags.borne(list(other.search("").ids)) == {"all": 4, "ml/gnn": 1}


async def test_a_tag_is_made_below_another(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("j", "t")
        await reader.type("#ml/vision/")
        assert "create tag ‘ml/vision’" in reader.screen
        await reader.press("enter")
        assert reader.desk.row
        assert reader.desk.row.tags == ("all", "ml/vision")
        await reader.press("t")
        await reader.type("ml/")
        assert "ml/gnn" in reader.screen
        assert "✓ ml/vision" in reader.screen


async def test_the_marked_papers_are_listed_together(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("asterisk", "l")
        assert "◪ thesis  2 of 4" in reader.screen
        assert "◪ away  1 of 4" in reader.screen, "an archived list that some are on"
        await reader.type("thesis")
        await reader.press("enter")
        with library(tagged) as other:
            assert other.lists.shelf("thesis").count == 4


async def test_an_archived_list_is_not_offered_to_papers_that_are_not_on_it(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("l")
        assert "✓ thesis" in reader.screen
        assert "away" not in reader.within(reader.app.screen.query_one("#frame"))


async def test_more_than_twenty_papers_are_shown_before_they_are_tagged(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": f"Paper {n}"} for n in range(30)])
    with library(folder) as other:
        other.tags.add(list(other.search("").ids)[:4], "new")
    async with reading(folder) as reader:
        await reader.press("asterisk", "t")
        await reader.type("new")
        await reader.press("enter")
        assert "Tag 26 of 30 papers?" in reader.screen
        assert "+#new" in reader.screen
        await reader.press("n")
        with library(folder) as other:
            assert other.tags.shelf("new").count == 4
        await reader.press("t")
        await reader.type("new")
        await reader.press("enter", "y")
        with library(folder) as other:
            assert other.tags.shelf("new").count == 30
