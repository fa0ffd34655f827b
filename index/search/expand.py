"""Expansion: the terms of the index that a leaf of a query stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fnmatch import translate
from functools import lru_cache
from heapq import nsmallest
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.search.analysis import parts
from index.search.clauses import (
    Adjacent,
    Forms,
    FuzzyTerm,
    JoinedForms,
    JoinedTerm,
    Leaf,
    Prefix,
    Term,
    Wildcard,
)

MOST_TERMS = 1000
"""The terms that one leaf stands for at most: of more, those that most papers hold."""


class Lexicon(Protocol):
    """The terms of one field."""

    def terms(self, prefix: str = "") -> Sequence[str]:
        """The terms that begin with ``prefix``, ascending."""

    def count(self, term: str) -> int:
        """The papers that hold a term; 0 for one that the field has not."""

    def __len__(self) -> int: ...


def expand(leaf: Leaf, lexicon: Lexicon, most: int | None = MOST_TERMS) -> Sequence[str]:
    """The terms of a leaf that the lexicon holds, ascending; ``most`` at most.

    Terms near a FuzzyTerm begin with its first letter and differ from it in ``maxdist`` letters at
    most: one that is wrong, missing or too many, or two that changed places (the distance of
    optimal string alignment).
    """
    text = str(leaf.text)
    match leaf:
        case Term():
            return [text] if lexicon.count(text) else []
        case Forms():
            near = lexicon.terms(leaf.nearby)
            return _most([term for term in near if leaf.accepts(term)], lexicon, most)
        case Prefix():
            return _most(lexicon.terms(text), lexicon, most)
        case Wildcard():
            near = lexicon.terms(re.split("[*?]", text, maxsplit=1)[0])
            return _most(list(filter(_pattern(text), near)), lexicon, most)
        case FuzzyTerm(maxdist=distance):
            lengths = range(len(text) - distance, len(text) + distance + 1)
            near = [term for term in lexicon.terms(text[:1]) if len(term) in lengths]
            found = process.extract(
                text, near, scorer=OSA.distance, score_cutoff=distance, limit=None
            )
            return _most(sorted(term for term, _, _ in found), lexicon, most)
    raise TypeError(f"{leaf!r} is no leaf")


@lru_cache(maxsize=256)
def _pattern(glob: str) -> Callable[[str], object]:
    return re.compile(translate(glob)).match


def _most(terms: Sequence[str], lexicon: Lexicon, most: int | None) -> Sequence[str]:
    """The terms that most papers hold, where there are more than ``most``."""
    if most is None or len(terms) <= most:
        return terms
    return sorted(nsmallest(most, terms, key=lambda term: (-lexicon.count(term), term)))


def cuts(clause: Leaf | Adjacent, lexicon: Lexicon) -> list[Adjacent]:
    """What a clause finds besides: ``dataset`` also the two words of ``data set``.

    One word of the clause is cut at a time, into two that the lexicon holds. (The other way round,
    two words as one, is in the tree: the parser needs no lexicon for it.)
    """
    leaves = clause.subqueries if isinstance(clause, Adjacent) else [clause]
    slop = clause.slop if isinstance(clause, Adjacent) else 0
    return [
        Adjacent([*leaves[:at], *pair, *leaves[at + 1 :]], slop)
        for at, leaf in enumerate(leaves)
        for pair in _pairs(leaf, lexicon)
    ]


def _pairs(leaf: Leaf, lexicon: Lexicon) -> list[tuple[Leaf, Leaf]]:
    if not isinstance(leaf, Term | Forms) or isinstance(leaf, JoinedTerm | JoinedForms):
        return []
    field, halves = leaf.fieldname, parts(str(leaf.text))
    if isinstance(leaf, Term):
        held = [pair for pair in halves if all(map(lexicon.count, pair))]
        return [(Term(field, one), Term(field, other)) for one, other in held]
    forms = ((Forms(field, one), Forms(field, other, leaf.begun)) for one, other in halves)
    return [pair for pair in forms if all(_is_held(half, lexicon) for half in pair)]


def _is_held(word: Forms, lexicon: Lexicon) -> bool:
    """Whether the lexicon holds a word, in any of its forms: ``sets`` where there is a ``set``."""
    return bool(lexicon.count(str(word.text)) or expand(word, lexicon))
