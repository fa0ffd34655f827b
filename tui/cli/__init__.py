"""The command line. Without a command it opens the reader."""

from __future__ import annotations

from tui.cli.main import main

__all__ = ["main"]
