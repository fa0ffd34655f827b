"""Facets: what the papers that are found have in common, to narrow the search by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from index.views import Facet, Value
from tui.screens.dialog import Dialog
from tui.widgets.line_list import LineList

FACETS: tuple[Facet, ...] = get_args(Facet)
BAR = 12  # cells of the bar of the most frequent value


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A value that the papers must have, or must not have."""

    facet: Facet
    value: str
    without: bool = False

    def of(self, query: str, any_word: bool) -> str:
        """A query, narrowed. It stands at the end, so that a word goes on being typed there.

        ``any_word``: of the words of the query any is enough, but not of what narrows it.
        """
        sign = "-" if self.without else ""
        field = "is" if self.facet == "status" else self.facet
        name = re.sub(r'["“”„]', " ", self.value)
        clause = f"{sign}{field}:{name}" if name.isalnum() else f'{sign}{field}:"{name}"'
        if not query.strip():
            return clause
        return f"{clause} AND ({query})" if any_word else f"{clause} {query}"


class ValueList(LineList):
    """The values of a facet, each with the papers that have it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"value--bar", "value--muted"}

    DEFAULT_CSS = """
    ValueList {
        height: 1fr;
        margin-bottom: 1;
        & > .value--bar { color: $primary; }
        & > .value--muted { color: $muted; text-style: $muted-style; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._values: Sequence[Value] = ()

    def show(self, values: Sequence[Value]) -> None:
        """Show the values of a facet, from the first."""
        self._values = values
        self.place(0, 0)

    @property
    def count(self) -> int:
        """How many values there are."""
        return len(self._values)

    @property
    def value(self) -> Value | None:
        """The value at the cursor."""
        return self._values[self.cursor] if self._values else None

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """A name, how many papers have it, and a bar for that."""
        value, most = self._values[line], max(value.count for value in self._values)
        count = f"{value.count:,}".rjust(len(f"{most:,}"))
        bar = "━" * max(1, round(BAR * value.count / most))
        room = max(0, width - len(count) - BAR - 6)
        return Content.assemble(
            "▌ " if cursor else "  ",
            Content(value.name).truncate(room, ellipsis=True, pad=True),
            (f"  {count} ", self._style("muted")),
            (bar.ljust(BAR), self._style("bar")),
        ).truncate(width, pad=True)

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"value--{part}", partial=True)


class FacetsDialog(Dialog[Narrowing]):
    """The facets side by side, the values of one of them below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,right,l", "turn(1)", show=False, priority=True),
        Binding("shift+tab,left,h", "turn(-1)", show=False, priority=True),
        Binding("enter", "narrow(False)", show=False),
        Binding("minus", "narrow(True)", show=False),
        Binding("q,f", "leave", show=False),
    ]

    DEFAULT_CSS = """
    FacetsDialog {
        #frame { width: 90; height: 80%; }
        Static { height: auto; }
        #facets { margin-bottom: 1; }
        #nothing { color: $muted; text-style: $muted-style; }
    }
    """

    def __init__(self) -> None:
        super().__init__("Facets", "tab next · enter narrow · - leave out · esc leave")
        self._at = 0
        self._counted: dict[Facet, list[Value]] = {}

    def compose_body(self) -> ComposeResult:
        """The facets, and the values of the one that is chosen."""
        yield Static(id="facets")
        yield Static(id="nothing")
        yield ValueList()

    def on_mount(self) -> None:
        """Show what is known so far."""
        self._show()

    def learn(self, facet: Facet, values: list[Value]) -> None:
        """Take in the values of a facet."""
        self._counted[facet] = values
        if self.is_attached and facet == self.facet:
            self._show()

    @property
    def facet(self) -> Facet:
        """The facet that is chosen."""
        return FACETS[self._at]

    def action_turn(self, way: int) -> None:
        """Choose the next facet, or the one before."""
        self._at = (self._at + way) % len(FACETS)
        self._show()

    def action_narrow(self, without: bool) -> None:
        """Narrow the search to the value at the cursor, or to what is without it."""
        if value := self.query_one(ValueList).value:
            self.dismiss(Narrowing(self.facet, value.name, without))

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """Narrow by a double click."""
        event.stop()
        self.action_narrow(False)

    def _show(self) -> None:
        names = (
            Content.styled(
                f" {facet.capitalize()} ", "$cursor-text on $cursor" if at == self._at else "$muted"
            )
            for at, facet in enumerate(FACETS)
        )
        self.query_one("#facets", Static).update(Content(" ").join(names))
        values = self._counted.get(self.facet)
        nothing = "counting …" if values is None else f"No {self.facet} among these papers."
        self.query_one("#nothing", Static).update(Content("" if values else nothing))
        self.query_one("#nothing").display = not values
        self.query_one(ValueList).show(values or ())
