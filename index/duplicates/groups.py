"""Papers that belong together, joined pair by pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from index.duplicates.judging import clash
from index.store import merging, papers
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


def groups(db: Connection, pairs: Iterable[Pair]) -> list[list[int]]:
    """The papers that exact pairs join, group by group, each with the paper to keep first.

    No group holds two papers that the reader set apart, or whose identifiers tell them apart: a
    third that is like both goes to the one that it is surer to be.
    """
    exact = [pair for pair in pairs if pair.exact]
    involved = {paper for pair in exact for paper in (pair.one, pair.other)}
    found = dict(papers.fetch(db, sorted(involved)))
    apart, better = merging.set_apart(db), merging.preference(db, found)
    joined = Groups()
    for one, other in ((pair.one, pair.other) for pair in exact):
        if (
            one in found
            and other in found
            and not any(
                (min(mine, theirs), max(mine, theirs)) in apart or clash(found[mine], found[theirs])
                for mine, theirs in product(joined.of(one), joined.of(other))
            )
        ):
            joined.join(one, other)
    return [
        sorted(group, key=lambda paper: better[paper], reverse=True)
        for group in joined
        if len(group) > 1
    ]
