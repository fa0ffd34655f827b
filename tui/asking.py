"""What the desk asks of the library, and what it is told: all of it runs in a thread of its own."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.errors import NotFoundError, QueryError
from index.views import ClauseHits, Explanation, Facet, Reason, Result, Row, Sort, Value

if TYPE_CHECKING:
    from index.library import Library

AROUND = 100  # rows that come with a result, around the cursor
FEW = 5  # hits; where there are fewer, something may help

SORTS: dict[Sort, str] = {
    "relevance": "relevance",
    "date": "date",
    "added": "date added",
    "title": "title",
    "upvotes": "upvotes",
}
"""The orders of results, with their names."""

_LIKE = re.compile(r"\s*similar:(\d{1,18})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ask:
    """What is searched. ``shelf`` is the query that stands for it."""

    query: str
    shelf: str
    as_typed: bool
    any_word: bool = False
    sort: Sort = "relevance"
    reading_list: str = ""  # the one whose papers these are: their rows say how far one is there

    def of(self, library: Library) -> Result:
        """Have a library searched. Raises QueryError and SearchError."""
        return library.search(
            self.query,
            shelf=self.shelf,
            as_typed=self.as_typed,
            any_word=self.any_word,
            sort=self.sort,
        )

    def rows(self, library: Library, ids: Sequence[int]) -> list[Row]:
        """The rows of papers that were found. Raises QueryError."""
        return library.rows(ids, self.query, as_typed=self.as_typed, reading_list=self.reading_list)

    def facet(self, library: Library, facet: Facet) -> list[Value]:
        """The values of a facet among what is found. Raises QueryError and SearchError."""
        return library.facets(
            self.query,
            facet,
            shelf=self.shelf,
            as_typed=self.as_typed,
            any_word=self.any_word,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where someone stands in the results: the paper, its position, and the first one in view."""

    paper_id: int = 0
    cursor: int = 0
    top: int = 0


START = Place()
"""The best of the hits."""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to an ask: the result, where to stand in it, and the rows around there."""

    ask: Ask
    result: Result
    place: Place
    rows: list[Row]
    like: str = ""  # the title of the paper that the others are like, if that was the question


@dataclass(frozen=True, slots=True)
class Why:
    """How a query was understood, and what puts a paper among its hits, if one was asked about."""

    explanation: Explanation
    title: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """What may help where a query finds few papers or none."""

    meant: str = ""  # a query that may have been meant
    any_hits: int = 0  # the papers that hold any of the words, where they are more
    clauses: tuple[ClauseHits, ...] = ()  # what each part of the query finds in the library


def find(library: Library, ask: Ask, place: Place) -> Found:
    """Search, and find the place again in what was found. Raises QueryError and SearchError."""
    result = ask.of(library)
    cursor = min(place.cursor, max(0, len(result.ids) - 1))
    if place.paper_id and list(result.ids[cursor : cursor + 1]) != [place.paper_id]:
        with contextlib.suppress(ValueError):
            cursor = list(result.ids).index(place.paper_id)
    top = max(0, place.top + cursor - place.cursor)
    near = result.ids[max(0, cursor - AROUND) : cursor + AROUND]
    rows = ask.rows(library, near)
    return Found(ask, result, Place(place.paper_id, cursor, top), rows, _like(library, ask.query))


def _like(library: Library, query: str) -> str:
    found = _LIKE.fullmatch(query)
    rows = library.rows([int(found[1])]) if found else []
    return rows[0].title if rows else ""


def advise(library: Library, ask: Ask, hits: int) -> Advice:
    """What may help with a query that finds few papers. Raises SearchError."""
    meant: str | None = None
    clauses: tuple[ClauseHits, ...] = ()
    any_hits = 0
    with contextlib.suppress(QueryError, NotFoundError):  # it is not finished yet
        if not hits:
            clauses = _explanation(library, ask).clauses
            meant = library.suggest(ask.query, shelf=ask.shelf, as_typed=ask.as_typed)
        if not ask.any_word:
            any_hits = len(
                library.search(ask.query, shelf=ask.shelf, as_typed=ask.as_typed, any_word=True).ids
            )
    return Advice(meant or "", any_hits if any_hits > hits else 0, clauses)


def explain(library: Library, ask: Ask, row: Row | None) -> Why:
    """Why a query finds what it finds, and one paper. Raises QueryError and SearchError."""
    explanation = _explanation(library, ask)
    if row is None:
        return Why(explanation)
    reasons = library.reasons(ask.query, row.id, as_typed=ask.as_typed, any_word=ask.any_word)
    return Why(explanation, row.title, reasons)


def _explanation(library: Library, ask: Ask) -> Explanation:
    return library.explain(ask.query, shelf=ask.shelf, as_typed=ask.as_typed, any_word=ask.any_word)
