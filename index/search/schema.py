"""The schema: what is indexed of a paper, and how much each field weighs."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from typing import Any

from whoosh import columns, fields

from index.paper import Paper
from index.search.analysis import BREAK, PaperAnalyzer
from index.text import to_unicode

WEIGHTS = {"title": 4.0, "authors": 2.0, "abstract": 1.0, "venue": 1.0, "year": 1.0}
"""The fields of a word without a field, and what one occurrence in each counts for (BM25F)."""

LENGTH_NORMS = {"title": 0.3, "authors": 0.0, "abstract": 0.6, "venue": 0.0, "year": 0.0}
"""BM25F's b: 0 leaves a field's length out of account, 1 divides by it."""

STEMMED = frozenset({"title", "abstract"})
"""The fields that hold English; names are found as written."""

SCHEMA = fields.Schema(
    **{name: fields.TEXT(analyzer=PaperAnalyzer()) for name in WEIGHTS},
    id=fields.COLUMN(columns.NumericColumn("q")),
    published=fields.COLUMN(columns.NumericColumn("i")),  # the year, or 0: ties are broken by it
)


def document(paper_id: int, paper: Paper) -> dict[str, Any]:
    """The fields of a paper as Whoosh's writer takes them."""
    year = paper.year or 0
    return {
        "id": paper_id,
        "published": year,
        "title": to_unicode(paper.title),
        "abstract": to_unicode(paper.abstract),
        "authors": BREAK.join(_given_first(to_unicode(name)) for name in paper.authors),
        "venue": to_unicode(paper.venue),
        "year": str(year or ""),
    }


def _given_first(name: str) -> str:
    """``Song, Yuchen`` as ``Yuchen Song``, so that a name in quotes is found either way."""
    family, comma, given = name.partition(",")
    return f"{given} {family}" if comma and "," not in given else name
