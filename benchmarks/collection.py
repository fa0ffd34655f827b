"""Test collections: documents, queries, and which documents answer which query.

In the formats of BEIR (Thakur et al., 2021): ``corpus.jsonl`` (``_id title text``),
``queries.jsonl`` (``_id text``) and a table of judgements (query, document, grade).
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from benchmarks.bm25 import STOP_WORDS, words
from benchmarks.corpus import Document, make

LONGEST_TEXT = 90_000  # characters
TITLE_WORDS = 12  # that stand for a title where there is none
QUERY_WORDS = (1, 2)  # of the title and of the abstract, in a made query


class Collection(NamedTuple):
    """Documents and queries by their ids, and for each query the grades of its documents."""

    documents: dict[str, Document]
    queries: dict[str, str]
    judged: Mapping[str, Mapping[str, int]]


def read_collection(documents: Path, queries: Path, judgements: Path) -> Collection:
    """A collection from its files, plain or .gz; only judged queries are kept."""
    judged = _judgements(judgements)
    return Collection(
        documents={
            str(fields["_id"]): _document(number, fields)
            for number, fields in enumerate(_objects(documents))
        },
        queries={
            str(fields["_id"]): str(fields["text"])
            for fields in _objects(queries)
            if str(fields["_id"]) in judged
        },
        judged=judged,
    )


def made_collection(papers: int, queries: int, seed: int = 1) -> Collection:
    """Known items: each query is a few words of one made paper, which alone is its answer."""
    documents = {paper.key: paper for paper in make(papers, seed)}
    chance = random.Random(seed)
    known = chance.sample(list(documents.values()), min(queries, papers))
    return Collection(
        documents,
        queries={paper.key: " ".join(_some_words(chance, paper)) for paper in known},
        judged={paper.key: {paper.key: 1} for paper in known},
    )


def _some_words(chance: random.Random, paper: Document) -> Iterator[str]:
    for text, count in zip((paper.title, paper.abstract), QUERY_WORDS, strict=True):
        telling = sorted({word for word in words(text) if word not in STOP_WORDS})
        yield from chance.sample(telling, min(count, len(telling)))


def _document(number: int, fields: Mapping[str, Any]) -> Document:
    text = str(fields.get("text") or "")[:LONGEST_TEXT]
    title = str(fields.get("title") or "").strip() or " ".join(text.split()[:TITLE_WORDS])
    return Document(f"document.{number}", title or "untitled", text, (), "", "")


def _judgements(file: Path) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    with _opened(file) as lines:
        for query, *_, document, grade in csv.reader(lines, delimiter="\t"):
            if grade.lstrip("-").isdigit():  # not the head of the table
                judged.setdefault(query, {})[document] = int(grade)
    return judged


def _objects(file: Path) -> Iterator[dict[str, Any]]:
    with _opened(file) as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _opened(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")
