"""Reading papers from a file, an archive or a folder: recognised, and given one by one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from index.errors import SourceError
from index.progress import Progress, untold
from index.sources import (
    acl_xml,
    arxiv_dump,
    beir,
    bibtex,
    csl_json,
    csv_table,
    hf_page,
    hf_page_html,
    jsonl,
    opml,
    pdf,
    plugins,
    ris,
)
from index.sources.archives import GZIP, ZIP, Peeked, ungzipped, unzipped
from index.sources.base import (
    FeedToFollow,
    LibraryRecord,
    Record,
    Skipped,
    Source,
    Unread,
    UnreadPdf,
)
from index.sources.folders import files_in, size_of
from index.sources.lines import Lines, UnknownFormatError
from index.text import capital, clean_line
from index.views import Reject

FORMATS: tuple[Source, ...] = (
    bibtex,
    ris,
    acl_xml,
    opml,
    hf_page_html,
    csl_json,
    arxiv_dump,
    beir,
    jsonl,
    csv_table,
    hf_page,
)
"""Every format of carrel's own, in the order in which they are tried: the more particular first."""

STANDARD_INPUT = "standard input"

Item = Record | Unread | UnreadPdf | LibraryRecord | FeedToFollow | Reject | Skipped
"""What a file, an archive or a folder gives."""


def read_source(
    path: Path | None,
    *,
    format: str | None = None,  # noqa: A002
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
) -> Iterator[Item]:
    """The records of a file, and a Reject for each that cannot be taken in, in their order.

    Without a path, standard input is read, or the stream given for it. What is packed with gzip or
    zip is unpacked; of a folder all files are read, those in its folders too. The format is
    recognised from the content, unless ``format`` names it; files of a folder or an archive that
    are of no known format are Skipped. A PDF that is a file of its own is a paper. Records that
    stand by themselves come Unread. ``progress`` is told the bytes that are done and those of the
    whole file (0 where unknown). Raises SourceError where the file as a whole cannot be read.
    """
    yield from _Reading(format).items(path, stdin, progress or untold)


def check_format(name: str) -> None:
    """Raises SourceError, which names the formats there are, where none has this name."""
    _Reading(name)


class _Reading:
    """Reads what is named, in a format that is named or in any that is known."""

    def __init__(self, format_: str | None) -> None:
        found = plugins.sources()
        self._complaints = list(found.complaints)
        # What somebody installed for a format is meant for it, also where one of ours would do.
        self._formats = (*found.found, *FORMATS)
        self._named = None if format_ is None else self._format(format_)

    def items(
        self, path: Path | None, stdin: BinaryIO | None, progress: Progress
    ) -> Iterator[Item]:
        """What a file or a folder holds."""
        file = STANDARD_INPUT if path is None else clean_line(path.name)
        # Path.is_dir raises where the folder may not be searched or the name is too long.
        if path and os.path.isdir(path):  # noqa: PTH112
            yield from self._folder(path, file or clean_line(str(path)), progress)
        else:
            try:
                yield from self._file(path, stdin, file, progress)
            except SourceError as error:
                said = str(error)  # a sentence, also where it begins with “standard input”
                raise SourceError(capital(said) if path is None else said) from error

    def _folder(self, folder: Path, name: str, progress: Progress) -> Iterator[Item]:
        total, done, found = size_of(folder), 0, False
        for path in files_in(folder):
            place = clean_line(path.relative_to(folder).as_posix())
            before, size = done, size_of(path)

            def told(now: int, _: int, before: int = before) -> None:
                progress(before + now, total)

            try:
                for item in self._file(path, None, f"{name}/{place}", told):
                    found = found or not isinstance(item, Skipped)
                    yield _within(place, item)
            except UnknownFormatError:
                yield Skipped(f"{name}/{place}")
            except SourceError as error:
                found = True
                yield Reject(f"{name}/{place}", 0, str(error))
            done += size
            progress(done, total)
        if not found:
            raise UnknownFormatError(f"{name} holds no file with papers.")

    def _file(
        self, path: Path | None, stdin: BinaryIO | None, file: str, progress: Progress
    ) -> Iterator[Item]:
        try:
            with _open(path, stdin) as stream:
                peeked = Peeked(stream)
                if path and not self._named and pdf.is_one(peeked.first, file):
                    yield pdf.unread(path, file)
                    progress(size_of(path), size_of(path))
                elif peeked.first.startswith(ZIP):
                    yield from self._zip(peeked, file, size_of(path), progress)
                elif peeked.first.startswith(GZIP):
                    size = size_of(path)
                    unpacked = ungzipped(peeked, file)
                    yield from self._text(unpacked, file, lambda *_: progress(peeked.done, size))
                else:
                    yield from self._text(cast(BinaryIO, peeked), file, progress)
        except OSError as error:
            raise SourceError(_complaint(path, error)) from error

    def _zip(self, stream: Peeked, file: str, size: int, progress: Progress) -> Iterator[Item]:
        found = holds_pdfs = False
        skipped: list[Skipped] = []
        for place, content, before in unzipped(stream, file):
            progress(before, size)
            within = f"{file}/{place}"
            try:
                packed = Peeked(content)
                holds_pdfs = holds_pdfs or packed.first.startswith(pdf.MAGIC)
                if packed.first.startswith(GZIP):
                    content = ungzipped(packed, within)
                else:
                    content = cast(BinaryIO, packed)
                for item in self._text(content, within, untold):
                    found = True
                    yield _within(place, item)
            except UnknownFormatError:
                skipped.append(Skipped(within))
            except SourceError as error:
                found = True
                yield Reject(within, 0, str(error))
        progress(size, size)
        if holds_pdfs and not found:
            raise SourceError(f"{file} holds PDFs: unpack it, and import the folder.")
        if not found:  # a document of an office, say: it is one file to whoever has it
            raise UnknownFormatError(f"{file} holds no file with papers.")
        yield from skipped

    def _text(
        self, stream: BinaryIO, file: str, progress: Progress
    ) -> Iterator[Record | Unread | LibraryRecord | FeedToFollow | Reject]:
        lines = Lines(stream, file, progress)
        source = self._named or self._recognised(lines)
        empty = True
        for item in source.read(lines):
            empty = False
            yield item
        if empty:
            raise SourceError(f"{file} holds no paper that can be read as {source.name}.")

    def _format(self, name: str) -> Source:
        for source in self._formats:
            if source.name == name:
                return source
        raise SourceError(self._said(f"There is no format “{clean_line(name)}”; {self._known()}."))

    def _recognised(self, lines: Lines) -> Source:
        for source in self._formats:
            try:
                if source.recognise(lines.head):
                    return source
            except SourceError as error:
                self._complaints.append(str(error))
        beginning = lines.head[:1000].lstrip().lower()
        if beginning.startswith(("<!doctype html", "<html")):
            raise UnknownFormatError(
                f"{lines.file} is a web page; save it as text, which can be read."
            )
        raise UnknownFormatError(
            self._said(
                f"The format of {lines.file} is not recognised. Name it with --format; "
                f"{self._known()}."
            )
        )

    def _said(self, sentence: str) -> str:
        """A sentence, and what keeps a plug-in from being used, which may be why."""
        return " ".join([sentence, *dict.fromkeys(self._complaints)])

    def _known(self) -> str:
        return "there are " + ", ".join(source.name for source in self._formats)


def _within(place: str, item: Item) -> Item:
    """A record with its file's place in a folder or an archive."""
    if not isinstance(item, Record | Unread | UnreadPdf):
        return item
    return replace(item, file=f"{place}/{item.file}" if item.file else place)


def _open(path: Path | None, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if path is None:
        return nullcontext(stdin or sys.stdin.buffer)
    try:
        return path.open("rb")
    except ValueError:  # a NUL in the name
        raise FileNotFoundError from None


def _complaint(path: Path | None, error: OSError) -> str:
    file = "Standard input" if path is None else clean_line(str(path))
    if isinstance(error, FileNotFoundError):
        return f"{file} does not exist."
    if isinstance(error, PermissionError):
        return f"You are not permitted to read {file}."
    return f"{file} cannot be read: {error.strerror or 'it broke off'}."
