"""Every user action, declared once. Importing this package declares them all."""

from __future__ import annotations

from tui.commands import carrel, desk, duplicates, library, moving, papers, searching  # noqa: F401
from tui.commands.command import COMMANDS, Command, bindings, in_order

__all__ = ["COMMANDS", "Command", "bindings", "in_order"]
