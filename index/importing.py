"""The way in: records from files become papers of the library, a chunk a transaction."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError
from index.sources import Record, read_source
from index.store import Store, history, papers
from index.store.papers import Outcome
from index.views import ImportReport, Reject

Progress = Callable[[int, int], None]

CHUNK = 1000
"""Records a transaction: it holds the write lock for a fraction of a second."""

STANDARD_INPUT = "standard input"


def import_files(
    store: Store,
    files: Sequence[Path | None],
    *,
    format: str | None = None,  # noqa: A002
    stdin: BinaryIO | None = None,
    restore: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import files as one entry of the history; see ``Library.import_files``."""
    label = f"imported {_name(files[0]) if len(files) == 1 else f'{len(files)} files'}"
    with store.writing() as db:
        batch = papers.new_batch(db)
    outcomes: Counter[Outcome] = Counter()
    rejects: list[Reject] = []
    try:
        for file, report in zip(files, _shares(files, progress), strict=True):
            items = _read(file, format=format, stdin=stdin, progress=report)
            while chunk := list(itertools.islice(items, CHUNK)):
                records = [item for item in chunk if isinstance(item, Record)]
                rejects += [item for item in chunk if isinstance(item, Reject)]
                with store.writing() as db:
                    outcomes.update(
                        papers.add(
                            db,
                            record.paper,
                            batch=batch,
                            file=_name(file),
                            line=record.line,
                            restore=restore,
                        )
                        for record in records
                    )
    finally:
        # An import that was broken off is kept as far as it came, and can be undone.
        if outcomes[Outcome.ADDED]:
            with store.writing() as db:
                history.record_import(db, label, batch)
    return ImportReport(
        records=outcomes.total() + sum(reject.line > 0 for reject in rejects),
        added=outcomes[Outcome.ADDED],
        updated=outcomes[Outcome.UPDATED],
        unchanged=outcomes[Outcome.UNCHANGED],
        deleted=outcomes[Outcome.DELETED],
        rejects=tuple(rejects),
    )


def _read(
    file: Path | None,
    *,
    format: str | None,  # noqa: A002
    stdin: BinaryIO | None,
    progress: Progress | None,
) -> Iterator[Record | Reject]:
    try:
        yield from read_source(file, format=format, stdin=stdin, progress=progress)
    except SourceError as error:
        yield Reject(_name(file), 0, str(error))


def _name(file: Path | None) -> str:
    return STANDARD_INPUT if file is None else file.name


def _shares(files: Sequence[Path | None], progress: Progress | None) -> Iterable[Progress | None]:
    """For each file, a progress of its own that counts the bytes of all."""
    if progress is None:
        return [None] * len(files)
    sizes = [file.stat().st_size if file and file.is_file() else 0 for file in files]
    total = 0 if None in files else sum(sizes)
    starts = itertools.accumulate([0, *sizes[:-1]])
    return [_offset(progress, start, total) for start in starts]


def _offset(progress: Progress, start: int, total: int) -> Progress:
    return lambda done, _: progress(start + done, total)
