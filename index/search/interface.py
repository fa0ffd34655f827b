"""What an engine of search does, whichever it is.

The one here keeps its index in files beside the library. One that serves many readers, or more
papers than a machine holds, does the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.progress import Progress
from index.search.highlight import Marker
from index.views import Completion, Explanation, Facet, Reason, Sort, Value


@dataclass(frozen=True, slots=True)
class Hits:
    """The papers that a query found, in their order.

    The first hundred are in order at once; the others are put in order when they are asked for.
    scores: one an id, descending; empty where relevance does not order the hits.
    """

    ids: Sequence[int]
    scores: Sequence[float] = ()


class Engine(Protocol):
    """Finds the papers of a store. Any number of threads may use it at once.

    Every method raises SearchError where the index cannot be read or written, and QueryError for a
    query that cannot be understood.
    """

    def catch_up(self, progress: Progress | None = None) -> int:
        """Apply what changed in the store since the last time; returns the papers applied.

        progress: called with the revisions done, and those there are.
        """

    def search(
        self,
        query: str,
        *,
        shelf: str = "",
        as_typed: bool = False,
        any_word: bool = False,
        sort: Sort = "relevance",
    ) -> Hits:
        """The papers that match a query, and a shelf (another query, which ranks nothing).

        as_typed: the last word is being typed. any_word: one of the words is enough. Hits of equal
        rank stand with the newer first, then the lower id; what nothing ranks stands in the order
        of its reading list, what ``is:opened`` as it was opened, the last first, and all else in
        the library's own, as with ``sort="added"``. A status of the query is one on the lists that
        the shelf names, where the query names none; and the other way round.
        """

    def facets(
        self,
        query: str,
        facet: Facet,
        *,
        shelf: str = "",
        as_typed: bool = False,
        any_word: bool = False,
        most: int = 50,
    ) -> list[Value]:
        """The values of a facet among the papers of a query, the most frequent first.

        Years stand newest first.
        """

    def fresh(self, query: str, after: int) -> int:
        """How many papers of a query have an id greater than ``after``: those that came since."""

    def similar(self, paper_id: int, limit: int) -> list[int]:
        """The papers most like one, the likest first."""

    def suggest(self, query: str, *, as_typed: bool = False) -> str | None:
        """The query with its unknown words put right; None where nothing is near."""

    def complete(self, text: str, cursor: int) -> Completion | None:
        """What may stand at the cursor of a query; None where nothing is known."""

    def explain(
        self, query: str, *, shelf: str = "", as_typed: bool = False, any_word: bool = False
    ) -> Explanation:
        """How a query is understood, and what each of its clauses finds in the whole library.

        shelf: another query, whose list is the one that a status is meant on.
        """

    def reasons(
        self, query: str, paper_id: int, *, as_typed: bool = False, any_word: bool = False
    ) -> tuple[Reason, ...]:
        """What puts a paper among the hits of a query."""

    def marker(self, query: str, *, as_typed: bool = False) -> Marker:
        """Marks what a query matched; nothing where it cannot be understood."""

    def close(self) -> None:
        """Let go of the files."""
