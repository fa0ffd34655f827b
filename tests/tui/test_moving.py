"""The same keys move in every pane, and bring every pane up on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key, Paste

from tests.tui.conftest import fill, write_papers
from tests.tui.reading import MIDDLE, NARROW, WIDE, library, reading
from tui.commands.moving import Move, step


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of a hundred papers; what a test leaves behind is a view, which is put away."""
    folder = tmp_path_factory.mktemp("hundred") / "library"
    papers: list[dict[str, object]] = [
        {"title": f"Paper number {number}", "abstract": "One more line.\n" * 100}
        for number in range(100)
    ]
    return fill(folder, papers)


@pytest.fixture(autouse=True)
def _no_view(hundred: Path) -> None:
    (hundred / "state.json").unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("move", "line"),
    [
        ("down", 51),
        ("up", 49),
        ("first", 0),
        ("last", 99),
        ("half_down", 60),
        ("half_up", 40),
        ("page_down", 69),
        ("page_up", 31),
    ],
)
def test_a_step(move: Move, line: int) -> None:
    assert step(move, 50, count=100, page=20) == line


@pytest.mark.parametrize("move", ["down", "last", "half_down", "page_down"])
def test_a_step_ends_at_the_end(move: Move) -> None:
    assert step(move, 99, count=100, page=20) == 99
    assert step(move, 0, count=0, page=20) == 0


async def test_moving_in_the_results(hundred: Path) -> None:
    async with reading(hundred) as reader:
        results = reader.desk.results.list
        page = results.page
        for keys, cursor in (
            (["j", "j", "down"], 3),
            (["k", "up"], 1),
            (["G"], 99),
            (["g", "g"], 0),
            (["end"], 99),
            (["home"], 0),
            (["ctrl+d"], page // 2),
            (["ctrl+u"], 0),
            (["pagedown"], page - 1),
            (["pageup"], 0),
        ):
            await reader.press(*keys)
            assert results.cursor == cursor, keys
            assert reader.title == f"Paper number {cursor}"
            assert reader.title in reader.screen
            assert reader.desk.paper.detail
            assert reader.desk.paper.detail.title == reader.title


async def test_g_waits_for_its_second(hundred: Path) -> None:
    async with reading(hundred) as reader:
        results = reader.desk.results.list
        await reader.press("G", "g")
        assert results.cursor == 99
        await reader.press("k")
        assert results.cursor == 98, "another key ends the wait, and does what it does"
        await reader.press("g")
        assert results.cursor == 98
        await reader.press("g")
        assert results.cursor == 0


async def test_moving_in_the_sidebar_steps_over_headings(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("t")
        await reader.type("gnn")
        await reader.press("enter", "l")
        await reader.type("thesis")
        await reader.press("enter", "shift+tab")
        seen = []
        for _ in range(8):
            seen.append(reader.desk.shelf.name)
            await reader.press("j")
        views = ["All", "Inbox", "Unread", "Starred", "Opened"]
        assert seen == [*views, "thesis", "gnn", "gnn"]
        assert reader.desk.results.list.count == 1
        await reader.press("k")
        assert reader.desk.shelf.name == "thesis"
        assert "Search · thesis" in reader.screen
        await reader.press("g", "g")
        assert reader.desk.shelf.name == "All"


async def test_the_paper_scrolls(hundred: Path) -> None:
    async with reading(hundred) as reader:
        await reader.press("enter")
        paper = reader.desk.paper
        await reader.press("j", "j")
        assert paper.scroll_offset.y == 2
        await reader.press("G")
        assert paper.scroll_offset.y == paper.max_scroll_y
        await reader.press("g", "g")
        assert paper.scroll_offset.y == 0
        assert reader.desk.results.list.cursor == 0
        await reader.press("ctrl+d", "escape", "j")
        assert paper.scroll_offset.y == 0, "another paper is read from its top"


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_tab_goes_round_the_panes_on_every_screen(
    hundred: Path, size: tuple[int, int]
) -> None:
    async with reading(hundred, size) as reader:
        seen = []
        for _ in range(4):
            seen.append(reader.pane)
            assert reader.desk.focused
            assert reader.desk.focused.region, "what has the focus is on the screen"
            await reader.press("tab")
        assert seen == ["results", "paper", "sidebar", "results"]
        await reader.press("shift+tab")
        assert reader.pane == "results"


@pytest.mark.parametrize(
    ("size", "panes"),
    [
        (WIDE, {"sidebar": "LSP", "results": "LSP", "paper": "LSP"}),
        (MIDDLE, {"sidebar": "LS", "results": "SP", "paper": "SP"}),
        (NARROW, {"sidebar": "L", "results": "S", "paper": "P"}),
    ],
)
async def test_as_many_panes_as_there_is_room_for(
    hundred: Path, size: tuple[int, int], panes: dict[str, str]
) -> None:
    async with reading(hundred, size) as reader:
        for pane in ("results", "paper", "sidebar"):
            assert reader.pane == pane
            screen = reader.screen
            titles = [title for title in ("Library", "Search", "Paper") if f"─ {title} ─" in screen]
            assert "".join(title[0] for title in titles) == panes[pane]
            await reader.press("tab")


async def test_a_window_that_grows_and_shrinks_keeps_the_pane(hundred: Path) -> None:
    async with reading(hundred, NARROW) as reader:
        await reader.press("G", "enter")
        await reader.pilot.resize_terminal(160, 48)
        await reader.settle()
        assert "Library" in reader.screen
        assert reader.pane == "paper"
        await reader.pilot.resize_terminal(60, 15)
        await reader.settle()
        assert "Library" not in reader.screen
        await reader.press("escape")
        assert "Paper number 99" in reader.screen


async def test_enter_goes_in_and_escape_comes_back(hundred: Path) -> None:
    async with reading(hundred, NARROW) as reader:
        await reader.press("j", "enter")
        assert reader.pane == "paper"
        assert "One more line." in reader.screen
        await reader.press("escape")
        assert reader.pane == "results"
        await reader.press("shift+tab", "enter")
        assert reader.pane == "results"


@pytest.mark.parametrize("size", [WIDE, MIDDLE, NARROW])
async def test_escape_goes_back_to_the_shelf_whose_papers_were_gone_into(
    folder: Path, size: tuple[int, int]
) -> None:
    async with reading(folder, size) as reader:
        await reader.press("escape")
        assert reader.pane == "results", "one has come from nowhere"
        await reader.press("shift+tab", "j", "j", "enter")
        assert (reader.pane, reader.desk.shelf.name) == ("results", "Unread")
        assert "esc back" in reader.screen
        await reader.press("enter", "escape", "escape")
        assert (reader.pane, reader.desk.shelf.name) == ("sidebar", "Unread")
        assert "─ Library ─" in reader.screen
        await reader.press("escape", "escape")
        assert reader.pane == "results", "the shelf was left, not gone into"
        assert "esc back" not in reader.screen


async def test_what_stands_in_the_way_back_to_the_shelf_goes_first(folder: Path) -> None:
    async with reading(folder, NARROW) as reader:
        await reader.press("shift+tab", "j", "j", "enter", "slash")
        await reader.type("lamps")
        await reader.press("enter", "space")
        assert reader.desk.has_marks
        await reader.press("escape")
        assert (reader.pane, reader.desk.has_marks) == ("results", False)
        await reader.press("equals_sign", "escape")
        assert (reader.pane, reader.desk.sought) == ("results", "lamps"), "where one was before"
        await reader.press("escape")
        assert (reader.pane, reader.desk.sought) == ("results", "")
        await reader.press("escape")
        assert (reader.pane, reader.desk.shelf.name) == ("sidebar", "Unread")


async def test_the_mouse_chooses_and_opens(hundred: Path) -> None:
    async with reading(hundred, NARROW) as reader:
        results = reader.desk.results.list
        await reader.pilot.click(results, offset=(10, 4))
        await reader.settle()
        assert results.cursor == 4
        await reader.pilot.click(results, offset=(10, 6), times=2)
        await reader.settle()
        assert reader.title == "Paper number 6"
        assert reader.pane == "paper"
        await reader.press("escape")


async def test_keys_that_come_fast_do_not_overtake_each_other(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.burst("slash", *"lamps", "enter")
        assert reader.desk.results.field.text == "lamps"
        assert reader.pane == "results"
        assert reader.title == "A Survey of Slow Lamps"
        await reader.burst("escape", "slash", *"rain", "escape", "g", "g", "tab", "tab", "j")
        assert reader.desk.sought == "rain"
        assert reader.desk.shelf.name == "Inbox"


async def test_a_dialog_gets_the_keys_that_were_pressed_before_it_was_there(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.burst("t", *"one", "tab", *"two", "enter")
        assert len(reader.app.screen_stack) == 1
        assert reader.desk.row
        assert reader.desk.row.tags == ("one", "two")
        await reader.burst("D", "y")
        assert reader.desk.results.list.count == 3
        await reader.burst("n", *"later", "ctrl+s")
        assert reader.desk.paper.detail
        assert reader.desk.paper.detail.note == "later"


async def test_what_comes_after_an_answer_waits_for_what_follows_from_it(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.burst("t", *"gnn", "enter", "j", "s", "D", "y", "s")
        assert reader.desk.results.list.count == 3
        with library(folder) as other:
            papers = {paper.title: paper for paper in other.details(other.search("").ids)}
            assert papers["Pooling of Graphs by Parsing"].tags == ("gnn",)
            assert papers["A Survey of Slow Lamps"].starred
            other.history.undo()
            other.history.undo()
            trees = next(iter(other.details(other.search("rings").ids)))
            assert trees.starred


async def test_a_menu_and_a_paste_keep_the_order_too(tmp_path: Path) -> None:
    file = write_papers(tmp_path / "mine.jsonl", [{"title": "My First Paper"}])
    async with reading(tmp_path / "new") as reader:
        reader.app.post_message(Key("4", "4"))
        reader.app.post_message(Paste(str(file)))
        reader.app.post_message(Key("enter", None))
        await reader.until(lambda: reader.title == "My First Paper")


async def test_keys_wait_for_a_dialog_that_has_to_fetch_its_paper_first(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.burst("l", *"thesis", "enter", "j", "l", *"the", "enter")
        await reader.burst("j", "n", *"soon", "ctrl+s", "g", "g", "s")
        with library(folder) as other:
            papers = {paper.title: paper for paper in other.details(other.search("").ids)}
        for title in ("Pooling of Graphs by Parsing", "Trees that Remember the Rain"):
            assert papers[title].lists == ("thesis",)
        assert papers["A Survey of Slow Lamps"].note == "soon"
        assert papers["Pooling of Graphs by Parsing"].starred
