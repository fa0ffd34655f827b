"""tantivy, the search library in Rust, through its Python binding."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import tantivy

from benchmarks.corpus import read
from benchmarks.engines import ROWS, WEIGHTS, Found
from benchmarks.queries import (
    All,
    Begins,
    CannotError,
    Either,
    Everything,
    Fuzzy,
    In,
    Node,
    Not,
    Phrase,
    Query,
    Wildcard,
    Word,
    Years,
)

MEMORY = 256 << 20  # bytes that the writer may use before it writes a segment
THREADS = 2  # of the writer


class Tantivy:
    """Fields in the stemming analyser for English; the number and the title of a paper stored.

    All fields weigh the same: it adds up their scores, and ranks worse when titles weigh more.
    """

    name: ClassVar[str] = "tantivy"
    setting: ClassVar[str] = f"en_stem, BM25; indexes in {THREADS} threads, searches in 1"
    most: ClassVar[int | None] = None

    @staticmethod
    def files(folder: Path) -> Path:
        """The folder holds nothing else."""
        return folder

    @classmethod
    def build(cls, folder: Path, corpus: Path) -> Mapping[str, float]:
        """Add the papers with one writer, and wait for its merges."""
        folder.mkdir(parents=True)
        schema = tantivy.SchemaBuilder().add_integer_field("number", stored=True)
        schema.add_integer_field("year", indexed=True, fast=True)
        for name in WEIGHTS:
            stored = name == "title"
            schema.add_text_field(name, stored=stored, tokenizer_name="en_stem")
        start = time.perf_counter()
        _add(tantivy.Index(schema.build(), path=str(folder)), corpus, 0)
        return {"index": time.perf_counter() - start}

    def __init__(self, folder: Path) -> None:
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def search(self, query: Query, rows: int = ROWS, *, count: bool = False) -> Found:
        """The best rows. Without counting, it may leave out what cannot be among them."""
        found = self._searcher.search(self._query(query.tree), rows, count=count)
        shown = []
        for _, address in found.hits:
            paper = self._searcher.doc(address)
            shown.append((int(paper["number"][0]), str(paper["title"][0])))
        return Found(shown, found.count if count else None)  # type: ignore[attr-defined]

    def add(self, corpus: Path) -> None:
        """Add the papers with one writer, and open a new searcher."""
        _add(self._index, corpus, self._searcher.num_docs)
        self._index.reload()
        self._searcher = self._index.searcher()

    def close(self) -> None:
        """Nothing is held open."""

    def _query(self, node: Node) -> tantivy.Query:
        if not _holds_fuzzy(node):
            return self._index.parse_query(
                _text(node), list(WEIGHTS), conjunction_by_default=True, allow_regexes=True
            )
        match node:
            case Fuzzy(text, edits):
                fields = [
                    tantivy.Query.fuzzy_term_query(self._index.schema, name, text, edits)
                    for name in WEIGHTS
                ]
                return tantivy.Query.or_should_match(*fields)
            case All(clauses):
                return tantivy.Query.and_must_match(*map(self._query, clauses))
        raise CannotError(f"no fuzzy word is expected in {node}")


def _holds_fuzzy(node: Node) -> bool:
    match node:
        case Fuzzy():
            return True
        case All(clauses) | Either(clauses):
            return any(map(_holds_fuzzy, clauses))
    return False


def _add(index: tantivy.Index, corpus: Path, last: int) -> None:
    writer = index.writer(MEMORY, THREADS)
    for number, paper in enumerate(read(corpus), last + 1):
        writer.add_document(
            tantivy.Document(
                number=number,
                year=paper.year,
                title=paper.title,
                abstract=paper.abstract,
                authors="; ".join(paper.authors),
                venue=paper.venue,
            )
        )
    writer.commit()
    writer.wait_merging_threads()


def _text(node: Node) -> str:
    """A tree in the language of tantivy's parser."""
    match node:
        case Word(text):
            return f'"{text}"' if "-" in text else text
        case Phrase(text):
            return f'"{text}"'
        case Begins(text):
            return _anywhere(f"/{text}.*/")
        case Wildcard(text):
            return _anywhere(f"/{text.replace('?', '.').replace('*', '.*')}/")
        case All(clauses):
            positive = [_text(clause) for clause in clauses if not isinstance(clause, Not)]
            negative = [_text(clause.clause) for clause in clauses if isinstance(clause, Not)]
            return (
                f"({' '.join(['+' + one for one in positive] + ['-' + one for one in negative])})"
            )
        case Either(clauses):
            return f"({' OR '.join(map(_text, clauses))})"
        case In(field, clause):
            return f"{ {'author': 'authors'}.get(field, field) }:{_text(clause)}"
        case Years(first, last):
            return f"year:[{first} TO {last}]"
        case Everything():
            return "*"
    raise CannotError(f"tantivy's parser knows no {node}")


def _anywhere(regex: str) -> str:
    """A pattern in any of the fields: the parser wants one named."""
    return f"({' OR '.join(f'{field}:{regex}' for field in WEIGHTS)})"


ENGINE = Tantivy
