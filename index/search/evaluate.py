"""The evaluator: walks a query's tree and works on whole posting lists as arrays.

Every node answers with all of its papers at once. Scores are BM25F (Robertson, Zaragoza and Taylor,
2004): the fields of a word are one term, whose frequency is the weighted sum over its fields, each
divided by its length norm.
"""

from __future__ import annotations

from functools import reduce
from typing import NamedTuple

import numpy as np

from index.search.clauses import (
    Adjacent,
    And,
    AnyField,
    Every,
    Forms,
    Mask,
    Not,
    Or,
    Prefix,
    Query,
    Term,
    TermRange,
)
from index.search.masks import masked
from index.search.papers import Papers
from index.search.reader import PLACE_BITS, Floats, Ints, Occurrences, Reader

K1 = 1.2  # how soon further occurrences of a word stop counting


class Matches(NamedTuple):
    """The papers that match, with a score each."""

    ids: Ints  # ascending, each once
    scores: Floats  # 0 where nothing scores: filters, negations


def scores(tree: Query) -> bool:
    """Whether a query ranks what it finds: it holds words, and not only filters."""
    match tree:
        case AnyField():
            return True
        case And() | Or():
            return any(scores(child) for child in tree.children())
    return False


class Evaluator:
    """Evaluates queries over one commit of the index and the store as it is now."""

    def __init__(self, reader: Reader, papers: Papers) -> None:
        self._reader = reader
        self._papers = papers

    def matches(self, tree: Query) -> Matches:
        """Every paper that a query matches."""
        match tree:
            case AnyField():
                return self._words(tree)
            case And():
                return self._all(list(tree.children()))
            case Or():
                return _union([self.matches(child) for child in tree.children()])
            case Not():
                return _without(self._every(), self.matches(tree.query))
            case Every():
                return self._every()
            case Mask():
                return _unscored(masked(tree, self._papers))
            case TermRange(fieldname=field):
                docs = [self._reader.term(field, term).docs for term in self._reader.expand(tree)]
                return _unscored(self._reader.ids[np.concatenate(docs)] if docs else [])
        raise TypeError(f"{tree!r} is no query of ours")

    def _every(self) -> Matches:
        return _unscored(self._papers.all_ids())

    def _all(self, children: list[Query]) -> Matches:
        wanted = [child for child in children if not isinstance(child, Not)]
        unwanted = [child.query for child in children if isinstance(child, Not)]
        found = [self.matches(child) for child in wanted] or [self._every()]
        return reduce(_without, map(self.matches, unwanted), reduce(_intersection, found))

    def _words(self, words: AnyField) -> Matches:
        """The papers that hold the words in any of the fields, scored as one term."""
        found = _together([self._occurrences(field) for field in words.children()])
        docs, where = np.unique(found.docs, return_inverse=True)
        frequencies = np.bincount(where, weights=found.counts, minlength=len(docs))
        papers = len(self._reader.live)
        idf = np.log1p((papers - len(docs) + 0.5) / (len(docs) + 0.5))
        ids = self._reader.ids[docs]
        order = np.argsort(ids, kind="stable")
        return Matches(ids[order], (idf * frequencies * (K1 + 1) / (frequencies + K1))[order])

    def _occurrences(self, clause: Query) -> Occurrences:
        """How often a clause occurs in its field."""
        match clause:
            case Or():
                return _together([self._occurrences(child) for child in clause.children()])
            case Adjacent():
                return self._phrase(clause)
            case Term(fieldname=field) | Prefix(fieldname=field) | Forms(fieldname=field):
                expanded = self._reader.expand(clause)
                return _together([self._reader.term(field, term) for term in expanded])
        raise TypeError(f"{clause!r} is no clause of one field")

    def _phrase(self, phrase: Adjacent) -> Occurrences:
        """Words that stand side by side: the places of each, moved to the place of the first."""
        places: list[Ints] = []
        for offset, leaf in enumerate(phrase.subqueries):
            terms = self._reader.expand(leaf)
            found = [self._reader.places(leaf.fieldname, term) for term in terms]
            if not found:
                return _together([])
            places.append(np.unique(np.concatenate(found)) - offset)
        starts = reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), places)
        return self._reader.occurrences(phrase.fieldname, starts >> PLACE_BITS)


def _together(found: list[Occurrences]) -> Occurrences:
    if not found:
        return Occurrences(np.empty(0, np.int64), np.empty(0))
    docs = np.concatenate([each.docs for each in found])
    return Occurrences(docs, np.concatenate([each.counts for each in found]))


def _unscored(ids: Ints | list[int]) -> Matches:
    unique = np.unique(np.asarray(ids, np.int64))
    return Matches(unique, np.zeros(len(unique)))


def _intersection(one: Matches, other: Matches) -> Matches:
    ids, mine, theirs = np.intersect1d(one.ids, other.ids, assume_unique=True, return_indices=True)
    return Matches(ids, one.scores[mine] + other.scores[theirs])


def _union(found: list[Matches]) -> Matches:
    ids, where = np.unique(np.concatenate([each.ids for each in found]), return_inverse=True)
    weights = np.concatenate([each.scores for each in found])
    return Matches(ids, np.bincount(where, weights, len(ids)).astype(np.float64, copy=False))


def _without(one: Matches, other: Matches) -> Matches:
    kept = np.isin(one.ids, other.ids, assume_unique=True, invert=True)
    return Matches(one.ids[kept], one.scores[kept])
