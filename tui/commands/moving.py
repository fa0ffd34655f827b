"""Moving: the same keys in every list and text, from vi and from the arrows."""

from __future__ import annotations

from typing import Literal, get_args

from tui.commands.command import COMMANDS, Command, bindings

Move = Literal["down", "up", "first", "last", "half_down", "half_up", "page_down", "page_up"]

_KEYS: dict[Move, tuple[str, str]] = {
    "down": ("j,down", "Down a line"),
    "up": ("k,up", "Up a line"),
    "first": ("g g,home", "To the top"),
    "last": ("G,end", "To the end"),
    "half_down": ("ctrl+d", "Down half a page"),
    "half_up": ("ctrl+u", "Up half a page"),
    "page_down": ("pagedown,ctrl+f", "Down a page"),
    "page_up": ("pageup,ctrl+b", "Up a page"),
}

MOVES = tuple(
    Command(move, *_KEYS[move], group="Moving", panes=("sidebar", "results", "paper"))
    for move in get_args(Move)
)
COMMANDS.update({move.id: move for move in MOVES})

MOVE_BINDINGS = bindings(MOVES)


def step(move: Move, at: int, count: int, page: int) -> int:
    """Where a move leads from line ``at`` of ``count`` lines, ``page`` of them in view."""
    target = {
        "down": at + 1,
        "up": at - 1,
        "first": 0,
        "last": count - 1,
        "half_down": at + page // 2,
        "half_up": at - page // 2,
        "page_down": at + page - 1,
        "page_up": at - page + 1,
    }[move]
    return max(0, min(target, count - 1))
