"""Words: what a text is cut into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.analysis import LONGEST_WORD, stem, words


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
