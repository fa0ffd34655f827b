"""Papers that belong together, joined pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from index.duplicates.judging import clash
from index.store import merging, reading
from index.views import Pair

if TYPE_CHECKING:
    from apsw import Connection


class Groups:
    """Disjoint sets of papers, joined by their members (Galler and Fischer, 1964)."""

    def __init__(self) -> None:
        self._of: dict[int, list[int]] = {}

    def of(self, paper: int) -> list[int]:
        """The papers of a paper's group, itself among them."""
        return self._of.setdefault(paper, [paper])

    def join(self, one: int, other: int) -> bool:
        """Make one group of the groups of two papers. False where they are one already."""
        first, second = sorted((self.of(one), self.of(other)), key=len, reverse=True)
        if first is second:
            return False
        first += second
        self._of.update(dict.fromkeys(second, first))
        return True

    def __iter__(self) -> Iterator[list[int]]:
        return iter({id(group): group for group in self._of.values()}.values())


def exact(db: Connection, pairs: Iterable[Pair]) -> list[list[int]]:
    """The papers that exact pairs join, group by group, each with the paper to keep first.

    No group holds two papers that the reader set apart, or whose identifiers tell them apart: a
    third that is like both goes to the one that it is surer to be.
    """
    certain = [pair for pair in pairs if pair.exact]
    involved = {paper for pair in certain for paper in (pair.one, pair.other)}
    found = dict(reading.fetch(db, sorted(involved)))
    apart, better = merging.set_apart(db), merging.preference(db, found)

    def are_two(one: int, other: int) -> bool:
        return (min(one, other), max(one, other)) in apart or clash(found[one], found[other])

    joined = Groups()
    for pair in certain:
        if pair.one in found and pair.other in found:
            both = product(joined.of(pair.one), joined.of(pair.other))
            if not any(are_two(one, other) for one, other in both):
                joined.join(pair.one, pair.other)
    return [
        sorted(group, key=lambda paper: better[paper], reverse=True)
        for group in joined
        if len(group) > 1
    ]
