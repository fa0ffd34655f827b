"""Reading a file of papers: opened, its format recognised, and its records given one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO

from index.errors import SourceError
from index.sources import hf_page, jsonl
from index.sources.base import LibraryRecord, Record, Source
from index.sources.lines import Lines, Progress
from index.text import clean_line
from index.views import Reject

FORMATS: tuple[Source, ...] = (hf_page, jsonl)
"""Every format, in the order in which they are tried: the more particular first."""


def read_source(
    path: Path | None,
    *,
    format: str | None = None,  # noqa: A002
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Iterator[Record | LibraryRecord | Reject]:
    """The records of a file, and a Reject for each that cannot be taken in, in their order.

    Without a path, standard input is read, or the stream given for it. The format is recognised
    from the content, unless ``format`` names it. ``progress`` is told the bytes that are done and
    those of the whole file (0 where unknown). Raises SourceError where the file as a whole cannot
    be read.
    """
    source = None if format is None else _named(format)
    file = "standard input" if path is None else clean_line(path.name)
    try:
        with _open(path, stdin) as stream:
            lines = Lines(stream, file, progress)
            source = source or _recognised(lines)
            yield from source.read(lines)
    except OSError as error:
        raise SourceError(_complaint(path, error)) from error


def _open(path: Path | None, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path is None:
        return nullcontext(stdin or sys.stdin.buffer)
    try:
        return path.open("rb")
    except ValueError:  # a NUL in the name
        raise FileNotFoundError from None


def _named(name: str) -> Source:
    for source in FORMATS:
        if source.name == name:
            return source
    raise SourceError(f"There is no format “{clean_line(name)}”; {_formats()}.")


def _recognised(lines: Lines) -> Source:
    for source in FORMATS:
        if source.recognise(lines.head):
            return source
    beginning = lines.head[:1000].lstrip().lower()
    if beginning.startswith(("<!doctype html", "<html")):
        raise SourceError(f"{lines.file} is a web page; save it as text, which can be read.")
    raise SourceError(
        f"The format of {lines.file} is not recognised. Name it with --format; {_formats()}."
    )


def _formats() -> str:
    return "there are " + ", ".join(source.name for source in FORMATS)


def _complaint(path: Path | None, error: OSError) -> str:
    file = "Standard input" if path is None else clean_line(str(path))
    if isinstance(error, FileNotFoundError):
        return f"{file} does not exist."
    # Path.is_dir raises where the folder may not be searched or the name is too long.
    if path and os.path.isdir(path):  # noqa: PTH112
        return f"{file} is a folder; name the files in it."
    if isinstance(error, PermissionError):
        return f"You are not permitted to read {file}."
    return f"{file} cannot be read: {error.strerror or 'it broke off'}."
