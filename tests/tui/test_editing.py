"""Editing the fields of a paper in the reader, and seeing where they are from."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.library import Library
from index.views import Detail
from tests.tui.conftest import write_papers
from tests.tui.reading import NARROW, WIDE, Reading, library, reading
from tui.screens.editing import EditForm
from tui.screens.provenance import ProvenanceDialog

FIRST = 1


def stored(folder: Path, paper_id: int = FIRST) -> Detail:
    with library(folder) as other:
        return other.detail(paper_id)


def form(reader: Reading) -> EditForm | None:
    screen = reader.app.screen
    return screen if isinstance(screen, EditForm) else None


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_fields_are_edited_as_one_action(folder: Path, size: tuple[int, int]) -> None:
    async with reading(folder, size) as reader:
        await reader.press("B")
        assert "Title" in reader.screen
        await reader.type(" and Lamps")
        await reader.press("tab", "enter")
        await reader.type("Bo Ek")
        await reader.press("tab", "ctrl+u", "2", "0", "2", "3", "ctrl+s")
        assert form(reader) is None
        assert "Edited the title, the authors and the date" in reader.screen
        paper = stored(folder)
        assert paper.title == "Pooling of Graphs by Parsing and Lamps"
        assert paper.authors == ("Mina Song", "Ada Li", "Otto Ek", "Bo Ek")
        assert (paper.published, paper.venue) == ("2023", "ICLR")
        assert paper.edited == ("title", "authors", "published")
        assert reader.title == paper.title, "the row shows it"
        await reader.press("u")
        assert stored(folder).title == "Pooling of Graphs by Parsing"
        assert not stored(folder).edited


async def test_what_was_edited_outlives_the_next_import(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("B", "tab", "tab", "tab", "ctrl+u")
        await reader.type("NeurIPS")
        await reader.press("ctrl+s")
    with library(folder) as other:
        file = write_papers(
            folder.parent / "again.jsonl",
            [{"title": "Pooling", "arxiv_id": "2402.99993", "venue": "ICML", "upvotes": 9}],
        )
        other.import_files([file])
        assert other.detail(FIRST).venue == "NeurIPS"


async def test_what_cannot_be_kept_is_said_in_the_form_and_nothing_is_lost(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("B", "tab", "tab", "ctrl+u")
        await reader.type("soon")
        await reader.press("ctrl+s")
        assert form(reader)
        assert "The date cannot be kept" in reader.screen
        assert "soon" in reader.screen
        await reader.press("ctrl+u", "2", "0", "2", "2", "ctrl+s")
        assert form(reader) is None
        assert stored(folder).published == "2022"


async def test_an_identifier_of_another_paper_is_refused(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("B", *["tab"] * 6, "enter")
        await reader.paste("doi:10.1234/rings")
        await reader.press("ctrl+s")
        assert form(reader)
        assert "belongs to paper 2" in reader.screen
        await reader.press("escape")
        assert "Leave without saving?" in reader.screen
        await reader.press("y")
        assert form(reader) is None
        assert stored(folder).identifiers == (("arxiv", "2402.99993"),)


async def test_the_sources_speak_again_where_they_are_asked_to(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("B", "ctrl+r")
        assert "You have not edited this field" in reader.screen
        await reader.type(" X")
        await reader.press("ctrl+s", "B")
        assert "Title  edited by you" in reader.screen
        await reader.press("ctrl+r")
        assert form(reader) is None
        assert stored(folder).title == "Pooling of Graphs by Parsing"


async def test_leaving_an_unchanged_form_asks_nothing(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("B", "escape")
        assert form(reader) is None
        await reader.press("B", "ctrl+s")
        assert form(reader) is None
        assert not stored(folder).edited


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_where_a_paper_is_from_is_told_field_by_field(
    folder: Path, size: tuple[int, int]
) -> None:
    with library(folder) as other:
        other.papers.edit(FIRST, {"venue": "NeurIPS"})
    async with reading(folder, size) as reader:
        await reader.press("P")
        assert isinstance(reader.app.screen, ProvenanceDialog)
        assert "venue     you edited it" in reader.screen
        assert "title     jsonl" in reader.screen
        assert "date      jsonl" in reader.screen
        shown = "".join(reader.within(reader.app.screen.query_one("#frame")).split("│"))
        assert "papers.jsonl:1" in "".join(shown.split())
        assert '"arxiv_id"' not in reader.screen
        await reader.press("r")
        assert '"arxiv_id"' in reader.screen, "the record as it came"
        await reader.press("escape")
        assert not isinstance(reader.app.screen, ProvenanceDialog)


async def test_a_hostile_record_is_shown_as_text(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    other = Library.open(folder)
    line = (
        '{"title": "[/foo] Lamps", "abstract": "[@click=app.quit]x[/]", "note_x": "\x1b]0;p\x07"}'
    )
    (tmp_path / "h.jsonl").write_text(line + "\n", "utf-8")
    other.import_files([tmp_path / "h.jsonl"])
    other.close()
    async with reading(folder) as reader:
        await reader.press("P", "r")
        assert "[/foo] Lamps" in reader.screen
        assert "[@click=app.quit]x[/]" in reader.screen
        assert "\x1b" not in reader.screen
        await reader.press("escape", "B")
        assert form(reader)
        assert "[/foo] Lamps" in reader.screen
