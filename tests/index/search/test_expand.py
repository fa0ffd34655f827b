"""Expansion: the terms that a leaf stands for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.clauses import Adjacent, Forms, FuzzyTerm, Leaf, Prefix, Term, Wildcard
from index.search.expand import MOST_TERMS, cuts, expand
from tests.index.search.lexicon import Words

POOL = Words.of(
    "data dataset grab graph graphs gph grph ghraph paragraph happiness happy hope hoping pol polo"
    " pool pooled pooling pools poole poodle set sets skies sky polymer loop i".split()
)


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (Term("title", "pool"), "pool"),
        (Term("title", "poo"), ""),
        (Forms("title", "pools"), "pool poole pooled pooling pools"),
        (Forms("title", "poo", begun=True), "poodle pool poole pooled pooling pools"),
        (Forms("title", "hoping"), "hope hoping"),
        (Forms("title", "happy"), "happiness happy"),
        (Forms("title", "sky"), "skies sky"),
        (Forms("title", "i"), "i"),
        (Prefix("title", "pool"), "pool poole pooled pooling pools"),
        (Wildcard("title", "gr?ph"), "graph"),
        (Wildcard("title", "g*ph"), "ghraph gph graph grph"),
        (Wildcard("title", "g*h*"), "gph graph graphs grph ghraph"),
        (FuzzyTerm("title", "graph"), "ghraph graph graphs grph"),
        (FuzzyTerm("title", "grpah"), "graph grph"),  # two letters changed places
        (FuzzyTerm("title", "grpah", maxdist=2), "ghraph gph grab graph graphs grph"),
        (FuzzyTerm("title", "loop"), "loop"),  # not pool: the first letter is sure
    ],
)
def test_expansion(leaf: Leaf, expected: str) -> None:
    assert expand(leaf, POOL) == sorted(expected.split())


def distance(one: str, other: str) -> int:
    """Optimal string alignment as its definition has it."""
    rows = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            differ = one[i - 1] != other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + differ)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


letters = st.text("ab", min_size=1, max_size=6)


@given(st.sets(letters), letters, st.sampled_from([1, 2]))
def test_fuzzy_words_are_near(terms: set[str], word: str, most: int) -> None:
    expected = [term for term in terms if term[0] == word[0] and distance(word, term) <= most]
    found = expand(FuzzyTerm("title", word, maxdist=most), Words.of(terms))
    assert found == sorted(expected)


def test_of_many_terms_the_frequent_ones_count() -> None:
    many = Words({f"a{number:04}": 1 + number % 7 for number in range(7 * MOST_TERMS)})
    for leaf in (
        Prefix("title", "a"),
        Wildcard("title", "a*0*"),
        FuzzyTerm("title", "a", maxdist=2),
    ):
        found = expand(leaf, many)
        assert len(found) <= MOST_TERMS
        assert list(found) == sorted(found)
    assert {many.count(term) for term in expand(Prefix("title", "a"), many)} == {7}
    assert len(expand(Prefix("title", "a"), many, most=None)) == 7 * MOST_TERMS


def test_a_word_is_cut_where_the_index_holds_both_parts() -> None:
    assert cuts(Term("title", "dataset"), POOL) == [
        Adjacent([Term("title", "data"), Term("title", "set")])
    ]
    assert cuts(Forms("title", "datasets", begun=True), POOL) == [
        Adjacent([Forms("title", "data"), Forms("title", "sets", begun=True)])
    ]
    assert cuts(Forms("title", "dataset"), Words.of(["data", "sets"])) == [
        Adjacent([Forms("title", "data"), Forms("title", "set")])
    ], "another form of a part will do"
    assert cuts(Term("title", "dataset"), Words.of(["data", "sets"])) == []
    assert cuts(Adjacent([Term("title", "graph"), Term("title", "dataset")], slop=2), POOL) == [
        Adjacent([Term("title", word) for word in ("graph", "data", "set")], slop=2)
    ]
    assert cuts(Term("title", "pooling"), POOL) == []
    assert cuts(Prefix("title", "dataset"), POOL) == []
