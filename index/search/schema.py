"""The schema: what is indexed of a paper, and how much each field weighs."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from whoosh import fields
from whoosh.analysis.analyzers import IDAnalyzer

from index.paper import Paper
from index.search.analysis import BREAK, PaperAnalyzer
from index.text import clean_line, fold, to_unicode

WEIGHTS = {"title": 4.0, "authors": 2.0, "abstract": 1.0, "venue": 1.0, "year": 1.0}
"""The fields of a word without a field, and what one occurrence in each counts for (BM25F)."""

LENGTH_NORMS = {"title": 0.3, "abstract": 0.7}
"""BM25F's b: 0, as for the others, leaves the length out of account, 1 divides by it."""

NAMED = ("categories", "source")
"""The fields that hold whole folded names."""

FIELDS = (*WEIGHTS, *NAMED)
"""All fields that hold terms."""

STEMMED = frozenset({"title", "abstract"})
"""The fields that hold English; names are found as written."""

SCHEMA = fields.Schema(
    id=fields.STORED(),
    **{name: fields.TEXT(analyzer=PaperAnalyzer()) for name in WEIGHTS},
    **{name: fields.TEXT(analyzer=IDAnalyzer()) for name in NAMED},
)
"""The fields as Whoosh knows them."""


class Document(NamedTuple):
    """A paper as it is indexed."""

    id: int
    texts: tuple[str, ...]  # one a field of WEIGHTS
    named: tuple[tuple[str, ...], ...]  # one a field of NAMED
    published: int  # year, month and day as 20240307; what is not known of it is 0
    venue: str
    authors: tuple[str, ...]
    source: str
    upvotes: int  # -1 where they are not known


def document(paper_id: int, paper: Paper) -> Document:
    """What is indexed of a paper."""
    authors = tuple(map(to_unicode, paper.authors))
    venue = to_unicode(paper.venue)
    texts = {
        "title": to_unicode(paper.title),
        "abstract": to_unicode(paper.abstract),
        "authors": BREAK.join(map(_given_first, authors)),
        "venue": venue,
        "year": str(paper.year or ""),
    }
    named = (tuple(map(_name, paper.categories)), (_name(paper.source),) * bool(paper.source))
    published = int((paper.published or "").replace("-", "").ljust(8, "0"))
    in_order = tuple(texts[field] for field in WEIGHTS)
    upvotes = -1 if paper.upvotes is None else min(paper.upvotes, 2**31 - 1)
    return Document(paper_id, in_order, named, published, venue, authors, paper.source, upvotes)


@lru_cache(maxsize=4096)
def _name(name: str) -> str:
    return fold(clean_line(name))


def _given_first(name: str) -> str:
    """``Song, Yuchen`` as ``Yuchen Song``, so that a name in quotes is found either way."""
    family, comma, given = name.partition(",")
    return f"{given} {family}" if comma and "," not in given else name
