"""Frequencies as language has them: few words make most of a text, and new ones never end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

CELLS = 1 << 18  # of the table that inverts the distribution
FARTHEST = 1 << 40  # no rank lies beyond


class Curve:
    """A distribution over the ranks 0, 1, 2, … without end.

    points: (rank from 1, relative frequency), straight lines between them on logarithmic axes.
    slope: how steeply the frequency falls beyond the last point; more than 1. So the number of
    distinct ranks among n draws grows like n ** (1 / slope) in the end: Heaps' law.
    """

    def __init__(self, points: Sequence[tuple[int, float]], slope: float, table: int) -> None:
        """Prepare the first ``table`` ranks, which must reach beyond the last point."""
        ranks, heights = np.log(np.array(points, dtype=float)).T
        rank = np.log(np.arange(1, table + 1))
        beyond = np.maximum(0, rank - ranks[-1])
        weights = np.exp(np.interp(rank, ranks, heights) - slope * beyond)
        rest = weights[-1] * table / (slope - 1)  # the integral of what lies beyond the table
        self.table = table
        self.frequencies: Floats = weights / (weights.sum() + rest)
        self._slope = slope
        self._sums = np.concatenate([[0.0], np.cumsum(self.frequencies)])
        grid = np.arange(CELLS + 1) / CELLS
        self._inverse = np.interp(grid, self._sums, np.arange(table + 1)).astype(np.float32)

    def share(self, ranks: int) -> float:
        """The share of all draws that the first ranks make up."""
        return float(self._sums[ranks])

    def draw(self, rng: np.random.Generator, size: int, *, skip: float = 0.0) -> Ints:
        """Ranks, drawn independently. skip: the share of the commonest that is left out."""
        u = skip + (1 - skip) * rng.random(size)
        cell = (u * CELLS).astype(np.int32)
        low = self._inverse[cell]
        drawn = (low + (u * CELLS - cell) * (self._inverse[cell + 1] - low)).astype(np.int64)
        rare = np.flatnonzero(u >= self._sums[-1])
        left = np.maximum((1 - u[rare]) / (1 - self._sums[-1]), 1e-12)
        drawn[rare] = np.minimum(self.table * left ** (-1 / (self._slope - 1)), FARTHEST)
        return drawn
