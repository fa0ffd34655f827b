"""Completion in the search field: it offers, and never stands in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.views import Completion
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, WIDE, Reading, library, reading
from tui.widgets.completions import SHOWN, Completions, worth_offering


def offered(reader: Reading) -> list[str]:
    """The lines of the list, empty where it is closed."""
    completions = reader.desk.query_one(Completions)
    if not completions.is_open:
        return []
    return [line.strip(" │") for line in reader.within(completions).split("\n")[1:-1]]


@pytest.fixture
def tagged(folder: Path) -> Path:
    """A library with more tags than are shown at once."""
    with library(folder) as other:
        for name in ["gnn", "graphs", "gamma", "gold", "green", "grey", "grand", "old news"]:
            other.tags.add(other.search("lamps").ids, name)
    return folder


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_tab_takes_a_field_and_then_a_value(tagged: Path, size: tuple[int, int]) -> None:
    async with reading(tagged, size) as reader:
        await reader.press("slash")
        await reader.type("lamps t")
        assert offered(reader) == []
        await reader.type("a")
        assert offered(reader) == ["tag:"]
        await reader.press("tab")
        assert reader.desk.results.field.text == "lamps tag:"
        assert len(offered(reader)) == SHOWN
        await reader.type("gr")
        assert offered(reader) == ["grand", "graphs", "green", "grey"]
        await reader.press("down", "ctrl+n", "up", "tab")
        assert reader.desk.results.field.text == "lamps tag:graphs "
        assert reader.pane == "search"
        assert offered(reader) == []
        assert reader.title == "A Survey of Slow Lamps"


async def test_a_name_of_two_words_is_quoted(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("slash")
        await reader.type("tag:ol")
        await reader.press("tab")
        assert reader.desk.results.field.text == 'tag:"old news" '


async def test_without_an_offer_the_keys_do_what_they_did(tagged: Path) -> None:
    async with reading(tagged) as reader:
        for key, pane in [("tab", "paper"), ("down", "results"), ("escape", "results")]:
            await reader.press("slash")
            await reader.type("lamps")
            assert offered(reader) == []
            await reader.press(key)
            assert reader.pane == pane
            await reader.press("slash", "ctrl+u")


async def test_escape_closes_it_first(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("slash")
        await reader.type("tag:g")
        await reader.press("escape")
        assert reader.pane == "search"
        assert offered(reader) == []
        await reader.type("r")
        assert offered(reader) != []
        await reader.press("escape", "escape")
        assert reader.pane == "results"


async def test_enter_goes_to_the_results_whatever_is_offered(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("slash")
        await reader.type("tag:g")
        await reader.press("enter")
        assert reader.pane == "results"
        assert reader.desk.results.field.text == "tag:g"
        assert offered(reader) == []


async def test_one_types_on_whatever_is_offered(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("slash")
        for letter in "tag:gnn lamps":
            await reader.type(letter)
        assert reader.desk.results.field.text == "tag:gnn lamps"
        assert offered(reader) == []
        assert reader.title == "A Survey of Slow Lamps"


async def test_an_offer_for_an_older_text_is_not_heard(tagged: Path) -> None:
    async with reading(tagged) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        completions = reader.desk.query_one(Completions)
        reader.desk.results.field.offer("tag:", 4, Completion(4, 4, ("gnn",)))
        assert not completions.is_open
        await reader.press("escape")
        reader.desk.results.field.offer("lamps", 5, Completion(0, 5, ("title:",)))
        assert not completions.is_open, "nobody types there"


async def test_authors_and_states(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("author:so")
        assert offered(reader) == ["song"]
        await reader.press("ctrl+u")
        await reader.type("is:un")
        assert offered(reader) == ["unread"]


async def test_hostile_names_are_text(folder: Path) -> None:
    names = ["[/foo]", "[@click=app.quit]x[/]", "[bold]y"]
    with library(folder) as other:
        for name in names:
            other.tags.add(other.search("lamps").ids, name)
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("tag:[")
        assert offered(reader) == ["[/foo]"], "a slash makes a path: “[” is a tag itself"
        await reader.type("@")
        assert offered(reader) == ["[@click=app.quit]x[", "[@click=app.quit]x[/]"]
        await reader.press("backspace")
        await reader.type("b")
        assert offered(reader) == ["[bold]y"]


async def test_a_long_name_is_cut(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": "Lamps"}])
    with library(folder) as other:
        other.tags.add(other.search("").ids, "w" * 90)
    async with reading(folder, NARROW) as reader:
        await reader.press("slash")
        await reader.type("tag:w")
        assert offered(reader)[0].endswith("w…")
        await reader.press("tab")
        assert reader.desk.results.field.text == f"tag:{'w' * 90} "


@pytest.mark.parametrize(
    ("text", "found", "words"),
    [
        ("ta", Completion(0, 2, ("tag:",)), ("tag:",)),
        ("t", Completion(0, 1, ("tag:", "title:")), ()),
        ("tag:", Completion(4, 4, ("gnn",)), ("gnn",)),
        ("tag:gnn", Completion(4, 7, ("gnn",)), ()),
        ("tag:ml", Completion(4, 6, ("ml", "ml/gnn", "mlops")), ("ml/gnn",)),
    ],
)
def test_what_is_worth_offering(text: str, found: Completion, words: tuple[str, ...]) -> None:
    assert worth_offering(found, text) == words
