"""Every key, from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui.commands import Command, in_order
from tui.screens.dialog import Dialog
from tui.widgets.scroller import Scroller

QUERIES = (
    ("graph pooling", "both words, in any of their forms"),
    ('"graph pooling"', "side by side, as they are written"),
    ("graph OR tree", "one of the two"),
    ("graph -survey", "without a word"),
    ("diff*  gr?ph  grpah~", "beginnings, patterns, misspellings"),
    ("title:graph  author:song", "in one field"),
    ("year:2022..2024  added:7d", "of some years, new this week"),
    ("tag:ml  list:thesis", "what you made of them"),
    ("is:starred  status:reading", "how they stand"),
    ("rating:4..  note:proof", "what you thought and wrote"),
    ("text:lemma  has:pdf", "words of their PDFs; a PDF at hand"),
    ("tab, in the search field", "takes the name that is offered"),
)

PALETTE = "in ctrl+p"
"""Where a command is that has no key of its own."""


class HelpScreen(Dialog[None]):
    """The keys by group, and how to write a query."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,question_mark", "leave", "Leave", show=False)
    ]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (148, "-wide")]  # noqa: RUF012

    DEFAULT_CSS = """
    HelpScreen {
        #frame { width: 76; }
        Scroller { height: auto; max-height: 100%; layout: vertical; }
        Static { width: 1fr; height: auto; padding-bottom: 1; }
        &.-wide #frame { width: 138; }
        &.-wide Scroller { layout: horizontal; }
        &.-wide #commands { width: auto; margin-right: 3; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Keys", "j k scroll · esc leave")

    def compose_body(self) -> ComposeResult:
        """The whole help as one text."""
        with Scroller():
            blocks = help_blocks()
            yield Static(Content("\n\n").join(blocks[:-3]), id="commands")
            yield Static(Content("\n\n").join(blocks[-3:]))


def help_blocks() -> list[Content]:
    """The help, a block for each group of commands and one on queries."""
    groups = groupby(in_order(), key=lambda one: one.group)
    blocks = [_block(group, _lines(commands)) for group, commands in groups]
    return [*blocks, _block("The query language", list(QUERIES))]


def _lines(commands: Iterable[Command]) -> list[tuple[str, str]]:
    """The keys and what they do; commands of one description share a line."""
    return [
        ("  ".join(key for one in alike for key in one.shown_keys) or PALETTE, description)
        for description, alike in groupby(commands, key=lambda one: one.description)
    ]


def _block(heading: str, lines: list[tuple[str, str]]) -> Content:
    width = max(len(left) for left, _ in lines) + 2
    rows = [Content.assemble("\n", (left.ljust(width), "$accent"), right) for left, right in lines]
    return Content("").join([Content.styled(heading, "bold $primary"), *rows])
