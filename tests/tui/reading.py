"""Driving the reader: open it, wait for it, see what is on its screen."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from textual.events import Key, Paste
from textual.pilot import Pilot
from textual.widget import Widget

from index.library import Library
from tests.tui.screen import screen_text
from tui.app import Carrel
from tui.screens.desk import Desk

WIDE, MIDDLE, NARROW = (160, 48), (100, 30), (80, 24)

PATIENCE = 20.0  # seconds after which a condition is given up


class Reading:
    """The reader and the one who reads."""

    def __init__(self, app: Carrel, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def desk(self) -> Desk:
        """The desk, whatever dialog lies over it."""
        desk = self.app.screen_stack[0]
        assert isinstance(desk, Desk)
        return desk

    @property
    def title(self) -> str:
        """The title of the paper at the cursor."""
        return self.desk.row.title if self.desk.row else ""

    @property
    def pane(self) -> str:
        """The pane with the focus."""
        return self.desk.pane

    def has_tried_to_open(self) -> bool:
        """Whether the library is open, or cannot be."""
        opening = self.desk.librarian._opening
        return opening is not None and opening.done()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something to become true."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, f"never came true; the screen:\n{self.screen}"
            await self.pilot.pause(0.01)

    async def settle(self) -> None:
        """Wait until all that was begun is done."""
        await self.pilot.pause()
        await self.until(lambda: all(worker.is_finished for worker in self.app.workers))
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        """Press keys, and let what they begin come to its end after each."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def burst(self, *keys: str) -> None:
        """Press keys all at once, as a terminal gives what was typed while it was busy."""
        for key in keys:
            named = {"slash": "/"}.get(key, key)
            self.app.post_message(Key(key, named if len(named) == 1 else None))
        await self.settle()

    async def type(self, text: str) -> None:
        """Type a text, a key a character."""
        await self.pilot.press(*(_KEYS.get(character, character) for character in text))
        await self.settle()

    async def paste(self, text: str) -> None:
        """Paste a text: the quick way for a long one."""
        self.app.post_message(Paste(text))
        await self.settle()

    @property
    def screen(self) -> str:
        """What is on the screen, as text."""
        return screen_text(self.app)

    @property
    def toasts(self) -> str:
        """What the toasts on the screen say, on one line."""
        shown = (self.within(toast) for toast in self.app.screen.query("Toast"))
        return " ".join(" ".join(shown).replace("▌", " ").split())

    def within(self, widget: Widget) -> str:
        """What is on the screen in the region of a widget, as far as each character is one cell."""
        left, top, width, height = widget.region
        lines = self.screen.split("\n")[top : top + height]
        return "\n".join(line[left : left + width].rstrip() for line in lines)


_KEYS = {
    " ": "space",
    '"': "quotation_mark",
    "-": "minus",
    ":": "colon",
    ".": "full_stop",
    "/": "slash",
    "#": "number_sign",
    "*": "asterisk",
    "(": "left_parenthesis",
    "~": "tilde",
    "_": "underscore",
    "[": "left_square_bracket",
    "]": "right_square_bracket",
    "@": "commercial_at",
    "=": "equals_sign",
}


@asynccontextmanager
async def reading(
    folder: Path, size: tuple[int, int] = WIDE, *, sample: bool = False
) -> AsyncIterator[Reading]:
    """The reader over a library, once it has shown what is in it."""
    app = Carrel(folder, sample=sample)
    async with app.run_test(size=size, notifications=True) as pilot:
        reader = Reading(app, pilot)
        await reader.until(reader.has_tried_to_open)
        await reader.settle()
        yield reader
        await reader.desk.leave()


@contextmanager
def library(folder: Path) -> Iterator[Library]:
    """The same library as another process sees it."""
    other = Library.open(folder)
    try:
        yield other
    finally:
        other.close()
