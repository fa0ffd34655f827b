"""Ranking: the head of an order at once, all of it on demand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.ranking import LazyOrder, Ranked, best_first


@given(st.lists(st.integers(0, 5), max_size=60), st.integers(1, 10), st.randoms())
def test_the_head_is_that_of_the_whole_order(
    keys: list[int], head: int, random: st.DataObject
) -> None:
    ties = np.array(random.sample(range(len(keys)), len(keys)), np.int64)  # type: ignore[attr-defined]
    order = best_first(np.array(keys, np.float32), lambda among: ties[among], head)
    expected = sorted(range(len(keys)), key=lambda at: (-keys[at], ties[at]))
    assert order.whole().tolist() == expected
    assert order.head.tolist() == expected[:head]


def never() -> np.ndarray:
    raise AssertionError("the whole order was made")


def test_the_head_is_read_without_the_whole_order() -> None:
    hits = Ranked[int](
        (np.arange(500) * 10).__getitem__, LazyOrder(500, np.arange(100)[::-1], never)
    )
    assert len(hits) == 500
    assert hits[0] == 990
    assert hits[:3] == [990, 980, 970]
    assert hits[98:100] == [10, 0]
    assert hits[5:5] == []
    assert list(zip(hits, range(2), strict=False)) == [(990, 0), (980, 1)]
    with pytest.raises(AssertionError):
        hits[100]


def test_hits_are_a_sequence() -> None:
    values = np.array([30, 10, 20])
    whole = np.array([1, 2, 0])
    hits = Ranked[int](values.__getitem__, LazyOrder(3, whole[:1], lambda: whole))
    assert hits == [10, 20, 30]
    same = LazyOrder(3, np.arange(3), lambda: np.arange(3))
    assert hits == Ranked[int](np.array([10, 20, 30]).__getitem__, same)
    assert hits != [10, 20]
    assert hits[-1] == 30
    assert hits[::-1] == [30, 20, 10]
    assert hits.index(20) == 1
    assert 30 in hits
    assert 40 not in hits
    assert type(hits[0]) is int
    with pytest.raises(IndexError):
        hits[3]
