"""The way in: records from files become papers of the library, a chunk a transaction."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError
from index.restoring import Restoring
from index.sources import LibraryRecord, Record, Skipped, read_source, size_of
from index.store import Store, history, papers
from index.store.papers import Outcome
from index.text import clean_line
from index.views import ImportReport, Reject

Progress = Callable[[int, int], None]

CHUNK = 1000
"""Records a transaction: it holds the write lock for a fraction of a second."""

MOST_REJECTS = 1000
"""Rejects that are told one by one; all are counted."""

STANDARD_INPUT = "standard input"


def import_files(
    store: Store,
    files: Sequence[Path | None],
    *,
    format: str | None = None,  # noqa: A002
    stdin: BinaryIO | None = None,
    restore: bool = False,
    recorded: bool = True,
    progress: Progress | None = None,
    on_reject: Callable[[Reject], object] | None = None,
) -> ImportReport:
    """Import files, ``recorded`` as one entry of the history; see ``Library.import_files``."""
    label = f"imported {_name(files[0]) if len(files) == 1 else f'{len(files)} files'}"
    with store.writing() as db:
        batch = papers.new_batch(db)
    outcomes: Counter[Outcome] = Counter()
    rejects: list[Reject] = []
    rejected = unreadable = skipped = 0
    with Restoring(store) as restoring:
        for file, report in zip(files, _shares(files, progress), strict=True):
            items = _read(file, format=format, stdin=stdin, progress=report)
            place = clean_line(str(file.absolute())) if file else STANDARD_INPUT
            while chunk := list(itertools.islice(items, CHUNK)):
                bad = [item for item in chunk if isinstance(item, Reject)]
                rejects += bad[: MOST_REJECTS - len(rejects)]
                rejected += len(bad)
                skipped += sum(isinstance(item, Skipped) for item in chunk)
                if on_reject:
                    for reject in bad:
                        on_reject(reject)
                for item in chunk:
                    if isinstance(item, LibraryRecord):
                        restoring.take_library(item)
                unreadable += sum(reject.line == 0 for reject in bad)
                with store.writing() as db:
                    found = Counter(
                        restoring.take(
                            db, item, batch=batch, file=_place(place, item), restore=restore
                        )
                        for item in chunk
                        if isinstance(item, Record)
                    )
                    # With its papers, not at the end: one that is killed can be undone too.
                    if recorded and (changed := _changed(found)):
                        history.record_import(db, label, batch, changed)
                outcomes += found
        restored = restoring.finish()
    return ImportReport(
        records=outcomes.total() + rejected - unreadable,
        added=outcomes[Outcome.ADDED],
        updated=outcomes[Outcome.UPDATED],
        unchanged=outcomes[Outcome.UNCHANGED],
        deleted=outcomes[Outcome.DELETED],
        restored=restored,
        rejected=rejected,
        rejects=tuple(rejects),
        skipped=skipped,
    )


def _read(
    file: Path | None,
    *,
    format: str | None,  # noqa: A002
    stdin: BinaryIO | None,
    progress: Progress | None,
) -> Iterator[Record | LibraryRecord | Reject | Skipped]:
    try:
        yield from read_source(file, format=format, stdin=stdin, progress=progress)
    except SourceError as error:
        yield Reject(_name(file), 0, str(error))


def _place(named: str, record: Record) -> str:
    """Where a record is from: the file that was named, or the one in it."""
    return f"{named}/{record.file}" if record.file else named


def _changed(outcomes: Counter[Outcome]) -> int:
    return outcomes[Outcome.ADDED] + outcomes[Outcome.UPDATED]


def _name(file: Path | None) -> str:
    return STANDARD_INPUT if file is None else clean_line(file.name)


def _shares(files: Sequence[Path | None], progress: Progress | None) -> Iterable[Progress | None]:
    """For each file, a progress of its own that counts the bytes of all."""
    if progress is None:
        return [None] * len(files)
    sizes = [size_of(file) for file in files]
    total = 0 if None in files else sum(sizes)
    starts = itertools.accumulate([0, *sizes[:-1]])
    return [_offset(progress, start, total) for start in starts]


def _offset(progress: Progress, start: int, total: int) -> Progress:
    return lambda done, _: progress(start + done, total)
