"""What every engine of search promises, whichever it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.errors import QueryError
from index.paper import Paper
from index.search import Engine, Papers, SearchIndex
from index.views import Value
from tests.index.search.box import Box

Open = Callable[[Papers], Engine]

PAPERS = (
    Paper(  # 1
        title="Graph pooling by cuts",
        abstract="Pooling keeps few nodes of a graph, chosen by spectral cuts.",
        authors=("Ada Müller", "Jun Song"),
        published="2022-03",
        venue="ICLR",
        source="jsonl",
        upvotes=7,
    ),
    Paper(  # 2
        title="Diffusion of heat",
        abstract="Heat flows between the nodes of a lattice.",
        authors=("Jun Song",),
        published="2024",
        venue="NeurIPS",
        source="jsonl",
    ),
    Paper(  # 3
        title="Attention on graphs",
        abstract="Spectral cuts of a graph choose which nodes attend.",
        authors=("Ada Müller",),
        published="2022-01",
        venue="ICLR",
        source="hf_page",
        upvotes=9,
    ),
    Paper(title="A theory of nothing"),  # 4
)


@pytest.fixture(params=[SearchIndex])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    engines: list[Engine] = []

    def open_(store: Papers) -> Engine:
        engines.append(request.param(tmp_path / f"index-{len(engines)}", store))
        engines[-1].catch_up()
        return engines[-1]

    yield open_
    for engine in engines:
        engine.close()


@pytest.fixture
def box() -> Box:
    box = Box(*PAPERS)
    box.tags = {"ml/gnn": {1, 3}, "Physics": {2}}
    box.lists = {"Thesis": [3, 1], "Later": [1, 2, 3]}
    box.statuses = {"Thesis": {3: "reading"}, "Later": {1: "reading", 3: "done"}}
    box.states = {"starred": {1}, "read": {1, 2}}
    box.ratings = {1: 5, 2: 3}
    box.notes = {2: "Flow of heat"}
    day = dt.date(2024, 5, 1).toordinal()
    box.days = {1: day, 2: day + 1, 3: day + 2, 4: day + 3}
    box.opened = {1: day, 3: day + 9}
    return box


def ids(engine: Engine, query: str, **options: object) -> list[int]:
    return list(engine.search(query, **options).ids)  # type: ignore[arg-type]


def test_changes_are_applied(opened: Open, box: Box) -> None:
    engine = opened(box)
    box.put(4, Paper(title="A theory of graphs"))
    box.delete(1)
    seen: list[tuple[int, int]] = []
    assert engine.catch_up(lambda done, total: seen.append((done, total))) == 2
    assert seen[-1] == (2, 2)
    assert set(ids(engine, "graph")) == {3, 4}
    assert engine.catch_up() == 0


def test_what_the_reader_marked_meets_what_was_written(opened: Open, box: Box) -> None:
    engine = opened(box)
    assert ids(engine, "nodes tag:ml is:starred") == [1]
    assert set(ids(engine, "nodes -is:starred")) == {2, 3}
    box.states["starred"] = {3}
    assert ids(engine, "nodes is:starred") == [3]  # at once, with no catching up
    assert set(ids(engine, "added:2024-05-02..2024-05-03")) == {2, 3}
    assert ids(engine, "nodes opened:2024-05-09..") == [3]
    assert ids(engine, "nodes rating:..4") == [2]
    assert ids(engine, "nodes note:heat") == [2]
    assert ids(engine, "is:opened") == [3, 1]


def test_a_status_is_one_on_the_list_that_stands_beside_it(opened: Open, box: Box) -> None:
    engine = opened(box)
    assert set(ids(engine, "status:reading")) == {1, 3}
    assert ids(engine, "status:reading list:thesis") == [3]
    assert ids(engine, "nodes status:done", shelf="list:thesis") == [1]
    assert ids(engine, "status:done list:later", shelf="list:thesis") == [3]
    assert ids(engine, "list:thesis", shelf="status:done") == [1]
    assert engine.facets("status:reading", "year", shelf="list:later") == [Value("2022", 1)]


def test_papers_that_came_since_are_counted(opened: Open, box: Box) -> None:
    engine = opened(box)
    assert engine.fresh("nodes", 0) == 3
    assert engine.fresh("nodes", 1) == 2
    assert engine.fresh("nodes -is:read", 1) == 1
    assert engine.fresh("", 3) == 1
    assert engine.fresh("", 4) == 0
    box.delete(4)
    box.add(Paper(title="Nodes"))
    engine.catch_up()
    assert engine.fresh("nodes", 3) == 1
    with pytest.raises(QueryError):
        engine.fresh("year:soon", 3)


def test_a_shelf_narrows_and_ranks_nothing(opened: Open, box: Box) -> None:
    engine = opened(box)
    whole = engine.search("spectral graph")
    assert engine.search("spectral graph", shelf="nodes").scores == whole.scores
    assert ids(engine, "spectral graph", shelf="tag:physics") == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("date", [2, 1, 3]),
        ("added", [3, 2, 1]),
        ("title", [3, 2, 1]),
        ("upvotes", [3, 1, 2]),
    ],
)
def test_hits_are_sorted(opened: Open, box: Box, sort: str, expected: list[int]) -> None:
    hits = opened(box).search("nodes", sort=sort)  # type: ignore[arg-type]
    assert list(hits.ids) == expected
    assert hits.scores == ()


def test_relevance_is_the_order_without_another(opened: Open, box: Box) -> None:
    hits = opened(box).search("graph")
    assert set(hits.ids) == {1, 3}
    assert hits.scores[0] > hits.scores[1] > 0
    assert len(hits.ids) == len(hits.scores) == 2


def test_any_word_is_enough_where_it_is_asked(opened: Open, box: Box) -> None:
    engine = opened(box)
    assert ids(engine, "pooling heat") == []
    assert set(ids(engine, "pooling heat", any_word=True)) == {1, 2}
    assert engine.search("any:(pooling heat)") == engine.search("pooling heat", any_word=True)


@pytest.mark.parametrize(
    ("facet", "expected"),
    [
        ("year", [("2024", 1), ("2022", 2)]),
        ("venue", [("ICLR", 2), ("NeurIPS", 1)]),
        ("source", [("jsonl", 2), ("hf_page", 1)]),
        ("author", [("Ada Müller", 2), ("Jun Song", 2)]),
        ("tag", [("ml/gnn", 2), ("Physics", 1)]),
        ("list", [("Later", 3), ("Thesis", 2)]),
        ("status", [("opened", 2), ("rated", 2), ("read", 2), ("starred", 1), ("unread", 1)]),
    ],
)
def test_facets_count_the_papers_of_a_query(
    opened: Open, box: Box, facet: str, expected: list[tuple[str, int]]
) -> None:
    engine = opened(box)
    values = [Value(name, count) for name, count in expected]
    assert engine.facets("nodes", facet) == values  # type: ignore[arg-type]
    assert engine.facets("nodes", facet, most=1) == values[:1]  # type: ignore[arg-type]
    assert engine.facets("", facet, shelf="nodes") == values  # type: ignore[arg-type]
    assert engine.facets("zzz", facet) == []  # type: ignore[arg-type]


def test_similar_papers_share_telling_words(opened: Open, box: Box) -> None:
    engine = opened(box)
    assert engine.similar(1, 5)[0] == 3
    assert 1 not in engine.similar(1, 5)
    assert len(engine.similar(1, 1)) == 1
    assert engine.similar(99, 5) == []


def test_misspelled_words_are_put_right(opened: Open, box: Box) -> None:
    engine = opened(box)
    assert engine.suggest("difusion heat") == "diffusion heat"
    assert engine.suggest("diffusion heat") is None


def test_completes_from_its_own_words_and_the_store(opened: Open, box: Box) -> None:
    engine = opened(box)
    tag, author = engine.complete("tag:m", 5), engine.complete("author:mü", 9)
    assert tag is not None
    assert author is not None
    assert tag.candidates == ("ml", "ml/gnn")
    assert author.candidates == ("muller",)


def test_explains_a_query_and_a_hit(opened: Open, box: Box) -> None:
    engine = opened(box)
    explained = engine.explain("graph author:song")
    assert explained.hits == 1
    assert [clause.hits for clause in explained.clauses] == [2, 2]
    reasons = engine.reasons("graph author:song", 1)
    assert {reason.field for reason in reasons} == {"title", "abstract", "authors"}
    assert sum(reason.share for reason in reasons) == pytest.approx(1)


def test_a_status_is_explained_on_the_list_of_the_shelf(opened: Open, box: Box) -> None:
    box.lists = {"thesis": [1, 2], "later": [1]}
    box.statuses = {"later": {1: "reading"}}
    engine = opened(box)
    assert engine.explain("status:reading").hits == 1
    explained = engine.explain("status:reading", shelf="list:thesis")
    assert explained.hits == 0
    assert explained.understood == "is being read there"


def test_a_query_that_cannot_be_understood_is_refused(opened: Open, box: Box) -> None:
    engine = opened(box)
    with pytest.raises(QueryError):
        engine.search("year:soon")
    with pytest.raises(QueryError):
        engine.facets("year:soon", "year")
    assert engine.marker("year:soon").marks("title", "soon") == ()


def test_hits_are_read_from_any_place(opened: Open) -> None:
    many = Box(*(Paper(title=f"Paper {number}", published="2020") for number in range(500)))
    hits = opened(many).search("paper")
    assert len(hits.ids) == 500
    assert list(hits.ids[:3]) == [1, 2, 3]
    assert hits.ids[499] == hits.ids[-1] == 500
    assert list(hits.ids[300:302]) == [301, 302]
    assert len(hits.scores) == 500
