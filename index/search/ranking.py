"""Ranking: the best hits at once, the order of all the others when somebody asks for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

HEAD = 100  # hits that are put in order at once

_T = TypeVar("_T", bound=float)
Order = NDArray[np.intp]


class Ranked(Sequence[_T]):
    """Values in an order of which the head is known, and the rest is made when it is needed."""

    def __init__(self, pick: Callable[[Order], NDArray[Any]], order: LazyOrder) -> None:
        """``pick`` gives the values of hits by their indices."""
        self._pick = pick
        self._order = order
        self._head: list[_T] = pick(order.head).tolist()
        self._all: list[_T] | None = None

    def __len__(self) -> int:
        return self._order.count

    @overload
    def __getitem__(self, at: int) -> _T: ...
    @overload
    def __getitem__(self, at: slice) -> list[_T]: ...
    def __getitem__(self, at: int | slice) -> _T | list[_T]:
        if isinstance(at, slice):
            ends = at.indices(len(self))
            known = not len(range(*ends)) or max(range(*ends)[0], range(*ends)[-1]) < len(
                self._head
            )
            return self._head[slice(*ends)] if known and ends[2] > 0 else self._whole()[at]
        return self._head[at] if 0 <= at < len(self._head) else self._whole()[at]

    def __iter__(self) -> Iterator[_T]:
        yield from self._head
        if len(self) > len(self._head):
            yield from self._whole()[len(self._head) :]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} hits: {self._head[:5]}>"

    def _whole(self) -> list[_T]:
        if self._all is None:
            found: list[_T] = self._pick(self._order.whole()).tolist()
            self._all = found
        return self._all


class LazyOrder:
    """An order of hits. ``head``: the indices of the first, at once."""

    def __init__(self, count: int, head: Order, sort: Callable[[], Order]) -> None:
        self.count = count
        self.head = head
        self._sort = sort
        self._guard = threading.Lock()
        self._order: Order | None = None

    def whole(self) -> Order:
        """All of it."""
        with self._guard:
            if self._order is None:
                self._order = self._sort()
            return self._order


def best_first(
    keys: NDArray[Any], ties: Callable[[Order], NDArray[np.int64]], head: int = HEAD
) -> LazyOrder:
    """Orders hits by descending keys, and where these are equal by ascending ties.

    ties: given the indices of some hits, a number each that no other hit has.
    """

    def sort(among: Order) -> Order:
        return among[np.lexsort((ties(among), -keys[among]))]

    def everything() -> Order:
        return sort(np.arange(len(keys)))

    if len(keys) <= 2 * head:
        return LazyOrder(len(keys), everything()[:head], everything)
    least = np.partition(keys, len(keys) - head)[len(keys) - head]
    best = np.flatnonzero(keys >= least)
    above, tied = best[keys[best] > least], best[keys[best] == least]
    room = head - len(above)
    if len(tied) > room:
        tied = tied[np.argpartition(ties(tied), room)[:room]]
    return LazyOrder(len(keys), sort(np.concatenate([above, tied])), everything)
