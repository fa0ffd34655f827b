"""How carrel looks: one TOML file a theme, and the reader's own beside them.

A file has a ``name``, ``[colors]`` as Textual knows them, ``[desk]`` for what only carrel shows,
``[tags]`` for the eight colours that tags may have, and ``[variables]`` for any other CSS variable
of Textual. Of the colours only ``primary`` must be: for tag colours that are left out stand those
of carrel's own theme that is as dark.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from textual.theme import Theme

from index.errors import SettingsError

DEFAULT = "carrel-dark"

# What a theme may leave out of [desk], and what stands for it then.
DESK = {
    "muted": "secondary",
    "muted-style": "not dim",
    "mark": "accent",
    "unread": "primary",
    "star": "warning",
    "tag": "success",
    "cursor": "primary",
    "cursor-text": "background",
    "cursor-blurred": "panel",
    "cursor-blurred-style": "none",
    "marked": "panel",
    "marked-style": "bold",
    "border": "primary",
    "border-blurred": "panel",
}

TAG_COLOURS = ("red", "orange", "yellow", "green", "cyan", "blue", "purple", "grey")
"""The names in [tags]. Each becomes a CSS variable: ``$tag-red``."""

_HERE = Path(__file__).parent


def builtin() -> list[Theme]:
    """The themes that come with carrel. Their files are held to the schema by the tests, not here:
    the first frame waits for this."""
    return [_theme(_read(path)) for path in sorted(_HERE.glob("*.toml"))]


def load(folder: Path) -> tuple[list[Theme], list[SettingsError]]:
    """The themes of a folder, and what is wrong with the files that hold none.

    Each error names its file and key. A missing folder holds no themes.
    """
    themes, errors = [], []
    for path in sorted(folder.glob("*.toml")):
        try:
            themes.append(_theme(check(path)))
        except SettingsError as error:
            errors.append(error)
    return themes, errors


def check(path: Path) -> dict[str, Any]:
    """Read a theme's file and hold it to the schema. Raises SettingsError."""
    from pydantic import ValidationError

    from themes.schema import ThemeFile

    try:
        data = _read(path)
        ThemeFile.model_validate(data)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{path}: {key}: {first['msg']}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from None
    return data


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _theme(data: dict[str, Any]) -> Theme:
    colors, desk = data["colors"], data.get("desk", {})
    theme = Theme(
        name=data["name"],
        dark=data.get("dark", True),
        ansi=data.get("ansi", False),
        luminosity_spread=0.1,
        **colors,
    )
    system = theme.to_color_system().generate()
    own = {key: desk.get(key, system.get(other, other)) for key, other in DESK.items()}
    tags = {f"tag-{name}": colour for name, colour in _tags(data).items()}
    theme.variables = {**_shared(own, system), **own, **tags, **data.get("variables", {})}
    return theme


def _tags(data: dict[str, Any]) -> dict[str, str]:
    """The colours of tags by name."""
    own = data.get("tags", {})
    if len(own) == len(TAG_COLOURS):
        return dict(own)
    like = "light" if not data.get("dark", True) else "dark"
    if data.get("ansi", False):
        like = "terminal"
    return {**_read(_HERE / f"{like}.toml")["tags"], **own}


def _shared(own: dict[str, str], system: dict[str, str]) -> dict[str, str]:
    """Textual's own variables, drawn from the theme's few colours."""
    return {
        "block-cursor-background": own["cursor"],
        "block-cursor-foreground": own["cursor-text"],
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": own["cursor-blurred"],
        "block-cursor-blurred-foreground": system["foreground"],
        "block-hover-background": own["cursor-blurred"],
        "scrollbar": own["border-blurred"],
        "scrollbar-hover": own["muted"],
        "scrollbar-active": own["border"],
        "scrollbar-background": system["background"],
        "scrollbar-background-hover": system["background"],
        "scrollbar-background-active": system["background"],
        "scrollbar-corner-color": system["background"],
        "ansi-background": system["background"],  # which only themes of sixteen colours lack
        "ansi-foreground": system["foreground"],
        "input-selection-background": own["cursor"],
        "input-selection-foreground": own["cursor-text"],
    }
