"""Taking in: records from anywhere become papers of the library, some at a time a transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from types import TracebackType

from index.restoring import Restoring
from index.sources import LibraryRecord, Record, Skipped
from index.store import Store, history, papers
from index.store.papers import Outcome, Taken
from index.views import ImportReport, Reject

Item = Record | LibraryRecord | Reject | Skipped

CHUNK = 1000
"""Records a transaction: it holds the write lock for a fraction of a second."""

MOST_REJECTS = 1000
"""Rejects that are told one by one; all are counted."""


class Intake:
    """One errand that brings papers: one batch, one entry of the history. A context.

    ``label`` says in the past tense what brought them: “imported refs.bib”. ``restore`` lets
    papers in that were deleted before; ``recorded``: whether the history has it; ``on_reject`` is
    told each record that is left out.
    """

    def __init__(
        self,
        store: Store,
        label: str,
        *,
        restore: bool = False,
        recorded: bool = True,
        on_reject: Callable[[Reject], object] | None = None,
    ) -> None:
        self._store = store
        self._label = label
        self._restore = restore
        self._recorded = recorded
        self._on_reject = on_reject or (lambda reject: None)
        self._outcomes: Counter[Outcome] = Counter()
        self._rejects: list[Reject] = []
        self._rejected = self._unreadable = self._skipped = self._restored = 0
        self._restoring = Restoring(store)
        with store.writing() as db:
            self._batch = papers.new_batch(db)

    def __enter__(self) -> Intake:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._restored = self._restoring.finish()
        finally:
            self._restoring.close()

    def take(self, items: Iterable[Item], place: str = "") -> list[Taken]:
        """Let records in, in one transaction. Returns what became of each Record, in their order.

        ``place`` is the file or folder that was named, of which a record knows its part.
        """
        records: list[Record] = []
        for item in items:
            match item:
                case Record():
                    records.append(item)
                case Reject():
                    self._leave_out(item)
                case LibraryRecord():
                    self._restoring.take_library(item)
                case Skipped():
                    self._skipped += 1
        with self._store.writing() as db:
            taken = [
                self._restoring.take(
                    db,
                    record,
                    batch=self._batch,
                    file="/".join(filter(None, (place, record.file))),
                    restore=self._restore,
                )
                for record in records
            ]
            found = Counter(one.outcome for one in taken)
            # With its papers, not at the end: one that is killed can be undone too.
            changed = found[Outcome.ADDED] + found[Outcome.UPDATED]
            if self._recorded and changed:
                history.record_import(db, self._label, self._batch, changed)
        self._outcomes += found
        return taken

    def _leave_out(self, reject: Reject) -> None:
        if len(self._rejects) < MOST_REJECTS:
            self._rejects.append(reject)
        self._rejected += 1
        self._unreadable += reject.line == 0
        self._on_reject(reject)

    @property
    def report(self) -> ImportReport:
        """What came of it; whole once the context is left."""
        return ImportReport(
            records=self._outcomes.total() + self._rejected - self._unreadable,
            added=self._outcomes[Outcome.ADDED],
            updated=self._outcomes[Outcome.UPDATED],
            unchanged=self._outcomes[Outcome.UNCHANGED],
            deleted=self._outcomes[Outcome.DELETED],
            restored=self._restored,
            rejected=self._rejected,
            rejects=tuple(self._rejects),
            skipped=self._skipped,
        )
