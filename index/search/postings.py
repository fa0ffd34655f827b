"""Sets of documents as arrays: united, intersected and taken away.

Documents ascend, each once. A long list and a short one meet by binary search; lists of about one
length meet through an array of all documents.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.search.reader import Piece
from index.search.segments.arrays import Array, Bools, Docs, Floats

FAR = 64  # a list this many times longer than another is searched, not walked
_WIDE = 2, 1 << 16  # postings a document, and in all
_DENSE = 16  # lists whose lengths together reach this part of all documents are laid out over them

_NONE = np.empty(0, np.int32)


class Found(NamedTuple):
    """The documents that match, with a score each; without scores where nothing ranks them."""

    docs: Docs
    scores: Floats | None = None


NOTHING = Found(_NONE)


def is_wide(postings: int, count: int) -> bool:
    """Whether words have so many postings that it says nothing how often they stand."""
    a_document, in_all = _WIDE
    return postings > max(a_document * count, in_all)


def combined(pieces: Sequence[Piece], count: int) -> Piece:
    """The documents of some pieces, each once, its weights added up; of ``count`` documents."""
    pieces = [piece for piece in pieces if len(piece.docs)]
    if not pieces:
        return Piece(_NONE, np.empty(0, np.float32), True)
    if len(pieces) == 1 and pieces[0].ascending:
        return pieces[0]
    total = sum(len(piece.docs) for piece in pieces)
    if is_wide(total, count):
        docs = np.flatnonzero(marked([piece.docs for piece in pieces], count)).astype(np.int32)
        return Piece(docs, np.ones(len(docs), np.float32), True)
    if total > count // _DENSE:
        return _dense(pieces, count)
    docs = np.concatenate([piece.docs for piece in pieces])
    weights = np.concatenate([piece.weights for piece in pieces])
    order = np.argsort(docs, kind="stable")
    docs, weights = docs[order], weights[order]
    starts = np.flatnonzero(np.diff(docs, prepend=-1))
    return Piece(docs[starts], np.add.reduceat(weights, starts), True)


def _dense(pieces: Sequence[Piece], count: int) -> Piece:
    sums = np.zeros(count, np.float32)
    for piece in pieces:
        if piece.ascending:
            sums[piece.docs] += piece.weights
        else:
            sums += np.bincount(piece.docs, piece.weights, count)
    docs = np.flatnonzero(marked([piece.docs for piece in pieces], count)).astype(np.int32)
    return Piece(docs, sums.take(docs), True)


def marked(lists: Sequence[Docs], count: int) -> Bools:
    """The documents of some lists, as marks on all."""
    marks = np.zeros(count, bool)
    for docs in lists:
        marks[docs] = True
    return marks


def spread(found: Found, count: int) -> Floats:
    """The scores laid out over all documents, -1 where there is none."""
    laid = np.full(count, -1, np.float32)
    laid[found.docs] = 0 if found.scores is None else found.scores
    return laid


def intersection(
    one: Found, other: Found, count: int, laid: Callable[[], Floats] | None = None
) -> Found:
    """What both hold, the scores added up. ``one`` is the shorter.

    laid: gives the other's ``spread``, where it is made already.
    """
    if not len(one.docs):
        return NOTHING
    searched = 10 * len(one.docs) < len(other.docs) + count // 5  # as measured, roughly
    if searched or other.scores is None:
        held, at = located(other.docs, one.docs)
        docs, at = one.docs[held], at[held]
        theirs = None if other.scores is None else other.scores[at]
    else:
        met = (laid() if laid else spread(other, count)).take(one.docs)
        held = met >= 0
        docs, theirs = one.docs[held], met[held]
    mine = None if one.scores is None else one.scores[held]
    return Found(docs, _added(mine, theirs))


def _added(one: Floats | None, other: Floats | None) -> Floats | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def located(docs: Array, wanted: Array) -> tuple[Bools, NDArray[np.intp]]:
    """Which of the wanted are among ``docs``, which ascend, and where; else the place is moot."""
    at = np.searchsorted(docs, wanted)
    at[at == len(docs)] = 0
    if not len(docs):
        return np.zeros(len(wanted), bool), at
    return docs[at] == wanted, at


def union(found: Sequence[Found], count: int) -> Found:
    """What any holds, the scores added up."""
    found = [each for each in found if len(each.docs)]
    if not found:
        return NOTHING
    if len(found) == 1:
        return found[0]
    scored = any(each.scores is not None for each in found)
    pieces = [
        Piece(each.docs, np.zeros(len(each.docs), np.float32), True)
        if each.scores is None
        else Piece(each.docs, each.scores, True)
        for each in found
    ]
    docs, scores, _ = _summed(pieces, count)
    return Found(docs, scores if scored else None)


def _summed(pieces: Sequence[Piece], count: int) -> Piece:
    if sum(len(piece.docs) for piece in pieces) > count // _DENSE:
        return _dense(pieces, count)
    return combined(pieces, max(count, sum(len(piece.docs) for piece in pieces)))


def only(found: Found, kept: Bools) -> Found:
    """Some of what was found: ``kept`` says of each document whether it stays."""
    return Found(found.docs[kept], None if found.scores is None else found.scores[kept])


def without(found: Found, other: Docs, count: int) -> Found:
    """What is not among other documents."""
    if not len(found.docs) or not len(other):
        return found
    if len(other) > FAR * len(found.docs):
        held, _ = located(other, found.docs)
    else:
        held = marked([other], count)[found.docs]
    return only(found, ~held)
