"""Real papers, where they stand beside the project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.search import SearchIndex
from index.sources import Record, read_source
from tests.index.search.box import Box


@pytest.fixture(scope="module")
def pages(
    shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SearchIndex, Box]]:
    papers = {
        record.paper.title_key: record.paper
        for page in sorted((shared / "papers").glob("page-*.txt"))
        for record in read_source(page)
        if isinstance(record, Record)
    }
    box = Box(*papers.values())
    index = SearchIndex(tmp_path_factory.mktemp("library") / "index", box)
    index.catch_up()
    yield index, box
    index.close()


def texts(box: Box, paper_id: int) -> str:
    paper = box.held[paper_id]
    return f"{paper.title} {paper.abstract}".lower()


def test_graph_pooling(pages: tuple[SearchIndex, Box]) -> None:
    index, box = pages
    hits = index.search("graph pooling").ids
    holding = {
        paper_id
        for paper_id in box.held
        if "graph" in texts(box, paper_id) and "pool" in texts(box, paper_id)
    }
    assert hits
    assert set(hits) <= holding
    assert "graph" in box.held[hits[0]].title.lower()


def test_a_word_and_its_negation_share_the_library(pages: tuple[SearchIndex, Box]) -> None:
    index, box = pages
    for word in ("graph", "diffusion", "the", "training-free"):
        quoted = f'"{word}"'
        found, rest = set(index.search(quoted).ids), set(index.search(f"-{quoted}").ids)
        assert not found & rest
        assert found | rest == set(box.held)
        assert all(word.split("-")[0] in texts(box, paper_id) for paper_id in found)


def test_every_title_finds_its_paper_and_every_beginning_too(
    pages: tuple[SearchIndex, Box],
) -> None:
    index, box = pages
    for paper_id in list(box.held)[::45]:
        title = box.held[paper_id].title
        assert paper_id in index.search(title).ids, title
        for end in range(1, len(title), 3):
            assert paper_id in index.search(title[:end], as_typed=True).ids, title[:end]
