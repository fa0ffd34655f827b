"""Orders: how the papers that a query found stand in its result."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np

from index.search.clauses import And, Every, Not, Or, Query
from index.search.evaluate import Evaluator
from index.search.masks import MEANINGS, own_order, stored
from index.search.postings import only
from index.search.ranking import HEAD, LazyOrder, Order, Ranked, best_first
from index.search.segments.arrays import Bools, Docs, Ints
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
    """What nothing ranks: in the order of its list, else in the library's."""
    ids = evaluator.named(own_order(wanted) or own_order(within) or Every())
    for tree in (wanted, within):
        if tree is not None:
            ids = ids[_held(evaluator, tree, ids)]
    whole = np.arange(len(ids))
    return Ranked(ids.__getitem__, LazyOrder(len(ids), whole[:HEAD], lambda: whole))


def _held(evaluator: Evaluator, tree: Query, ids: Ints) -> Bools:
    """Which of some papers a query finds. What the store answers needs no index."""
    match tree:
        case Every():
            return np.ones(len(ids), bool)
        case _ if meaning := MEANINGS.get(tree):
            return _held(evaluator, meaning, ids)
        case _ if stored(tree):
            return np.isin(ids, evaluator.named(tree))
        case Not() if not _reads(tree.query):
            return ~_held(evaluator, tree.query, ids)
        case And() | Or() if not _reads(tree):
            join = np.logical_and if isinstance(tree, And) else np.logical_or
            return reduce(join, [_held(evaluator, child, ids) for child in tree.children()])
    return np.isin(ids, evaluator.reader.ids[evaluator.matches(tree).docs])


def _reads(tree: Query) -> bool:
    """Whether a query asks for what stands in the index."""
    match tree:
        case Not():
            return _reads(tree.query)
        case And() | Or():
            return any(map(_reads, tree.children()))
    return not (isinstance(tree, Every) or stored(tree))
