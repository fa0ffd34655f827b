"""Every combination of clauses, against plain sets over the documents."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import QueryError
from index.paper import Paper
from index.search import SearchIndex
from tests.index.search.box import Box

# Words with the other forms of their stems.
FAMILIES = (
    ("pool", "pools", "pooling", "pooled"),
    ("graph", "graphs"),
    ("network", "networks"),
    ("poodle", "poodles"),
    ("naïve",),
    ("gpt4",),
)
VOCABULARY = [word for family in FAMILIES for word in family]
NAMES = ["Ada Graph", "Jun Pool", "Müller Jun"]
YEARS = ["2021", "2022", "2023"]
STEMMED = ("title", "abstract")
FIELDS = ("title", "abstract", "authors", "venue", "year")

Holds = Callable[[int, Paper], bool]


@dataclass(frozen=True)
class Asked:
    """A query as it is written, and what it means of a paper."""

    text: str
    holds: Holds


def written(paper: Paper, field: str) -> list[list[str]]:
    """The folded words of a field; no phrase crosses from one list into another."""
    value = {"authors": paper.authors, "year": [str(paper.year or "")]}.get(field)
    lines = value if value is not None else [getattr(paper, field)]
    return [[plain(word) for word in str(line).split()] for line in lines]


def plain(word: str) -> str:
    return word.lower().replace("ï", "i").replace("ü", "u")


def family(word: str) -> set[str]:
    return next(
        ({plain(each) for each in all_} for all_ in FAMILIES if word in all_), {plain(word)}
    )


def in_any(fields: tuple[str, ...], found: Callable[[str, list[str]], bool]) -> Holds:
    return lambda _, paper: any(
        found(field, line) for field in fields for line in written(paper, field)
    )


fields = st.sampled_from(
    [("", FIELDS), ("title:", ("title",)), ("abstract:", ("abstract",)), ("author:", ("authors",))]
)
words = st.sampled_from(VOCABULARY)


@st.composite
def word_clauses(draw: st.DrawFn) -> Asked:
    written_before, where = draw(fields)
    word = draw(words)
    shown = draw(st.sampled_from([word, word.upper(), word.replace("ï", "i")]))

    def found(field: str, line: list[str]) -> bool:
        return bool(({plain(word)} if field not in STEMMED else family(word)) & set(line))

    return Asked(written_before + shown, in_any(where, found))


@st.composite
def phrase_clauses(draw: st.DrawFn) -> Asked:
    written_before, where = draw(fields)
    phrase = draw(st.lists(words, min_size=1, max_size=3))
    wanted = [plain(word) for word in phrase]

    def found(field: str, line: list[str]) -> bool:
        return any(line[at : at + len(wanted)] == wanted for at in range(len(line)))

    return Asked(f'{written_before}"{" ".join(phrase)}"', in_any(where, found))


@st.composite
def prefix_clauses(draw: st.DrawFn) -> Asked:
    written_before, where = draw(fields)
    beginning = draw(st.sampled_from(["po", "poo", "pool", "g", "na", "2", "netw", "zzz"]))

    def found(field: str, line: list[str]) -> bool:
        return any(word.startswith(beginning) for word in line)

    return Asked(f"{written_before}{beginning}*", in_any(where, found))


@st.composite
def year_clauses(draw: st.DrawFn) -> Asked:
    low, high = sorted(draw(st.lists(st.sampled_from(YEARS), min_size=2, max_size=2)))
    text, first, last = draw(
        st.sampled_from(
            [
                (low, low, low),
                (f"{low}..{high}", low, high),
                (f"{low}..", low, "9999"),
                (f"..{high}", "0000", high),
            ]
        )
    )
    return Asked(
        f"year:{text}", lambda _, paper: bool(paper.year) and first <= str(paper.year) <= last
    )


stored = st.sampled_from(
    [
        Asked("tag:gnn", lambda paper_id, _: paper_id % 2 == 0),
        Asked("is:starred", lambda paper_id, _: paper_id % 3 == 0),
        Asked('list:"to read"', lambda paper_id, _: paper_id <= 2),
    ]
)

leaves = st.one_of(word_clauses(), phrase_clauses(), prefix_clauses(), year_clauses(), stored)


@st.composite
def joined(draw: st.DrawFn, clauses: st.SearchStrategy[Asked]) -> Asked:
    sign, holds = draw(st.sampled_from([(" ", all), (" AND ", all), (" OR ", any)]))
    children = draw(st.lists(clauses, min_size=2, max_size=3))
    text = sign.join(child.text for child in children)
    return Asked(
        f"({text})",
        lambda paper_id, paper: holds(child.holds(paper_id, paper) for child in children),
    )


@st.composite
def negated(draw: st.DrawFn, clauses: st.SearchStrategy[Asked]) -> Asked:
    clause = draw(clauses)
    sign = draw(st.sampled_from(["-", "NOT "]))
    return Asked(sign + clause.text, lambda paper_id, paper: not clause.holds(paper_id, paper))


queries = st.recursive(
    leaves, lambda clauses: st.one_of(joined(clauses), negated(clauses)), max_leaves=6
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    def text() -> str:
        return " ".join(draw(st.lists(words, max_size=5)))

    return Paper(
        title=text() or "untitled",
        abstract=text(),
        authors=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        venue=draw(st.sampled_from(["", "Graph", "Pools"])),
        published=draw(st.sampled_from([None, *YEARS])),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(papers(), min_size=1, max_size=8), st.lists(queries, min_size=30, max_size=30))
def test_finds_what_sets_find(shelf: list[Paper], asked: list[Asked]) -> None:
    box = Box(*shelf)
    box.tags = {"gnn": {paper for paper in box.held if paper % 2 == 0}}
    box.states = {"starred": {paper for paper in box.held if paper % 3 == 0}}
    box.lists = {"To read": [paper for paper in box.held if paper <= 2]}
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder), box)
        index.catch_up()
        for query in asked:
            hits = index.search(query.text)
            expected = {
                paper_id for paper_id, paper in box.held.items() if query.holds(paper_id, paper)
            }
            assert set(hits.ids) == expected, query.text
            assert len(hits.ids) == len(expected)
            assert len(hits.scores) in (0, len(hits.ids))
            assert list(hits.scores) == sorted(hits.scores, reverse=True)
        index.close()


SYNTAX = st.sampled_from(
    ["(", ")", '"', "“", "-", "OR", "AND", "NOT", "*", "..", ":", " ", "~", "^", "\\", "$"]
    + ["title:", "year:", "is:", "tag:", "list:", "author:", "has:", "2022", "graph", "poo", "the"]
)
hostile = st.one_of(
    st.text(max_size=60), st.lists(SYNTAX, max_size=30).map("".join), st.lists(SYNTAX).map(" ".join)
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(hostile, min_size=50, max_size=50))
def test_any_text_gives_hits_or_a_sentence(texts: list[str]) -> None:
    box = Box(Paper(title="Graph pooling", published="2022"), Paper(title="The poodle"))
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder), box)
        index.catch_up()
        for text in texts:
            for as_typed in (False, True):
                with contextlib.suppress(QueryError):
                    assert set(index.search(text, as_typed=as_typed).ids) <= {1, 2}
                marks = index.marker(text, as_typed=as_typed).marks("title", "Graph pooling")
                assert all(0 <= start < end <= 13 for start, end in marks)
        index.close()
