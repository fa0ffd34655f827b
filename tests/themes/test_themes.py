"""The themes: each readable, each a file that the schema lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import themes
from index.keeping.tags import COLOURS
from themes import DESK, TAG_COLOURS, builtin, check, load

FILES = sorted(Path(themes.__file__).parent.glob("*.toml"))
COLOURED = [theme for theme in builtin() if not theme.ansi]

READABLE = 4.5  # WCAG 2.2, level AA, for text
VISIBLE = 1.3  # a frame is no text, but it is to be seen


def test_three_to_start_with() -> None:
    assert {theme.name for theme in builtin()} == {"carrel-dark", "carrel-light", "carrel-terminal"}
    assert themes.DEFAULT in {theme.name for theme in builtin()}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_files_pass_the_schema(file: Path) -> None:
    assert check(file)["name"] == f"carrel-{file.stem}"


def _colours(theme: Theme) -> dict[str, str]:
    return theme.to_color_system().generate() | theme.variables


def _luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in Color.parse(colour).normalized
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_text_is_readable_wherever_it_stands(theme: Theme) -> None:
    colours = _colours(theme)
    in_rows = ["foreground", "muted", "mark", "unread", "star", "tag"]
    in_rows += [f"tag-{name}" for name in TAG_COLOURS]
    elsewhere = [*in_rows, "accent", "success", "error", "warning", "primary", "secondary"]
    pairs = [(text, ground) for text in elsewhere for ground in ("surface", "panel")]
    grounds = ("cursor", "cursor-blurred", "marked")
    pairs += [(text, ground) for text in in_rows for ground in grounds]
    pairs += [("cursor-text", "cursor")]
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in found.items() if ratio < READABLE} == {}


@pytest.mark.parametrize("theme", COLOURED, ids=lambda theme: theme.name)
def test_the_cursor_and_the_frames_are_seen(theme: Theme) -> None:
    colours = _colours(theme)
    assert contrast(colours["border"], colours["surface"]) >= 3
    assert contrast(colours["border-blurred"], colours["surface"]) >= VISIBLE
    assert contrast(colours["cursor"], colours["surface"]) >= VISIBLE
    assert colours["marked"] not in (colours["surface"], colours["cursor"])


def test_the_terminal_theme_has_only_the_terminals_colours() -> None:
    (theme,) = (theme for theme in builtin() if theme.ansi)
    styles = {name for name in theme.variables if name.endswith("-style")}
    for name, colour in theme.variables.items():
        assert name in styles or colour.startswith("ansi_"), name


def test_the_colours_of_tags_are_those_that_the_library_knows() -> None:
    assert TAG_COLOURS == COLOURS


@pytest.mark.parametrize("theme", builtin(), ids=lambda theme: theme.name)
def test_no_two_tag_colours_are_one(theme: Theme) -> None:
    assert len({_colours(theme)[f"tag-{name}"] for name in TAG_COLOURS}) == len(TAG_COLOURS)


@pytest.mark.parametrize(
    ("kind", "like"),
    [("", "carrel-dark"), ("dark = false", "carrel-light"), ("ansi = true", "carrel-terminal")],
)
def test_a_theme_takes_the_tag_colours_it_leaves_out_from_one_as_dark(
    tmp_path: Path, kind: str, like: str
) -> None:
    text = f'name = "one"\n{kind}\n[colors]\nprimary = "#336699"\n[tags]\nred = "#ff0000"\n'
    (tmp_path / "one.toml").write_text(text)
    (found,), errors = load(tmp_path)
    assert not errors
    assert found.variables["tag-red"] == "#ff0000"
    (other,) = (theme for theme in builtin() if theme.name == like)
    assert found.variables["tag-blue"] == other.variables["tag-blue"]


def test_themes_of_ones_own_are_read_and_bad_ones_told_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_text('name = "good"\n[colors]\nprimary = "#336699"\n')
    (tmp_path / "bad.toml").write_text('name = "bad"\n[colors]\nprimary = "bluish"\n')
    (tmp_path / "broken.toml").write_text("name = ")
    (tmp_path / "typo.toml").write_text(
        'name = "typo"\n[colors]\nprimary = "red"\nsecundary = "blue"\n'
    )
    (tmp_path / "bytes.toml").write_bytes(b'name = "\xff"')
    (tmp_path / "readme.txt").write_text("not a theme")
    found, errors = load(tmp_path)
    assert [theme.name for theme in found] == ["good"]
    assert set(DESK) <= set(found[0].variables)
    told = {str(error) for error in errors}
    assert len(told) == 4
    for file, key in (
        ("bad.toml", "colors.primary"),
        ("typo.toml", "colors.secundary"),
        ("broken.toml", "Invalid value"),
        ("bytes.toml", "utf-8"),
    ):
        assert any(file in sentence and key in sentence for sentence in told)


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('[variables]\nborder = "nonsense"', "variables.border"),
        ('[variables]\n"Bad Name" = "red"', "variables.Bad Name"),
        ('[desk]\nmuted-style = "blinking"', "desk.muted-style"),
        ("[desk]\nmark = 3", "desk.mark"),
        ('[tags]\npink = "red"', "tags.pink"),
    ],
)
def test_a_mistake_names_its_key(tmp_path: Path, line: str, key: str) -> None:
    (tmp_path / "one.toml").write_text(f'name = "one"\n[colors]\nprimary = "red"\n{line}\n')
    _, (error,) = load(tmp_path)
    assert str(error).startswith(f"{tmp_path / 'one.toml'}: {key}")


def test_no_folder_is_no_theme(tmp_path: Path) -> None:
    assert load(tmp_path / "none") == ([], [])
