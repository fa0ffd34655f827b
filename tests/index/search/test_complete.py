"""Completion at the cursor of a query."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.search.complete import MOST, complete, with_parents
from index.search.expand import Lexicon
from tests.index.search.lexicon import Words

VALUES: dict[str, Sequence[str] | Lexicon] = {
    "tag": ["gnn", "To Do", "graphs/gnn", "Größe"],
    "list": ["To read", "thesis (old)"],
    "authors": ["Yuchen Song", "Ada O'Brien", 'Jo "Bo" Li'],
    "venue": Words({"iclr": 3, "icml": 9, "neurips": 5}),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ti|", ["title:"]),
        ("graph -a|", ["graph -abstract:", "graph -author:", "graph -added:", "graph -any:"]),
        ("any:(tit|", ["any:(title:"]),
        ("(au|", ["(author:"]),
        ("tit|le", ["title:"]),
        ("is:|", ["is:starred", "is:unread", "is:read", "is:inbox", "is:noted"]),
        ("is:re|", ["is:read"]),
        ("IS:st| x", ["IS:starred x"]),
        ("has:p|", ["has:pdf", "has:pdflink"]),
        ("status:|", ['status:"to read"', "status:reading", "status:done", "status:skipped"]),
        ("status:re|", ["status:reading", 'status:"to read"']),
        ("tag:graphs/|", ["tag:graphs/gnn"]),
        ("tag:g|", ["tag:gnn", "tag:graphs/gnn", "tag:Größe"]),
        ("tag:gro|", ["tag:Größe"]),
        ("tag:gn|x y", ["tag:gnn y", "tag:graphs/gnn y"]),
        ("-tag:to|", ['-tag:"To Do"']),
        ('list:"to r|', ['list:"To read"']),
        ('list:"to| x" y', ['list:"To read" y']),
        ("list:th|", ['list:"thesis (old)"']),
        ("author:song|", ['author:"Yuchen Song"']),
        ("author:o'b|", ['author:"Ada O\'Brien"']),
        ("author:jo|", ['author:"Jo Bo Li"']),
        ("venue:ic|", ["venue:icml", "venue:iclr"]),
        ("tag:zzz|", []),
        ("graph|", []),
        ("foo:ba|", []),
        ('"ti|', []),
        ("year:20|", []),
        ("|", []),
    ],
)
def test_completions(query: str, expected: list[str]) -> None:
    cursor = query.index("|")
    text = query.replace("|", "")
    found = complete(text, cursor, VALUES)
    offered = (
        [text[: found.start] + each + text[found.end :] for each in found.candidates]
        if found
        else []
    )
    assert offered[: len(expected)] == expected
    assert bool(offered) == bool(expected)


def test_what_a_tag_stands_below_is_a_tag_too() -> None:
    tags = ["ML/gnn/Pooling", "ml", "to do", "ML/gnn"]
    assert with_parents(tags) == ["ML", "ML/gnn", "ML/gnn/Pooling", "to do"]


def test_no_more_are_offered_than_can_be_shown() -> None:
    many = complete("tag:", 4, {"tag": [f"tag{number}" for number in range(100)]})
    assert many
    assert len(many.candidates) == MOST
