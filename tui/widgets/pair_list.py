"""Pairs of papers that may be one, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.style import Style

from index.views import Pair, Row
from tui.widgets.line_list import LineList

REASON = 11  # cells


def reason(pair: Pair) -> str:
    """What says that two papers are one, in a word or two."""
    return f"near {pair.likeness:>5.0%}" if pair.reason == "near" else pair.reason


class PairList(LineList):
    """The pairs, the surest first."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pair--muted", "pair--bar", "pair--near"}

    DEFAULT_CSS = """
    PairList {
        height: 3;
        margin-bottom: 1;
        & > .pair--bar { color: $border; }
        & > .pair--near { color: $mark; }
        & > .pair--muted { color: $muted; text-style: $muted-style; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._pairs: Sequence[tuple[Pair, Row, Row]] = ()

    def show(self, pairs: Sequence[tuple[Pair, Row, Row]], cursor: int) -> None:
        """Show pairs with their papers, the cursor on one of them."""
        self._pairs = pairs
        self.place(cursor)

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return len(self._pairs)

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """What says so, the title, and who wrote it when."""
        pair, one, other = self._pairs[line]
        years = "/".join(dict.fromkeys(filter(None, (one.year, other.year))))
        right = "  ".join(filter(None, (one.authors or other.authors, years)))
        room = max(0, width - REASON - len(right) - 6)
        return Content.assemble(
            ("▌ " if cursor else "  ", self._style("bar")),
            (reason(pair).ljust(REASON), self._style("muted" if pair.exact else "near")),
            "  ",
            Content(one.title).truncate(room, ellipsis=True, pad=True),
            (f"  {right}", self._style("muted")),
        ).truncate(width, pad=True)

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"pair--{part}", partial=True)
