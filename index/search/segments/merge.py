"""Merging: segments into one, in arrays, without their deleted papers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.search.schema import FIELDS
from index.search.segments.arrays import (
    ArrayWriter,
    Bools,
    Ints,
    Section,
    gaps,
    ragged,
    smallest,
    writing,
)
from index.search.segments.build import TITLES, write_forms
from index.search.segments.segment import Postings, Segment
from index.search.segments.words import Words, write_words

MOST_AT_ONCE = 1 << 20  # postings that are held in memory
_MOST_TERMS = 1 << 16  # at once: sorting sixteen bits takes one pass


class Part(NamedTuple):
    """A segment, and which of its papers go into the merged one."""

    segment: Segment
    live: Bools


class _Terms(NamedTuple):
    """The terms of the parts as one list, and the number in it of each term of each part."""

    names: list[bytes]
    numbers: list[Ints]


def merge(path: Path, parts: Sequence[Part]) -> dict[str, int]:
    """Write a segment of the live papers of others, in their order; returns its facts."""
    papers = sum(int(part.live.sum()) for part in parts)
    facts = {"papers": papers, **dict.fromkeys(FIELDS, 0)}
    with writing(path, facts) as out:
        _Merger(out, parts, facts).run()
    return facts


class _Merger:
    def __init__(self, out: ArrayWriter, parts: Sequence[Part], facts: dict[str, int]) -> None:
        self._out = out
        self._facts = facts
        self._parts = parts
        self._segments = [part.segment for part in parts]
        bases = np.cumsum([0] + [int(part.live.sum()) for part in parts])
        self._renumbered = [
            np.where(part.live, np.cumsum(part.live) - 1 + base, -1).astype(np.int32)
            for part, base in zip(parts, bases, strict=False)
        ]

    def run(self) -> None:
        """Write it all."""
        self._columns()
        words = _united([segment.words for segment in self._segments])
        write_words(self._out, "words", words.names)
        for field in FIELDS:
            lengths = self._live([segment.lengths(field) for segment in self._segments])
            self._facts[field] = int(lengths.sum())
            self._out.add(f"{field}.lengths", smallest(lengths))
            self._field(field, words)
        stems = _united([segment.stems for segment in self._segments])
        stem_of = np.zeros(len(words.names), np.int32)
        for segment, numbers, to in zip(self._segments, words.numbers, stems.numbers, strict=True):
            stem_of[numbers] = to[segment.file["words.stem"].whole()]
        write_words(self._out, "stems", stems.names)
        write_forms(self._out, stem_of, len(stems.names))
        self._postings("stems", [segment.of_stems for segment in self._segments], stems, [])

    def _live(self, columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
        return np.concatenate([c[part.live] for c, part in zip(columns, self._parts, strict=True)])

    def _columns(self) -> None:
        for name in ("ids", "published", "upvotes", *TITLES):
            whole = self._live([segment.file[name].whole() for segment in self._segments])
            self._out.add(name, whole)
        for name, column in (("sources", "source_of"), ("venues", "venue_of")):
            united = self._names(name)
            numbers = [
                to[segment.file[column].whole()]
                for segment, to in zip(self._segments, united.numbers, strict=True)
            ]
            self._out.add(column, self._live(numbers).astype(np.int32))
        united = self._names("names")
        counts, held = [], []
        for part, to in zip(self._parts, united.numbers, strict=True):
            first = part.segment.file["authors_first"].whole()
            lengths = gaps(first)[part.live]
            at = ragged(first[:-1][part.live], lengths)
            counts.append(lengths)
            held.append(to[part.segment.file["authors_of"].whole()[at]])
        first = np.concatenate(([0], np.cumsum(np.concatenate(counts))))
        self._out.add("authors_first", smallest(first))
        self._out.add("authors_of", np.concatenate(held).astype(np.int32))

    def _names(self, name: str) -> _Terms:
        united = _united([Words(segment.file, name) for segment in self._segments])
        write_words(self._out, name, united.names)
        return united

    def _field(self, field: str, words: _Terms) -> None:
        """Write the postings of a field, and where its words stand."""
        postings = [segment.of_words[field] for segment in self._segments]
        places = [
            (segment.file[f"{field}.places_first"], segment.file[f"{field}.places"])
            for segment in self._segments
        ]
        self._postings(field, postings, words, places)

    def _postings(
        self,
        name: str,
        postings: Sequence[Postings],
        terms: _Terms,
        places: Sequence[tuple[Section, Section]],
    ) -> None:
        """Write the postings of terms, a few terms at a time; where there are places, them too."""
        count = len(terms.names)
        weight = max(part.weights.dtype for part in postings)
        total = sum(len(part.papers) for part in postings)
        add_papers = self._out.reserve(f"{name}.papers", np.dtype(np.int32), total)
        add_weights = self._out.reserve(f"{name}.weights", weight, total)
        if places:
            place = max(positions.dtype for _, positions in places)
            most = sum(len(positions) for _, positions in places)
            add_places = self._out.reserve(f"{name}.places", place, most)
        sums, place_sums = np.zeros(count, np.int64), np.zeros(count, np.int64)
        for low, high in _pieces(postings, terms.numbers, count):
            found = [
                self._read(at, part, numbers, low, high, places)
                for at, (part, numbers) in enumerate(zip(postings, terms.numbers, strict=True))
            ]
            piece = _Postings(*map(np.concatenate, zip(*found, strict=True)))
            order = np.argsort(piece.terms, kind="stable")
            add_papers(piece.papers[order])
            add_weights(piece.weights[order])
            sums[low:high] = np.bincount(piece.terms, minlength=high - low)
            if places:
                lengths = piece.weights.astype(np.int64)
                before = [len(each.places) for each in found]
                shift = np.repeat(np.cumsum(before) - before, [len(each.terms) for each in found])
                add_places(piece.places[ragged((piece.starts + shift)[order], lengths[order])])
                place_sums[low:high] = np.bincount(piece.terms, lengths, high - low)
            for segment in self._segments:
                segment.file.release()
        self._out.add(f"{name}.first", smallest(np.concatenate(([0], np.cumsum(sums)))))
        if places:
            first = np.concatenate(([0], np.cumsum(place_sums)))
            self._out.add(f"{name}.places_first", smallest(first))

    def _read(
        self,
        at: int,
        postings: Postings,
        numbers: Ints,
        low: int,
        high: int,
        places: Sequence[tuple[Section, Section]],
    ) -> _Postings:
        """The live postings of one part whose merged terms lie from low to high."""
        start, stop = np.searchsorted(numbers, [low, high]).tolist()
        papers, weights = postings.read(start, stop)
        counts = gaps(postings.first.read(start, stop + 1))
        terms = np.repeat((numbers[start:stop] - low).astype(np.uint16), counts)
        papers = self._renumbered[at][papers]
        starts, positions = np.empty(0, np.int64), np.empty(0, np.uint8)
        if places:
            first, held = places[at]
            ends = (int(first.read(each, each + 1)[0]) for each in (start, stop))
            positions = held.read(*ends)
            lengths = weights.astype(np.int64)
            starts = np.cumsum(lengths) - lengths
        if not self._parts[at].live.all():
            kept = papers >= 0
            terms, papers, weights = terms[kept], papers[kept], weights[kept]
            starts = starts[kept] if places else starts
        return _Postings(terms, papers, weights, starts, positions)


class _Postings(NamedTuple):
    """Postings of a few terms: arrays of one length, and the places that they point to."""

    terms: NDArray[np.uint16]  # from the first of the piece
    papers: NDArray[np.int32]
    weights: NDArray[Any]
    starts: Ints
    places: NDArray[Any]


def _pieces(
    postings: Sequence[Postings], numbers: Sequence[Ints], count: int
) -> Iterator[tuple[int, int]]:
    """Ranges of merged terms whose postings are held in memory at once."""
    totals = np.zeros(count, np.int64)
    for part, to in zip(postings, numbers, strict=True):
        totals[to] += gaps(part.first.whole())
    ends = np.cumsum(totals)
    low = 0
    while low < count:
        before = int(ends[low - 1]) if low else 0
        high = int(np.searchsorted(ends, before + MOST_AT_ONCE, "right"))
        high = min(max(high, low + 1), low + _MOST_TERMS)
        yield low, high
        low = high


def _united(parts: Sequence[Words]) -> _Terms:
    names = sorted(set(chain.from_iterable(map(_all, parts))))  # one after the other, for memory
    numbers = {name: number for number, name in enumerate(names)}
    found = (map(numbers.__getitem__, _all(part)) for part in parts)
    return _Terms(names, [np.fromiter(each, np.int64) for each in found])


def _all(words: Words) -> list[bytes]:
    return words.between(0, len(words))
