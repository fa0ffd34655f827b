"""A theme of one's own in the reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Region
from textual.widgets import OptionList

from index.locations import settings_file, themes_folder
from tests.tui.reading import reading
from themes import builtin

OWN = '[colors]\nprimary = "#336699"\n[variables]\nlink-color = "#ff0000 50%"\n'


def _write(name: str, text: str = OWN) -> None:
    themes_folder().mkdir(parents=True, exist_ok=True)
    (themes_folder() / f"{name}.toml").write_text(f'name = "{name}"\n{text}')


async def test_it_is_offered_chosen_and_there_again_from_the_first_frame(tmp_path: Path) -> None:
    _write("mine")
    async with reading(tmp_path / "library", sample=True) as reader:
        await reader.until(lambda: "mine" in reader.app.available_themes)
        reader.app.theme = "mine"
        await reader.settle()
        assert "Attention" in reader.screen
    async with reading(tmp_path / "library") as reader:
        assert reader.app.theme == "mine"


async def test_the_settings_choose_one(tmp_path: Path) -> None:
    _write("mine")
    settings_file().write_text('theme = "mine"\n')
    async with reading(tmp_path / "library", sample=True) as reader:
        await reader.until(lambda: reader.app.theme == "mine")


async def test_what_is_wrong_with_one_is_told(tmp_path: Path) -> None:
    _write("bad", '[colors]\nprimary = "[/foo]"\n')
    async with reading(tmp_path / "library", sample=True) as reader:
        await reader.until(lambda: "colors.primary" in reader.screen)


@pytest.mark.parametrize("name", [theme.name for theme in builtin()])
async def test_every_theme_draws_the_desk_and_its_dialogs(tmp_path: Path, name: str) -> None:
    async with reading(tmp_path / "library", sample=True) as reader:
        reader.app.theme = name
        for key in ("t", "D", "n", "x", "i", "question_mark", "ctrl+p"):
            await reader.press(key)
            assert len(reader.app.screen_stack) == 2
            await reader.press("escape")
        assert set(reader.app.available_themes) == {theme.name for theme in builtin()}


async def test_without_colours_text_is_not_black_on_black(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with reading(tmp_path / "library", sample=True) as reader:
        reader.app.theme = "carrel-terminal"
        await reader.settle()
        rows = reader.desk.results.list
        first, second = rows.render_lines(Region(0, 0, rows.size.width, 2))
        styles = [style for strip in (first, second) for _, style, _ in strip if style]
        colours = {colour for style in styles for colour in (style.color, style.bgcolor) if colour}
        assert all(colour.is_default for colour in colours)
        assert any(style.reverse for _, style, _ in first if style), "the row at the cursor"
        assert not any(style.reverse for _, style, _ in second if style)


@pytest.mark.parametrize("key", ["x", "y", "ctrl+p"])
async def test_among_sixteen_colours_the_line_at_the_cursor_is_readable(
    tmp_path: Path, key: str
) -> None:
    async with reading(tmp_path / "library", sample=True) as reader:
        reader.app.theme = "carrel-terminal"
        await reader.press(key)
        options = reader.app.screen.query_one(OptionList)
        lines = options.render_lines(Region(0, 0, options.size.width, 3))
        cursor = [
            style.color.name
            for strip in lines
            for text, style, _ in strip
            if style and style.color and style.bgcolor and text.strip()
            if style.bgcolor.number == 4
        ]
        assert cursor, "the cursor is blue"
        assert {*cursor} <= {"bright_white", "default", "color(15)"}
