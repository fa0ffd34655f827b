"""Pairs of papers that may be one, as the screen of duplicates has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.progress import Progress
from index.views import Pair, Row

if TYPE_CHECKING:
    from index.library import Library

Found = tuple[Pair, Row, Row]
"""A pair, with the papers that are its one and its other."""

PREVIEWED = 8  # titles


def find(library: Library, progress: Progress) -> list[Found]:
    """The pairs of a library, the surest first. ``progress`` may end the search by raising."""
    pairs = library.duplicates.find(progress)
    ids = [paper_id for pair in pairs for paper_id in (pair.one, pair.other)]
    rows = {row.id: row for row in library.rows(ids)}
    return [
        (pair, rows[pair.one], rows[pair.other])
        for pair in pairs
        if pair.one in rows and pair.other in rows
    ]


def merged(pairs: Sequence[Found], keep: int, gone: int) -> list[Found]:
    """The pairs that are left once a paper has gone into another, which now stands for both."""
    rows = {row.id: row for _, *both in pairs for row in both}
    left: dict[frozenset[int], Found] = {}
    for pair, _, _ in pairs:
        one, other = (keep if paper == gone else paper for paper in (pair.one, pair.other))
        if one != other:
            now = replace(pair, one=one, other=other)
            left.setdefault(frozenset((one, other)), (now, rows[one], rows[other]))
    return list(left.values())


def first_titles(pairs: Sequence[Found]) -> list[str]:
    """The titles of some pairs, a line each; of many, the first."""
    titles = [f"· {one.title}" for _, one, _ in pairs[:PREVIEWED]]
    more = len(pairs) - PREVIEWED
    return [*titles, f"  and {more:,} more"] if more > 0 else titles
