"""The index as Whoosh knows it: a codec over the segments, so that all of its queries run on them.

carrel's own searches evaluate in arrays and do not come this way. This is for whatever else Whoosh
can do with an index, and it is the second witness that the tests call.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.matching.mcore import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from index.search.folder import Commit, Entry, Folder
from index.search.schema import FIELDS, SCHEMA
from index.search.segments.arrays import PREFIX
from index.search.segments.segment import Places, Segment
from index.search.writer import deleted


class ArrayIndex(FileIndex):
    """The last commit of a folder, to be read."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._schema = SCHEMA
        self.storage = FileStorage(str(folder.path))
        self.indexname = PREFIX.rstrip("_")

    def latest_generation(self) -> int:
        return int(self._read_toc().generation)

    def _read_toc(self) -> TOC:
        commit = self._folder.commit() or Commit()
        segments = [ArraySegment(self._folder, entry) for entry in commit.segments]
        return TOC(SCHEMA, segments, commit.generation)


class ArraySegment(base.Segment):
    """A segment of a commit."""

    def __init__(self, folder: Folder, entry: Entry) -> None:
        self.indexname = PREFIX.rstrip("_")
        self.segid = entry.name.removeprefix(PREFIX).partition(".")[0]
        self.compound = False
        self._deleted = frozenset(deleted(folder.path, entry).tolist())
        self._entry = entry
        self.arrays = Segment(folder.path / entry.name)

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def doc_count_all(self) -> int:
        return self._entry.papers

    def deleted_count(self) -> int:
        return len(self._deleted)

    def deleted_docs(self) -> frozenset[int]:
        return self._deleted

    def is_deleted(self, docnum: int) -> bool:
        return docnum in self._deleted

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        raise _only_read()


def _only_read() -> NotImplementedError:
    return NotImplementedError("the index is written by index.search.writer")


class ArrayCodec(base.Codec):
    """Reads segments. They are written by carrel's own writer, many papers at a time."""

    def terms_reader(self, storage: object, segment: ArraySegment) -> ArrayTerms:
        return ArrayTerms(segment.arrays)

    def per_document_reader(self, storage: object, segment: ArraySegment) -> ArrayDocuments:
        return ArrayDocuments(segment)

    def per_document_writer(self, storage: object, segment: object) -> NoReturn:
        raise _only_read()

    def field_writer(self, storage: object, segment: object) -> NoReturn:
        raise _only_read()

    def postings_writer(self, dbfile: object, byteids: bool = False) -> NoReturn:
        raise _only_read()

    def postings_reader(self, *given: object, **named: object) -> NoReturn:
        raise _only_read()

    def new_segment(self, storage: object, indexname: str) -> NoReturn:
        raise _only_read()


_NONE = np.empty(0, np.uint8)


class ArrayTerms(base.TermsReader):
    """The terms of a segment, field after field."""

    def __init__(self, segment: Segment) -> None:
        self._segment = segment

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) >= 0

    def _find(self, field: str, text: bytes) -> int:
        """The number of a word that the field holds, or -1."""
        number = self._segment.words.find(text)
        held = number >= 0 and self._segment.of_words[field].count(number, number + 1)
        return number if held else -1

    def indexed_field_names(self) -> list[str]:
        return sorted(FIELDS)

    def numbers(self, field: str) -> list[int]:
        """The words that a field holds, ascending."""
        counts = np.diff(self._segment.of_words[field].first.whole().astype(np.int64))
        return np.flatnonzero(counts).tolist()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        for field in self.indexed_field_names():
            for number in self.numbers(field):
                yield field, self._segment.words[number]

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        number = self._find(fieldname, text)
        if number < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        papers, counts = self._segment.of_words[fieldname].read(number, number + 1)
        lengths = self._segment.lengths(fieldname)[papers]
        return TermInfo(
            weight=float(counts.sum()),
            df=len(papers),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(counts.max()),
            minid=int(papers[0]),
            maxid=int(papers[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self._counts(fieldname, text).sum())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return len(self._counts(fieldname, text))

    def _counts(self, field: str, text: bytes) -> NDArray[Any]:
        number = self._segment.words.find(text)
        return self._segment.of_words[field].read(number, number + 1)[1] if number >= 0 else _NONE

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ArrayMatcher:
        info = self.term_info(fieldname, text)
        number = self._find(fieldname, text)
        places = self._segment.places(fieldname, number, number + 1)
        return ArrayMatcher((fieldname, text), places, info, format_, scorer)

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        return ArrayCursor([self._segment.words[each] for each in self.numbers(fieldname)])


class ArrayCursor(base.FieldCursor):
    """Walks the terms of a field."""

    def __init__(self, words: list[bytes]) -> None:
        self._words = words
        self._at = 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, term: str | bytes) -> str | None:
        key = term if isinstance(term, bytes) else term.encode()
        self._at = bisect_left(self._words, key)
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        """The term that it stands on; None behind the last."""
        return self._words[self._at].decode() if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether it stands on a term."""
        return self._at < len(self._words)


class ArrayMatcher(LeafMatcher):
    """Walks the postings of a term."""

    def __init__(
        self, term: tuple[str, bytes], places: Places, info: TermInfo, format_: Any, scorer: Any
    ) -> None:
        self._term = term
        self._places = places
        self._info = info
        self._at = 0
        self.format = format_
        self.scorer = scorer

    def is_active(self) -> bool:
        return self._at < len(self._places.papers)

    def reset(self) -> None:
        self._at = 0

    def copy(self) -> ArrayMatcher:
        other = ArrayMatcher(self._term, self._places, self._info, self.format, self.scorer)
        other._at = self._at
        return other

    def id(self) -> int:
        return int(self._places.papers[self._at])

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:  # noqa: A002 (Whoosh's name)
        if not self.is_active():
            raise ReadTooFar
        self._at = max(self._at, int(np.searchsorted(self._places.papers, id)))

    def weight(self) -> float:
        return float(self._places.counts[self._at])

    def value(self) -> bytes:
        raise NotImplementedError("postings hold positions, not encoded values")

    def value_as(self, astype: str) -> list[int]:
        if astype != "positions":
            raise NotImplementedError(astype)
        start, count = self._places.starts[self._at], self._places.counts[self._at]
        return self._places.positions[start : start + count].tolist()  # type: ignore[no-any-return]

    def block_min_length(self) -> int:
        return self._info.min_length() or 0

    def block_max_length(self) -> int:
        return self._info.max_length()

    def block_max_weight(self) -> float:
        return self._info.max_weight()

    def skip_to_quality(self, minquality: float) -> int:
        skipped = 0
        if self.is_active() and self.scorer.block_quality(self) <= minquality:
            self._at = len(self._places.papers)  # all postings are one block
            skipped += 1
        return skipped


class ArrayDocuments(base.PerDocumentReader):
    """What is known of each document but its words: its id."""

    def __init__(self, segment: ArraySegment) -> None:
        self._segment = segment

    def doc_count(self) -> int:
        return self._segment.doc_count_all() - self._segment.deleted_count()

    def doc_count_all(self) -> int:
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        return self._segment.deleted_count() > 0

    def is_deleted(self, docnum: int) -> bool:
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> frozenset[int]:
        return self._segment.deleted_docs()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return int(self._segment.arrays.lengths(fieldname)[docnum]) or default

    def field_length(self, fieldname: str) -> int:
        return self._segment.arrays.length(fieldname)

    def min_field_length(self, fieldname: str) -> int:
        return int(self._segment.arrays.lengths(fieldname).min())

    def max_field_length(self, fieldname: str) -> int:
        return int(self._segment.arrays.lengths(fieldname).max())

    def stored_fields(self, docnum: int) -> dict[str, int]:
        return {"id": int(self._segment.arrays.ids[docnum])}
