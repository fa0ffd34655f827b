"""Papers that came in twice: found, merged into one, or set apart for good."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.errors import NotFoundError
from index.keeping.room import Ids, Room, done, many
from index.progress import Progress
from index.store import merging, papers, reading, rows
from index.text import capital, counted
from index.views import Comparison, Done, Pair


class Duplicates(Room):
    """The room of duplicates."""

    def find(self, progress: Progress | None = None) -> tuple[Pair, ...]:
        """The pairs of papers that may be one, the surest first (see ``index.duplicates``).

        ``progress`` is told how many papers are read, of how many; then how many pairs are
        compared. What it raises ends the search.
        """
        from index.duplicates import find

        with self._store.reading() as db:
            return find(db, progress)

    def exact(self, pairs: Iterable[Pair]) -> list[list[int]]:
        """The groups of papers that exact pairs join, in each the paper to keep first."""
        from index.duplicates import exact

        with self._store.reading() as db:
            return exact(db, pairs)

    def compare(self, one: int, other: int) -> Comparison:
        """Two papers side by side. Raises NotFoundError where one is gone."""
        from index.duplicates import names

        with self._store.reading() as db:
            known = [names(paper) for _, paper in reading.fetch(db, [one, other])]
            first, second = rows.detail(db, one), rows.detail(db, other)
        if first is None or second is None or len(known) < 2:
            raise NotFoundError("One of these papers is no longer in this library.")
        shared = sorted(known[0] & known[1])
        return Comparison(first, second, tuple((name.scheme, name.value) for name in shared))

    def merge(self, keep: int, others: Ids) -> Done:
        """Let one paper take others in (see ``index.store.merging``). They are gone then.

        Raises NotFoundError where no other paper is named.
        """
        gone = [paper for paper in many(others) if paper != keep]
        self._titled([keep, *gone])
        if not gone:
            raise NotFoundError("To merge papers, name at least two.")
        return self.merge_all([[keep, *gone]])

    def merge_all(self, groups: Iterable[Sequence[int]]) -> Done:
        """Merge each group of papers into the first of it, as one action.

        Papers that are gone meanwhile are passed over.
        """
        groups = [list(group) for group in groups]
        with self._store.reading() as db:
            missing = set(papers.missing(db, [paper for group in groups for paper in group]))
        left = [[paper for paper in group if paper not in missing] for group in groups]
        left = [group for group in left if len(group) > 1]
        if not left:
            return Done("There is nothing to merge.", 0)
        gone = sum(map(len, left)) - len(left)
        into = self._titled([group[0] for group in left]) if len(left) == 1 else f"{len(left):,}"
        did = f"merged {counted(gone)} into {into}"
        with self._store.action(did) as db:
            for keep, *others in left:
                merging.merge(db, keep, others)
        return Done(f"{capital(did)}.", gone)

    def apart(self, one: int, other: int) -> Done:
        """Keep that two papers are two: they are found no more."""
        if one == other:
            raise NotFoundError("To set papers apart, name two.")
        what = f"{self._titled([one])} and {self._titled([other])}"
        did = f"set {what} apart"
        with self._store.action(did) as db:
            changed = merging.part(db, one, other)
        return done(changed, f"{capital(did)}.", "They are apart already.")
