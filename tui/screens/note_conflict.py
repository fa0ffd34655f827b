"""Two texts for one note: what was written here, and what somebody else wrote meanwhile."""

from __future__ import annotations

from itertools import takewhile
from typing import Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tui.screens.menu import Menu

Resolution = Literal["mine", "theirs", "both", "edit"]

SHOWN = 4  # lines of each

_CHOICES: list[tuple[str | Content, Resolution]] = [
    ("Keep yours", "mine"),
    ("Keep theirs", "theirs"),
    ("Keep both: theirs, a rule, yours", "both"),
    ("Edit yours again", "edit"),
]


class NoteConflict(Menu[Resolution]):
    """Shows where the two begin to differ, and asks what becomes of them."""

    DEFAULT_CSS = """
    NoteConflict .text {
        height: auto;
        margin-bottom: 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, theirs: str, mine: str) -> None:
        super().__init__("The note was changed elsewhere meanwhile", _CHOICES)
        self._theirs, self._mine = theirs, mine

    def compose_body(self) -> ComposeResult:
        """Both texts, and the choices."""
        for heading, text, other in (
            ("Theirs", self._theirs, self._mine),
            ("Yours", self._mine, self._theirs),
        ):
            shown = difference(text, other) or "(nothing)"
            yield Static(
                Content.assemble((f"{heading}\n", "bold $secondary"), shown), classes="text"
            )
        yield from super().compose_body()


def joined(theirs: str, mine: str) -> str:
    """Both texts, a rule between them."""
    return f"{theirs}\n\n---\n\n{mine}"


def difference(text: str, other: str) -> str:
    """The lines of a text from the one before the first that differs from another's."""
    lines, others = text.split("\n"), other.split("\n")
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(lines, others, strict=False))
    )
    start = max(0, min(same, len(lines) - 1) - 1)
    shown = lines[start : start + SHOWN]
    before, after = ["…"] * (start > 0), ["…"] * (start + SHOWN < len(lines))
    return "\n".join([*before, *shown, *after])
