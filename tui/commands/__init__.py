"""Every user action, declared once. Importing this package declares them all."""

from __future__ import annotations

from tui.commands import (  # noqa: F401
    carrel,
    copying,
    desk,
    duplicates,
    library,
    marking,
    moving,
    notes,
    papers,
    searching,
)
from tui.commands.command import COMMANDS, Command, bindings, in_order

__all__ = ["COMMANDS", "Command", "bindings", "in_order"]
