"""Taking in: records from anywhere become papers of the library, some at a time a transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType

import apsw

from index.errors import PdfError
from index.restoring import Restoring
from index.sources import FeedToFollow, Item, LibraryRecord, Record, Skipped, Unread, UnreadPdf
from index.store import Store, follows, history, origins, papers, raws
from index.store.origins import Arrival
from index.store.papers import Outcome, Taken
from index.text import clean_line
from index.views import ImportReport, Reject

CHUNK = 1000
"""Records a transaction: it holds the write lock for a fraction of a second."""

MOST_REJECTS = 1000
"""Rejects that are told one by one; all are counted."""

MOST_SKIPPED = 10
"""Files of no known format that are told by their names; all are counted."""


class Intake:
    """One errand that brings papers: one batch, one entry of the history. A context.

    ``label`` says in the past tense what brought them (“imported refs.bib”), or is told what came
    with each transaction and says what that makes of it all. ``restore`` lets papers in that were
    deleted before; ``recorded``: whether the history has it; ``on_reject`` is told each record that
    is left out; ``attach`` is given the PDFs that papers were read from, each with its paper's id,
    and raises PdfError where it cannot keep one.
    """

    def __init__(
        self,
        store: Store,
        label: str | Callable[[Sequence[Taken]], str],
        *,
        restore: bool = False,
        recorded: bool = True,
        on_reject: Callable[[Reject], object] | None = None,
        attach: Callable[[int, Path], object] = lambda paper_id, pdf: None,
    ) -> None:
        self._store = store
        self._label = (lambda taken: label) if isinstance(label, str) else label
        self._restore = restore
        self._recorded = recorded
        self._on_reject = on_reject or (lambda reject: None)
        self._attach = attach
        self._from_pdfs: list[int] = []
        self._outcomes: Counter[Outcome] = Counter()
        self._rejects: list[Reject] = []
        self._rejected = self._unreadable = self._skipped = self._restored = 0
        self._skipped_files: list[str] = []
        self._restoring = Restoring(store)
        self._feeds: dict[str, str] = {}  # titles by address
        self._followed = 0
        self.stopped = False  # whether it is broken off: for its report
        with store.writing() as db:
            self.batch = papers.new_batch(db)  # of all that it brings

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
                self._followed = self._follow()
        finally:
            self._restoring.close()

    def ahead(self, item: Item) -> Item:
        """An item as it is to be taken in: a PDF that the library does not know is read now.

        That takes its time, during which nobody is to wait for the library.
        """
        if not isinstance(item, UnreadPdf):
            return item
        with self._store.reading() as db:
            is_known = origins.knows(db, _digest(item))
        return item if is_known else item.read()

    def take(self, items: Iterable[Item], place: str = "") -> list[Taken]:
        """Let records in, in one transaction. Returns what became of each, in their order.

        ``place`` is the file or folder that was named, of which a record knows its part. A record
        that the library has, of a paper that it holds, is known again and not even read.
        """
        taken: list[Taken] = []
        pdfs: list[tuple[Path, Taken]] = []
        with self._store.writing() as db:
            for item in items:
                match item:
                    case Record() | Unread() | UnreadPdf():
                        if one := self._let_in(db, item, place):
                            taken.append(one)
                            if isinstance(item, Record | UnreadPdf) and item.pdf:
                                pdfs.append((item.pdf, one))
                    case Reject():
                        self._leave_out(item)
                    case LibraryRecord():
                        self._restoring.take_library(item)
                    case FeedToFollow():
                        self._feeds.setdefault(item.url, item.title)
                    case Skipped(file):
                        self._skipped += 1
                        if self._skipped <= MOST_SKIPPED:
                            self._skipped_files.append(file)
            found = Counter(one.outcome for one in taken)
            # With its papers, not at the end: one that is killed can be undone too.
            changed = found[Outcome.ADDED] + found[Outcome.UPDATED]
            if self._recorded and changed:
                history.record_import(db, self._label(taken), self.batch, changed)
        self._outcomes += found
        for pdf, one in pdfs:
            self._keep(pdf, one)
        return taken

    def _follow(self) -> int:
        """Follow the feeds that were named, as one action; returns how many are new."""
        with self._store.reading() as db:
            known = {one.follow.what for one in follows.standings(db)}
        new = {url: title for url, title in self._feeds.items() if url not in known}
        if not new:
            return 0
        feeds = "a feed" if len(new) == 1 else f"{len(new):,} feeds"
        with self._store.action(f"followed {feeds}") as db:
            return sum(follows.put(db, "feed", url, title) for url, title in new.items())

    def _keep(self, pdf: Path, taken: Taken) -> None:
        """Attach the PDF that a paper was read from."""
        if taken.paper_id is None:
            return
        if taken.outcome is Outcome.ADDED:
            self._from_pdfs.append(taken.paper_id)
        try:
            self._attach(taken.paper_id, pdf)
        except PdfError as error:
            shown = clean_line(pdf.name)
            self._leave_out(Reject(shown, 0, f"{shown}: {error}"))

    def _let_in(
        self, db: apsw.Connection, item: Record | Unread | UnreadPdf, place: str
    ) -> Taken | None:
        """What becomes of a record; None where it cannot be read."""
        file = "/".join(filter(None, (place, item.file)))
        arrival = Arrival(self.batch, file, item.line, "", _digest(item))
        if arrival.digest and (known := origins.meet(db, arrival)) is not None:
            return Taken(Outcome.UNCHANGED, known)
        record = item if isinstance(item, Record) else item.read()
        if isinstance(record, Reject):
            self._leave_out(record)
            return None
        arrival = arrival._replace(raw=record.raw)
        return self._restoring.take(db, record, arrival, restore=self._restore)

    def _leave_out(self, reject: Reject) -> None:
        if len(self._rejects) < MOST_REJECTS:
            self._rejects.append(replace(reject, raw=""))  # a thousand of them may be large
        self._rejected += 1
        self._unreadable += reject.line == 0
        self._on_reject(reject)

    @property
    def report(self) -> ImportReport:
        """What came of it; whole once the context is left."""
        return ImportReport(
            records=self._outcomes.total() + self._rejected - self._unreadable + len(self._feeds),
            added=self._outcomes[Outcome.ADDED],
            updated=self._outcomes[Outcome.UPDATED],
            unchanged=self._outcomes[Outcome.UNCHANGED] + len(self._feeds) - self._followed,
            deleted=self._outcomes[Outcome.DELETED],
            restored=self._restored,
            rejected=self._rejected,
            rejects=tuple(self._rejects),
            skipped=self._skipped,
            skipped_files=tuple(self._skipped_files),
            followed=self._followed,
            stopped=self.stopped,
            from_pdfs=tuple(self._from_pdfs),
        )


def _digest(item: Record | Unread | UnreadPdf) -> bytes | None:
    """What a record is known again by; None where it was not kept as it came, or tells more."""
    if isinstance(item, UnreadPdf) or (isinstance(item, Record) and item.seal):
        return raws.digest(item.seal, "pdf")
    if isinstance(item, Unread):
        return raws.digest(item.raw, f"{item.format}\0{item.around}")
    if not item.raw or item.state:
        return None
    return raws.digest(item.raw, item.paper.model_dump_json())
