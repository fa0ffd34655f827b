"""SQLite's full-text search: FTS5 with Porter's stemmer and BM25, through apsw."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import ClassVar

import apsw

from benchmarks.corpus import Document, read
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
from benchmarks.workload import READ_EACH, STARRED_EACH, TAG, TAGGED_EACH

_SCHEMA = """
CREATE VIRTUAL TABLE found USING fts5(
    title, abstract, authors, venue, content='', tokenize='porter unicode61');
CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, year INTEGER);
CREATE INDEX papers_by_year ON papers (year);
CREATE TABLE marks (kind TEXT, name TEXT, paper INTEGER, PRIMARY KEY (kind, name, paper))
    WITHOUT ROWID;
"""


class Fts5:
    """An index without the texts, and beside it a table of titles, years and marks."""

    name: ClassVar[str] = "SQLite FTS5"
    setting: ClassVar[str] = "porter unicode61, bm25, WAL, 256 MB of cache; 1 thread"
    most: ClassVar[int | None] = None

    @staticmethod
    def files(folder: Path) -> Path:
        """The folder holds nothing else."""
        return folder

    @classmethod
    def build(cls, folder: Path, corpus: Path) -> Mapping[str, float]:
        """Insert the papers in one transaction."""
        folder.mkdir(parents=True)
        db = _connect(folder)
        start = time.perf_counter()
        with db:
            db.execute(_SCHEMA)
            _insert(db, read(corpus))
        indexed = time.perf_counter()
        for kind, name, each in (
            ("tag", TAG, TAGGED_EACH),
            ("is", "starred", STARRED_EACH),
            ("is", "read", READ_EACH),
        ):
            marked = "INSERT INTO marks SELECT ?, ?, id FROM papers WHERE id % ? = 1"
            db.execute(marked, (kind, name, each))
        db.close()
        return {"index": indexed - start}

    def __init__(self, folder: Path) -> None:
        self._db = _connect(folder)
        weights = ", ".join(map(str, WEIGHTS.values()))
        self._best = f"bm25(found, {weights})"

    def search(self, query: Query, rows: int = ROWS, *, count: bool = False) -> Found:
        """The best rows; counting is a query of its own."""
        match, where, values = _parts(query.tree)
        if match:
            source = f"found JOIN papers ON papers.id = found.rowid WHERE found MATCH ?{where}"
            order, values = self._best, [match, *values]
        else:
            source = f"papers WHERE 1{where}"
            order = "papers.id"
        select = f"SELECT papers.id, papers.title FROM {source} ORDER BY {order} LIMIT {rows}"
        shown = [(int(number), str(title)) for number, title in self._db.execute(select, values)]
        hits = self._db.execute(f"SELECT count(*) FROM {source}", values).get if count else None
        return Found(shown, hits)

    def add(self, corpus: Path) -> None:
        """Insert the papers in a transaction."""
        with self._db:
            _insert(self._db, read(corpus))

    def close(self) -> None:
        """Close the database."""
        self._db.close()


def _connect(folder: Path) -> apsw.Connection:
    db = apsw.Connection(str(folder / "papers.db"))
    for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -262144"):
        db.execute(f"PRAGMA {pragma}").fetchall()
    return db


def _insert(db: apsw.Connection, documents: Iterable[Document]) -> None:
    last = db.execute("SELECT coalesce(max(id), 0) FROM papers").get
    for number, paper in enumerate(documents, last + 1):
        db.execute("INSERT INTO papers VALUES (?, ?, ?)", (number, paper.title, paper.year))
        db.execute(
            "INSERT INTO found (rowid, title, abstract, authors, venue) VALUES (?, ?, ?, ?, ?)",
            (number, paper.title, paper.abstract, "; ".join(paper.authors), paper.venue),
        )


def _parts(tree: Node) -> tuple[str, str, list[str | int]]:
    """What FTS5 answers, and what is asked of the other tables: SQL and its values."""
    match, where = [], ""
    values: list[str | int] = []
    negated: list[str] = []
    for clause in tree.clauses if isinstance(tree, All) else (tree,):
        match clause:
            case Everything():
                pass
            case Years(first, last):
                where += " AND papers.year BETWEEN ? AND ?"
                values += [first, last]
            case Marked() | Not(Marked()):
                inner, no = (clause.clause, "NOT ") if isinstance(clause, Not) else (clause, "")
                where += (
                    f" AND {no}EXISTS (SELECT 1 FROM marks"
                    " WHERE kind = ? AND name = ? AND paper = papers.id)"
                )
                assert isinstance(inner, Marked)
                values += [inner.kind, inner.name]
            case All():
                nested, _, _ = _parts(clause)
                match.append(nested)
            case Not(inner):
                negated.append(_expression(inner))
            case _:
                match.append(_expression(clause))
    together = " AND ".join(match)
    for expression in negated:
        together = f"({together}) NOT {expression}"
    return together, where, values


def _expression(node: Node) -> str:
    match node:
        case Word(text) | Phrase(text):
            return f'"{text}"'
        case Begins(text):
            return f'"{text}"*'
        case All(clauses):
            return f"({' AND '.join(map(_expression, clauses))})"
        case Either(clauses):
            return f"({' OR '.join(map(_expression, clauses))})"
        case In(field, clause):
            column = {"author": "authors"}.get(field, field)
            return f"{column} : ({_expression(clause)})"
        case Wildcard() | Fuzzy():
            raise CannotError("FTS5 has no such queries")
    raise CannotError(f"{node} stands where no expression can")


ENGINE = Fts5
