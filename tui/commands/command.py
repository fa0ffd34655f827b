"""What a person can do: one declaration makes the key, the palette entry and the line of help."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from textual.binding import Binding, BindingType
from textual.keys import format_key

from tui.state import Pane

if TYPE_CHECKING:
    from tui.screens.desk import Desk

EVERYWHERE: tuple[Pane, ...] = ("sidebar", "search", "results", "paper")
Group = Literal[
    "Going",
    "Marking",
    "Paper",
    "Reading list",
    "Searching",
    "Sidebar",
    "Library",
    "carrel",
    "Moving",
]

# chosen: marked papers, or one at the cursor. words: any of them would find more, or does so.
# query: what was typed, or a way back. way out: the rows were gone into from the sidebar. search:
# what was typed, or a saved search. list: a reading list is looked at. item: chosen papers of it.
# shelf: the cursor of the sidebar is on something that the reader made.
Need = Literal[
    "paper",
    "papers",
    "chosen",
    "marks",
    "query",
    "way out",
    "search",
    "words",
    "list",
    "item",
    "shelf",
]

LACKING: Mapping[Need | None, str] = {
    "paper": "There is no paper here.",
    "papers": "There is no paper here.",
    "chosen": "There is no paper here.",
    "search": "Nothing is searched for here: / begins a search.",
    "list": "This is no reading list.",
    "item": "There is no paper of a reading list here.",
    "shelf": "The cursor is on no list, saved search or tag.",
}
"""What a key says where its command lacks what it needs; the keys of the others do nothing then."""

AT_PAPER: tuple[Pane, ...] = ("results", "paper")


@dataclass(frozen=True, slots=True)
class Command:
    """A user action. ``keys``: Textual's names, commas between; ``g g`` is one after the other."""

    id: str
    keys: str
    description: str  # what it does, for the palette and the help
    group: Group  # its heading in the help
    footer: str = ""  # its word in the footer; none keeps it out
    panes: tuple[Pane, ...] = EVERYWHERE  # where its keys work
    needs: Need | None = None  # what must be there
    run: Callable[[Desk], None] | None = None  # None: the focused widget does it, see ``Moves``

    @property
    def shown_keys(self) -> list[str]:
        """Its keys as they are written for people."""
        return [shown_key(key) for key in self.keys.split(",") if key]

    @property
    def binding(self) -> Binding:
        """The binding of all its keys."""
        action = f"run('{self.id}')" if self.run else f"move('{self.id}')"
        return Binding(
            self.keys, action, self.footer or self.description, show=bool(self.footer), id=self.id
        )


COMMANDS: dict[str, Command] = {}
"""Every command by its id."""


def command(
    keys: str,
    description: str,
    *,
    group: Group,
    footer: str = "",
    panes: tuple[Pane, ...] = EVERYWHERE,
    needs: Need | None = None,
) -> Callable[[Callable[[Desk], None]], Callable[[Desk], None]]:
    """Declare what a function does to the desk as a command; the function's name is its id."""

    def declare(run: Callable[[Desk], None]) -> Callable[[Desk], None]:
        COMMANDS[run.__name__] = Command(
            run.__name__, keys, description, group, footer, panes, needs, run
        )
        return run

    return declare


def bindings(commands: Iterable[Command]) -> list[BindingType]:
    """The bindings of some commands."""
    return [one.binding for one in commands if one.keys]


def shown_key(key: str) -> str:
    """A key, or one after the other, as it is written for people."""
    # Textual's own sign for enter is an emoji in many fonts.
    return " ".join("↵" if part == "enter" else format_key(part) for part in key.split(" "))


def in_order() -> list[Command]:
    """Every command, group by group, as declared: the order of the footer and of the help."""
    groups = get_args(Group)
    return sorted(COMMANDS.values(), key=lambda one: groups.index(one.group))
