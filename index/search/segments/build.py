"""Building: papers into the arrays of a segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.search.schema import FIELDS, NAMED, STEMMED, WEIGHTS, Document
from index.search.segments.arrays import ArrayWriter, Docs, Ints, fresh, smallest, writing
from index.search.segments.codes import Codes, count_codes, length_codes
from index.search.segments.tokens import MOST_RUNS, Tokens, Vocabulary
from index.search.segments.words import HEAD, heads, write_words
from index.text import fold

TITLES = ("titles.1", "titles.2", "titles.3")
"""The sections of the beginnings of the folded titles, by which they are sorted."""

CHUNK = 2000  # papers whose texts are held at once
_MOST_TEXT = 8_000_000  # characters of them
MOST_TOKENS = 3_500_000  # words that are held at once: a segment is written of them


class _Postings(NamedTuple):
    """The papers of each word, words ascending: arrays of one length."""

    words: Docs
    papers: Docs
    counts: Docs


class Builder:
    """Collects papers, and writes a segment of them.

    What it has learnt of words it keeps for the next segment.
    """

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()
        self._clear()

    def _clear(self) -> None:
        self._documents: list[Document] = []
        self._facts: list[Document] = []  # of all papers, with no text but the title
        self._tokens: list[list[Tokens]] = [[] for _ in FIELDS]
        self._text = 0
        self.tokens = 0

    def __len__(self) -> int:
        return len(self._facts) + len(self._documents)

    def add(self, document: Document) -> None:
        """Add a paper; numbers are given in the order of adding."""
        self._documents.append(document)
        self._text += sum(map(len, document.texts))
        if len(self._documents) >= CHUNK or self._text >= _MOST_TEXT:
            self._cut()

    def _cut(self) -> None:
        known, papers = self._vocabulary, self._documents
        cuts = [known.cut(paper.texts[at] for paper in papers) for at in range(len(WEIGHTS))]
        cuts += [known.whole(paper.named[at] for paper in papers) for at in range(len(NAMED))]
        for cut, found in zip(cuts, self._tokens, strict=True):
            found.append(cut._replace(texts=cut.texts + len(self._facts)))
            self.tokens += len(cut.words)
        self._facts += [paper._replace(texts=paper.texts[:1]) for paper in papers]
        papers.clear()
        self._text = 0

    def write(self, path: Path) -> dict[str, int]:
        """Write the papers to a file, and forget them; returns the lengths of the fields."""
        self._cut()
        facts = {"papers": len(self), **dict.fromkeys(FIELDS, 0)}
        with writing(path, facts) as out:
            self._write(out, facts)
        self._clear()
        if len(self._vocabulary) > MOST_RUNS:
            self._vocabulary = Vocabulary()
        return facts

    def _write(self, out: ArrayWriter, facts: dict[str, int]) -> None:
        write_columns(out, self._facts)
        used = np.zeros(len(self._vocabulary.words), bool)
        for cut in chain.from_iterable(self._tokens):
            used[cut.words] = True
        words, ranks = _sorted(self._vocabulary.words, np.flatnonzero(used))
        write_words(out, "words", words)
        kept: dict[str, _Postings] = {}
        lengths: dict[str, Ints] = {}
        for field, found in zip(FIELDS, self._tokens, strict=True):
            tokens = _together(found)
            found.clear()
            lengths[field] = tokens.lengths
            facts[field] = int(tokens.lengths.sum())
            out.add(f"{field}.lengths", smallest(tokens.lengths))
            postings = _write_field(out, field, tokens, ranks, len(words))
            if field in STEMMED:
                kept[field] = postings
        stem_of = np.array(self._vocabulary.stem_of)[_order(ranks, len(words))]
        stems, stem_ranks = _sorted(self._vocabulary.stems, np.unique(stem_of))
        of_paper = length_codes(lengths["title"], lengths["abstract"])
        write_words(out, "stems", stems)
        write_forms(out, stem_ranks[stem_of], len(stems))
        _write_stems(
            out, kept["title"], kept["abstract"], stem_ranks[stem_of], len(stems), of_paper
        )


class Collector:
    """Collects papers into segments of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._builder = Builder()
        self._written: list[tuple[str, int]] = []

    def add(self, documents: Iterable[Document]) -> None:
        """Add papers; writes a segment where too much is held in memory."""
        for document in documents:
            self._builder.add(document)
            if self._builder.tokens >= MOST_TOKENS:
                self._write()

    def finish(self) -> list[tuple[str, int]]:
        """Write what is left; returns the names of the new segments, and the papers of each."""
        if len(self._builder):
            self._write()
        written, self._written = self._written, []
        return written

    def _write(self) -> None:
        path = fresh(self._folder)
        self._written.append((path.name, self._builder.write(path)["papers"]))


def _together(found: Sequence[Tokens]) -> Tokens:
    return Tokens(*map(np.concatenate, zip(*found, strict=True)))


def _sorted(
    known: Sequence[bytes], used: NDArray[np.intp]
) -> tuple[list[bytes], NDArray[np.int32]]:
    """The used ones of the known words, sorted, and the rank of each number."""
    order = sorted(used.tolist(), key=known.__getitem__)
    ranks = np.full(len(known), -1, np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return [known[number] for number in order], ranks


def _order(ranks: NDArray[np.int32], count: int) -> Ints:
    """The number of each rank."""
    order = np.empty(count, np.int64)
    used = np.flatnonzero(ranks >= 0)
    order[ranks[used]] = used
    return order


def _bits(most: int) -> int:
    return max(int(most).bit_length(), 1)


def _write_field(
    out: ArrayWriter, field: str, tokens: Tokens, ranks: NDArray[np.int32], words: int
) -> _Postings:
    """Write a field's postings and places, sorted by word, paper and position."""
    place_bits = _bits(tokens.positions.max(initial=0))
    paper_bits = _bits(len(tokens.lengths))
    keys = ranks[tokens.words].astype(np.int64) << (paper_bits + place_bits)
    keys |= tokens.texts.astype(np.int64) << place_bits
    keys |= tokens.positions
    keys.sort()
    places = keys & ((1 << place_bits) - 1)
    keys >>= place_bits
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    ends = np.append(starts, len(keys))
    keys = keys[starts]
    found = _Postings(
        (keys >> paper_bits).astype(np.int32),
        (keys & ((1 << paper_bits) - 1)).astype(np.int32),
        np.diff(ends).astype(np.int32),
    )
    first = firsts(found.words, words)
    write_postings(out, field, first, found.papers, smallest(found.counts))
    out.add(f"{field}.places_first", smallest(ends[first]))
    out.add(f"{field}.places", smallest(places))
    return found


def _write_stems(
    out: ArrayWriter,
    title: _Postings,
    abstract: _Postings,
    stem_of: NDArray[np.int32],
    stems: int,
    of_paper: Codes,
) -> None:
    """Write the postings of stems: title and abstract as one, weighed by code."""
    paper_bits, count_bits = _bits(len(of_paper)), 16
    keys = np.concatenate(
        [
            (stem_of[found.words].astype(np.int64) << paper_bits | found.papers) << (count_bits + 1)
            | np.minimum(found.counts, (1 << count_bits) - 1).astype(np.int64) << 1
            | in_title
            for found, in_title in ((title, 1), (abstract, 0))
        ]
    )
    keys.sort()
    in_title, counts = keys & 1, keys >> 1 & ((1 << count_bits) - 1)
    keys >>= count_bits + 1
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    keys = keys[starts]
    papers = keys & ((1 << paper_bits) - 1)
    sums = [
        np.add.reduceat(part, starts) if len(starts) else part
        for part in (counts * in_title, counts * (1 - in_title))
    ]
    codes = count_codes(*sums) | of_paper[papers]
    write_postings(out, "stems", firsts(keys >> paper_bits, stems), papers, codes)


def firsts(terms: NDArray[np.integer[Any]], count: int) -> Ints:
    """Where the postings of each term begin, and where the last end; ``terms`` are ascending."""
    return np.concatenate(([0], np.cumsum(np.bincount(terms, minlength=count))))


def write_postings(
    out: ArrayWriter,
    name: str,
    first: Ints,
    papers: NDArray[np.integer[Any]],
    weights: NDArray[np.integer[Any]],
) -> None:
    """Write postings: of each term where they begin, of each posting the paper and its weight."""
    out.add(f"{name}.first", smallest(first))
    out.add(f"{name}.papers", papers.astype(np.int32))
    out.add(f"{name}.weights", weights)


def write_forms(out: ArrayWriter, stem_of: NDArray[np.int32], stems: int) -> None:
    """Write the stem of each word, and the words of each stem."""
    order = np.argsort(stem_of, kind="stable")
    out.add("words.stem", stem_of.astype(np.int32))
    out.add("stems.forms_first", smallest(firsts(stem_of[order].astype(np.int64), stems)))
    out.add("stems.forms", order.astype(np.int32))


def write_columns(out: ArrayWriter, papers: Sequence[Document]) -> None:
    """Write what is known of each paper but its words."""
    out.add("ids", np.array([paper.id for paper in papers], np.int64))
    out.add("published", np.array([paper.published for paper in papers], np.int32))
    out.add("upvotes", np.array([paper.upvotes for paper in papers], np.int32))
    out.add("source_of", _write_names(out, "sources", [paper.source for paper in papers]))
    out.add("venue_of", _write_names(out, "venues", [paper.venue for paper in papers]))
    titles = [fold(paper.texts[0]).encode(errors="replace") for paper in papers]
    for at, name in enumerate(TITLES):
        out.add(name, heads([title[at * HEAD : (at + 1) * HEAD] for title in titles]))
    counts = np.array([len(paper.authors) for paper in papers], np.int64)
    out.add("authors_first", smallest(np.concatenate(([0], np.cumsum(counts)))))
    authors = list(chain.from_iterable(paper.authors for paper in papers))
    out.add("authors_of", _write_names(out, "names", authors))


def _write_names(out: ArrayWriter, name: str, values: Iterable[str]) -> NDArray[np.int32]:
    """Write the distinct names, sorted; returns the number of each value."""
    encoded = [value.encode(errors="replace") for value in values]
    names = sorted(set(encoded))
    numbers = {value: number for number, value in enumerate(names)}
    write_words(out, name, names)
    return np.array([numbers[value] for value in encoded], np.int32)
