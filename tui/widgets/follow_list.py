"""What is followed, a line each: what it is, when it was last fetched, and what came of that."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.content import Content
from textual.style import Style

from index.views import Follow, FollowKind
from tui.gathering import ago
from tui.widgets.line_list import LineList

KINDS: dict[FollowKind, str] = {
    "arxiv": "arXiv",
    "hf": "Hugging Face",
    "feed": "feed",
    "author": "author",
}
"""The kinds of what can be followed, as people call them."""

KIND = 14  # cells, and the same for when it was fetched
NAME = 22  # cells that a name has at the least


class FollowList(LineList):
    """What is followed; the cursor stays on the one where it is when others come or go."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"follow--{part}" for part in ("bar", "muted", "under-way", "failed")
    }

    DEFAULT_CSS = """
    FollowList {
        & > .follow--bar { color: $border; }
        & > .follow--muted { color: $muted; text-style: $muted-style; }
        & > .follow--under-way { color: $accent; }
        & > .follow--failed { color: $error; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._follows: Sequence[Follow] = ()
        self._fetching: Collection[int] = ()

    def show(self, follows: Sequence[Follow], fetching: Collection[int], at: int = 0) -> None:
        """Show what is followed, and what of it is being fetched; the cursor on ``at``, an id."""
        wanted = at or (self.follow.id if self.follow else 0)
        self._follows, self._fetching = follows, fetching
        ids = [one.id for one in follows]
        self.place(ids.index(wanted) if wanted in ids else self.cursor)

    @property
    def follow(self) -> Follow | None:
        """The one at the cursor."""
        return self._follows[self.cursor] if self.cursor < len(self._follows) else None

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._follows)

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """Its kind, its name, when it was fetched, and what came of that."""
        one = self._follows[line]
        now = dt.datetime.now().astimezone()
        when = ago(one.last, now) if one.last else "never"
        result, style = one.result, "failed" if one.failed else "muted"
        if one.id in self._fetching:
            result, style = "fetching …", "under-way"
        name = max(NAME, (width - 2 * KIND) * 2 // 5)
        return Content.assemble(
            ("▌" if cursor else " ", self._style("bar")),
            (KINDS[one.kind].ljust(KIND), self._style("muted")),
            _cell(one.title or one.what, name),
            (f"{when:<{KIND}} ", self._style("muted")),
            (result, self._style(style)),
        ).truncate(width, ellipsis=True, pad=True)

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"follow--{part}", partial=True)


def _cell(text: str, width: int) -> Content:
    """A text cut to a width, a blank at its end."""
    return Content(text).truncate(width - 1, ellipsis=True, pad=True).append(" ")
