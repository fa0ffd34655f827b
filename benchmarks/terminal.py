"""A real terminal (a pty) that says when something is first seen on it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence

GIVE_UP = 30.0  # seconds


def seconds_until_seen(
    command: Sequence[str], text: bytes, environment: Mapping[str, str], *, rows: int, columns: int
) -> float:
    """Start a command on a terminal; the seconds from there until it has written ``text``.

    Raises TimeoutError where it does not within GIVE_UP seconds. The command is killed afterwards.
    """
    started = time.perf_counter()
    process, terminal = pty.fork()
    if process == 0:
        os.execvpe(command[0], list(command), {**environment, "TERM": "xterm-256color"})
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    seen = b""
    try:
        while (left := started + GIVE_UP - time.perf_counter()) > 0:
            if select.select([terminal], [], [], left)[0]:
                seen += os.read(terminal, 1 << 16)
                if text in seen:
                    return time.perf_counter() - started
        raise TimeoutError(f"{text!r} was not seen within {GIVE_UP} seconds")
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)
