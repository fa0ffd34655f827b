"""The way in: records from files become papers of the library, a chunk a transaction."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError
from index.intake import CHUNK, Intake
from index.progress import Progress, Stop, never
from index.sources import Item, Record, Unread, read_source, size_of
from index.store import Store
from index.store.origins import STANDARD_INPUT
from index.text import clean_line
from index.views import ImportReport, Reject

LARGEST_CHUNK = 16 << 20
"""Characters of records that are held at once; a thousand common ones have a tenth of it."""


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
    stop: Stop = never,
    attach: Callable[[int, Path], object] = lambda paper_id, pdf: None,
) -> ImportReport:
    """Import files, ``recorded`` as one entry of the history; see ``Library.import_files``."""
    label = f"imported {_name(files[0]) if len(files) == 1 else f'{len(files)} files'}"
    with Intake(
        store, label, restore=restore, recorded=recorded, on_reject=on_reject, attach=attach
    ) as intake:
        for file, report in zip(files, _shares(files, progress), strict=True):
            found = _read(file, format=format, stdin=stdin, progress=report)
            items = map(intake.ahead, found)
            place = clean_line(str(file.absolute())) if file else STANDARD_INPUT
            while not intake.stopped and (chunk := _chunk(items)):
                if stop():
                    intake.stopped = True
                else:
                    intake.take(chunk, place)
    return intake.report


def _chunk(items: Iterator[Item]) -> list[Item]:
    """The next records: a chunk, or fewer where they are large, or take their time as PDFs do."""
    chunk: list[Item] = []
    size, until = 0, time.monotonic() + 1
    for item in items:
        chunk.append(item)
        size += len(item.raw) if isinstance(item, Record | Unread | Reject) else 0
        if len(chunk) == CHUNK or size > LARGEST_CHUNK or time.monotonic() > until:
            break
    return chunk


def _read(
    file: Path | None,
    *,
    format: str | None,  # noqa: A002
    stdin: BinaryIO | None,
    progress: Progress | None,
) -> Iterator[Item]:
    try:
        yield from read_source(file, format=format, stdin=stdin, progress=progress)
    except SourceError as error:
        yield Reject(_name(file), 0, str(error))


def _name(file: Path | None) -> str:
    if file is None:
        return STANDARD_INPUT
    # “.” and “..” have names of their own.
    return clean_line(file.name if file.name not in ("", "..") else file.resolve().name or "/")


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
