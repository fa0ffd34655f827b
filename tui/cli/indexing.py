"""Bringing the search index up to the library, before a command asks it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from index.errors import StoppedError
from index.progress import Progress
from tui.cli.progress import progress_bar, stoppable

if TYPE_CHECKING:
    from index import Library


def catch_up(
    library: Library, showing: AbstractContextManager[Progress | None] | None = None
) -> None:
    """Index what has changed; ``showing`` in place of a bar. Raises StoppedError after ctrl+c.

    What is indexed by then stays so, and the next command that searches goes on from there.
    """
    with stoppable() as stop, showing or progress_bar("Indexing") as show:

        def tell(done: int, total: int) -> None:
            if stop():
                raise StoppedError
            if show:
                show(done, total)

        library.catch_up(tell)
