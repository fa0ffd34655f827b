"""Turns at services: one request at a time, and never sooner than its pause allows."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from index.errors import StoppedError

Stop = Callable[[], bool]
"""Whether the reader wants a long work to end."""

GLANCE = 0.1
"""Seconds after which whoever waits looks whether to stop."""


class Pacing:
    """Who may ask whom, and when. Safe to use from any thread."""

    def __init__(self, stop: Stop) -> None:
        self._stop = stop
        self._lock = threading.Lock()
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._free: dict[str, float] = {}  # when each may be asked again

    @contextmanager
    def turn(self, whom: str, pause: float) -> Iterator[None]:
        """Be the only one to ask; the next may ``pause`` seconds later. Raises StoppedError."""
        with self._lock:
            turn = self._turns[whom]
        while not turn.acquire(timeout=GLANCE):
            self.go_on()
        try:
            self.wait(self._free.get(whom, 0.0) - time.monotonic())
            yield
        finally:
            self._free[whom] = time.monotonic() + pause
            turn.release()

    def wait(self, seconds: float) -> None:
        """Let time pass. Raises StoppedError."""
        until = time.monotonic() + seconds
        self.go_on()
        while (left := until - time.monotonic()) > 0:
            time.sleep(min(left, GLANCE))
            self.go_on()

    def go_on(self) -> None:
        """Raise StoppedError where the work is to end."""
        if self._stop():
            raise StoppedError
