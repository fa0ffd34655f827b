"""A lexicon in memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence


class Words:
    """Terms, each with the papers that hold it."""

    def __init__(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self._terms = sorted(counts)

    @classmethod
    def of(cls, terms: Iterable[str]) -> Words:
        return cls(dict.fromkeys(terms, 1))

    def terms(self, prefix: str = "") -> Sequence[str]:
        start = bisect_left(self._terms, prefix)
        return self._terms[start : bisect_left(self._terms, prefix + "\U0010ffff")]

    def count(self, term: str) -> int:
        return self._counts.get(term, 0)

    def __len__(self) -> int:
        return len(self._terms)
