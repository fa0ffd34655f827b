"""The engines that are measured, each behind the same few methods."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol

from benchmarks.queries import Query

ENGINES = ("carrel", "whoosh", "fts5", "tantivy")
ROWS = 50  # that a search brings

# What one occurrence in a field counts for, where an engine can be told.
WEIGHTS = {"title": 4.0, "abstract": 1.0, "authors": 2.0, "venue": 1.0}


class Found(NamedTuple):
    """The best papers of a query: their places in the corpus, from 1, and their titles.

    hits: how many match in all; None where the engine was not asked to count.
    """

    rows: list[tuple[int, str]]
    hits: int | None


class Engine(Protocol):
    """A search engine over the papers of a folder. Building and opening are what takes time.

    Importing an engine's module imports all that it needs, so that no figure holds an import.
    """

    name: ClassVar[str]
    setting: ClassVar[str]  # how it is set up, and in how many threads it works
    most: ClassVar[int | None]  # papers that it can be asked to hold in bearable time

    @staticmethod
    def files(folder: Path) -> Path:
        """Where in its folder the index lies."""

    @classmethod
    def build(cls, folder: Path, corpus: Path) -> Mapping[str, float]:
        """Make the index of a corpus; the seconds that each step took."""

    def __init__(self, folder: Path) -> None:
        """Open what was built."""

    def search(self, query: Query, rows: int = ROWS, *, count: bool = False) -> Found:
        """The best papers. Raises CannotError where it has no such queries."""

    def add(self, corpus: Path) -> None:
        """Add papers; when this returns, the next search finds them."""

    def close(self) -> None:
        """Let go of the files."""


def load(name: str) -> type[Engine]:
    """The class of an engine."""
    module = import_module(f"benchmarks.engines.{name}")
    engine: type[Engine] = module.ENGINE
    return engine


def bytes_on_disk(folder: Path) -> int:
    """What a folder's files take."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
