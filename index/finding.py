"""The half of the library that looks: searches, rows, papers, and how a query was understood."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from index import locations
from index.errors import NoSuchPaperError
from index.progress import Progress
from index.store import Store, lists, provenance, reading, rows, shelves
from index.views import (
    Completion,
    Detail,
    Explanation,
    Facet,
    Overview,
    Provenance,
    Reason,
    Result,
    Row,
    Sort,
    Value,
)

if TYPE_CHECKING:
    from index.search import SearchIndex

SMALL_CHANGE = 200
"""Papers that a search may bring into the index before it answers."""


class Finding:
    """The half of ``Library`` that changes nothing. Safe to use from any thread."""

    def __init__(self, folder: Path) -> None:
        """Open the library in a folder, making what is missing."""
        self.folder = folder
        self._store = Store(locations.database_file(folder))
        self._index: SearchIndex | None = None
        self._index_lock = threading.Lock()
        self._counted = ("", -1, 0)  # a shelf, the library's version, and the papers on the shelf
        self._indexed = 0  # the revision that this library knows to be in its index

    def close(self) -> None:
        """Let go of the files."""
        if self._index:
            self._index.close()
        self._store.close()

    def version(self) -> int:
        """A number that changes whenever the library does, whichever process changed it."""
        return self._store.version()

    def overview(self) -> Overview:
        """How the library stands: its views, lists and tags, with counts."""
        with self._store.reading() as db:
            return shelves.overview(db)

    def search(
        self,
        query: str,
        *,
        shelf: str = "",
        as_typed: bool = False,
        any_word: bool = False,
        sort: Sort = "relevance",
    ) -> Result:
        """Every hit of a query, best first. Raises QueryError.

        ``shelf`` is a query that narrows it (``Shelf.query``). ``as_typed``: the last word is a
        prefix. ``any_word``: one of the words is enough. An empty query gives the shelf in its own
        order: a list by position, all else with the newest import first, in the order of its page.
        """
        started = time.perf_counter()
        hits = self._current.search(
            query, shelf=shelf, as_typed=as_typed, any_word=any_word, sort=sort
        )
        seconds = time.perf_counter() - started
        total = self._total(shelf) if query else len(hits.ids)
        return Result(query, hits.ids, total, seconds, hits.scores)

    def _total(self, shelf: str) -> int:
        """The papers of a shelf. Counted once a change: it stays while someone types."""
        if not shelf:
            return self._store.count()
        version = self._store.version()
        if self._counted[:2] != (shelf, version):
            self._counted = shelf, version, len(self._search.search("", shelf=shelf).ids)
        return self._counted[2]

    def catch_up(self, progress: Progress | None = None) -> int:
        """Bring the search index up to the library; returns how many papers were indexed."""
        revision = self._store.revision()
        applied = self._search.catch_up(progress)
        self._indexed = revision
        return applied

    def indexing(self) -> str:
        """Who is writing the index, as ``carrel (process 123)``; empty where nobody is."""
        return self._search.indexing()

    def facets(
        self,
        query: str,
        facet: Facet,
        *,
        shelf: str = "",
        as_typed: bool = False,
        any_word: bool = False,
        most: int = 50,
    ) -> list[Value]:
        """The values of a facet among the hits of a query, the most frequent first; years by date.

        Raises QueryError.
        """
        return self._current.facets(
            query, facet, shelf=shelf, as_typed=as_typed, any_word=any_word, most=most
        )

    def count_new(self, query: str, after: int) -> tuple[int, int]:
        """How many papers a query finds, and how many of them came after the paper ``after``.

        Raises QueryError.
        """
        engine = self._current
        return engine.fresh(query, 0), engine.fresh(query, after)

    def similar(self, paper_id: int, limit: int = 20) -> list[int]:
        """The ids of the papers most like one, the likest first. Raises NotFoundError."""
        self.detail(paper_id)
        return self._current.similar(paper_id, limit)

    def explain(
        self, query: str, *, shelf: str = "", as_typed: bool = False, any_word: bool = False
    ) -> Explanation:
        """How a query is understood, and what its clauses find in the library. Raises QueryError.

        ``shelf``: where it names a reading list, a status is meant on that.
        """
        return self._current.explain(query, shelf=shelf, as_typed=as_typed, any_word=any_word)

    def reasons(
        self, query: str, paper_id: int, *, as_typed: bool = False, any_word: bool = False
    ) -> tuple[Reason, ...]:
        """What puts a paper among the hits of a query. Raises QueryError."""
        return self._current.reasons(query, paper_id, as_typed=as_typed, any_word=any_word)

    def suggest(self, query: str, *, shelf: str = "", as_typed: bool = False) -> str | None:
        """The query as it may have been meant: near it, and with hits. None where there is none."""
        meant = self._current.suggest(query, as_typed=as_typed)
        hits = self._search.search(meant, shelf=shelf, as_typed=as_typed) if meant else None
        return meant if hits and hits.ids else None

    def complete(self, text: str, cursor: int) -> Completion | None:
        """What may stand at the cursor of a query that is being typed."""
        return self._current.complete(text, cursor)

    def rows(
        self,
        ids: Sequence[int],
        query: str = "",
        *,
        as_typed: bool = False,
        reading_list: str = "",
    ) -> list[Row]:
        """The rows of papers, what the query matched marked; ids that are gone are left out.

        ``reading_list``: rows of papers that are on it say how far one is with them there.
        """
        with self._store.reading() as db:
            found = list(rows.rows(db, ids))
            items = lists.statuses(db, reading_list, ids) if reading_list else {}
        if items:
            found = [replace(row, item=items.get(row.id)) for row in found]
        if not query:
            return found
        marker = self._search.marker(query, as_typed=as_typed)
        marks = [marker.marks("title", row.title) for row in found]
        return [
            replace(row, title_marks=spans) if spans else row
            for row, spans in zip(found, marks, strict=True)
        ]

    def detail(self, paper_id: int, query: str = "", *, as_typed: bool = False) -> Detail:
        """One paper whole, what the query matched marked. Raises NotFoundError."""
        with self._store.reading() as db:
            found = rows.detail(db, paper_id)
        if found is None:
            raise NoSuchPaperError(paper_id)
        if not query:
            return found
        marker = self._search.marker(query, as_typed=as_typed)
        return replace(
            found,
            title_marks=marker.marks("title", found.title),
            abstract_marks=marker.marks("abstract", found.abstract),
        )

    def provenance(self, paper_id: int) -> Provenance:
        """Where a paper and its fields are from. Raises NotFoundError."""
        with self._store.reading() as db:
            return provenance.shown(db, paper_id, reading.sourced(db, paper_id))

    def details(self, ids: Iterable[int]) -> Iterator[Detail]:
        """Papers whole, one at a time; ids that are gone are left out."""
        progress: dict[object, rows.HowFar] = {}
        for paper_id in ids:
            with self._store.reading() as db:
                found = rows.detail(db, paper_id, progress)
            if found:
                yield found

    @property
    def _current(self) -> SearchIndex:
        """The index, brought up to the library first where that takes no time."""
        behind = len(self._store.changed_since(self._indexed, SMALL_CHANGE + 1))
        if 0 < behind <= SMALL_CHANGE:
            self.catch_up()
        return self._search

    @property
    def _search(self) -> SearchIndex:
        # Whoosh and NumPy are slow to import, and many commands search for nothing.
        with self._index_lock:
            if self._index is None:
                from index.search import SearchIndex

                self._index = SearchIndex(locations.index_folder(self.folder), self._store)
            return self._index
