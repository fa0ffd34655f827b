"""What was done, a line each, under the days on which it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from textual.content import Content
from textual.message import Message
from textual.style import Style

from index.text import capital, counted
from index.views import HistoryEntry
from tui.widgets.line_list import LineList


class HistoryList(LineList):
    """The entries, the newest first. Those that are undone are struck out."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"history--{part}" for part in ("bar", "day", "rule", "muted", "sign", "undone")
    }

    DEFAULT_CSS = """
    HistoryList {
        & > .history--bar { color: $border; }
        & > .history--day { color: $secondary; text-style: bold; }
        & > .history--rule { color: $border-blurred; }
        & > .history--muted { color: $muted; text-style: $muted-style; }
        & > .history--sign { color: $accent; }
        & > .history--undone { color: $muted; text-style: strike; }
    }
    """

    NEAR = 50  # lines from the end at which older ones are asked for

    class OlderWanted(Message):
        """The end of what is at hand comes into view."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[dt.date | HistoryEntry] = []
        self._today = dt.date.min

    def show(self, entries: Sequence[HistoryEntry]) -> None:
        """Show entries; the cursor stays on the one where it is, else in its place."""
        chosen = self.entry
        at = self.cursor
        self._today = dt.datetime.now().astimezone().date()
        self._lines = []
        day: dt.date | None = None
        for entry in entries:
            if (its := moment(entry).date()) != day:
                self._lines.append(day := its)
            if chosen and entry.id == chosen.id:
                at = len(self._lines)
            self._lines.append(entry)
        self.place(max(1, at), self.top)

    @property
    def entry(self) -> HistoryEntry | None:
        """The entry at the cursor."""
        line = self._lines[self.cursor] if self.cursor < len(self._lines) else None
        return line if isinstance(line, HistoryEntry) else None

    @property
    def count(self) -> int:
        """How many lines there are, days included."""
        return len(self._lines)

    def is_heading(self, line: int) -> bool:
        """Whether the line is a day."""
        return isinstance(self._lines[line], dt.date)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for older entries where the end comes near."""
        super().watch_scroll_y(old_value, new_value)
        if self.top + self.page + self.NEAR > self.count:
            self.post_message(self.OlderWanted())

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """A day with its rule; or the hour, what was done, and to how many papers."""
        entry = self._lines[line]
        if isinstance(entry, dt.date):
            name = f" {day_named(entry, self._today)} "
            rule = "─" * max(0, width - len(name) - 1)
            day = Content.assemble((name, self._style("day")), (rule, self._style("rule")))
            return day.truncate(width, pad=True)
        left = Content.assemble(
            ("▌" if cursor else " ", self._style("bar")),
            (f"{moment(entry):%H:%M} ", self._style("muted")),
            ("↓ " if entry.kind == "import" else "  ", self._style("sign")),
        )
        right = Content.styled(
            f"  {counted(entry.papers) if entry.papers else ''} ", self._style("muted")
        )
        room = max(0, width - left.cell_length - right.cell_length)
        label = Content(capital(entry.label)).truncate(room, ellipsis=True)
        if entry.undone:
            label = label.stylize(self._style("undone"))
        label = label.pad_right(room - label.cell_length)
        return Content.assemble(left, label, right).truncate(width, pad=True)

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"history--{part}", partial=True)


def moment(entry: HistoryEntry) -> dt.datetime:
    """When it was done, in the time of this place."""
    return dt.datetime.fromisoformat(entry.at).astimezone()


def day_named(day: dt.date, today: dt.date) -> str:
    """``Today``, ``Yesterday`` or ``Friday, 20 November 2026``."""
    if 0 <= (today - day).days <= 1:
        return ("Today", "Yesterday")[(today - day).days]
    return f"{day:%A}, {day.day} {day:%B %Y}"
