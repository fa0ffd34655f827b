"""SearchIndex: finds papers by what is written in them."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from index.errors import CarrelError, QueryError, SearchError
from index.paper import Paper
from index.progress import Progress
from index.search.clauses import And, Every, Query, Similar, ranks
from index.search.complete import complete, with_parents
from index.search.evaluate import Evaluator
from index.search.explain import explain, reasons
from index.search.facets import counted
from index.search.folder import Commit, Folder
from index.search.highlight import Marker
from index.search.interface import Hits
from index.search.orders import ranked, shelved
from index.search.papers import Papers
from index.search.parser import parse
from index.search.reader import FieldLexicon, Reader
from index.search.schema import FIELDS, WEIGHTS, document
from index.search.scope import lists_of, scoped
from index.search.segments.arrays import DamagedError
from index.search.suggest import suggest
from index.search.writer import Read, Writer
from index.views import Completion, Explanation, Facet, Reason, Sort, Value

BATCH = 40_000  # revisions a commit: what a killed build loses at most
STEP = 1000  # papers between two reports of progress
PATIENCE = 5.0  # seconds that a catching-up waits for another process that indexes
SOON = 20_000  # papers whose index is built anew while a search waits for it

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
    except (DamagedError, FileNotFoundError) as error:
        sentence = "The search index cannot be read, even after it was built anew."
        raise _DamagedError(sentence) from error
    except OSError as error:
        raise SearchError(f"The search index cannot be used: {error.strerror}.") from error


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
        self._evaluator: Evaluator | None = None
        self._stamp = (0, 0)

    def close(self) -> None:
        """Let go of the files."""
        with self._opening:
            self._evaluator = None

    def search(
        self,
        query: str,
        *,
        shelf: str = "",
        as_typed: bool = False,
        any_word: bool = False,
        sort: Sort = "relevance",
    ) -> Hits:
        """The papers that match a query, and a shelf (another query, which ranks nothing).

        as_typed, any_word: see ``parse``. Best first, then the newer, then the lower id; what
        nothing ranks stands in the order of its reading list, else in the library's own. Raises
        QueryError for a query that cannot be understood, SearchError where the index cannot be
        read.
        """
        wanted, within = _on_shelf(parse(query, as_typed=as_typed, any_word=any_word), parse(shelf))
        return self._rebuilding(lambda: self._hits(wanted, within, sort))

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
        """The values of a facet among the papers of a query, the most frequent first.

        Years stand newest first. Raises what ``search`` raises.
        """
        wanted, within = _on_shelf(parse(query, as_typed=as_typed, any_word=any_word), parse(shelf))
        both = And([wanted or Every(), within or Every()])

        def answer() -> list[Value]:
            evaluator = self._current()
            return counted(evaluator, evaluator.matches(both).docs, facet, most)

        return self._rebuilding(answer)

    def fresh(self, query: str, after: int) -> int:
        """How many papers of a query have an id greater than ``after``. Raises as ``search``."""
        tree = parse(query) or Every()
        return self._rebuilding(lambda: self._current().count_after(tree, after))

    def similar(self, paper_id: int, limit: int) -> list[int]:
        """The papers most like one, the likest first."""
        hits = self._rebuilding(lambda: self._hits(Similar(paper_id), None, "relevance"))
        return list(hits.ids[:limit])

    def explain(
        self, query: str, *, shelf: str = "", as_typed: bool = False, any_word: bool = False
    ) -> Explanation:
        """How a query is understood, and what each of its clauses finds. Raises QueryError.

        shelf: another query, whose list is the one that a status is meant on; the papers are those
        of the whole library all the same.
        """
        tree, _ = _on_shelf(parse(query, as_typed=as_typed, any_word=any_word), parse(shelf))
        return self._rebuilding(lambda: explain(tree, self._current()))

    def reasons(
        self, query: str, paper_id: int, *, as_typed: bool = False, any_word: bool = False
    ) -> tuple[Reason, ...]:
        """What puts a paper among the hits of a query. Raises QueryError."""
        tree = parse(query, as_typed=as_typed, any_word=any_word)
        texts: dict[str, str] = {}
        for _, paper in self._store.papers([paper_id]):
            texts = dict(zip(WEIGHTS, document(paper_id, paper).texts, strict=True))
        return self._rebuilding(lambda: reasons(tree, paper_id, texts, self._current()))

    def suggest(self, query: str, *, as_typed: bool = False) -> str | None:
        """The query with its unknown words put right; None where nothing is near. QueryError."""
        return self._rebuilding(lambda: suggest(query, self._lexicons(), as_typed=as_typed))

    def complete(self, text: str, cursor: int) -> Completion | None:
        """What may stand at the cursor of a query; None where nothing is known."""

        def answer() -> Completion | None:
            names = {
                "tag": with_parents(self._store.tag_names()),
                "list": self._store.list_names(),
                "follow": self._store.follow_names(),
            }
            return complete(text, cursor, {**self._lexicons(), **names})

        return self._rebuilding(answer)

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
            if not held:
                return 0
            try:
                with _in_our_words():
                    return self._apply(progress)
            except _DamagedError:
                with _in_our_words():
                    self._folder.clear()
                    return self._apply(progress)

    def indexing(self) -> str:
        """Who is writing to the index, as ``carrel (process 123)``; empty where nobody is."""
        return self._folder.holder()

    def _apply(self, progress: Progress | None) -> int:
        newest, identity = self._store.revision(), self._store.identity()
        last = self._folder.commit()
        if last and last.revision and (last.identity != identity or last.revision > newest):
            last = None  # another library's, or an older copy's
        if last is None:
            self._folder.clear()
        start = done = last.revision if last else 0
        if done == newest:
            self._current()  # raises where a file is not what it was
            return 0
        applied = 0
        with closing(Writer(self._folder, newest - done)) as writer:
            while changes := self._store.changed_since(done, BATCH):
                changed = sorted({paper for _, paper in changes})
                read = self._telling(progress, done - start, newest - start)
                done = changes[-1][0]
                writer.apply(changed, read, identity=identity, revision=done)
                applied += len(changed)
                if progress:
                    progress(done - start, max(newest, done) - start)
            if done < newest:  # its newest changes have left no trace
                writer.apply([], self._store.papers, identity=identity, revision=newest)
            writer.merge()
        return applied

    def _telling(self, progress: Progress | None, done: int, total: int) -> Read:
        """Reads papers from the store, and tells how far it has come."""

        def read(ids: Sequence[int]) -> Iterator[tuple[int, Paper]]:
            for number, found in enumerate(self._store.papers(ids), 1):
                if progress and not number % STEP and number < len(ids):
                    progress(done + number, max(total, done + number))
                yield found

        return read

    def _lexicons(self) -> dict[str, FieldLexicon]:
        reader = self._current().reader
        return {field: reader.lexicon(field) for field in FIELDS}

    def _current(self) -> Evaluator:
        """An evaluator of the last commit."""
        with self._opening:
            stamp = self._folder.stamp()
            if self._evaluator is None or stamp != self._stamp:
                before = self._evaluator.reader if self._evaluator else None
                self._evaluator = Evaluator(self._open(before), self._store)
                self._stamp = stamp
            return self._evaluator

    def _open(self, before: Reader | None) -> Reader:
        """The last commit. Its files may go while they are opened: then there is a later one."""
        for _ in range(9):
            try:
                return Reader(self._folder, self._committed(), before)
            except FileNotFoundError:
                continue
        return Reader(self._folder, self._committed(), before)

    def _committed(self) -> Commit:
        commit = self._folder.commit()
        # A commit that cannot be read, or one that was there before and is gone.
        if commit is None and (self._folder.stamp() != (0, 0) or self._stamp != (0, 0)):
            raise _DamagedError("The search index is damaged, or of another version.")
        return commit or Commit()

    def _rebuilding(self, answer: Callable[[], _T]) -> _T:
        """Answer; where the index turns out to be damaged, build it anew and answer then."""
        try:
            with _in_our_words():
                return answer()
        except _DamagedError:
            with _in_our_words(), self._writing, self._folder.lock(PATIENCE) as held:
                self.close()
                if held:
                    self._folder.clear()
        if self._store.revision() > SOON:
            raise SearchError("The search index was damaged and has to be built anew.")
        self.catch_up()
        with _in_our_words():
            return answer()

    def _hits(self, wanted: Query | None, within: Query | None, sort: Sort) -> Hits:
        evaluator = self._current()
        if sort != "added" and (sort != "relevance" or (wanted is not None and ranks(wanted))):
            return Hits(*ranked(evaluator, wanted, within, sort))
        return Hits(shelved(evaluator, wanted, within))


def _on_shelf(wanted: Query | None, within: Query | None) -> tuple[Query | None, Query | None]:
    """A query and its shelf, the statuses of each on the lists of the other."""
    return (
        scoped(wanted, lists_of(within)) if wanted else None,
        scoped(within, lists_of(wanted)) if within else None,
    )
