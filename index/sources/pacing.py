"""Turns at services: one request at a time, and never sooner than its pause allows.

The rule belongs to whom is asked, not to who asks: two errands of one process take turns as two
threads of one errand do.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import StoppedError
from index.progress import Stop

GLANCE = 0.1
"""Seconds after which whoever waits looks whether to stop."""


class BusyError(Exception):
    """A service that asked to be left alone for longer than anybody waits: ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Lane:
    """The way to one service. Safe to use from any thread."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._free = 0.0  # when the service may be asked again, on the monotonic clock

    @contextmanager
    def turn(
        self,
        pause: float,
        patience: float,
        stop: Stop,
        unasked: tuple[type[Exception], ...] = (),
    ) -> Iterator[float]:
        """Be the only one to ask; the next may ``pause`` seconds after the answer.

        After the errors ``unasked`` the next may at once: the service has heard nothing. Gives the
        seconds that were waited. Raises StoppedError, and BusyError where the service is held for
        longer than ``patience`` seconds.
        """
        came = time.monotonic()
        go_on(stop)
        while not self._turn.acquire(timeout=GLANCE):
            go_on(stop)
        try:
            if (held := self._free - time.monotonic()) > max(pause, patience):
                raise BusyError(held)
            wait(held, stop)
            is_asked = True
            try:
                yield time.monotonic() - came
            except unasked:
                is_asked = False
                raise
            finally:
                if is_asked:
                    self.hold(pause)
        finally:
            self._turn.release()

    def hold(self, seconds: float) -> None:
        """Let nobody ask for so long."""
        self._free = max(self._free, time.monotonic() + seconds)


_lanes: dict[str, Lane] = {}


def lane(whom: str) -> Lane:
    """The one way to a service or a host."""
    return _lanes.setdefault(whom, Lane())


def wait(seconds: float, stop: Stop) -> None:
    """Let time pass. Raises StoppedError."""
    until = time.monotonic() + seconds
    go_on(stop)
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, GLANCE))
        go_on(stop)


def go_on(stop: Stop) -> None:
    """Raise StoppedError where the work is to end."""
    if stop():
        raise StoppedError
