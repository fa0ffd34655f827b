"""The index as it stood at one commit: its segments as one row of documents.

A document is a paper's number in that row: the segments stand one after the other, and those of
their papers that are deleted keep their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.search.clauses import Forms, Leaf, Prefix, Term
from index.search.expand import expand
from index.search.folder import Commit, Entry, Folder
from index.search.schema import LENGTH_NORMS, WEIGHTS
from index.search.segments import codes
from index.search.segments.arrays import Bools, Docs, Floats, Ints, gaps
from index.search.segments.build import TITLES
from index.search.segments.segment import Ranges, Segment
from index.search.writer import live

_T = TypeVar("_T", bound=np.generic)


class Part(NamedTuple):
    """A segment of the row."""

    entry: Entry
    segment: Segment
    base: int  # the document that its first paper is


class Piece(NamedTuple):
    """Some documents with a weight each: a term frequency as BM25F counts it."""

    docs: Docs
    weights: Floats
    ascending: bool  # the documents ascend, each once


class Reader:
    """One commit, open. Any number of threads may use it at once.

    before: the reader of an earlier commit, whose open segments are used again.
    """

    def __init__(self, folder: Folder, commit: Commit, before: Reader | None = None) -> None:
        self.commit = commit
        self._path = folder.path
        opened = {part.entry.name: part.segment for part in before.parts} if before else {}
        self.parts: list[Part] = []
        self.count = 0  # documents, those deleted included
        for entry in commit.segments:
            segment = opened.get(entry.name) or Segment(folder.path / entry.name)
            self.parts.append(Part(entry, segment, self.count))
            self.count += entry.papers
        self.papers = self.count - sum(entry.deleted for entry in commit.segments)
        self.find = lru_cache(maxsize=1 << 15)(self._find)
        self.lexicon = lru_cache(maxsize=None)(self._lexicon)
        self._shrinking = lru_cache(maxsize=None)(self._norms)

    # Columns: arrays of one value a document.

    @cached_property
    def ids(self) -> Ints:
        """The id of each paper."""
        return self._column([part.segment.ids for part in self.parts], np.int64)

    @cached_property
    def published(self) -> Docs:
        """The date of each paper as 20240307; what is not known of it is 0."""
        return self._column([part.segment.published for part in self.parts], np.int32)

    @cached_property
    def upvotes(self) -> Docs:
        """The upvotes of each paper; -1 where they are not known."""
        return self._column([part.segment.file["upvotes"].whole() for part in self.parts], np.int32)

    @cached_property
    def titles(self) -> Sequence[NDArray[np.uint64]]:
        """The beginning of each folded title, eight bytes a column."""
        return [
            self._column([part.segment.file[name].whole() for part in self.parts], np.uint64)
            for name in TITLES
        ]

    @cached_property
    def live(self) -> Bools | None:
        """Which documents are not deleted; None where none is."""
        if self.papers == self.count:
            return None
        return np.concatenate([live(self._path, part.entry) for part in self.parts])

    def documents(self, ids: Ints) -> Docs:
        """The documents of papers, in their order; those that the index has not are left out."""
        if (table := self._table) is not None:
            found = table[ids[(ids >= 0) & (ids < len(table))]]
            return found[found >= 0]
        order, ascending = self._by_id
        at = np.searchsorted(ascending, ids)
        at[at == len(ascending)] = 0
        return order[at][ascending[at] == ids] if len(ascending) else order

    @cached_property
    def _table(self) -> Docs | None:
        """The document of each id, -1 where there is none; None where ids lie far apart."""
        most = int(self.ids.max(initial=0))
        if most > 16 * self.count + (1 << 20) or self.ids.min(initial=0) < 0:
            return None
        table = np.full(most + 1, -1, np.int32)
        docs = np.arange(self.count, dtype=np.int32)
        if self.live is not None:
            docs = docs[self.live]
        table[self.ids[docs]] = docs
        return table

    @cached_property
    def _by_id(self) -> tuple[Docs, Ints]:
        docs = np.arange(self.count, dtype=np.int32)
        if self.live is not None:
            docs = docs[self.live]
        ids = self.ids[docs]
        if (np.diff(ids) <= 0).any():
            order = np.argsort(ids)
            docs, ids = docs[order], ids[order]
        return docs, ids

    def _column(self, columns: Sequence[NDArray[Any]], kind: type[_T]) -> NDArray[_T]:
        if len(columns) == 1:
            return columns[0]
        return np.concatenate([np.empty(0, kind), *columns]).astype(kind, copy=False)

    # Terms.

    def ranges(self, leaf: Leaf) -> list[Ranges]:
        """The words that a leaf stands for, segment by segment."""
        match leaf:
            case Term():
                return self.words([str(leaf.text)])
            case Prefix():
                prefix = str(leaf.text).encode()
                return [[part.segment.words.beginning(prefix)] for part in self.parts]
            case Forms():
                return [self._forms(part.segment, leaf) for part in self.parts]
        return self.words(expand(leaf, self.lexicon(leaf.fieldname)))

    def words(self, words: Sequence[str]) -> list[Ranges]:
        """The numbers of words, segment by segment."""
        found = [self.find(word) for word in words]
        return [
            [(number, number + 1) for number in numbers if number >= 0]
            for numbers in (zip(*found, strict=True) if found else [()] * len(self.parts))
        ]

    def _find(self, word: str) -> tuple[int, ...]:
        key = word.encode()
        return tuple(part.segment.words.find(key) for part in self.parts)

    def _forms(self, segment: Segment, leaf: Forms) -> Ranges:
        numbers = segment.forms(leaf.stem)
        ranges = [(number, number + 1) for number in numbers]
        if not leaf.begun:
            return ranges
        low, high = segment.words.beginning(leaf.text.encode())
        return [(low, high), *(each for each in ranges if not low <= each[0] < high)]

    def _lexicon(self, field: str) -> FieldLexicon:
        return FieldLexicon(self, field)

    # Postings.

    def stem(self, stem: str) -> Piece:
        """The documents whose title or abstract holds a form of a stem."""
        key = stem.encode()
        docs, weights = [], []
        for _, segment, base in self.parts:
            number = segment.stems.find(key)
            if number >= 0:
                papers, found = segment.of_stems.read(number, number + 1)
                docs.append(papers + np.int32(base) if base else papers)
                weights.append(self._code_weights.take(found))
        return _joined(docs, weights, ascending=True)

    def pieces(self, field: str, ranges: Sequence[Ranges]) -> list[Piece]:
        """The documents that hold some words in a field."""
        found = []
        single = all(len(each) <= 1 and _width(each) <= 1 for each in ranges)
        docs: list[Docs] = []
        weights: list[Floats] = []
        for (_, segment, base), chosen in zip(self.parts, ranges, strict=True):
            postings = segment.of_words[field]
            for low, high in chosen:
                papers, counts = postings.read(low, high)
                if len(papers):
                    docs.append(papers + np.int32(base) if base else papers)
                    weights.append(self.weighed(field, docs[-1], counts))
        if docs:
            found.append(_joined(docs, weights, ascending=single))
        return found

    def mark(self, marks: Bools, field: str, ranges: Sequence[Ranges]) -> None:
        """Mark the documents that hold some words in a field."""
        for (entry, segment, base), chosen in zip(self.parts, ranges, strict=True):
            here = marks[base : base + entry.papers]
            for low, high in chosen:
                here[segment.of_words[field].read(low, high)[0]] = True

    def size(self, field: str, ranges: Sequence[Ranges]) -> int:
        """How many postings some words have in a field."""
        return sum(
            part.segment.of_words[field].count(low, high)
            for part, chosen in zip(self.parts, ranges, strict=True)
            for low, high in chosen
        )

    def weighed(self, field: str, docs: Docs, counts: NDArray[Any]) -> Floats:
        """What occurrences in a field count for, by its weight and its length (BM25F)."""
        if field in LENGTH_NORMS:
            shrunk: Floats = counts * self._shrinking(field).take(docs)
            return shrunk
        return counts * np.float32(WEIGHTS.get(field, 1))

    def mean_length(self, field: str) -> float:
        """The mean length of a field, in words, over the papers that have it."""
        total = sum(part.segment.length(field) for part in self.parts)
        return total / max(self.count, 1)

    @cached_property
    def _code_weights(self) -> Floats:
        return codes.weights(self.mean_length("title"), self.mean_length("abstract"))

    def _norms(self, field: str) -> Floats:
        """What one occurrence in the field counts for in each document."""
        lengths = self._column([part.segment.lengths(field) for part in self.parts], np.int32)
        b = LENGTH_NORMS[field]
        norms = (1 - b) + np.float32(b / max(self.mean_length(field), 1)) * lengths
        return (np.float32(WEIGHTS[field]) / norms).astype(np.float32)


class FieldLexicon:
    """The terms of a field, over all segments."""

    def __init__(self, reader: Reader, field: str) -> None:
        self._reader = reader
        self._field = field
        self.terms = lru_cache(maxsize=8)(self._terms)
        self._counts: dict[str, int] = {}  # of the terms that were listed last

    def _terms(self, prefix: str = "") -> Sequence[str]:
        """The terms that begin with a prefix, ascending."""
        found: dict[bytes, int] = {}
        for _, segment, _ in self._reader.parts:
            low, high = segment.words.beginning(prefix.encode())
            held = gaps(segment.of_words[self._field].first.read(low, high + 1)).tolist()
            words = segment.words.between(low, high)
            for word, count in zip(words, held, strict=True):
                if count:
                    found[word] = found.get(word, 0) + count
        self._counts = {word.decode(): count for word, count in sorted(found.items())}
        return list(self._counts)

    def count(self, term: str) -> int:
        """The documents that hold a term."""
        if (known := self._counts.get(term)) is not None:
            return known
        return sum(
            part.segment.of_words[self._field].count(number, number + 1)
            for part, number in zip(self._reader.parts, self._reader.find(term), strict=True)
            if number >= 0
        )

    def __len__(self) -> int:
        return len(self.terms())


def _width(ranges: Ranges) -> int:
    return sum(high - low for low, high in ranges)


def _joined(docs: Sequence[Docs], weights: Sequence[Floats], ascending: bool) -> Piece:
    if len(docs) == 1:
        return Piece(docs[0], weights[0], ascending)
    if not docs:
        return Piece(np.empty(0, np.int32), np.empty(0, np.float32), ascending)
    return Piece(np.concatenate(docs), np.concatenate(weights), ascending)
