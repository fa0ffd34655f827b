"""A segment as it is read: its terms, their postings, and what is known of its papers."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.search.schema import FIELDS
from index.search.segments.arrays import ArrayFile, Docs, Ints, Section
from index.search.segments.words import Words

Ranges = list[tuple[int, int]]
"""Half-open ranges of the numbers of terms."""


class Postings:
    """The papers of each term of a field, with a weight each: a count, or a code."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.first: Section = file[f"{name}.first"]
        self.papers: Section = file[f"{name}.papers"]
        self.weights: Section = file[f"{name}.weights"]

    def bounds(self, low: int, high: int) -> tuple[int, int]:
        """Where the postings of the terms from low to high begin and end."""
        return int(self.first.read(low, low + 1)[0]), int(self.first.read(high, high + 1)[0])

    def count(self, low: int, high: int) -> int:
        """How many postings the terms from low to high have."""
        start, stop = self.bounds(low, high)
        return stop - start

    def read(self, low: int, high: int) -> tuple[Docs, NDArray[Any]]:
        """Papers and weights, term after term; the papers of one term ascend."""
        start, stop = self.bounds(low, high)
        return self.papers.read(start, stop), self.weights.read(start, stop)


class Places(NamedTuple):
    """Where terms stand: arrays of one length, term after term."""

    papers: Docs
    counts: Ints
    starts: Ints  # of each paper's positions in ``positions``
    positions: NDArray[Any]


class Segment:
    """A file of papers. Immutable; any number of threads may read it."""

    def __init__(self, path: Path) -> None:
        self.file = ArrayFile(path)
        self.papers = int(self.file.facts["papers"])
        self.words = Words(self.file, "words")
        self.stems = Words(self.file, "stems")
        self.of_stems = Postings(self.file, "stems")
        self.of_words = {field: Postings(self.file, field) for field in FIELDS}

    def length(self, field: str) -> int:
        """The words of a field in all papers."""
        return int(self.file.facts[field])

    @cached_property
    def ids(self) -> Ints:
        """The id of each paper."""
        return self.file["ids"].whole()

    @cached_property
    def published(self) -> Docs:
        """The date of each paper as 20240307, unknown parts 0."""
        return self.file["published"].whole()

    def lengths(self, field: str) -> NDArray[Any]:
        """The words of a field in each paper."""
        return self.file[f"{field}.lengths"].whole()

    def forms(self, stem: str) -> list[int]:
        """The words that have a stem."""
        number = self.stems.find(stem.encode())
        if number < 0:
            return []
        low, high = self.file["stems.forms_first"].read(number, number + 2).tolist()
        forms: list[int] = self.file["stems.forms"].read(low, high).tolist()
        return forms

    def places(self, field: str, low: int, high: int) -> Places:
        """Where the words from low to high stand in a field."""
        papers, weights = self.of_words[field].read(low, high)
        first = self.file[f"{field}.places_first"]
        start, stop = (int(first.read(each, each + 1)[0]) for each in (low, high))
        counts = weights.astype(np.int64)
        starts = np.cumsum(counts) - counts
        return Places(papers, counts, starts, self.file[f"{field}.places"].read(start, stop))
