"""carrel, through the door that its reader uses."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import index.search  # noqa: F401 (loaded with the library's first search otherwise)
from benchmarks.engines import ROWS, Found
from benchmarks.queries import CannotError, Query
from benchmarks.workload import READ_EACH, STARRED_EACH, TAG, TAGGED_EACH
from index import locations
from index.errors import QueryError
from index.library import Library


class Carrel:
    """A library: the papers in its store, and their index."""

    name: ClassVar[str] = "carrel"
    setting: ClassVar[str] = "as the reader searches; rows with tags, marks and matches"
    most: ClassVar[int | None] = None

    @staticmethod
    def files(folder: Path) -> Path:
        """Beside the store."""
        return locations.index_folder(folder)

    @classmethod
    def build(cls, folder: Path, corpus: Path) -> Mapping[str, float]:
        """Import, index, and mark some papers."""
        library = Library.open(folder)
        start = time.perf_counter()
        library.import_files([corpus])
        imported = time.perf_counter()
        library.catch_up()
        indexed = time.perf_counter()
        ids = sorted(library.search("").ids)
        library.tags.add(ids[::TAGGED_EACH], TAG)
        library.marks.star(ids[::STARRED_EACH])
        library.marks.read(ids[::READ_EACH])
        library.close()
        return {"import": imported - start, "index": indexed - imported}

    def __init__(self, folder: Path) -> None:
        self._library = Library.open(folder)
        self._library.catch_up()

    def search(self, query: Query, rows: int = ROWS, *, count: bool = False) -> Found:
        """Search as the reader does. Every hit is there, so counting costs nothing."""
        try:
            result = self._library.search(query.text, as_typed=query.as_typed)
        except QueryError as error:
            raise CannotError(str(error)) from None
        shown = self._library.rows(result.ids[:rows], query.text, as_typed=query.as_typed)
        return Found([(row.id, row.title) for row in shown], len(result.ids) if count else None)

    def add(self, corpus: Path) -> None:
        """Import; the next search brings so few papers into the index by itself."""
        self._library.import_files([corpus])
        self._library.catch_up()

    def close(self) -> None:
        """Close the library."""
        self._library.close()


ENGINE = Carrel
