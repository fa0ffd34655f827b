"""What it costs to begin: a fresh process, an index opened, and its first query."""

from __future__ import annotations

from statistics import median
from typing import NamedTuple

from benchmarks.queries import Phrase, Query, words
from benchmarks.setting import Setting
from benchmarks.worker import Worker

FIRST_QUERIES = [
    Query("a common word", words("learning")),
    Query("two words", words("graph pooling")),
    Query("three words", words("large language models")),
    Query("a phrase", Phrase("deep neural networks")),
]
WARM = 5  # repetitions whose median the first query is held against


class Opening(NamedTuple):
    """Medians over fresh processes, one a query; seconds. The files are in the system's cache."""

    opened: float
    first: float
    over: float  # how much longer the first query took than warm: the worst of them


def opening(setting: Setting, engine: str) -> Opening:
    """Begin afresh for each of the queries."""
    opened, first, over = [], [], []
    for query in FIRST_QUERIES:
        with Worker(engine, setting.of(engine)) as worker:
            opened.append(worker.open())
            first.append(worker.time(query))
            over.append(first[-1] - median(worker.time(query) for _ in range(WARM)))
    return Opening(median(opened), median(first), max(over))
