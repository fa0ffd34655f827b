"""carrel's library: everything about a collection of papers, and nothing about a screen.

Names are loaded when they are first used, so that ``import index`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.errors import CarrelError
    from index.library import Library
    from index.paper import Paper

__all__ = ["CarrelError", "Library", "Paper"]

_HOMES = {"CarrelError": "index.errors", "Library": "index.library", "Paper": "index.paper"}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
