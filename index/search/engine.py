"""SearchIndex: finds papers by what is written in them."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from index.errors import CarrelError, QueryError, SearchError
from index.search.clauses import Query
from index.search.evaluate import Evaluator, Matches, scores
from index.search.folder import Folder
from index.search.highlight import Marker
from index.search.masks import masked, reading_list
from index.search.papers import Papers
from index.search.parser import parse
from index.search.reader import Reader
from index.search.schema import document

BATCH = 5000  # revisions a commit: what a killed build loses at most
PATIENCE = 5.0  # seconds that a catching-up waits for another process that indexes

Progress = Callable[[int, int], None]
_T = TypeVar("_T")


class _DamagedError(SearchError):
    """The index is not as it was written."""


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Raise what goes wrong with the files as a SearchError; a damage as one of its own."""
    try:
        yield
    except CarrelError:
        raise
    except Exception as error:  # a damaged file fails in more ways than can be named
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            raise SearchError(f"The search index cannot be used: {error.strerror}.") from error
        sentence = "The search index cannot be read, even after it was built anew."
        raise _DamagedError(sentence) from error


@dataclass(frozen=True, slots=True)
class Hits:
    """The papers that a query found, best first.

    scores: one an id, descending; empty where the query ranks nothing (no query, filters alone).
    """

    ids: Sequence[int]
    scores: Sequence[float] = ()


class SearchIndex:
    """The index of a library, derived from its store and disposable.

    ``search`` and ``marker`` may be called from any number of threads. What is damaged, foreign or
    of another format is removed, and comes back from the store with the next ``catch_up``. Raises
    SearchError where the folder cannot be used.
    """

    def __init__(self, folder: Path, store: Papers) -> None:
        self._folder = Folder(folder)
        self._store = store
        self._opening = threading.Lock()
        self._writing = threading.Lock()
        self._reader: Reader | None = None
        self._stamp = (0, 0)
        with _in_our_words(), self._folder.lock(PATIENCE) as held:
            if held and not self._folder.whole():
                self._folder.clear()

    def close(self) -> None:
        """Give the files back."""
        with self._opening:
            if self._reader:
                self._reader.close()
            self._reader = None

    def search(self, query: str, *, shelf: str = "", as_typed: bool = False) -> Hits:
        """The papers that match a query, and a shelf (another query, which ranks nothing).

        as_typed: the query is being typed; see ``parse``. Best first, then the newer, then the
        lower id; what nothing ranks stands in the order of its reading list, else in the library's
        own. Raises QueryError for a query that cannot be understood, SearchError where the index
        cannot be read.
        """
        wanted = parse(query, as_typed=as_typed)
        within = parse(shelf)
        if wanted is not None and scores(wanted):
            return self._rebuilding(lambda: self._ranked(wanted, within))
        return self._rebuilding(lambda: self._shelved(wanted, within))

    def marker(self, query: str, *, as_typed: bool = False) -> Marker:
        """Marks what a query matched; nothing where it cannot be understood."""
        try:
            return Marker(parse(query, as_typed=as_typed))
        except QueryError:
            return Marker(None)

    def catch_up(self, progress: Progress | None = None) -> int:
        """Apply what changed in the store since the last time; returns the papers applied.

        progress: called with the revisions done, and those there are. Does nothing where another
        process is indexing, and goes on doing so: its work serves both. Raises SearchError where
        the index cannot be written.
        """
        with self._writing, self._folder.lock(PATIENCE) as held:
            if not held or self._folder.revision() == self._store.revision():
                return 0
            try:
                with _in_our_words():
                    return self._apply(progress)
            except _DamagedError:
                with _in_our_words():
                    self._clear()
                    return self._apply(progress)

    def _apply(self, progress: Progress | None) -> int:
        newest = self._store.revision()
        if newest < self._folder.revision():  # another store's index
            self._clear()
        start = done = self._folder.revision()
        applied = 0
        while changes := self._store.changed_since(done, BATCH):
            changed = sorted({paper for _, paper in changes})
            self._write(changed)
            done = changes[-1][0]
            self._folder.seal(done)
            applied += len(changed)
            if progress:
                progress(done - start, max(newest, done) - start)
        if done < newest:  # its newest changes have left no trace
            self._folder.seal(newest)
        return applied

    def _write(self, changed: Sequence[int]) -> None:
        """Replace papers in the index by what the store holds of them."""
        reader = self._current()
        stale = reader.live[np.isin(reader.ids[reader.live], changed)]
        writer = self._folder.index().writer()
        try:
            for number in stale.tolist():
                writer.delete_document(number)
            for paper_id, paper in self._store.papers(changed):
                writer.add_document(**document(paper_id, paper))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _clear(self) -> None:
        self.close()
        self._folder.clear()

    def _current(self) -> Reader:
        """A reader of the last commit."""
        with self._opening:
            stamp = self._folder.stamp()
            if self._reader is None or stamp != self._stamp:
                self._reader = Reader(self._folder.reader())
                self._stamp = stamp
            return self._reader

    def _rebuilding(self, answer: Callable[[], _T]) -> _T:
        """Answer; where the index turns out to be damaged, build it anew and answer then."""
        try:
            with _in_our_words():
                return answer()
        except _DamagedError:
            with _in_our_words(), self._writing, self._folder.lock(PATIENCE) as held:
                if held:
                    self._clear()
        self.catch_up()
        with _in_our_words():
            return answer()

    def _matches(self, tree: Query) -> Matches:
        return Evaluator(self._current(), self._store).matches(tree)

    def _ranked(self, wanted: Query, within: Query | None) -> Hits:
        reader = self._current()
        evaluator = Evaluator(reader, self._store)
        found = evaluator.matches(wanted)
        ids, relevance = found
        if within is not None:
            kept = np.isin(ids, evaluator.matches(within).ids, assume_unique=True)
            ids, relevance = ids[kept], relevance[kept]
        order = np.lexsort((ids, -reader.years_of(ids), -relevance))
        return Hits(ids[order].tolist(), relevance[order].tolist())

    def _shelved(self, wanted: Query | None, within: Query | None) -> Hits:
        """What nothing ranks: in the order of its reading list, else in the library's."""
        listed = reading_list(wanted) or reading_list(within)
        ids = masked(listed, self._store) if listed else self._store.all_ids()
        for tree in (wanted, within):
            if tree is not None:
                kept = set(self._matches(tree).ids.tolist())
                ids = [paper for paper in ids if paper in kept]
        return Hits(ids)
