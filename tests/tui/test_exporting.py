"""Exporting from the reader: what, by which format or template, and to which file."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path

import pytest

from index.locations import templates_folder
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, WIDE, Reading, library, reading
from tests.tui.test_long_work import held_up
from tui.asking import Ask
from tui.exporting import ExportPlan, Papers, ways, write
from tui.screens.busy import InterruptedWorkError
from tui.screens.export import ExportDialog
from tui.widgets.fields import Field
from tui.widgets.one_of import OneOf
from tui.widgets.refusal import Refusal


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


def dialog(reader: Reading) -> ExportDialog | None:
    screen = reader.app.screen
    return screen if isinstance(screen, ExportDialog) else None


def name(reader: Reading) -> str:
    """What stands in the field of the file."""
    return reader.app.screen.query_one(Field).value


def warning(reader: Reading) -> str:
    """What the dialog complains of."""
    shown = reader.app.screen.query_one(Refusal)
    return " ".join(reader.within(shown).split()) if shown.display else ""


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_format_and_template_is_offered(folder: Path, size: tuple[int, int]) -> None:
    async with reading(folder, size) as reader:
        await reader.press("x")
        for line in ("1 Markdown, to be read", "2 BibTeX", "6 A folder", "8 reading-list"):
            assert line in reader.screen
        assert "4 papers: all papers" in reader.screen
        assert "● folded away" in reader.screen
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1


async def test_the_name_follows_the_format_until_it_is_edited(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("x")
        assert name(reader) == "all papers.md"
        await reader.press("2")
        assert name(reader) == "all papers.bib"
        await reader.press("6")
        assert name(reader) == "all papers"
        assert "Folder" in reader.screen
        await reader.press("7")
        assert name(reader) == "all papers.html"
        await reader.press("3", "tab", "ctrl+u")
        await reader.type("mine")
        await reader.press("shift+tab", "k")
        assert name(reader) == "mine"


@pytest.mark.parametrize(
    ("keys", "file", "begins"),
    [
        ("", "all papers.md", "# all papers"),
        ("2", "all papers.bib", "%"),
        ("3", "all papers.json", "["),
        ("4", "all papers.jsonl", "{"),
        ("5", "all papers.csv", "key,"),
        ("7", "all papers.html", "<!DOCTYPE html>"),
        ("8", "all papers.md", "# all papers"),
    ],
)
async def test_each_format(folder: Path, keys: str, file: str, begins: str) -> None:
    async with reading(folder) as reader:
        await reader.press("x", *keys, "enter")
        assert dialog(reader) is None
        assert "Exported 4 papers" in reader.screen
        assert file in reader.screen
    text = Path(file).read_text("utf-8")
    assert text.lstrip("\ufeff").lower().startswith(begins.lower())
    assert "Pooling" in text


async def test_what_is_found_is_exported_under_its_name(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("lamps")
        await reader.press("enter", "x")
        assert "1 paper: lamps" in reader.screen
        await reader.press("enter")
    text = Path("lamps.md").read_text("utf-8")
    assert text.startswith("# lamps\n")
    assert "A Survey of Slow Lamps" in text
    assert "Pooling" not in text


@pytest.mark.parametrize(("moves", "folded", "shown"), [(0, 1, 1), (1, 0, 1), (2, 0, 0)])
async def test_abstracts_are_folded_given_in_full_or_left_out(
    folder: Path, moves: int, folded: int, shown: int
) -> None:
    async with reading(folder) as reader:
        await reader.press("x", "tab", "tab", *["right"] * moves, "enter")
    text = Path("all papers.md").read_text("utf-8")
    assert text.count("Heat spreads") == shown
    assert text.count("<details>") == folded * 4


async def test_a_folder_of_notes(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("x", "6", "enter")
        assert len(list(Path("all papers").rglob("*.md"))) >= 4
        await reader.press("x", "6", "enter")
        assert "holds files. Press enter again to replace those that carrel" in warning(reader)
        await reader.press("enter")
        assert dialog(reader) is None


async def test_the_marked_papers_leave_in_their_order(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "space", "space", "x")
        assert "2 papers: marked papers" in reader.screen
        await reader.press("4", "enter")
    lines = Path("marked papers.jsonl").read_text("utf-8").splitlines()
    titles = [json.loads(line)["title"] for line in lines]
    assert titles == ["Trees that Remember the Rain", "A Survey of Slow Lamps"]


@pytest.mark.parametrize(
    ("format_key", "words"),
    [("1", ["folded away", "in full", "left out"]), ("5", ["in full", "left out"]), ("7", [])],
)
async def test_abstracts_are_a_choice_where_the_format_has_it(
    folder: Path, format_key: str, words: list[str]
) -> None:
    async with reading(folder) as reader:
        await reader.press("x", format_key)
        offered = reader.app.screen.query_one(OneOf)
        shown = reader.within(offered) if offered.region.height else ""
        assert [word for word in ("folded away", "in full", "left out") if word in shown] == words


@pytest.mark.parametrize(("moves", "there"), [([], True), (["right"], False), (["l", "h"], True)])
async def test_abstracts_left_out_of_a_table(folder: Path, moves: list[str], there: bool) -> None:
    async with reading(folder) as reader:
        await reader.press("x", "5", "shift+tab", *moves, "enter")
    rows = list(csv.DictReader(Path("all papers.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 4
    assert ("abstract" in rows[0]) == there


async def test_an_existing_file_is_replaced_only_when_asked_twice(folder: Path) -> None:
    Path("all papers.md").write_text("mine")
    Path("all papers.bib").write_text("mine")
    async with reading(folder) as reader:
        await reader.press("x", "enter")
        assert "all papers.md exists. Press enter again to replace it." in warning(reader)
        await reader.press("2")
        assert warning(reader) == ""
        await reader.press("enter")
        assert "all papers.bib exists." in warning(reader)
        await reader.press("enter")
        assert dialog(reader) is None
    assert Path("all papers.md").read_text() == "mine"
    assert "Pooling" in Path("all papers.bib").read_text()


async def test_what_is_wrong_with_a_name_is_said_in_the_dialog(folder: Path) -> None:
    Path("a file").touch()
    async with reading(folder) as reader:
        for file, keys, said in (
            ("", "", "Name a file to write to."),
            ("none/x.md", "", "There is no folder"),
            (".", "", "Name a file to write to."),
            ("a file", "6", "Name a folder to write to."),
            ("n" * 300 + ".md", "", "its name is too long"),
        ):
            await reader.press("x", *keys, "tab", "ctrl+u")
            await reader.paste(file)
            await reader.press("enter")
            assert said in warning(reader)
            await reader.press("escape")
    assert sorted(Path().iterdir()) == [Path("a file")]


async def test_a_template_with_a_mistake_is_told_in_the_dialog(folder: Path) -> None:
    templates_folder().mkdir(parents=True)
    (templates_folder() / "broken.txt.jinja").write_text("one\n{{ papers[0].nothing.more }}\n")
    async with reading(folder) as reader:
        offered = [way.name for way in ways()]
        await reader.press("x", str(offered.index("broken") + 1), "enter")
        await reader.until(lambda: dialog(reader))
        assert "line 2" in warning(reader)
        assert name(reader) == "all papers.txt"
        assert not Path("all papers.txt").exists()
        await reader.press("shift+tab", "1", "tab", "ctrl+u")
        await reader.type("works.md")
        assert warning(reader) == ""
        await reader.press("enter")
    assert Path("works.md").exists()


async def test_where_nothing_is_found_nothing_is_exported(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("nowhere")
        await reader.press("enter", "x")
        assert dialog(reader) is None
        assert "There are no papers to export." in reader.screen


async def test_leaving_breaks_an_export_off_and_keeps_the_old_file(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": f"Lamp number {n}"} for n in range(200)])
    Path("all papers.md").write_text("old")
    async with reading(folder) as reader, held_up(reader) as gate:
        await reader.press("x", "enter")
        await reader.pilot.press("enter")
        await reader.until(lambda: dialog(reader) is None)
        leaving = asyncio.create_task(reader.desk.leave())
        await reader.pilot.pause()
        gate.set()
        await leaving
    assert Path("all papers.md").read_text() == "old"
    assert len(list(Path().iterdir())) == 1


def test_an_export_that_is_broken_off_keeps_the_old_file(folder: Path) -> None:
    Path("old.md").write_text("old")
    heard: list[tuple[int, int]] = []

    def tell(done: int, total: int) -> None:
        heard.append((done, total))
        raise InterruptedWorkError

    papers = Papers("all papers", 4, Ask("", "", as_typed=False))
    plan = ExportPlan(papers, ways()[0], Path("old.md"), replaces=True)
    with library(folder) as other, pytest.raises(InterruptedWorkError):
        write(other, plan, tell)
    assert heard == [(0, 4)]
    assert [(one.name, one.read_text()) for one in Path().iterdir()] == [("old.md", "old")]


async def test_a_click_chooses(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("x")
        choice = reader.app.screen.query_one(OneOf)
        at = reader.within(choice).index("left out")
        await reader.pilot.click(choice, offset=(at, 0))
        assert choice.choice == "none"
