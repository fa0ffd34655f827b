"""A real terminal: carrel in tmux, keys sent to it, and the screen read back."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType

PATIENCE = 30.0  # seconds before a test gives up on what never comes
PASSED = ("HOME", "EDITOR")  # of the environment


class Terminal:
    """carrel in a tmux server of its own, at a size, over a library."""

    def __init__(self, folder: Path, library: Path, *, columns: int, rows: int) -> None:
        self._folder = folder
        self._starts = 0
        self._size = (str(columns), str(rows))
        self._command = shlex.join([sys.executable, "-m", "tui", "--library", str(library)])

    def __enter__(self) -> Terminal:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._tmux("kill-server", check=False)

    def start(self) -> None:
        """Start carrel; where it ends, the terminal stays with what it printed."""
        self._starts += 1  # a server that was killed may hold its socket for a moment more
        columns, rows = self._size
        environment = [f"-e{name}={os.environ[name]}" for name in PASSED if name in os.environ]
        self._tmux(
            *("-f", "/dev/null", "new-session", "-d", "-x", columns, "-y", rows),
            *("-c", str(self._folder), *environment),
            # A size in the environment would outvote the terminal's own.
            f"unset COLUMNS LINES VISUAL; {self._command}; echo left:$?; exec cat",
        )

    def leave(self) -> None:
        """Quit by its key, and close the terminal."""
        self.press("q")
        self.wait_for("left:0")
        self._tmux("kill-server")

    def press(self, *keys: str) -> None:
        """Press keys, by tmux's names: ``Enter``, ``C-d``, ``j``."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type text, letter for letter."""
        self._tmux("send-keys", "-l", text)

    @property
    def screen(self) -> str:
        """What is on the screen now."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, *texts: str, gone: str | None = None) -> str:
        """Wait until the screen shows all the texts, and no longer ``gone``; return the screen."""
        until = time.monotonic() + PATIENCE
        while True:
            screen = self.screen
            if all(text in screen for text in texts) and (gone is None or gone not in screen):
                return screen
            assert time.monotonic() < until, f"waited for {texts}, not {gone!r}, in:\n{screen}"
            time.sleep(0.05)

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self._folder / f"tmux-{self._starts}"), *arguments],
            capture_output=True,
            text=True,
            check=check,
        )
        return done.stdout
