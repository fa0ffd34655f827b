"""Phrases: words of a field that stand near each other, in their order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.search.postings import FAR, located
from index.search.reader import Part, Piece, Reader
from index.search.segments.arrays import Docs, Ints, ragged
from index.search.segments.segment import Ranges

_PLACE_BITS = 24  # a spot is ``paper << 24 | position``: one integer, ascending with both


def phrase(reader: Reader, field: str, words: Sequence[Sequence[Ranges]], slop: int) -> Piece:
    """The documents where the words stand in their order, ``slop`` others between them at most.

    words: for each of the phrase, what it may be, segment by segment.
    """
    docs, counts = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for at, part in enumerate(reader.parts):
        papers, found = _in_segment(part, field, [each[at] for each in words], slop)
        docs.append(papers + np.int32(part.base))
        counts.append(found)
    whole, often = np.concatenate(docs), np.concatenate(counts)
    return Piece(whole, reader.weighed(field, whole, often).astype(np.float32), True)


def _in_segment(part: Part, field: str, words: Sequence[Ranges], slop: int) -> tuple[Docs, Ints]:
    """The papers that hold the phrase, and how often."""
    none = np.empty(0, np.int32), np.empty(0, np.int64)
    postings = part.segment.of_words[field]
    held = [[each for each in ranges if postings.count(*each)] for ranges in words]
    if not all(held):
        return none
    sizes = [sum(postings.count(*each) for each in ranges) for ranges in held]
    rarest, *others = np.argsort(sizes, kind="stable").tolist()
    among = _papers(part, field, held[rarest])
    for at in others:
        among = _both(among, _papers(part, field, held[at]))
    if not len(among):
        return none
    spots = [_spots(part, field, ranges, among) for ranges in held]
    starts = reach = spots[0]
    for following in spots[1:]:
        at = np.searchsorted(following, reach, "right")
        inside = at < len(following)
        starts, reach, at = starts[inside], reach[inside], at[inside]
        near = following[at] - reach <= slop + 1
        starts, reach = starts[near], following[at][near]
    fits = reach - starts <= len(words) - 1 + slop
    papers, often = np.unique((starts[fits] >> _PLACE_BITS).astype(np.int32), return_counts=True)
    return papers, often.astype(np.int64, copy=False)


def _papers(part: Part, field: str, ranges: Ranges) -> Docs:
    """The papers that hold one of some words, ascending."""
    found = [part.segment.of_words[field].read(*each)[0] for each in ranges]
    if len(found) == 1 and ranges[0][1] - ranges[0][0] == 1:
        return found[0]
    marks = np.zeros(part.entry.papers, bool)
    for papers in found:
        marks[papers] = True
    return np.flatnonzero(marks).astype(np.int32)


def _both(one: Docs, other: Docs) -> Docs:
    short, long = sorted((one, other), key=len)
    held, _ = located(long, short)
    return short[held]


def _spots(part: Part, field: str, ranges: Ranges, among: Docs) -> Ints:
    """Where one of some words stands in some papers, ascending."""
    found = []
    for low, high in ranges:
        places = part.segment.places(field, low, high)
        if high - low == 1 and len(among) * FAR < len(places.papers):
            held, kept = located(places.papers, among)
            kept = kept[held]
        else:
            marks = np.zeros(part.entry.papers, bool)
            marks[among] = True
            kept = np.flatnonzero(marks[places.papers])
        counts = places.counts[kept]
        positions = places.positions[ragged(places.starts[kept], counts)].astype(np.int64)
        found.append(np.repeat(places.papers[kept].astype(np.int64) << _PLACE_BITS, counts))
        found[-1] |= positions
    if len(found) == 1 and ranges[0][1] - ranges[0][0] == 1:
        return found[0]
    return np.unique(np.concatenate(found))
