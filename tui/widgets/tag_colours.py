"""The colours of tags, for whatever draws one."""

from __future__ import annotations

from collections.abc import Mapping

from themes import TAG_COLOURS

TAG_CLASSES = {f"tag--{colour}" for colour in TAG_COLOURS}
"""The component classes of a widget that draws tags by itself."""

TAG_CSS = "\n".join(f"& > .tag--{colour} {{ color: $tag-{colour}; }}" for colour in TAG_COLOURS)
"""Their rules, to stand within those of the widget."""

Colours = Mapping[str, str]
"""The colours of the tags that have one, by the tags' names."""


def tag_class(colour: str) -> str:
    """The component class of a colour; empty where it is none that themes know."""
    return f"tag--{colour}" if colour in TAG_COLOURS else ""


def tag_style(colour: str, otherwise: str = "$tag") -> str:
    """The style of a colour in a text whose styles are names."""
    return f"$tag-{colour}" if colour in TAG_COLOURS else otherwise
