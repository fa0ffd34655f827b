"""The dialogs: names by a few letters, files by a few letters, and asking before harm is done."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.command import CommandList
from textual.widgets import OptionList

from tests.tui.conftest import fill, write_papers
from tests.tui.reading import NARROW, WIDE, library, reading
from tui.commands import in_order
from tui.screens.help import QUERIES
from tui.screens.names import ranked
from tui.screens.paths import completions, matching, typed_path, why_not_written


def test_names_that_start_so_come_first_then_those_that_hold_it_then_those_alike() -> None:
    names = ["egg", "graph learning", "hypergraph", "Graphs", "grape", "paragraph"]
    found = ranked("graph", names)
    assert found[:2] == ["graph learning", "Graphs"]
    assert set(found[2:4]) == {"hypergraph", "paragraph"}
    assert "egg" not in found
    assert ranked("gra pes", names)[0] == "grape"
    assert ranked("MÜ", ["muse", "x"]) == ["muse"]
    assert ranked("", names) == names
    assert ranked("zzz", names) == []


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with some files and a folder in it."""
    folder = tmp_path / "files"
    (folder / "sub").mkdir(parents=True)
    for name in ("page-0.txt", "page-1.txt", "notes.md", ".hidden", "two words.txt"):
        (folder / name).touch()
    return folder


def test_completions(files: Path) -> None:
    assert completions(f"{files}/") == [
        f"{files}/{name}"
        for name in ("sub/", "notes.md", "page-0.txt", "page-1.txt", "two words.txt")
    ]
    assert completions(f"{files}/pa") == [f"{files}/page-0.txt", f"{files}/page-1.txt"]
    assert completions(f"{files}/.h") == [f"{files}/.hidden"]
    assert completions(f"{files}/none/x") == []
    assert completions(f"{files}/notes.md/") == []
    assert completions("~nobody-of-that-name/") == []


def test_files_by_name_and_by_pattern(files: Path) -> None:
    assert matching(f" {files}/notes.md ") == [files / "notes.md"]
    assert matching(f"{files}/page-*.txt") == [files / "page-0.txt", files / "page-1.txt"]
    assert matching(f"{files}/sub") == []
    assert matching(f"{files}/*/x[") == []
    assert matching("x" * 5000) == []
    assert matching("") == []


def test_why_a_file_cannot_be_written(files: Path) -> None:
    assert why_not_written(files / "new.md") == ""
    assert "Name a file" in why_not_written(files)
    assert "Name a file" in why_not_written(typed_path(""))
    assert "no folder" in why_not_written(files / "none" / "x.md")


async def test_import_completes_goes_into_folders_and_imports(
    folder: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_papers(files / "sub" / "more.jsonl", [{"title": "A New Lamp"}, {"abstract": "no title"}])
    monkeypatch.chdir(files)
    async with reading(folder) as reader:
        await reader.press("i")
        assert "page-0.txt" in reader.screen
        await reader.type("s")
        await reader.press("tab")
        assert "sub/more.jsonl" not in reader.screen
        assert "more.jsonl" in reader.screen
        await reader.press("down", "down", "enter")
        assert "1 paper added from 2 records, 1 rejected." in reader.screen
        assert "more.jsonl, line 2" in reader.screen
        assert reader.desk.results.list.count == 5
        assert reader.title == "Pooling of Graphs by Parsing", "the cursor stays on its paper"
        await reader.press("i", "enter")
        assert "Name a file or a folder." in reader.screen
        await reader.type("none.txt")
        await reader.press("enter")
        assert "There is no file none.txt." in reader.screen


async def test_a_folder_comes_in_whole_by_going_into_it(
    folder: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_papers(files / "sub" / "more.jsonl", [{"title": "A New Lamp"}])
    (files / "sub" / "deep").mkdir()
    write_papers(files / "sub" / "deep" / "other.jsonl", [{"title": "A Deep Lamp"}])
    monkeypatch.setenv("HOME", str(files))
    async with reading(folder) as reader:
        await reader.press("i")
        await reader.type("~")
        await reader.press("enter")
        assert "All of files/" in reader.screen
        assert "page-0.txt" in reader.screen
        await reader.press("down", "enter")
        assert "All of sub/" in reader.screen
        await reader.press("enter")
        assert "2 papers added from 2 records." in reader.screen
        await reader.press("i")
        await reader.paste(str(files / "sub"))
        await reader.press("enter", "down", "enter")
        assert "All of deep/" in reader.screen
        await reader.type("other")
        assert "All of" not in reader.screen
        await reader.press("down", "enter")
        assert "Nothing added from 1 record, 1 unchanged." in reader.screen


async def test_several_files_come_in_by_a_pattern_and_again_change_nothing(
    folder: Path, tmp_path: Path
) -> None:
    for number in range(3):
        write_papers(tmp_path / f"set-{number}.jsonl", [{"title": f"Lamp {number}"}])
    async with reading(folder) as reader:
        for said in (
            "3 papers added from 3 records.",
            "Nothing added from 3 records, 3 unchanged.",
        ):
            await reader.press("i")
            await reader.paste(f"{tmp_path}/set-*.jsonl")
            await reader.press("enter")
            assert said in reader.screen
        await reader.press("u", "y")
        assert reader.desk.results.list.count == 4


async def test_an_import_of_what_is_no_paper_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00" * 100)
    async with reading(folder) as reader:
        await reader.press("i")
        await reader.paste(f"{tmp_path}/picture.png")
        await reader.press("enter")
        assert "Nothing added" in reader.screen
        assert "picture.png" in reader.screen


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_help_names_every_command_and_scrolls(folder: Path, size: tuple[int, int]) -> None:
    async with reading(folder, size) as reader:
        await reader.press("question_mark")
        seen = reader.screen
        for _ in range(12):
            await reader.press("ctrl+d")
            seen += reader.screen
        for command in in_order():
            assert command.description in seen
            assert next(iter(command.shown_keys), "in ctrl+p") in seen
        await reader.press("g", "g")
        assert "Going" in reader.screen
        await reader.press("q")
        assert len(reader.app.screen_stack) == 1


async def test_the_columns_of_the_help_neither_touch_nor_wrap(folder: Path) -> None:
    for size in ((80, 140), (148, 90), (160, 90)):
        async with reading(folder, size) as reader:
            await reader.press("question_mark")
            lines = reader.screen.split("\n")
            said = [command.description for command in in_order()]
            for text in said + [meaning for _, meaning in QUERIES]:
                assert any(f" {text}  " in line for line in lines), (size, text)


@pytest.mark.parametrize("key", ["S", "y", "x"])
async def test_the_keys_that_move_do_so_in_the_list_of_a_dialog(folder: Path, key: str) -> None:
    async with reading(folder) as reader:
        await reader.press(key)
        options = reader.app.screen.query_one(OptionList)
        last = options.option_count - 1
        for moved, at in (("j", 1), ("G", last), ("k", last - 1), ("home", 0), ("end", last)):
            await reader.press(moved)
            assert options.highlighted == at, moved
        await reader.press("ctrl+u")
        assert options.highlighted == last - options.size.height // 2
        await reader.press("g", "g")
        assert options.highlighted == 0


async def test_the_palette_runs_commands_themes_and_shelves(folder: Path) -> None:
    async with reading(folder) as reader:

        async def choose(words: str) -> None:
            await reader.press("ctrl+p")
            await reader.paste(words)
            found = reader.app.screen.query_one(CommandList)
            await reader.until(lambda: found.option_count == 1)
            await reader.press("enter")

        await choose("star papers")
        await reader.until(lambda: reader.desk.row and reader.desk.row.starred)
        await choose("carrel-light")
        await reader.until(lambda: reader.app.theme == "carrel-light")
        await choose("library: starred")
        await reader.until(lambda: reader.desk.shelf.name == "Starred")
        assert reader.pane == "results"


async def test_a_dialog_fits_a_small_screen(folder: Path) -> None:
    async with reading(folder, (60, 16)) as reader:
        for key in ("t", "l", "n", "y", "D", "x", "i", "A", "question_mark"):
            await reader.press(key)
            frame = reader.app.screen.query_one("#frame")
            assert reader.app.screen.region.contains_region(frame.region)
            await reader.press("escape")


async def test_in_a_dialog_on_sixteen_lines_nothing_is_cut_off(folder: Path) -> None:
    async with reading(folder, (80, 16)) as reader:
        await reader.press("x")
        assert "File" in reader.screen
        assert "folded away" in reader.screen
        assert "esc leave" in reader.screen
        await reader.press("escape", "i")
        await reader.until(lambda: "come in whole." in reader.screen)
        assert "name of a file or folder" in reader.screen
        assert "esc leave" in reader.screen


@pytest.mark.parametrize("size", [(80, 16), NARROW])
async def test_a_title_as_long_as_a_page_leaves_room_for_the_names(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    papers: list[dict[str, object]] = [{"title": "On and on " * 100}]
    folder = fill(tmp_path / "library", papers)
    with library(folder) as other:
        other.tags.add(1, "graphs")
    async with reading(folder, size) as reader:
        await reader.press("t")
        assert "name of a tag" in reader.screen
        assert "✓ graphs" in reader.screen


async def test_a_name_the_library_does_not_take_is_told(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("t")
        await reader.type('a "quoted" tag')
        await reader.press("enter")
        assert "may not hold quotation marks" in reader.screen
        assert "#a" not in reader.screen, "what was shown at once is taken back"
        with library(folder) as other:
            assert other.tags.names() == []


async def test_what_is_exported_is_what_is_shown(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with reading(folder) as reader:
        await reader.press("G", "s", "shift+tab", "G", "k", "slash")
        await reader.type("diffu")
        await reader.press("enter")
        assert reader.desk.results.list.count == 1, "the last word is a prefix"
        await reader.press("x", "enter")
        text = (tmp_path / "diffu in Starred.md").read_text()
        assert "Diffusion over Small Kitchens" in text


async def test_what_a_folder_held_besides_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "mix").mkdir()
    (tmp_path / "mix" / "a.bib").write_text("@article{a, title={Of Mixtures}}")
    (tmp_path / "mix" / "notes.txt").write_text("Dear reader, this is a letter.")
    async with reading(folder) as reader:
        await reader.press("i")
        await reader.paste("mix/")
        await reader.press("enter", "enter")
        await reader.until(lambda: "left out: mix/notes.txt" in reader.toasts)
