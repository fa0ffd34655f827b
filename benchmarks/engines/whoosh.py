"""Whoosh as it comes."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from whoosh import fields, scoring
from whoosh.analysis.analyzers import StemmingAnalyzer
from whoosh.index import create_in, open_dir
from whoosh.qparser.default import MultifieldParser
from whoosh.qparser.plugins import FuzzyTermPlugin

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
    Marked,
    Node,
    Not,
    Phrase,
    Query,
    Wildcard,
    Word,
    Years,
)

MEMORY = 256  # megabytes that the writer may use before it writes a segment


class Whoosh:
    """Its stemming analyser, its query parser, BM25F and its own codec."""

    name: ClassVar[str] = "Whoosh"
    setting: ClassVar[str] = f"stemming analyser, BM25F, limitmb={MEMORY}; 1 process, 1 thread"
    most: ClassVar[int | None] = 100_000

    @staticmethod
    def files(folder: Path) -> Path:
        """The folder holds nothing else."""
        return folder

    @classmethod
    def build(cls, folder: Path, corpus: Path) -> Mapping[str, float]:
        """Add the papers with one writer."""
        folder.mkdir(parents=True)
        texts = {name: fields.TEXT(analyzer=StemmingAnalyzer()) for name in WEIGHTS}
        schema = fields.Schema(
            number=fields.STORED(),
            name=fields.STORED(),
            year=fields.NUMERIC(int),
            **texts,
        )
        start = time.perf_counter()
        _add(create_in(str(folder), schema).writer(limitmb=MEMORY), corpus, 0)
        return {"index": time.perf_counter() - start}

    def __init__(self, folder: Path) -> None:
        self._index = open_dir(str(folder))
        self._parser = MultifieldParser(list(WEIGHTS), self._index.schema, fieldboosts=WEIGHTS)
        self._parser.add_plugin(FuzzyTermPlugin())
        self._open()

    def _open(self) -> None:
        self._searcher = self._index.searcher(weighting=scoring.BM25F())

    def search(self, query: Query, rows: int = ROWS, *, count: bool = False) -> Found:
        """The best rows; counting goes through all matches."""
        parsed = self._parser.parse(_text(query.tree))
        results = self._searcher.search(parsed, limit=rows)
        shown = [(int(hit["number"]), str(hit["name"])) for hit in results]
        return Found(shown, len(results) if count else None)

    def add(self, corpus: Path) -> None:
        """Add the papers with one writer, and open a new searcher."""
        _add(self._index.writer(limitmb=MEMORY), corpus, self._index.doc_count())
        self._searcher.close()
        self._open()

    def close(self) -> None:
        """Close the searcher and the index."""
        self._searcher.close()
        self._index.close()


def _add(writer: Any, corpus: Path, last: int) -> None:
    for number, paper in enumerate(read(corpus), last + 1):
        writer.add_document(
            number=number,
            name=paper.title,
            year=paper.year,
            title=paper.title,
            abstract=paper.abstract,
            authors="; ".join(paper.authors),
            venue=paper.venue,
        )
    writer.commit()


def _text(node: Node) -> str:
    """A tree in the language of Whoosh's parser."""
    match node:
        case Word(text) | Wildcard(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Begins(text):
            return f"{text}*"
        case Fuzzy(text, edits):
            return f"{text}~{edits}"
        case All(clauses):
            return f"({' AND '.join(map(_text, clauses))})"
        case Either(clauses):
            return f"({' OR '.join(map(_text, clauses))})"
        case Not(clause):
            return f"NOT {_text(clause)}"
        case In(field, clause):
            return f"{ {'author': 'authors'}.get(field, field) }:{_text(clause)}"
        case Years(first, last):
            return f"year:[{first} TO {last}]"
        case Everything():
            return "*"
        case Marked():
            raise CannotError("Whoosh knows no marks")


ENGINE = Whoosh
