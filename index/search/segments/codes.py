"""Codes: what a posting of a stem weighs, in sixteen bits that stay true as the library grows.

A code holds how often the stem occurs in title and abstract, and how long these two are, each in
classes. What that weighs depends on the mean lengths, which move: a table of 65,536 weights, made
once a commit, gives the weight of each code.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.search.schema import LENGTH_NORMS, WEIGHTS
from index.search.segments.arrays import Floats, Ints

Codes = NDArray[np.uint16]

_TITLE_COUNTS = np.arange(4)
_ABSTRACT_COUNTS = np.array([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 32, 48, 64])
_TITLE_LENGTHS = np.array([3, 5, 7, 9, 11, 14, 18, 26])
_ABSTRACT_LENGTHS = np.round(10 * 1.055 ** np.arange(128))  # to 9,000 words, 5.5% a step


def _nearest(levels: NDArray[np.generic], values: Ints) -> Ints:
    """The index of the level that is nearest to each value."""
    floats = levels.astype(np.float64)
    return np.searchsorted((floats[1:] + floats[:-1]) / 2, values, side="right")


def length_codes(titles: Ints, abstracts: Ints) -> Codes:
    """The part of a code that is the paper's, from the lengths of its fields in words."""
    long = _nearest(_TITLE_LENGTHS, titles) << 7 | _nearest(_ABSTRACT_LENGTHS, abstracts)
    return long.astype(np.uint16)


def count_codes(titles: Ints, abstracts: Ints) -> Codes:
    """The part of a code that is the posting's, from the occurrences in each field."""
    title = np.minimum(titles, len(_TITLE_COUNTS) - 1)
    often = title << 4 | _nearest(_ABSTRACT_COUNTS, abstracts)
    return (often << 10).astype(np.uint16)


def weights(title_mean: float, abstract_mean: float) -> Floats:
    """The weight of each code: its frequency as BM25F counts it, given the mean lengths."""
    title = _weights("title", _TITLE_COUNTS, _TITLE_LENGTHS, title_mean)
    abstract = _weights("abstract", _ABSTRACT_COUNTS, _ABSTRACT_LENGTHS, abstract_mean)
    table = title[:, None, :, None] + abstract[None, :, None, :]
    return table.reshape(-1).astype(np.float32)


def _weights(
    field: str, counts: NDArray[np.generic], lengths: NDArray[np.generic], mean: float
) -> NDArray[np.float64]:
    b = LENGTH_NORMS[field]
    norms = 1 - b + b * lengths.astype(np.float64) / max(mean, 1)
    return WEIGHTS[field] * counts.astype(np.float64)[:, None] / norms[None, :]
