"""Orders: how the papers that a query found stand in its result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from index.search.clauses import And, Every, Mask, Not, Or, Query
from index.search.evaluate import Evaluator
from index.search.masks import reading_list
from index.search.postings import located, only
from index.search.ranking import HEAD, LazyOrder, Order, Ranked, best_first
from index.search.segments.arrays import Docs, Ints
from index.views import Sort

_ID_BITS = 44
_LAST_DAY = 9999_99_99


def ranked(
    evaluator: Evaluator, wanted: Query | None, within: Query | None, sort: Sort
) -> tuple[Sequence[int], Sequence[float]]:
    """The papers of a query within another, sorted; their scores where relevance sorts them."""
    found = evaluator.matches(wanted or Every())
    if within is not None:
        found = only(found, evaluator.marks(within)[found.docs])
    reader, docs = evaluator.reader, found.docs

    def ids(among: Order) -> Ints:
        return reader.ids[docs[among]]

    def ties(among: Order) -> Ints:
        years: Ints = ((_LAST_DAY - reader.published[docs[among]]) // 10_000).astype(np.int64)
        return years << _ID_BITS | ids(among)

    match sort:
        case "title":
            return Ranked(ids, _by_title(evaluator, docs)), ()
        case "date":
            return Ranked(ids, best_first(reader.published[docs], ties)), ()
        case "upvotes":
            return Ranked(ids, best_first(reader.upvotes[docs], ties)), ()
    scores = found.scores if found.scores is not None else np.zeros(len(docs), np.float32)
    order = best_first(scores, ties)
    return Ranked(ids, order), Ranked(scores.__getitem__, order)


def _by_title(evaluator: Evaluator, docs: Docs) -> LazyOrder:
    """By the folded title, as far as its beginning tells, then by id."""
    first, second, third = (column[docs] for column in evaluator.reader.titles)
    order = np.lexsort((evaluator.reader.ids[docs], third, second, first))
    return LazyOrder(len(docs), order[:HEAD], lambda: order)


def shelved(evaluator: Evaluator, wanted: Query | None, within: Query | None) -> Sequence[int]:
    """What nothing ranks: in the order of its reading list, else in the library's."""
    listed = reading_list(wanted) or reading_list(within)
    ids = evaluator.named(listed or Every())
    for tree in (wanted, within):
        if tree is not None and tree != Every():
            kept, _ = located(_ids(evaluator, tree), ids)
            ids = ids[kept]
    whole = np.arange(len(ids))
    return Ranked(ids.__getitem__, LazyOrder(len(ids), whole[:HEAD], lambda: whole))


def _ids(evaluator: Evaluator, tree: Query) -> Ints:
    """The papers of a query, ascending. What the store answers needs no index."""
    match tree:
        case Mask() | Every():
            return np.unique(evaluator.named(tree))
        case Not() if not _reads(tree.query):
            every = _ids(evaluator, Every())
            return np.setdiff1d(every, _ids(evaluator, tree.query), assume_unique=True)
        case And() | Or() if not any(map(_reads, tree.children())):
            join = np.intersect1d if isinstance(tree, And) else np.union1d
            return reduce(join, [_ids(evaluator, child) for child in tree.children()])
    return np.sort(evaluator.reader.ids[evaluator.matches(tree).docs])


def _reads(tree: Query) -> bool:
    """Whether a query asks for what stands in the index."""
    match tree:
        case Mask() | Every():
            return False
        case Not():
            return _reads(tree.query)
        case And() | Or():
            return any(map(_reads, tree.children()))
    return True
