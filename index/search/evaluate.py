"""The evaluator: walks a query's tree and works on whole posting lists as arrays.

Scores are BM25F (Robertson, Zaragoza and Taylor, 2004): the fields of a word are one term, whose
frequency is the weighted sum over its fields, each divided by its length norm.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from collections.abc import Sequence
from functools import partial, reduce
from typing import Any

import numpy as np

from index.search.alike import alike
from index.search.cache import Cache
from index.search.clauses import (
    Adjacent,
    And,
    AndMaybe,
    AndNot,
    AnyField,
    ConstantScore,
    Every,
    Forms,
    Mask,
    Not,
    Or,
    Prefix,
    Query,
    Similar,
    Span,
    TermRange,
    Wildcard,
)
from index.search.expand import cuts
from index.search.masks import MEANINGS, masked, stored
from index.search.papers import Papers
from index.search.phrases import phrase
from index.search.postings import (
    NOTHING,
    Found,
    combined,
    intersection,
    is_wide,
    located,
    marked,
    only,
    spread,
    union,
    without,
)
from index.search.reader import Piece, Reader
from index.search.schema import STEMMED
from index.search.segments.arrays import Bools, Docs, Floats, Ints

K1 = 1.2  # how soon further occurrences of a word stop counting
CACHED = 64 << 20  # bytes of found documents and marks that are kept for the queries that follow

_WORDLESS = (Mask, Span, Every, Not)


def _bytes(found: Found | Bools | Floats | Ints) -> int:
    arrays = found if isinstance(found, tuple) else (found,)
    return sum(each.nbytes for each in arrays if each is not None)


class Evaluator:
    """Evaluates queries over one commit of the index and the store as it is now."""

    def __init__(self, reader: Reader, papers: Papers) -> None:
        self.reader = reader
        self.papers = papers
        self._count = reader.count
        self._known: Cache[Found] = Cache(CACHED, _bytes)
        self._marks: Cache[Bools] = Cache(CACHED // 4, _bytes)
        self._spreads: Cache[Floats] = Cache(CACHED, _bytes)
        self._ids: Cache[Ints] = Cache(CACHED, _bytes)

    def matches(self, tree: Query) -> Found:
        """Every document that a query matches, deleted ones left out."""
        found = self._found(tree)
        if self.reader.live is not None:
            return only(found, self.reader.live[found.docs])
        return found

    def count(self, tree: Query) -> int:
        """The papers that a query finds."""
        return len(self.matches(tree).docs)

    def count_after(self, tree: Query, paper_id: int) -> int:
        """The papers that a query finds, of those with a greater id."""
        newer = self.reader.ids > paper_id
        return int(np.count_nonzero(newer[self.matches(tree).docs])) if newer.any() else 0

    def score(self, tree: Query, paper_id: int) -> float:
        """What a query adds to a paper's score; 0 where it does not find it."""
        found = self.matches(tree)
        held, at = located(found.docs, self.reader.documents(np.array([paper_id])))
        return float(found.scores[at[0]]) if found.scores is not None and held.any() else 0.0

    def marks(self, tree: Query) -> Bools:
        """What a query matches, as marks on all documents."""
        if isinstance(tree, _WORDLESS):
            return self._marked(tree)
        return marked([self._found(tree).docs], self._count)

    def named(self, tree: Query) -> Ints:
        """The papers of an Every, or of what the store answers, in the store's order."""
        if stored(tree):
            return self._ids.get(
                (self.papers.version(), tree), lambda: np.array(masked(tree, self.papers), np.int64)
            )
        # What the reader decides makes no paper come or go.
        return self._ids.get(
            (self.papers.revision(), tree), lambda: np.array(self.papers.all_ids(), np.int64)
        )

    def _found(self, tree: Query) -> Found:
        match tree:
            case AnyField():
                return self._known.get(tree, lambda: self._words(tree))
            case AndNot():
                return self._all([tree.a, Not(tree.b)])
            case AndMaybe():
                return self._maybe(self._found(tree.a), self._found(tree.b))
            case And():
                return self._all(list(tree.children()))
            case Or():
                return union([self._found(child) for child in tree.children()], self._count)
            case Similar():
                return self._known.get(tree, lambda: self._alike(tree))
            case ConstantScore():
                docs = self._found(tree.child).docs
                score = np.float32(tree.score)
                return Found(docs, np.full(len(docs), score) if score else None)
            case Mask() | Span() | Every() | Not():
                return Found(np.flatnonzero(self._marked(tree)).astype(np.int32))
        raise TypeError(f"{tree!r} is no query of ours")

    def _all(self, children: Sequence[Query]) -> Found:
        """What all of them hold: the rarest first, then what is marked, then what is not wanted."""
        unwanted = [child.query for child in children if isinstance(child, Not)]
        filters: list[Query] = [c for c in children if isinstance(c, Mask | Span | Every)]
        rest = [child for child in children if not isinstance(child, _WORDLESS)]
        found = [(self._found(child), child) for child in rest]
        found.sort(key=lambda each: len(each[0].docs))
        if not found:
            marks = reduce(np.logical_and, map(self._marked, filters or [Every()]))
            met = Found(np.flatnonzero(marks).astype(np.int32))
        else:
            (met, _), *others = found
            for other, child in others:
                laid = partial(self._laid, child, other) if isinstance(child, AnyField) else None
                met = intersection(met, other, self._count, laid)
            for child in filters:
                met = only(met, self._marked(child)[met.docs])
        for child in unwanted:
            if len(met.docs):
                met = without(met, self._found(child).docs, self._count)
        return met

    def _laid(self, words: AnyField, found: Found) -> Floats:
        return self._spreads.get(words, lambda: spread(found, self._count))

    def _maybe(self, wanted: Found, welcome: Found) -> Found:
        short, long = sorted((wanted, welcome), key=lambda each: len(each.docs))
        both = intersection(short, long, self._count)
        if both.scores is None or not len(both.docs):
            return wanted
        scores = np.zeros(len(wanted.docs), np.float32) if wanted.scores is None else wanted.scores
        scores = scores.copy()
        scores[np.searchsorted(wanted.docs, both.docs)] = both.scores
        return Found(wanted.docs, scores)

    def _alike(self, similar: Similar) -> Found:
        for paper_id, paper in self.papers.papers([similar.paper_id]):
            return alike(self.reader, paper_id, paper, similar.boost)
        return NOTHING

    # What nothing ranks: marks on all documents.

    def _marked(self, tree: Query) -> Bools:
        match tree:
            case Every():
                live = self.reader.live
                return np.ones(self._count, bool) if live is None else live
            case Not():
                return self._marked(Every()) & ~marked([self._found(tree.query).docs], self._count)
            case Mask() | Span() if stored(tree):
                return self._marks.get((self.papers.version(), tree), lambda: self._of_store(tree))
            case Span():
                return self._marks.get(tree, lambda: self._spanned(tree))
        raise TypeError(f"{tree!r} ranks")

    def _of_store(self, clause: Mask | Span) -> Bools:
        """Papers that the store names."""
        if meaning := MEANINGS.get(clause):
            return self._marked(meaning)
        return marked([self.reader.documents(self.named(clause))], self._count)

    def _spanned(self, span: Span) -> Bools:
        dates = self.reader.published
        values = dates // 10_000 if span.column == "year" else dates
        return (values >= max(span.low, 1)) & (values <= span.high)

    # Words.

    def _words(self, words: AnyField) -> Found:
        """The documents that hold the words in any of the fields, scored as one term."""
        if not words.boost:
            return Found(self._frequencies(words).docs)
        docs, frequencies, _ = self._frequencies(words)
        if not len(docs):
            return NOTHING
        idf = np.log1p((self.reader.papers - len(docs) + 0.5) / (len(docs) + 0.5))
        if not idf > 0:  # more documents than live papers: deleted ones are among them
            idf = np.log1p(0.5 / (len(docs) + 0.5))
        scale = np.float32(idf * (K1 + 1) * words.boost)
        return Found(docs, frequencies * scale / (frequencies + np.float32(K1)))

    def _frequencies(self, words: AnyField) -> Piece:
        children: list[Query] = list(words.children())
        pieces: list[Piece] = []
        stems = [child for child in children if isinstance(child, Forms) and not child.begun]
        if {child.fieldname for child in stems} == STEMMED and len({c.text for c in stems}) == 1:
            pieces.append(self.reader.stem(stems[0].stem))
            for stem in stems:
                pieces += self._cut(stem)
            children = [child for child in children if child not in stems]
        wide = self._wide(children)
        if wide is not None:
            return Piece(wide, np.ones(len(wide), np.float32), True)
        for child in children:
            pieces += self._pieces(child)
        return combined(pieces, self._count)

    def _wide(self, leaves: Sequence[Query]) -> Docs | None:
        """The documents of words so many that how often they stand says nothing; else None."""
        ranges = [
            (leaf.fieldname, self.reader.ranges(leaf))
            for leaf in leaves
            if isinstance(leaf, Prefix | Forms | Wildcard)
        ]
        if len(ranges) < len(leaves):
            return None
        if not is_wide(sum(self.reader.size(*each) for each in ranges), self._count):
            return None
        marks = np.zeros(self._count, bool)
        for field, chosen in ranges:
            self.reader.mark(marks, field, chosen)
        return np.flatnonzero(marks).astype(np.int32)

    def _pieces(self, clause: Any) -> list[Piece]:
        """Where a clause of one field holds."""
        match clause:
            case Adjacent():
                words = [self.reader.ranges(leaf) for leaf in clause.subqueries]
                found = phrase(self.reader, clause.fieldname, words, clause.slop)
                return [found, *self._cut(clause)]
            case Or():
                return [piece for child in clause.children() for piece in self._pieces(child)]
            case TermRange():
                raise TypeError("ranges of terms are spans of columns")
        ranges = self.reader.ranges(clause)
        return [*self.reader.pieces(clause.fieldname, ranges), *self._cut(clause)]

    def _cut(self, clause: Any) -> list[Piece]:
        """Where the words that a clause may be cut into stand side by side."""
        others = cuts(clause, self.reader.lexicon(clause.fieldname))
        return [
            phrase(
                self.reader,
                other.fieldname,
                [self.reader.ranges(leaf) for leaf in other.subqueries],
                other.slop,
            )
            for other in others
        ]
