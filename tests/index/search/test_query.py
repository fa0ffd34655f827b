"""The query language: what each form of a query finds."""

from __future__ import annotations

import pytest

from index.errors import QueryError
from index.paper import Paper
from index.search import SearchIndex
from index.search.parser import LONGEST_QUERY
from tests.index.search.box import Box
from tests.index.search.conftest import Indexed

PAPERS = (
    Paper(  # 1
        title="Graph Pooling by Edge Cuts",
        abstract="We learn which nodes to keep. The who and why of pooled nodes.",
        authors=("Jürgen Müller", "Song, Yuchen"),
        published="2022-03",
        venue="ICLR",
    ),
    Paper(  # 2
        title="Classifier-Free Sampling",
        abstract=r"Diffusion with a na\"ive prior over $\alpha$ and Newton's method.",
        authors=("Ada O'Brien",),
        published="2023",
        venue="NeurIPS",
    ),
    Paper(  # 3
        title="Sampling classifier free of graphs",
        abstract="Networks that diffuse heat. A pool of graph nodes.",
        authors=("Müller Song",),
        published="2024",
    ),
    Paper(title="Classifierfree: the theory", abstract="深度学习 and α-helix folding."),  # 4
    Paper(title="The Who", abstract="Edge: cases (and brackets) in 3.5 words"),  # 5
)


@pytest.fixture
def library(indexed: Indexed) -> SearchIndex:
    index, box = indexed(*PAPERS)
    mark(box)
    return index


def mark(box: Box) -> None:
    box.tags = {"gnn": {1, 3}, "To Do": {2}, "gnome": {5}}
    box.lists = {"To read": [3, 1, 2], "thesis": [5]}
    box.states = {
        "starred": {1},
        "read": {1, 2},
        "unread": {3, 4, 5},
        "inbox": {4, 5},
        "noted": {2},
    }


def found(index: SearchIndex, query: str, *, as_typed: bool = False, shelf: str = "") -> set[int]:
    return set(index.search(query, as_typed=as_typed, shelf=shelf).ids)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        # words, their forms, accents, case, LaTeX
        ("graph", {1, 3}),
        ("GRAPHS", {1, 3}),
        ("graph pooling", {1, 3}),
        ("naive", {2}),
        ("naïve", {2}),
        (r"na\"ive", {2}),
        (r"\alpha", {2, 4}),
        ("α", {2, 4}),
        ("alpha", {2, 4}),
        ("müller", {1, 3}),
        ("muller", {1, 3}),
        ("深度", {4}),
        ("度深", set()),
        # quotes: words as written, side by side, stop words too
        ('"graph pooling"', {1}),
        ('"pooling graph"', set()),
        ('"graphs"', {3}),
        ('"the who"', {1, 5}),
        ("“graph pooling”", {1}),
        # boolean
        ("graph OR diffusion", {1, 2, 3}),
        ("graph -pooling", set()),
        ("graph -edge", {3}),
        ("graph NOT edge", {3}),
        ("-graph", {2, 4, 5}),
        ("NOT (graph OR diffusion)", {4, 5}),
        ("edge OR diffusion graph", {1, 3}),
        ("edge AND graph OR newton AND diffusion", {1, 2}),
        ("--graph", {1, 3}),
        ('-"graph pooling" graph', {3}),
        ("graph and pooling or", {1, 3}),
        # fields
        ("title:graph", {1, 3}),
        ("title:pool", {1}),
        ("abstract:pool", {1, 3}),
        ("title: graph", {1, 3}),
        ("TITLE:graph", {1, 3}),
        ("author:müller", {1, 3}),
        ("authors:song", {1, 3}),
        ('author:"yuchen song"', {1}),
        ('author:"müller song"', {3}),
        ('author:"müller yuchen"', set()),  # no phrase runs from one author into the next
        ("author:obrien", {2}),
        ("author:o'brien", {2}),
        ("venue:iclr", {1}),
        ("title:(graph edge)", {1}),
        ("title:(edge OR free)", {1, 2, 3}),
        ("-author:müller", {2, 4, 5}),
        ("title:(graph author:müller)", {1, 3}),
        ("müller 2022", {1}),
        # years
        ("year:2022", {1}),
        ("year:2022..2023", {1, 2}),
        ("year:2023..2022", {1, 2}),
        ("year:2023..", {2, 3}),
        ("year:..2023", {1, 2}),
        ("year:(2022 OR 2024)", {1, 3}),
        ("-year:2022..", {4, 5}),
        # the store's
        ("tag:gnn", {1, 3}),
        ("tag:GNN", {1, 3}),
        ('tag:"to do"', {2}),
        ("tag:gn", set()),
        ("-tag:gnn", {2, 4, 5}),
        ('list:"to read" graph', {1, 3}),
        ("list:thesis", {5}),
        ("list:none", set()),
        ("is:starred", {1}),
        ("is:unread graph", {3}),
        ("is:read OR is:inbox", {1, 2, 4, 5}),
        ("has:note", {2}),
        # beginnings
        ("diff*", {2, 3}),
        ("title:clas*", {2, 3, 4}),
        ("classifier-f*", {2, 3, 4}),
        ("*", {1, 2, 3, 4, 5}),
        ("-*", set()),
        # hyphens and apostrophes
        ("classifier-free", {2, 3, 4}),
        ('"classifier-free"', {2, 3}),
        ("classifierfree", {2, 4}),
        ("newton", {2}),
        ("newton's", {2}),
        ("3.5", {5}),
        ("3.6", set()),
        # stop words: dropped beside another word, kept alone
        ("the graph", {1, 3}),
        ("the who", {1, 5}),
        ("the", {1, 4, 5}),
        ("title:the", {4, 5}),
        # what is no syntax is words
        ("Edge: cases (and brackets)", {5}),
        ("foo:bar", set()),
        ("edge & cuts", {1}),
        ("edge - cuts", {1}),
        ("edge) cuts", {1}),
        ("(edge (cuts", {1}),
        ('"edge cuts', {1}),
        ("edge ()", {1, 5}),
    ],
)
def test_finds(library: SearchIndex, query: str, expected: set[int]) -> None:
    assert found(library, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "title:",
        "graph OR",
        "OR graph",
        "graph AND OR pool",
        "NOT",
        "title: OR graph",
        "???",
        "()",
        '""',
        "year:soon",
        "year:20",
        "year:2022-2024",
        "year:..",
        "year:2022.",
        "is:odd",
        "has:wings",
        "(" * 51 + "graph",
        "(" * 1500 + "graph",
        "graph " * LONGEST_QUERY,
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(library: SearchIndex, query: str) -> None:
    with pytest.raises(QueryError) as raised:
        library.search(query)
    sentence = str(raised.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) < 160
    assert library.marker(query).marks("title", "graph") == ()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {1, 2, 3, 4, 5}),
        ('"', {1, 2, 3, 4, 5}),
        ("-", {1, 2, 3, 4, 5}),
        ("(", {1, 2, 3, 4, 5}),
        ("title:", {1, 2, 3, 4, 5}),
        ("graph OR", {1, 3}),
        ("graph AND", {1, 3}),
        ("graph NOT", {1, 3}),
        ("graph -", {1, 3}),
        ("graph -ed", {1, 3}),
        ("graph -edge", {3}),
        ("graph (", {1, 3}),
        ("graph title:", {1, 3}),
        ("graph tag:", {1, 3}),
        ("graph author:mül", {1, 3}),
        ("tag:gn", {1, 3, 5}),
        ("-tag:gn", {1, 2, 3, 4, 5}),
        ('list:"to re', {1, 2, 3}),
        ("graph is:st", {1}),
        ("graph is:", {1, 3}),
        ("year:", {1, 2, 3, 4, 5}),
        ("year:202", {1, 2, 3}),
        ("year:2022..202", {1, 2, 3}),
        ("year:2023..", {2, 3}),
        ("year:2023.", {2, 3}),
        ("-year:20", {1, 2, 3, 4, 5}),
        ("graph poo ", set()),  # a blank ends the word
        ('"graph poo', {1}),
        ('"graph poo"', set()),
    ],
)
def test_while_typing_what_dangles_is_passed_over(
    library: SearchIndex, query: str, expected: set[int]
) -> None:
    assert found(library, query, as_typed=True) == expected


@pytest.mark.parametrize(
    ("before", "text", "paper"),
    [
        ("", "Graph Pooling by Edge Cuts", 1),
        ("", "Classifier-Free Sampling", 2),
        ("", "O'Brien newton's method", 2),
        ("", "Sampling classifier free of graphs", 3),
        ("", "Classifierfree: the theory", 4),
        ("", "α-helix folding", 4),
        ("", "深度学习", 4),
        ('"', "graph pooling by edge", 1),
        ("title:", "pooling", 1),
        ("title:(", "pooling by edge", 1),
        ("author:", "müller", 1),
        ('author:"', "Yuchen Song", 1),
        ("graph tag:", "gnn", 1),
        ('list:"', "To read", 1),
        ("is:", "starred", 1),
        ("year:", "2022", 1),
        ("year:", "2022..2023", 1),
    ],
)
def test_no_letter_on_the_way_loses_the_hit(
    library: SearchIndex, before: str, text: str, paper: int
) -> None:
    for end in range(len(text) + 1):
        assert paper in found(library, before + text[:end], as_typed=True), before + text[:end]


def test_a_shelf_narrows(library: SearchIndex) -> None:
    assert found(library, "graph", shelf="is:unread") == {3}
    assert found(library, "-graph", shelf="tag:gnn") == set()
    assert found(library, "", shelf="is:read") == {1, 2}
