"""A query's tree, held against every paper in turn: what an evaluator must agree with."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from index.search.analysis import words
from index.search.clauses import (
    Adjacent,
    And,
    AnyField,
    ConstantScore,
    Every,
    Leaf,
    Mask,
    Not,
    Or,
    Query,
    Span,
)
from index.search.expand import cuts, expand
from index.search.masks import MEANINGS, masked, stored
from index.search.schema import FIELDS, NAMED, WEIGHTS, document
from tests.index.search.box import Box
from tests.index.search.lexicon import Words

Places = dict[str, set[int]]


class Brute:
    """The papers of a box, each read word by word."""

    def __init__(self, box: Box) -> None:
        self._box = box

    @cached_property
    def _held(self) -> dict[int, dict[str, Places]]:
        """The places of every word, by paper and field."""
        held: dict[int, dict[str, Places]] = {}
        for paper_id, paper in self._box.held.items():
            read = document(paper_id, paper)
            fields = held[paper_id] = {field: {} for field in FIELDS}
            for field, text in zip(WEIGHTS, read.texts, strict=True):
                for word in words(text):
                    fields[field].setdefault(word.text, set()).add(word.position)
            for field, names in zip(NAMED, read.named, strict=True):
                fields[field] = {name: {0} for name in names}
        return held

    @cached_property
    def lexicons(self) -> dict[str, Words]:
        """The terms of each field."""
        return {
            field: Words(Counter(term for fields in self._held.values() for term in fields[field]))
            for field in FIELDS
        }

    def matches(self, tree: Query | None) -> set[int]:
        """The papers that a query finds."""
        every = set(self._box.held)
        tree = MEANINGS.get(tree, tree) if tree else None
        match tree:
            case None | Every():
                return every
            case AnyField():
                clauses = list(tree.children())
                return {paper for paper in every if any(self._holds(paper, one) for one in clauses)}
            case And():
                return set.intersection(*map(self.matches, tree.children()))
            case Or():
                return set.union(*map(self.matches, tree.children()))
            case Not():
                return every - self.matches(tree.query)
            case ConstantScore():
                return self.matches(tree.child)
            case Mask() | Span() if stored(tree):
                return set(masked(tree, self._box))
            case Span(low=low, high=high):
                return {paper for paper in every if low <= self._value(paper, tree) <= high}
        raise TypeError(f"{tree!r} is no query of ours")

    def _value(self, paper_id: int, span: Span) -> int:
        paper = self._box.held[paper_id]
        if span.column == "year":
            return paper.year or 0
        return document(paper_id, paper).published

    def _holds(self, paper: int, clause: Query) -> bool:
        if isinstance(clause, Or):
            return any(self._holds(paper, child) for child in clause.children())
        assert isinstance(clause, Leaf | Adjacent)
        lexicon = self.lexicons[clause.fieldname]
        runs = [clause, *cuts(clause, lexicon)]
        return any(self._near(paper, run) for run in runs)

    def _near(self, paper: int, clause: Leaf | Adjacent) -> bool:
        places = self._held[paper][clause.fieldname]
        leaves = clause.subqueries if isinstance(clause, Adjacent) else [clause]
        slop = clause.slop if isinstance(clause, Adjacent) else 0
        lexicon = self.lexicons[clause.fieldname]
        found = [
            {place for term in expand(leaf, lexicon) for place in places.get(term, ())}
            for leaf in leaves
        ]
        ends = {(first, first) for first in found[0]}
        for here in found[1:]:
            ends = {(first, place) for first, last in ends for place in here if place > last}
        return any(last - first < len(leaves) + slop for first, last in ends)
