"""Marks: what a query matched in a shown text."""

from __future__ import annotations

import pytest

from index.search import Marker
from index.search.parser import parse

ABSTRACT = (
    "Graph pooling pools nodes. Pooling graphs with naïve fine-tuning; a graph\npooling poodle."
)


def marked(query: str, text: str, *, field: str = "abstract", as_typed: bool = False) -> list[str]:
    marks = Marker(parse(query, as_typed=as_typed)).marks(field, text)
    return [text[start:end] for start, end in marks]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("nodes", ["nodes"]),
        ("pool", ["pooling", "pools", "Pooling", "pooling"]),
        ("poo*", ["pooling", "pools", "Pooling", "pooling", "poodle"]),
        ('"graph pooling"', ["Graph", "pooling", "graph", "pooling"]),
        ('"pooling"', ["pooling", "Pooling", "pooling"]),
        ("NAIVE", ["naïve"]),
        ("fine-tuning", ["fine-tuning"]),
        ("finetuning", ["fine-tuning"]),
        ("tuning", ["tuning"]),
        ("nodes -pool", ["nodes"]),
        ("nodes OR poodle", ["nodes", "poodle"]),
        ("title:nodes poodle", ["poodle"]),
        ("abstract:(nodes poodle)", ["nodes", "poodle"]),
        ("author:nodes", []),
        ("tag:nodes year:2022 is:read", []),
        ("any:(nodes poodle)", ["nodes", "poodle"]),
        ("note:nodes", []),
        ("po?l*", ["pooling", "pools", "Pooling", "pooling"]),
        ("p*e", ["poodle"]),
        ("podle~", ["poodle"]),
        ("poling~", ["pooling", "Pooling", "pooling"]),
        ('"pools pooling"~1', ["pools", "Pooling"]),
        ('"graph nodes"~1', []),
        ('"graph nodes"~2', ["Graph", "nodes"]),
        ('"graph pools pooling"~1', []),
        ('"graph pools pooling"~2', ["Graph", "pools", "Pooling"]),
        ('"pooling graphs"^3 nodes^2', ["nodes", "Pooling", "graphs"]),
        ("fine tuning", ["fine-tuning"]),
        ('"fine tuning"', ["fine-tuning"]),
        ('"naive fine-tuning"', ["naïve", "fine-tuning"]),
        ('"naive finetuning"', ["naïve", "fine-tuning"]),
        ("grap hpooling", []),
        ("category:nodes source:pools", []),
        ("with nodes", ["nodes"]),
        ('"with"', ["with"]),
        ("*", []),
        ("", []),
    ],
)
def test_marks(query: str, expected: list[str]) -> None:
    assert marked(query, ABSTRACT) == expected


def test_marks_while_typing() -> None:
    assert marked("graph poo", "Graph Pooling", as_typed=True) == ["Graph", "Pooling"]
    assert marked('"graph poo', "Graph Pooling, pools", as_typed=True) == ["Graph", "Pooling"]
    assert marked("fine-tu", "The fine-tuning", as_typed=True) == ["fine-tuning"]
    assert marked("graph -poo", "Graph Pooling", as_typed=True) == ["Graph"]


def test_spans_stand_in_a_text_whose_folding_is_longer() -> None:
    assert marked("strasse", "ﬁ α die Straße β", field="title") == ["Straße"]
    assert marked("alpha", "ﬁ α die Straße β", field="title") == ["α"]
    assert marked("网络", "图神经网络 network", field="title") == ["网络"]


def test_two_words_are_marked_as_one_and_one_as_two() -> None:
    for query in ("data-set", "dataset", "data set", '"data-set"', '"dataset"', '"data set"'):
        for text in ("A data-set.", "A dataset.", "A data set."):
            assert "".join(marked(query, text)) == text[2:-1].replace(" ", ""), (query, text)


def test_a_long_text_is_marked() -> None:
    text = "pooling of the pool " * 5000
    assert len(marked('"pool pooling"~3 pool', text)) == 10_000
