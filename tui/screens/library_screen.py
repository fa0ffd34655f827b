"""What the screens have in common that show a part of the library and lie over the whole desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from index.views import Done
from tui.screens.busy import Busy
from tui.screens.confirm import Confirm
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk


class LibraryScreen(Dialog[None], Busy):
    """Keeps up with the library, and has things done.

    Its body has ``#parts``, or in their place ``#nothing`` where it is ``-empty``, and ``#said``.
    """

    DEFAULT_CSS = """
    LibraryScreen {
        #frame { width: 100%; max-width: 100%; height: 100%; max-height: 100%; padding: 0 1; }
        #nothing { height: 1fr; content-align: center middle; color: $muted; display: none; }
        #said { height: 1; color: $muted; text-style: $muted-style; padding: 0 1; }
        &.-empty #nothing { display: block; }
        &.-empty #parts { display: none; }
    }
    """

    WATCH_EVERY = 2.0  # seconds

    def __init__(self, title: str, hint: str, desk: Desk) -> None:
        super().__init__(title, hint)
        self._desk = desk
        self._version = 0

    def on_mount(self) -> None:
        """Fetch what is shown, and follow what other processes do."""
        self._look()
        self.set_interval(self.WATCH_EVERY, self._watch)

    async def fetch(self) -> None:
        """Fetch what is shown, and show it."""
        raise NotImplementedError

    def _look(self) -> None:
        if self.is_attached:
            self.start_instead("fetch", self._fetch)

    async def _fetch(self) -> None:
        self._version = await self._desk.librarian.ask("act", lambda library: library.version())
        await self.fetch()

    def _watch(self) -> None:
        self.start_instead("watch", self._look_at_version)

    async def _look_at_version(self) -> None:
        version = await self._desk.librarian.ask("rows", lambda library: library.version())
        if version != self._version:
            self._look()

    def _act(
        self,
        work: Callable[[Library], Done],
        confirmed: Callable[[Library], Done] | None = None,
        hint: str = "",
    ) -> None:
        """Have the library do something, and say what it did; ``hint``: and what can be done next.

        ``confirmed`` is done where it answers by a question.
        """

        def apply(yes: bool | None) -> None:
            if yes and confirmed:
                self._act(confirmed)

        async def act() -> None:
            try:
                done = await self._desk.librarian.ask("act", work)
            finally:
                self._look()
            if done.question:
                Confirm("Undo this import?", done.question, "undo").ask(self.app, apply)
            else:
                self._desk.errands.look_again(search=True)
                self._say(f"{done.message} {hint}".strip())

        self._desk.start(act)  # not a worker of this screen: what is begun is done, whoever leaves

    def _say(self, message: str) -> None:
        if self.is_attached:
            self.query_one("#said", Static).update(Content(message))
