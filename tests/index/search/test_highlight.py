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
