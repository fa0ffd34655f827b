"""Every engine finds what it is asked for; the oracle reads the papers themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks import corpus
from benchmarks.corpus import Document
from benchmarks.engines import ENGINES, Engine, load
from benchmarks.queries import (
    All,
    Begins,
    CannotError,
    Either,
    Everything,
    Fuzzy,
    In,
    Marked,
    Node,
    Not,
    Phrase,
    Query,
    Wildcard,
    Word,
    Years,
    words,
)
from benchmarks.workload import TAG, TAGGED_EACH, workload

PAPERS = list(corpus.make(300))
WITHOUT = {  # the engines that have no such queries
    "whoosh": {"marks"},
    "fts5": {"wildcard", "fuzzy"},
    "tantivy": {"marks"},
}


def holds(paper: Document, pattern: str) -> bool:
    texts = (paper.title, paper.abstract, paper.venue, *paper.authors)
    return any(re.search(rf"\b(?:{pattern})\b", text.lower()) for text in texts)


ASKED: dict[str, tuple[Node, Callable[[int, Document], bool]]] = {
    "word": (Word("quantum"), lambda _, paper: holds(paper, "quantum")),
    "words": (
        words("graph quantum"),
        lambda _, paper: holds(paper, "graphs?") and holds(paper, "quantum"),
    ),
    "phrase": (
        Phrase("quantum field theory"),
        lambda _, paper: holds(paper, r"quantum\W+field\W+theory"),
    ),
    "beginning": (Begins("quan"), lambda _, paper: holds(paper, r"quan\w*")),
    "or": (
        Either((Word("quantum"), Word("graph"))),
        lambda _, paper: holds(paper, "quantum|graphs?"),
    ),
    "not": (
        All((Word("graph"), Not(Word("quantum")))),
        lambda _, paper: holds(paper, "graphs?") and not holds(paper, "quantum"),
    ),
    "field": (
        In("title", Word("quantum")),
        lambda _, paper: "quantum" in paper.title.lower().split(),
    ),
    "years": (
        All((Word("graph"), Years(2022, 2023))),
        lambda _, paper: holds(paper, "graphs?") and paper.year in (2022, 2023),
    ),
    "everything": (Everything(), lambda _, paper: True),
    "wildcard": (Wildcard("q*um"), lambda _, paper: holds(paper, r"q\w*um")),
    "fuzzy": (Fuzzy("quantm"), lambda _, paper: holds(paper, "quantum")),
    "marks": (
        All((Word("graph"), Marked("tag", TAG))),
        lambda number, paper: holds(paper, "graphs?") and number % TAGGED_EACH == 1,
    ),
}


@pytest.fixture(scope="module", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("engine")
    corpus.write(PAPERS, folder / "papers.jsonl")
    kind = load(request.param)
    kind.build(folder / request.param, folder / "papers.jsonl")
    opened = kind(folder / request.param)
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", ASKED)
def test_an_engine_finds_what_the_papers_hold(engine: Engine, kind: str) -> None:
    name = next(name for name in ENGINES if isinstance(engine, load(name)))
    if kind in WITHOUT.get(name, ()):
        pytest.skip(f"{engine.name} has no such queries")
    tree, holds_for = ASKED[kind]
    expected = {number for number, paper in enumerate(PAPERS, 1) if holds_for(number, paper)}
    found = engine.search(Query(kind, tree), rows=len(PAPERS), count=True)
    assert {number for number, _ in found.rows} == expected
    assert found.hits == len(expected) > 0
    titles = dict(found.rows)
    assert titles == {number: PAPERS[number - 1].title for number in expected}


def test_an_engine_answers_the_workload_or_says_it_cannot(engine: Engine) -> None:
    answered = 0
    for query in workload():
        try:
            found = engine.search(query, rows=5, count=True)
        except CannotError:
            continue
        answered += 1
        assert len(found.rows) == min(5, found.hits or 0)
    assert answered >= 85


def test_an_engine_finds_what_is_added(engine: Engine, tmp_path: Path) -> None:
    more = [paper._replace(title=f"Zyzzyvas {paper.title}") for paper in corpus.make(7, seed=9)]
    corpus.write(more, tmp_path / "more.jsonl")
    query = Query("a rare word", words("zyzzyvas"))
    assert engine.search(query, count=True).hits == 0
    engine.add(tmp_path / "more.jsonl")
    assert sorted(number for number, _ in engine.search(query).rows) == list(range(301, 308))


def test_the_workload_has_every_kind_of_query() -> None:
    queries = workload()
    assert len(queries) >= 60
    assert len(queries) == len({(query.text, query.as_typed) for query in queries})
    assert {type(query.tree) for query in queries} >= {Word, All, Either, Phrase, Begins, Fuzzy}
