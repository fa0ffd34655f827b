"""One declaration a command: its keys, its place in the footer, the help and the palette."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.tui.reading import NARROW, WIDE, reading
from tui.commands import COMMANDS, in_order
from tui.state import Pane


@pytest.mark.parametrize("pane", ["sidebar", "search", "results", "paper"])
def test_no_two_commands_share_a_key_in_a_pane(pane: Pane) -> None:
    keys = Counter(
        key
        for one in COMMANDS.values()
        if one.keys and pane in one.panes
        for key in one.keys.split(",")
    )
    shared = [key for key, times in keys.items() if times > 1]
    assert shared == (["escape"] if pane == "results" else []), (
        "it leaves the marks, then the search, then the shelf"
    )


def test_every_command_says_what_it_does() -> None:
    for command in in_order():
        assert command.description[0].isupper()
        assert not command.description.endswith(".")
        assert command.footer == command.footer.lower()
        assert len(command.footer) < 10


def test_the_order_is_group_by_group() -> None:
    groups = [command.group for command in in_order()]
    assert groups == sorted(groups, key=groups.index)
    assert set(COMMANDS) == {command.id for command in in_order()}


@pytest.mark.parametrize(
    ("pane", "keys", "there", "absent"),
    [
        ("results", "", ["s star", "↵ open", "/ search", "? help", "q quit"], ["esc back"]),
        ("paper", "enter", ["s star", "esc back", "? help"], ["↵ open"]),
        ("sidebar", "shift+tab", ["↵ open", "T triage", "? help"], ["s star"]),
        ("search", "slash", ["↓ results", "esc back"], ["s star", "? help", "/ search"]),
    ],
)
@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_footer_shows_the_keys_of_the_pane(
    folder: Path, size: tuple[int, int], pane: str, keys: str, there: list[str], absent: list[str]
) -> None:
    async with reading(folder, size) as reader:
        if keys:
            await reader.press(keys)
        assert reader.pane == pane
        footer = reader.screen.rstrip().split("\n")[-1]
        assert [words for words in there if words not in footer] == []
        assert [words for words in absent if words in footer] == []


async def test_a_click_in_the_footer_presses_the_key(folder: Path) -> None:
    async with reading(folder) as reader:
        footer = reader.screen.rstrip().split("\n")[-1]
        await reader.pilot.click(offset=(footer.index("star"), WIDE[1] - 1))
        await reader.settle()
        assert reader.desk.row
        assert reader.desk.row.starred


async def test_a_message_gives_way_to_the_keys_again(folder: Path) -> None:
    async with reading(folder, NARROW) as reader:
        reader.desk.status.SECONDS = 0.2
        await reader.press("s")
        assert "Starred" in reader.screen
        await reader.until(lambda: "? help" in reader.screen)


@pytest.mark.parametrize(
    ("pane", "key", "said"),
    [
        ("results", "T", "There are no papers yet."),
        ("results", "W", "Nothing is searched for here: / begins a search."),
        ("results", "w", "Nothing is searched for here: / begins a search."),
        ("results", "C", "There is no paper here."),
        ("results", "s", "There is no paper here."),
        ("results", "J", "There is no paper of a reading list here."),
        ("results", "e", "This is no reading list."),
        ("sidebar", "m", "The cursor is on no list, saved search or tag."),
    ],
)
async def test_a_key_with_nothing_to_act_on_says_so(
    tmp_path: Path, pane: Pane, key: str, said: str
) -> None:
    async with reading(tmp_path / "empty", NARROW) as reader:
        await reader.press("escape", *["shift+tab"] * (pane == "sidebar"))
        assert reader.pane == pane
        footer = reader.screen.rstrip().split("\n")[-1]
        assert not {"s star", "m menu", "W save"} & set(footer.split("  "))
        await reader.press(key)
        assert said in reader.screen
        assert len(reader.app.screen_stack) == 1


async def test_a_key_that_comes_before_the_rows_is_not_told_that_there_are_none(
    folder: Path,
) -> None:
    async with reading(folder) as reader:
        reader.desk.seek("lamps")
        assert reader.desk.row is None, "they are still fetched"
        reader.desk.action_run("star")
        await reader.settle()
        assert "There is no paper here." not in reader.screen
        assert reader.title == "A Survey of Slow Lamps"


async def test_a_library_whose_papers_are_all_decided_is_not_an_empty_one(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("asterisk", "minus", "escape", "T")
        assert "The Inbox is empty: every paper is decided." in reader.screen
