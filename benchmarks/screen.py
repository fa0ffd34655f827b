"""A terminal (a pty) with a screen that can be read, and the time at which it came to show it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

QUIET = 0.05  # seconds without output after which what came is looked at
GIVE_UP = 60.0  # seconds

Lines = Sequence[str]


class Screen:
    """A command on a terminal of its own; the command is killed at the end."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], *, rows: int, columns: int
    ) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._process, self._terminal = pty.fork()
        if self._process == 0:
            os.execvpe(command[0], list(command), {**environment, "TERM": "xterm-256color"})
        size = struct.pack("HHHH", rows, columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, size)

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._terminal)

    def press(self, keys: str) -> float:
        """Send keys; the time, by ``time.perf_counter``."""
        now = time.perf_counter()
        os.write(self._terminal, keys.encode())
        return now

    def until(self, shown: Callable[[Lines], bool]) -> float:
        """Wait until the screen shows something; the time at which that was written.

        What the command writes is only taken down while it writes, and drawn once it pauses: so
        drawing here does not hold it up. What is on the screen already does not count. Raises
        TimeoutError after GIVE_UP seconds.
        """
        until = time.perf_counter() + GIVE_UP
        while time.perf_counter() < until:
            found = None
            for when, output in self._outputs():
                self._stream.feed(output)
                if found is None and self.shows(shown):
                    found = when
            if found is not None:
                return found
        screen = "\n".join(self._screen.display)
        raise TimeoutError(f"not seen within {GIVE_UP} seconds; the screen:\n{screen}")

    def shows(self, shown: Callable[[Lines], bool]) -> bool:
        """Whether the screen shows something, as far as the command's output was looked at."""
        return shown(self._screen.display)

    def _outputs(self) -> list[tuple[float, bytes]]:
        """What is written until there is a pause, and when."""
        outputs: list[tuple[float, bytes]] = []
        while select.select([self._terminal], [], [], QUIET)[0]:
            output = os.read(self._terminal, 1 << 16)
            outputs.append((time.perf_counter(), output))
        return outputs
