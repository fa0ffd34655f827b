"""Marks: which papers an action is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import overload


class Chosen(Sequence[int]):
    """The ids of the papers that an action is about, each once.

    How many there are is known at once. Their order, which is that of the results, takes a moment
    where they are many: it is found when they are first asked for, by the thread that asks. Those
    that the results do not hold come last.
    """

    def __init__(self, papers: frozenset[int], results: Sequence[int] = ()) -> None:
        self._papers, self._results = papers, results

    @cached_property
    def _ordered(self) -> tuple[int, ...]:
        found = [int(one) for one in self._results if one in self._papers]
        return *found, *sorted(self._papers.difference(found))

    def __len__(self) -> int:
        return len(self._papers)

    def __contains__(self, paper_id: object) -> bool:
        return paper_id in self._papers

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[int, ...]: ...
    def __getitem__(self, index: int | slice) -> int | tuple[int, ...]:
        return self._ordered[index]


@dataclass(frozen=True, slots=True)
class Marks:
    """The papers that are marked, and a range of lines that follows the cursor."""

    papers: frozenset[int] = frozenset()
    start: int | None = None  # the line of the results at which the range began

    def range(self, cursor: int) -> slice:
        """The lines of the range; none where none has begun."""
        if self.start is None:
            return slice(0, 0)
        return slice(min(self.start, cursor), max(self.start, cursor) + 1)

    def hold(self, paper_id: int, line: int, cursor: int) -> bool:
        """Whether the paper on a line is marked."""
        lines = self.range(cursor)
        return paper_id in self.papers or lines.start <= line < lines.stop

    def kept(self, results: Sequence[int], cursor: int) -> Marks:
        """The marks with the papers of the range among them. The range has ended."""
        within = results[self.range(cursor)]
        return Marks(self.papers.union(within)) if within else replace(self, start=None)

    def toggled(self, paper_id: int) -> Marks:
        """The marks with a paper, or without it where it was marked."""
        return replace(self, papers=self.papers ^ {paper_id})

    def toggled_all(self, results: Sequence[int]) -> Marks:
        """The marks with all papers of a result, or without them where all were marked."""
        every = frozenset(results)
        return Marks(self.papers - every if every <= self.papers else self.papers | every)
