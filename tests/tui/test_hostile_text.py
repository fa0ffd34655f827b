"""Text from outside is text wherever it is shown: never markup, never an escape sequence."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static

from tests.tui.conftest import fill
from tests.tui.reading import NARROW, WIDE, Reading, library, reading

HOSTILE = {
    "[/foo] closes nothing": "[/foo] closes nothing",
    "[@click=app.quit]press me[/]": "[@click=app.quit]press me[/]",
    "[Re] is in brackets": "[Re] is in brackets",
    "[bold red]Loud[/bold red]": "[bold red]Loud[/bold red]",
    "\x1b]0;owned\x07Title of the window": "]0;ownedTitle of the window",
    "\x1b[31mRed\x1b[0m ink": "[31mRed[0m ink",
    "left \u202egnp.exe to right": "left gnp.exe to right",
    "Back\\[slash] and $variable {brace}": "Back\\[slash] and $variable {brace}",
}


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A library of titles that mean ill."""
    papers: list[dict[str, object]] = [
        {
            "title": title,
            "abstract": f"An abstract. {title}",
            "authors": ["[/] Mallory"],
            "venue": "[@click=app.quit]Proceedings[/]",
            "url": "https://example.org/[/foo]",
            "pdf": "https://example.org/[Re].pdf",
        }
        for title in HOSTILE
    ]
    return fill(tmp_path / "library", papers)


def safe(reader: Reading) -> str:
    """The screen, once it is known to hold no control character."""
    screen = reader.screen
    assert all(line.isprintable() for line in screen.split("\n"))
    return screen


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_in_the_list_and_in_the_paper(hostile: Path, size: tuple[int, int]) -> None:
    async with reading(hostile, size) as reader:
        listed = safe(reader)
        for title in HOSTILE.values():
            assert title[:40] in listed
        for title in HOSTILE.values():
            await reader.press("enter")
            assert title[:40] in safe(reader)
            assert "[/] Mallory" in reader.screen
            await reader.press("escape", "j")


async def test_in_the_dialogs(hostile: Path) -> None:
    async with reading(hostile) as reader:
        for title in list(HOSTILE.values())[:5]:
            for key in "tlnD":
                await reader.press(key)
                safe(reader)
                about = reader.app.screen.query_one("#frame").query(Static).first()
                assert reader.within(about).strip() == title
                await reader.press("escape")
            await reader.press("j")


async def test_in_the_links_and_the_clipboard(hostile: Path) -> None:
    async with reading(hostile) as reader:
        await reader.press("o")
        assert "https://example.org/[Re].pdf" in safe(reader)
        await reader.press("2")
        assert reader.app.clipboard == "https://example.org/[Re].pdf"
        assert reader.screen.count("https://example.org/[Re].pdf") >= 2, "in the toast as well"
        await reader.press("y", "m")
        assert reader.app.clipboard.startswith(r"[\[/foo\] closes nothing](https://example.org/")


async def test_in_what_is_told(hostile: Path) -> None:
    async with reading(hostile) as reader:
        for title in HOSTILE.values():
            await reader.press("s")
            assert f"Starred: “{title[:20]}" in safe(reader)
            await reader.press("j")


@pytest.mark.parametrize("name", ["[/foo]", "[@click=app.quit]x[/]", "[Re]"])
async def test_in_tags_lists_shelves_and_the_palette(hostile: Path, name: str) -> None:
    with library(hostile) as other:
        first = next(iter(other.search("").ids))
        other.tags.add(first, name)
        other.lists.add(name, first)
    async with reading(hostile) as reader:
        await reader.press("t")
        assert f"✓ {name}" in safe(reader)
        await reader.type("[/new]")
        assert "create tag ‘[/new]’" in safe(reader)
        await reader.press("escape", "ctrl+p")
        await reader.type("tag")
        await reader.until(lambda: f"Tag: {name}" in reader.screen)
        safe(reader)
        await reader.press("escape", "shift+tab", "G")
        assert reader.desk.shelf.name == name
        assert f"Search · {name}" in safe(reader)
        await reader.press("x")
        assert f"1 paper: {name}" in safe(reader)


async def test_in_errors(hostile: Path) -> None:
    async with reading(hostile) as reader:
        await reader.press("slash")
        await reader.type("year:[/foo]")
        assert "[/foo]" in safe(reader).split("\n", 4)[-1]
        await reader.press("escape", "escape", "i")
        await reader.type("[/foo]")
        await reader.press("enter")
        assert "There is no file [/foo]." in safe(reader)


async def test_in_the_names_of_files(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = hostile.parent / "files"
    folder.mkdir()
    (folder / "[bold]page[@click=x].txt").touch()
    (folder / "\x1b]0;hidden\x07.txt").touch()
    monkeypatch.chdir(folder)
    async with reading(hostile) as reader:
        await reader.press("i")
        await reader.until(lambda: "[bold]page[@click=x].txt" in safe(reader))
        assert "hidden" not in reader.screen


async def test_what_is_pasted_is_cleaned(hostile: Path) -> None:
    async with reading(hostile) as reader:
        await reader.press("slash")
        await reader.paste("\x1b]0;owned\x07brackets\u202e")
        assert reader.desk.results.field.text.isprintable()
        assert "brackets" in safe(reader)
