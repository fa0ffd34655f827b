"""Explanations of a query and of a hit."""

from __future__ import annotations

import datetime as dt

import pytest

from index.paper import Paper
from index.search.clauses import And, Query
from index.search.explain import explain, reasons
from index.search.parser import parse
from index.search.schema import WEIGHTS, document
from index.search.wording import understood, written
from index.views import ClauseHits
from tests.index.search.box import Box
from tests.index.search.brute import Brute


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("graph", "contains “graph”"),
        ('"graph"', "contains exactly “graph”"),
        ("title:graph pooling", "title contains “graph” and contains “pooling”"),
        ("author:hinton", "author contains “hinton”"),
        ('"deep learning"', "contains exactly “deep learning”"),
        ('"deep learning"~3', "contains “deep learning” with up to 3 other words between"),
        ('"deep learning"~1', "contains “deep learning” with up to 1 other word between"),
        ("classifier-free", "contains “classifier free”"),
        ("data set", "contains “data” and contains “set”"),
        ("diff*", "contains “diff…”"),
        ("gr?ph", "contains “gr?ph”"),
        ("grahp~", "contains “grahp” or nearly so"),
        ("graph^2", "contains “graph” (counted ×2)"),
        ("a OR bert -gpt", "(contains “a” or contains “bert”) and does not contain “gpt”"),
        ("NOT (bert OR gpt)", "not (contains “bert” or contains “gpt”)"),
        ("-(data set)", "not (contains “data” and contains “set”)"),
        ("-title:is", "title does not contain “is”"),
        ("-is:read -has:note", "is not read and does not have a note"),
        ("-year:2022.. -(-gpt)", "is not of 2022 or later and not does not contain “gpt”"),
        ("tag:gnn", "is tagged “gnn”"),
        ("tag:gn*", "is tagged “gn…”"),
        ("tag:*", "is tagged"),
        ('list:"to read"', "is on the list “to read”"),
        ('follow:"hf daily"', "was fetched from “hf daily”"),
        ("follow:*", "was fetched"),
        ("is:unread", "is unread"),
        ("is:opened -is:skipped is:rated", "was opened and is not skipped and is rated"),
        ("status:todo", "is to be read on a list"),
        ("list:thesis status:reading", "is on the list “thesis” and is being read there"),
        ("list:thesis -status:done", "is on the list “thesis” and is not done there"),
        ("list:thesis OR status:done", "is on the list “thesis” or is done on a list"),
        ("-status:skipped", "is not skipped on a list"),
        ("rating:4", "is rated 4"),
        ("-rating:4..", "is not rated 4 to 5"),
        ('note:"to do"', "has “to do” in its note"),
        ("-note:to*", "does not have “to…” in its note"),
        ("note:*", "has a note"),
        ('text:"two lemmas"', "has “two lemmas” in its text"),
        ("-text:lem*", "does not have “lem…” in its text"),
        ("text:*", "has text that was read"),
        ("has:pdflink", "has an address of a PDF"),
        ("opened:7d", "was opened 2024-02-23 or later"),
        ("any:(graph pool) bert", "(contains “graph” or contains “pool”) and contains “bert”"),
        ("any:(data set)", "contains “data” or contains “set”"),
        ("is:starred OR has:note", "is starred or has a note"),
        ("has:pdf", "has a PDF"),
        ("id:10.1/x", "is known as “10.1/x”"),
        ("year:2022", "is of 2022"),
        ("year:2022..2024", "is of 2022 to 2024"),
        ("year:2022..", "is of 2022 or later"),
        ("year:..2024", "is of 2024 or earlier"),
        ("published:2024-03", "was published 2024-03"),
        ("published:2024-03..2024-06-09", "was published 2024-03 to 2024-06-09"),
        ("published:..2024", "was published 2024 or earlier"),
        ("added:7d", "was added 2024-02-23 or later"),
        ("added:2024-03", "was added 2024-03-01 to 2024-03-31"),
        ("category:cs.CL", "is in the category “cs.CL”"),
        ("source:hf_page", "is from “hf_page”"),
        ("similar:42", "is like paper 42"),
        ("*", "is any paper"),
    ],
)
def test_a_query_in_words(query: str, expected: str) -> None:
    tree = parse(query, today=dt.date(2024, 3, 1))
    assert tree
    assert understood(tree) == expected


class Counted(Brute):
    """Counts paper by paper; a clause adds 1 to the score of what it finds."""

    def count(self, tree: Query) -> int:
        return len(self.matches(tree))

    def score(self, tree: Query, paper_id: int) -> float:
        return float(paper_id in self.matches(tree))


PAPERS = (
    Paper(title="Graph pooling", abstract="A graph, graphs, and a data set.", authors=("Ada Li",)),
    Paper(title="Pooling", abstract="Of heat", published="2021"),
)


@pytest.fixture
def counted() -> Counted:
    return Counted(Box(*PAPERS))


def test_the_hits_of_each_clause(counted: Counted) -> None:
    found = explain(parse("title:pooling author:li -heat (year:2031 OR graph)"), counted)
    assert found.hits == 1
    assert found.clauses == (
        ClauseHits("title:pooling", 2),
        ClauseHits("author:li", 1),
        ClauseHits("heat", 1, negated=True),
        ClauseHits("year:2031", 0),
        ClauseHits("graph", 1),
    )
    assert explain(None, counted).hits == 2


@pytest.mark.parametrize(
    "query",
    ['author:li "graph pooling"~3^2', "gr?ph pool~2 diff*", "tag:gnn", 'list:"to read"', "is:read"]
    + ["has:code", "year:2022..", "published:..2024-03", "published:2024-03-07", "similar:4"]
    + ["category:cs.CL", "source:*", "*", "tag:gn*", "added:2024-03-01..2024-03-31", "id:10.1/x"]
    + ["tag:ml/gnn", 'list:a status:"to read"', "rating:4", "rating:2..3", "opened:2024-03-07.."]
    + ["note:Word", 'note:"to do"', "note:wor*", "is:skipped"],
)
def test_clauses_are_written_as_a_query_has_them(query: str) -> None:
    tree = parse(query)
    clauses = list(tree.children()) if isinstance(tree, And) else [tree]
    assert " ".join(written(clause) for clause in clauses if clause) == query


def test_why_a_paper_is_a_hit(counted: Counted) -> None:
    texts = dict(zip(WEIGHTS, document(1, PAPERS[0]).texts, strict=True))
    found = reasons(parse("graph dataset is:read OR author:li"), 1, texts, counted)
    assert [(each.clause, each.field, each.words, round(each.share, 3)) for each in found] == [
        ("dataset", "abstract", ("data", "set"), 0.333),
        ("author:li", "authors", ("li",), 0.333),
        ("graph", "title", ("graph",), 0.222),
        ("graph", "abstract", ("graph", "graphs"), 0.111),
    ]
    assert sum(each.share for each in found) == pytest.approx(1)
    assert reasons(parse("heat -graph"), 1, texts, counted) == ()
