"""A cache with a bound on its bytes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Cache(Generic[_T]):
    """Keeps what was made last. Any number of threads may use it at once.

    size: the bytes that a value holds.
    """

    def __init__(self, most: int, size: Callable[[_T], int]) -> None:
        self._most = most
        self._size = size
        self._held: OrderedDict[Hashable, _T] = OrderedDict()
        self._bytes = 0
        self._guard = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """The value of a key, made where it is not held."""
        with self._guard:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        value = make()
        with self._guard:
            if key not in self._held and self._size(value) <= self._most // 4:
                self._held[key] = value
                self._bytes += self._size(value)
            while self._bytes > self._most:
                _, dropped = self._held.popitem(last=False)
                self._bytes -= self._size(dropped)
        return value
