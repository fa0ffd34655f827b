"""The examples of docs/queries.md find what they say, in the sample library."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.samples import landmarks
from index.search import SearchIndex
from index.search.parser import FIELDS, parse
from index.sources import read_source
from tests.index.search.box import Box
from tests.index.sources.samples import records

MANUAL = (Path(__file__).parents[3] / "docs" / "queries.md").read_text(encoding="utf-8")
EXAMPLES = [
    example
    for row in re.findall(r"^\| (`.*?) \|", MANUAL, re.MULTILINE)
    for example in re.findall(r"`(.+?)`", row)
]
OWN = re.compile(  # what only a reader's library has
    r"\b(?:tag|list|follow|status|rating|note|text|is|has|added|opened|id|similar):"
)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchIndex]:
    with landmarks() as file:
        papers = [record.paper for record in records(read_source(file))]
    index = SearchIndex(tmp_path_factory.mktemp("sample") / "index", Box(*papers))
    index.catch_up()
    yield index
    index.close()


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_a_query_that_finds_something(sample: SearchIndex, example: str) -> None:
    assert parse(example)
    if not OWN.search(example):
        assert sample.search(example).ids


def test_every_field_is_in_the_manual() -> None:
    shown = " ".join(EXAMPLES)
    assert all(f"{field}:" in shown for field in FIELDS if field != "authors")
