"""A choice of one of a few words, all of them on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

Choice = TypeVar("Choice")


class OneOf(Widget, Generic[Choice], can_focus=True):
    """``● folded  ○ in full  ○ left out``. Enter is for the screen: its ``action_submit``."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up,h,k", "move(-1)", show=False),
        Binding("right,down,l,j,space", "move(1)", show=False),
        Binding("enter", "screen.submit", show=False),
    ]

    DEFAULT_CSS = """
    OneOf { height: 1; }
    """

    def __init__(self, choices: Sequence[tuple[str, Choice]]) -> None:
        super().__init__()
        self._all = self._offered = choices
        self._at = 0
        self._ends: list[int] = []  # the cell at which each choice ends

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return self._offered[self._at][1]

    def offer(self, choices: Sequence[Choice], chosen: Choice | None = None) -> None:
        """Offer some of the choices only; what was chosen stays so where it is among them."""
        wanted = self.choice if chosen is None else chosen
        self._offered = [one for one in self._all if one[1] in choices] or self._all
        offered = [choice for _, choice in self._offered]
        self._at = offered.index(wanted) if wanted in offered else 0
        self.refresh()

    def action_move(self, way: int) -> None:
        """Choose the next one."""
        self._at = (self._at + way) % len(self._offered)
        self.refresh()

    def render(self) -> Content:
        """The choices; the chosen one stands out, more so with the focus."""
        line, self._ends = Content(""), []
        for number, (words, _) in enumerate(self._offered):
            chosen = number == self._at
            style = ("bold $accent" if self.has_focus else "bold") if chosen else "$muted"
            line = line.append(Content.styled(f"{'●' if chosen else '○'} {words}", style))
            line = line.append("   ")
            self._ends.append(line.cell_length)
        return line

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked."""
        x = event.get_content_offset_capture(self).x
        at = next((number for number, end in enumerate(self._ends) if x < end), self._at)
        self._at = at
        self.refresh()
