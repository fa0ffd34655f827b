"""How a long work tells how far it is, and how it is asked to end."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Is told how much is done, and how much there is in all; 0: that is not known."""

Stop = Callable[[], bool]
"""Whether the reader wants a long work to end."""


def untold(done: int, total: int) -> None:
    """Nobody asks how far a work is."""


def never() -> bool:
    """Nobody asks a work to end."""
    return False
