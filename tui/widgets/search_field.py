"""The field in which a query is typed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input, Label

from tui.commands import COMMANDS
from tui.messages import QueryTyped
from tui.widgets.fields import Field

_OWN = (COMMANDS["to_results"].binding, COMMANDS["enter_query"].binding)


class QueryField(Field):
    """The field itself. What leads out of it is for the desk, not for the base of the field."""

    BINDINGS: ClassVar[list[BindingType]] = [
        replace(one, action=f"screen.{one.action}") for one in _OWN
    ]


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
        """The slash and the field."""
        yield Label("/")
        yield QueryField(
            placeholder="words, author:, year:2022.., tag:, is:unread",
            id="query",
            select_on_focus=False,
        )

    @property
    def field(self) -> Field:
        """Where the query is typed."""
        return self.query_one(Field)

    @property
    def text(self) -> str:
        """The query as it stands in the field."""
        return self.field.value

    def show(self, query: str) -> None:
        """Put a query into the field without saying so."""
        with self.prevent(Input.Changed):
            self.field.fill(query)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what was typed."""
        event.stop()
        self.post_message(QueryTyped(event.value))
