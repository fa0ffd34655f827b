"""Copying: each form, of one paper and of several, and what cannot be copied."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tui.conftest import fill
from tests.tui.reading import reading
from tui import outside

FORMS = {
    "title": ("1", "t", "Pooling of Graphs by Parsing"),
    "link": ("2", "l", "https://arxiv.org/abs/2402.99993"),
    "Markdown link": (
        *("3", "m"),
        "[Pooling of Graphs by Parsing](https://arxiv.org/abs/2402.99993)",
    ),
    "BibTeX": ("4", "b", "@inproceedings{song2024pooling,"),
    "citation": (
        *("5", "c"),
        "Song, M., Li, A., & Ek, O. (2024). Pooling of Graphs by Parsing. ICLR.",
    ),
    "citation key": ("6", "y", "song2024pooling"),
}


@pytest.mark.parametrize("by", [0, 1])
@pytest.mark.parametrize("form", FORMS)
async def test_each_form_by_its_digit_or_letter(folder: Path, form: str, by: int) -> None:
    async with reading(folder) as reader:
        await reader.press("y", FORMS[form][by])
        assert reader.app.clipboard.startswith(FORMS[form][2])
        assert f"Copied the {form}." in reader.screen


async def test_the_menu_shows_digits_letters_and_names(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("y")
        for line in ("1 t  Title", "4 b  BibTeX", "6 y  Citation key"):
            assert line in reader.screen
        await reader.press("j", "j", "j", "enter")
        assert reader.app.clipboard.startswith("@")
        await reader.press("y", "escape")
        assert len(reader.app.screen_stack) == 1


async def test_the_marked_papers_are_copied_in_the_order_of_the_results(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "space", "k", "k", "space", "y")
        assert "Copy of 2 papers" in reader.screen
        await reader.press("t")
        titles = "Pooling of Graphs by Parsing\nTrees that Remember the Rain"
        assert reader.app.clipboard == titles
        assert "Copied the titles of 2 papers." in reader.screen
        await reader.press("y", "b")
        assert re.findall(r"@\w+", reader.app.clipboard) == ["@inproceedings", "@misc"]
        assert "Copied the BibTeX of 2 papers." in reader.screen


async def test_of_many_links_those_that_are_missing_are_counted(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("asterisk", "y", "l")
        assert reader.app.clipboard.count("https://") == 2
        assert "Copied the links of 2 papers; 2 have none." in reader.screen


async def test_a_paper_without_a_link_says_so(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("G", "y", "l")
        assert "No link is known of this paper." in reader.screen
        assert reader.app.clipboard == ""
        await reader.press("y", "m")
        assert reader.app.clipboard == "Diffusion over Small Kitchens"


async def test_a_text_that_some_terminals_do_not_take(tmp_path: Path) -> None:
    title = "A very long title " * 50
    folder = fill(tmp_path / "library", [{"title": f"{title}{n}"} for n in range(100)])
    async with reading(folder) as reader:
        await reader.press("asterisk", "y", "t")
        assert len(reader.app.clipboard) > outside.LONGEST_FOR_TERMINALS
        assert "Some terminals copy no text as long as this" in reader.screen


async def test_a_text_that_no_terminal_should_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.commands.copying.MOST", 40)
    folder = fill(tmp_path / "library", [{"title": "A lamp " * 5}, {"title": "A wick " * 5}])
    async with reading(folder) as reader:
        await reader.press("asterisk", "y", "t")
        assert "The titles of 2 papers are too long" in reader.screen
        assert reader.app.clipboard == ""
