"""The index as it stood at one commit: postings as arrays over paper ids."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from index.search.clauses import Forms, Prefix, Query, Term, TermRange
from index.search.schema import LENGTH_NORMS, WEIGHTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PLACE_BITS = 24
"""A place is ``document << PLACE_BITS | position``: one integer, ascending with both."""


class Occurrences(NamedTuple):
    """How often something occurs, document by document."""

    docs: Ints  # ascending; a document may repeat, its counts then add up
    counts: Floats  # weighted by field and by the field's length (BM25F's term frequency)


class Reader:
    """A reader of one commit. Any number of threads may use it at once."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._guard = threading.RLock()  # Whoosh's readers seek in shared files
        count = reader.doc_count_all()
        self.ids = self._column("id", count)  # one a document; those deleted included
        self.live = np.fromiter(reader.all_doc_ids(), np.int64)
        by_id = self.live[np.argsort(self.ids[self.live])]
        self._sorted_ids = self.ids[by_id]
        self._years = self._column("published", count)[by_id]
        self.term = lru_cache(maxsize=1 << 14)(self._term)
        self.places = lru_cache(maxsize=1 << 12)(self._places)
        self._norm = lru_cache(maxsize=None)(self._length_norm)

    def close(self) -> None:
        """Give the files back. Whoever still searches with the reader fails."""
        with self._guard:
            self._reader.close()

    def expand(self, leaf: Query) -> list[bytes]:
        """The terms of a leaf that the index holds."""
        match leaf:
            case Term(fieldname=field, text=str(text)):
                return [text.encode()]
            case Forms(fieldname=field, text=text):
                near = self._beginning(field, text[:2])
                return [term for term in near if leaf.accepts(term.decode())]
            case Prefix(fieldname=field, text=text):
                return list(self._beginning(field, text))
            case TermRange(fieldname=field, start=str(start), end=str(end)):
                every = self._beginning(field, "")
                return [term for term in every if start <= term.decode() <= end]
        raise TypeError(f"{leaf!r} is no leaf")

    def years_of(self, ids: Ints) -> Ints:
        """The year of each paper, 0 where it is not known."""
        return self._years[np.searchsorted(self._sorted_ids, ids)]

    def occurrences(self, field: str, docs: Ints) -> Occurrences:
        """One occurrence in the field at each of ``docs``."""
        return Occurrences(docs, WEIGHTS[field] / self._norm(field)[docs])

    def _beginning(self, field: str, prefix: str) -> Iterable[bytes]:
        with self._guard:
            return list(self._reader.expand_prefix(field, prefix))

    def _term(self, field: str, term: bytes) -> Occurrences:
        found = [(doc, len(places)) for doc, places in self._postings(field, term)]
        docs, counts = np.array(found or np.empty((0, 2)), dtype=np.int64).T
        return Occurrences(docs, counts * WEIGHTS[field] / self._norm(field)[docs])

    def _places(self, field: str, term: bytes) -> Ints:
        """Where a term stands, ascending."""
        return np.array(
            [
                doc << PLACE_BITS | place
                for doc, places in self._postings(field, term)
                for place in places
            ],
            dtype=np.int64,
        )

    def _postings(self, field: str, term: bytes) -> Iterator[tuple[int, list[int]]]:
        with self._guard:
            if (field, term) not in self._reader:
                return
            matcher = self._reader.postings(field, term)
            while matcher.is_active():
                yield matcher.id(), matcher.value_as("positions")
                matcher.next()

    def _length_norm(self, field: str) -> Floats:
        """What the length of the field divides a count by: 1 at the average length."""
        count = self._reader.doc_count_all()
        with self._guard:
            lengths = np.fromiter(
                # Whoosh answers None for an empty field
                (self._reader.doc_field_length(doc, field) or 0 for doc in range(count)),
                np.float64,
                count,
            )
        b = LENGTH_NORMS[field]
        filled = lengths[self.live][lengths[self.live] > 0]
        return 1 - b + b * lengths / filled.mean() if len(filled) else np.ones(count)

    def _column(self, name: str, count: int) -> Ints:
        if not count:
            return np.empty(0, np.int64)
        column = self._reader.column_reader(name)
        return np.fromiter((column[doc] for doc in range(count)), np.int64, count)
