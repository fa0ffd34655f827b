"""What the store answers, as papers: tags, lists, states, words of notes and texts, days, names."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeGuard

from index.search.clauses import And, Mask, Not, Or, Query, Span
from index.search.papers import Papers
from index.text import clean_line, fold

MEANINGS: Mapping[Query, Query] = {
    Mask("is", "unread"): Not(Or([Mask("is", "read"), Mask("is", "skipped")])),
    Mask("is", "inbox"): Not(Mask("is", "decided")),
}
"""What most papers are is asked of the store as what few are not."""

_STORED_COLUMNS = frozenset({"added", "opened", "rating"})


def stored(tree: Query) -> TypeGuard[Mask | Span]:
    """Whether the store answers a clause, and not the index."""
    return isinstance(tree, Mask) or (isinstance(tree, Span) and tree.column in _STORED_COLUMNS)


def masked(clause: Mask | Span, papers: Papers) -> list[int]:
    """The papers of a clause that the store answers, each once, in the store's order."""
    match clause:
        case Span(column="added", low=low, high=high):
            return papers.ids_added(low, high)
        case Span(column="opened", low=low, high=high):
            return papers.ids_opened(low, high)
        case Span(column="rating", low=low, high=high):
            return papers.ids_rated(low, high)
        case Mask(kind="tag", name=name, begun=begun):
            return papers.ids_tagged(name, begun)
        case Mask(kind="list"):
            return _once(papers.ids_listed(name) for name in _lists(clause, papers))
        case Mask(kind="follow", name=name, begun=begun):
            return papers.ids_followed(name, begun)
        case Mask(kind="status", name=status, lists=()):
            return papers.ids_with_status(status)
        case Mask(kind="status", name=status, lists=lists):
            names = (name for each in lists for name in _lists(each, papers))
            return _once(papers.ids_with_status(status, name) for name in names)
        case Mask(kind="note", name=text, begun=begun) if text:
            return papers.ids_noting(text, begun)
        case Mask(kind="note"):
            return papers.ids_where("noted")
        case Mask(kind="text", name=text, begun=begun) if text:
            return papers.ids_with_text(text, begun)
        case Mask(kind="text"):
            return papers.ids_where("text")
        case Mask(kind="id", name=name, begun=begun):
            return papers.ids_known_as(name, begun)
        case Mask(kind="is", name=state):
            return papers.ids_where(state)
    raise ValueError(f"{clause!r} is not the store's")


def _once(found: Iterator[list[int]]) -> list[int]:
    return list(dict.fromkeys(paper for ids in found for paper in ids))


def _lists(mask: Mask, papers: Papers) -> list[str]:
    """The folded names of the lists that the mask means."""
    folded = (fold(clean_line(name)) for name in papers.list_names())
    return [
        name for name in folded if name == mask.name or (mask.begun and name.startswith(mask.name))
    ]


def own_order(tree: Query | None) -> Mask | None:
    """The list, or the history of reading, whose order a query's papers keep where none ranks."""
    match tree:
        case Mask(kind="list") | Mask(kind="is", name="opened"):
            return tree
        case And():
            return next(filter(None, map(own_order, tree.children())), None)
    return None
