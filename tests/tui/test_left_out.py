"""What an import left out: a few of it in the toast, all of it by a key."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from textual.content import Content

from index.views import ImportReport, Reject
from tests.tui.reading import NARROW, WIDE, Reading, reading
from tui.screens.left_out import left_out_blocks
from tui.widgets.blocks import Block

REASON = "the title is missing"


def bibliography(file: Path, bad: int) -> Path:
    """One entry that is good, and others without a title, each on a line of its own."""
    entries = ["@book{good, title={A Lamp that Burns}}"]
    entries += [f"@book{{bad{number}, year={{2020}}}}" for number in range(bad)]
    file.write_text("\n".join(entries), "utf-8")
    return file


async def bring(reader: Reading, path: Path) -> None:
    """Import a file, or a folder whole."""
    await reader.press("i")
    await reader.paste(f"{path}/" if path.is_dir() else str(path))
    await reader.press(*(["down"] if path.is_dir() else []), "enter")


def words(screen: str) -> str:
    """What stands on a screen, on one line, without the frames."""
    return " ".join(screen.translate({ord(each): " " for each in "│╭╮╰╯─▌"}).split())


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_key_shows_all_that_was_left_out(
    folder: Path, tmp_path: Path, size: tuple[int, int]
) -> None:
    file = bibliography(tmp_path / "refs.bib", 7)
    async with reading(folder, size) as reader:
        await bring(reader, file)
        assert "and 4 more Press I to see all that was left out." in reader.toasts
        await reader.press("I")
        shown = words(reader.within(reader.app.screen.query_one("#frame")))
        assert "1 paper added from 8 records, 7 rejected." in shown
        for line in range(2, 9):
            assert f"line {line} {REASON}" in shown.partition("refs.bib")[2]
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1
        await reader.press("I", "enter")
        assert len(reader.app.screen_stack) == 1


async def test_many_are_scrolled_by_the_usual_keys(folder: Path, tmp_path: Path) -> None:
    file = bibliography(tmp_path / "refs.bib", 1234)
    async with reading(folder, NARROW) as reader:
        await bring(reader, file)
        await reader.press("I")
        assert f"line    2  {REASON}" in reader.screen
        await reader.press("j", "j", "ctrl+d", "G")
        assert f"line 1001  {REASON}" in reader.screen
        assert "and 234 more" in reader.screen
        assert "--rejects" in reader.screen
        await reader.press("g", "g")
        assert f"line    2  {REASON}" in reader.screen


async def test_pdfs_and_files_of_no_known_format_are_there_too(
    folder: Path, tmp_path: Path
) -> None:
    mixed = tmp_path / "mixed"
    mixed.mkdir()
    bibliography(mixed / "refs.bib", 1)
    (mixed / "broken.pdf").write_bytes(b"%PDF-1.7\nno more of it")
    for number in range(12):
        (mixed / f"picture {number:02}.jpg").write_bytes(b"\xff\xd8\xff\xe0 no paper")
    async with reading(folder, NARROW) as reader:
        await bring(reader, mixed)
        assert "left out: mixed/picture 00.jpg, mixed/picture 01.jpg" in reader.toasts
        assert "and 9 more" in reader.toasts
        await reader.press("I")
        shown = words(reader.screen)
        assert "mixed/broken.pdf cannot be read:" in shown
        assert f"mixed/refs.bib line 2 {REASON}" in shown
        await reader.press("G")
        shown = words(reader.screen)
        assert "mixed/picture 09.jpg" in shown
        assert "and 2 more" in shown


async def test_it_stays_until_another_import_leaves_something_out(
    folder: Path, tmp_path: Path
) -> None:
    bad, good = (bibliography(tmp_path / f"{name}.bib", bad) for name, bad in (("a", 2), ("b", 0)))
    async with reading(folder) as reader:
        await reader.press("I")
        assert "No import of this session has left anything out." in reader.screen
        await bring(reader, bad)
        await bring(reader, good)
        await reader.press("I")
        assert "a.bib" in words(reader.within(reader.app.screen.query_one("#frame")))


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_hostile_names_are_text(folder: Path, tmp_path: Path, size: tuple[int, int]) -> None:
    files = tmp_path / "files"
    files.mkdir()
    bibliography(files / "[bold]x [@click=app.quit]y \x1b[31mred.bib", 4)
    async with reading(folder, size) as reader:
        await bring(reader, files)
        assert "4 rejected" in reader.toasts
        await reader.press("I")
        assert "files/[bold]x [@click=app.quit]y [31mred.bib" in reader.screen
        assert all(line.isprintable() for line in reader.screen.split("\n"))


def shown(blocks: Sequence[Block], width: int) -> list[str]:
    """The lines of some blocks."""
    return [line.plain.rstrip() for block in blocks for line in block.lines(width)]


def test_a_long_reason_stays_beside_its_line() -> None:
    rejects = (
        Reject("b.pdf", 0, "b.pdf is empty: download it again."),
        Reject("refs.bib", 9, "the entry has no end, and none of what follows can be read"),
        Reject("c.pdf", 0, "c.pdf is a web page."),
        Reject("refs.bib", 1200, "[/no] title"),
    )
    blocks = left_out_blocks(ImportReport(rejected=5, rejects=rejects))
    assert shown(blocks, 40) == [
        "Nothing added from 0 records, 5",
        "rejected.",
        "",
        "b.pdf is empty: download it again.",
        "c.pdf is a web page.",
        "",
        "refs.bib",
        "line    9  the entry has no end, and",
        "           none of what follows can be",
        "           read",
        "line 1200  [/no] title",
        "",
        "and 1 more: carrel import --rejects FILE",
        "writes every one of them to a file",
    ]
    assert isinstance(blocks[0].text, Content)
