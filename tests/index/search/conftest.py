"""A library's index over papers kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.paper import Paper
from index.search import SearchIndex
from tests.index.search.box import Box

Indexed = Callable[..., tuple[SearchIndex, Box]]


@pytest.fixture
def indexed(tmp_path: Path) -> Iterator[Indexed]:
    """Makes an index that has caught up with some papers, and the box that holds them."""
    opened: list[SearchIndex] = []

    def make(*papers: Paper) -> tuple[SearchIndex, Box]:
        box = Box(*papers)
        index = SearchIndex(tmp_path / f"index-{len(opened)}", box)
        index.catch_up()
        opened.append(index)
        return index, box

    yield make
    for index in opened:
        index.close()
