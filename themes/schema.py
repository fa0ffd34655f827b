"""What a theme's file may hold."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from textual.color import Color, ColorParseError


def _colour(text: str) -> str:
    try:
        Color.parse(text)
    except ColorParseError:
        raise ValueError(f"{text!r} is no colour: write #rrggbb, a CSS name or ansi_…") from None
    return text


_STYLES = {"none", "not", "bold", "dim", "italic", "reverse", "strike", "underline"}


def _style(text: str) -> str:
    if not text or set(text.split()) - _STYLES:
        raise ValueError(f"{text!r} is no style: use {', '.join(sorted(_STYLES))}")
    return text


def _value(text: str) -> str:
    """A colour, perhaps with how opaque it is (``#fff 50%``), or a text style."""
    if set(text.split()) <= _STYLES:
        return _style(text)
    return _colour(re.sub(r" \d{1,3}%$", "", text)) and text


Colour = Annotated[str, AfterValidator(_colour)]
TextStyle = Annotated[str, AfterValidator(_style)]
Value = Annotated[str, AfterValidator(_value)]


class _Table(BaseModel):
    model_config = ConfigDict(
        extra="forbid", strict=True, alias_generator=lambda name: name.replace("_", "-")
    )


class Colors(_Table):
    """The colours that everything else is mixed from, named as Textual names them."""

    primary: Colour
    secondary: Colour | None = None
    accent: Colour | None = None
    foreground: Colour | None = None
    background: Colour | None = None
    surface: Colour | None = None
    panel: Colour | None = None
    success: Colour | None = None
    warning: Colour | None = None
    error: Colour | None = None


class Desk(_Table):
    """The colours of what only carrel shows."""

    muted: Colour | None = None
    muted_style: TextStyle | None = None
    mark: Colour | None = None
    unread: Colour | None = None
    star: Colour | None = None
    tag: Colour | None = None
    cursor: Colour | None = None
    cursor_text: Colour | None = None
    cursor_blurred: Colour | None = None
    cursor_blurred_style: TextStyle | None = None
    marked: Colour | None = None
    marked_style: TextStyle | None = None
    border: Colour | None = None
    border_blurred: Colour | None = None


class Tags(_Table):
    """The colours that tags may have."""

    red: Colour | None = None
    orange: Colour | None = None
    yellow: Colour | None = None
    green: Colour | None = None
    cyan: Colour | None = None
    blue: Colour | None = None
    purple: Colour | None = None
    grey: Colour | None = None


class ThemeFile(_Table):
    """A theme's file as a whole."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    dark: bool = True
    ansi: bool = False
    colors: Colors
    desk: Desk = Desk()
    tags: Tags = Tags()
    variables: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")], Value] = {}
