"""The field in which a query is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.geometry import Offset
from textual.widgets import Input, Label

from index.views import Completion
from tui.commands import COMMANDS
from tui.messages import QueryTyped
from tui.widgets.completions import Completions, worth_offering
from tui.widgets.fields import Field

_OWN = (COMMANDS["to_results"].binding, COMMANDS["enter_query"].binding)


class QueryField(Field):
    """The field itself. What leads out of it is for the desk, not for the base of the field.

    While something is offered, the keys that choose and take it come before those of the desk.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", show=False),
        Binding("down,ctrl+n", "choose(1)", show=False),
        Binding("up,ctrl+p", "choose(-1)", show=False),
        Binding("escape", "decline", show=False),
        *(replace(one, action=f"screen.{one.action}") for one in _OWN),
    ]

    def __init__(self, completions: Completions) -> None:
        super().__init__(
            placeholder="words, author:, year:2022.., tag:, is:unread",
            id="query",
            select_on_focus=False,
        )
        self._completions = completions

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key has something to choose from."""
        return self._completions.is_open or action not in ("complete", "choose", "decline")

    def action_complete(self) -> None:
        """Take the word that is chosen."""
        text, cursor = self._completions.taken(self.value)
        self._completions.close()
        self.value = text
        self.cursor_position = cursor

    def action_choose(self, way: int) -> None:
        """Choose the next word, or the one before."""
        self._completions.move(way)

    def action_decline(self) -> None:
        """Go on without."""
        self._completions.close()


class SearchField(Horizontal):
    """One line: a slash, and the query."""

    DEFAULT_CSS = """
    SearchField {
        height: 2;
        padding: 0 1;
        border-bottom: solid $border-blurred;

        Label { color: $accent; width: 2; }
        Input, Input:focus {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0;
            background: transparent;
        }
        Input > .input--placeholder { color: $muted; text-style: $muted-style; }
    }
    """

    def compose(self) -> ComposeResult:
        """The slash, the field, and what it may be completed to."""
        completions = Completions()
        yield Label("/")
        yield QueryField(completions)
        yield completions

    @property
    def field(self) -> Field:
        """Where the query is typed."""
        return self.query_one(Field)

    @property
    def text(self) -> str:
        """The query as it stands in the field."""
        return self.field.value

    @property
    def cursor(self) -> int:
        """Where the cursor stands in the query."""
        return self.field.cursor_position

    @property
    def is_typed_in(self) -> bool:
        """Whether the focus is here."""
        return self.field.has_focus

    def offer(self, text: str, cursor: int, found: Completion | None) -> None:
        """Offer what the word at the cursor may become, where that is still the question."""
        if not self.is_typed_in or (text, cursor) != (self.text, self.cursor):
            return
        completions = self.query_one(Completions)
        if found and (words := worth_offering(found, text)):
            completions.offer(
                replace(found, candidates=words), Offset(found.start, 0) + self._origin
            )
        else:
            completions.close()

    @property
    def _origin(self) -> Offset:
        """Where a list of words for the beginning of the query stands: their letters below its."""
        return self.field.region.offset - self.region.offset + Offset(-4, 1)

    def show(self, query: str) -> None:
        """Put a query into the field without saying so."""
        with self.prevent(Input.Changed):
            self.field.fill(query)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what was typed."""
        event.stop()
        self.post_message(QueryTyped(event.value))

    def on_descendant_blur(self) -> None:
        """Offer nothing to someone who has left."""
        self.query_one(Completions).close()
