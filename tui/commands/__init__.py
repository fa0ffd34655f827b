"""Every user action, declared once. Importing this package declares them all."""

from __future__ import annotations

from tui.commands import (  # noqa: F401
    carrel,
    copying,
    desk,
    duplicates,
    fields,
    gathering,
    history,
    library,
    lists,
    marking,
    moving,
    notes,
    papers,
    saved,
    searching,
    shelves,
    supplying,
    triage,
)
from tui.commands.command import COMMANDS, Command, bindings, in_order

__all__ = ["COMMANDS", "Command", "bindings", "in_order"]
