"""Finding duplicates: what may be the same is fetched, compared, and put in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from index.duplicates.candidates import candidates
from index.duplicates.groups import Groups
from index.duplicates.judging import judge
from index.progress import Progress, untold
from index.store import merging, reading
from index.views import Pair, Sameness

if TYPE_CHECKING:
    from apsw import Connection

AT_ONCE = 500
"""Pairs whose papers are held in memory."""

_SUREST: tuple[Sameness, ...] = ("identifier", "title", "near")


def find(db: Connection, progress: Progress | None = None) -> tuple[Pair, ...]:
    """The pairs of papers that may be one, the surest first, each with the better paper first.

    Of papers that are all the same, as few pairs are given as join them. Pairs that the reader set
    apart are left out. ``progress`` is told how many papers are read, of how many; then how many
    pairs are compared. What it raises ends the search.
    """
    tell = progress or untold
    apart = merging.set_apart(db)
    possible = (pair for pair in candidates(db, tell).tolist() if tuple(pair) not in apart)
    judged = sorted(
        _judged(db, possible, tell),
        key=lambda pair: (_SUREST.index(pair.reason), -pair.likeness, pair.one, pair.other),
    )
    joined = Groups()
    pairs = [pair for pair in judged if joined.join(pair.one, pair.other)]
    better = merging.preference(db, {paper for pair in pairs for paper in (pair.one, pair.other)})
    return tuple(
        replace(pair, one=pair.other, other=pair.one)
        if better[pair.other] > better[pair.one]
        else pair
        for pair in pairs
    )


def _judged(db: Connection, possible: Iterable[list[int]], tell: Progress) -> Iterator[Pair]:
    pairs = list(possible)
    for start in range(0, len(pairs), AT_ONCE):
        tell(start, len(pairs))
        chosen = pairs[start : start + AT_ONCE]
        found = dict(reading.fetch(db, sorted({paper for pair in chosen for paper in pair})))
        for one, other in chosen:
            if one in found and other in found and (same := judge(found[one], found[other])):
                yield Pair(one, other, *same)
