"""Words: what a text is cut into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.analysis import LONGEST_WORD, joins, parts, stem, words


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Graph Pooling", ["graph", "pooling"]),
        ("naïve NAIVE", ["naive", "naive"]),
        ("fine-tuning", ["fine", "tuning", "finetuning"]),
        ("state‐of–the−art", ["state", "of", "the", "art", "stateoftheart"]),
        ("Newton's law", ["newton", "law"]),
        ("don’t", ["don", "t", "dont"]),
        ("O'Brien", ["o", "brien", "obrien"]),
        ("GPT-4", ["gpt", "4", "gpt4"]),
        ("3.5 43.3% 1,000", ["3", "5", "43", "3", "1", "000"]),
        ("snake_case", ["snake", "case"]),
        ("α-helix", ["alpha", "helix", "alphahelix"]),
        ("x̂ + y", ["x", "y"]),
        ("图神经网络 pooling", ["图", "神", "经", "网", "络", "pooling"]),
        ("BERT模型", ["bert", "模", "型"]),
        ("ﬁne", ["fine"]),
        ("a - b -- c", ["a", "b", "c"]),
        ("… — ()", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_compound_spans_its_parts() -> None:
    text = "Of fine-tuning models"
    found = [(text[word.start : word.end], word.position, word.width) for word in words(text)]
    assert found == [
        ("Of", 0, 1),
        ("fine", 1, 1),
        ("tuning", 2, 1),
        ("fine-tuning", 1, 2),
        ("models", 3, 1),
    ]


def test_a_long_word_is_cut() -> None:
    assert texts("x" * 100_000) == ["x" * LONGEST_WORD]
    assert all(len(word) <= LONGEST_WORD for word in texts("ab-" * 50_000))


@given(st.text())
def test_any_text_has_words_that_stand_in_it(text: str) -> None:
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert 0 < len(word.text) <= LONGEST_WORD


def test_stems() -> None:
    assert {stem(word) for word in ("pool", "pools", "pooling", "pooled")} == {"pool"}
    assert stem("dying") == "dying"  # never far from the word in the lexicon
    assert stem("gpt4") == "gpt4"
    assert stem("is") == "is"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gr?ph diff*", ["gr?ph", "diff*"]),
        ("Class*-fr?e", ["class*", "fr?e", "class*fr?e"]),
        ("nä?ve*", ["na?ve*"]),
        ("*pool ?pool", ["pool", "pool"]),
        ("图*神", ["图*", "神"]),
        ("* ? **", []),
    ],
)
def test_words_with_wildcards(text: str, expected: list[str]) -> None:
    assert [word.text for word in words(text, wild=True)] == expected


@given(st.text())
def test_without_wildcards_the_words_are_the_same(text: str) -> None:
    plain = text.replace("*", " ").replace("?", " ")
    assert list(words(plain, wild=True)) == list(words(plain))


@given(st.text("abcdeginorsty", min_size=1, max_size=12))
def test_a_stem_is_how_the_word_begins_but_for_its_last_letter(word: str) -> None:
    assert word.startswith(stem(word)[: max(2, len(stem(word)) - 1)])


def test_words_that_may_be_one() -> None:
    assert joins("data", "set")
    assert joins("k", "means")
    assert joins("gpt", "4")
    assert not joins("of", "ten")
    assert not joins("3", "5")


def test_parts_of_a_word() -> None:
    assert ("data", "set") in parts("dataset")
    assert parts("gpt4") == (("gpt", "4"),)
    assert parts("pool") == ()
    assert ("for", "est") not in parts("forest")
    assert all(one + other == "classifierfree" for one, other in parts("classifierfree"))
