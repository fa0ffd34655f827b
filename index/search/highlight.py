"""Marks: what a query matched in a text that is shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from index.search.analysis import Word, words
from index.search.clauses import Adjacent, And, AnyField, Leaf, Or, Query
from index.search.expand import cuts, expand
from index.views import Span


class Marker:
    """Marks the words of a query in the texts of its hits. Negated clauses mark nothing."""

    def __init__(self, tree: Query | None) -> None:
        self._clauses: dict[str, dict[Leaf | Adjacent, None]] = {}  # each once, in order
        for clause in _clauses(tree) if tree else ():
            self._clauses.setdefault(clause.fieldname, {})[clause] = None

    def marks(self, field: str, text: str) -> tuple[Span, ...]:
        """Where the query matched in a field's text as it is shown: spans, ascending, apart."""
        clauses = self._clauses.get(field)
        if not clauses:
            return ()
        held = _held(text)
        spans = {
            (word.start, word.end)
            for clause in clauses
            for spelled in (clause, *cuts(clause, held))
            for word in held.matched(spelled)
        }
        return tuple(_apart(sorted(spans)))


class TextWords:
    """The words of one text, as the lexicon that a query's leaves are expanded by."""

    def __init__(self, text: str) -> None:
        self._words: dict[str, list[Word]] = {}
        for word in words(text):
            self._words.setdefault(word.text, []).append(word)
        self._terms = sorted(self._words)

    def terms(self, prefix: str = "") -> Sequence[str]:
        start = bisect_left(self._terms, prefix)
        return self._terms[start : bisect_left(self._terms, f"{prefix}\U0010ffff", start)]

    def count(self, term: str) -> int:
        return int(term in self._words)

    def __len__(self) -> int:
        return len(self._terms)

    def matched(self, clause: Leaf | Adjacent) -> Iterator[Word]:
        """The words that a clause matches."""
        if not isinstance(clause, Adjacent):
            yield from self._accepted(clause)
            return
        first, *others = (self._accepted(leaf) for leaf in clause.subqueries)
        rest = [{word.position: word for word in accepted} for accepted in others]
        for word in first:
            yield from self._run(word, rest, clause.slop)

    def _accepted(self, leaf: Leaf) -> list[Word]:
        return [word for term in expand(leaf, self) for word in self._words[term]]

    def _run(self, first: Word, rest: Sequence[dict[int, Word]], slop: int) -> list[Word]:
        """A word and, each as soon as may be, those that must follow it; empty where one fails."""
        run = [first]
        for at in rest:
            begin = run[-1].position + 1
            near = (at[place] for place in range(begin, begin + slop + 1) if place in at)
            if not (word := next(near, None)):
                return []
            slop -= word.position - begin
            run.append(word)
        return run


# Titles come again with each letter that is typed.
_held = lru_cache(maxsize=2048)(TextWords)


def _clauses(tree: Query) -> Iterator[Leaf | Adjacent]:
    match tree:
        case Adjacent():
            yield tree
        case AnyField() | And() | Or():
            for child in tree.children():
                yield from _clauses(child)
        case _ if isinstance(tree, Leaf):
            yield tree


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans that overlap or touch, as one."""
    start = end = -1
    for first, last in spans:
        if first > end:
            if end > start:
                yield start, end
            start, end = first, last
        end = max(end, last)
    if end > start:
        yield start, end
