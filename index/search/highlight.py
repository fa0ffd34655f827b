"""Marks: what a query matched in a text that is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.search.analysis import words
from index.search.clauses import Adjacent, And, Forms, Leaf, Or, Prefix, Query, Term
from index.views import Span


class Marker:
    """Marks the words of a query in the texts of its hits. Negated clauses mark nothing."""

    def __init__(self, tree: Query | None) -> None:
        self._patterns: dict[str, list[list[Leaf]]] = {}
        for field, pattern in _patterns(tree) if tree else ():
            self._patterns.setdefault(field, []).append(pattern)

    def marks(self, field: str, text: str) -> tuple[Span, ...]:
        """Where the query matched in a field's text as it is shown: spans, ascending, apart."""
        patterns = self._patterns.get(field)
        if not patterns:
            return ()
        found = list(words(text))
        at = {word.position: word for word in found if word.width == 1}
        spans: set[Span] = set()
        for pattern in patterns:
            for word in found:
                run = [word, *(at.get(word.position + step) for step in range(1, len(pattern)))]
                if all(
                    each and _accepts(leaf, each.text)
                    for leaf, each in zip(pattern, run, strict=True)
                ):
                    spans.update((each.start, each.end) for each in run if each)
        return tuple(_apart(sorted(spans)))


def _patterns(tree: Query) -> Iterator[tuple[str, list[Leaf]]]:
    """A field and the words that stand side by side in it, for each clause."""
    match tree:
        case Adjacent():
            yield tree.fieldname, tree.subqueries
        case And() | Or():
            for child in tree.children():
                yield from _patterns(child)
        case Term() | Prefix() | Forms():
            yield tree.fieldname, [tree]


def _accepts(leaf: Leaf, word: str) -> bool:
    match leaf:
        case Forms():
            return leaf.accepts(word)
        case Prefix(text=str(text)):
            return word.startswith(text)
        case _:
            return bool(word == leaf.text)


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
