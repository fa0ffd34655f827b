"""The lines of a file: bytes in any common encoding and of any size become short pieces of text."""

from __future__ import annotations

import codecs
import io
import os
import re
import stat
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from index.errors import SourceError
from index.progress import Progress, untold
from index.views import Reject

CHUNK = 1 << 18
"""Bytes read at a time."""

HEAD = 1 << 16
"""Bytes that a format is recognised from."""

LONGEST_LINE = 4 << 20
"""Bytes of the longest line that is read. No record of a paper is nearly as long."""

LONGEST_RECORD = LONGEST_LINE
"""Characters of the longest record that goes over several lines."""

_BINARY = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x7fELF": "a program",
    b"SQLite format 3\x00": "an SQLite database",
}
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.05  # the share of them in text; random bytes have twice as many

# The longer marks first: UTF-32's begins as UTF-16's does.
_WIDE = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class UnknownFormatError(SourceError):
    """A file whose content is of no format that is known."""


class Line(NamedTuple):
    """One line without its end, and its number, counted from 1."""

    number: int
    text: str


class Lines:
    """The lines of one file, to be read once; a line that is too long comes as a Reject.

    Text is UTF-8, or UTF-16 or UTF-32 with a byte order mark. Bytes that are no UTF-8 are read as
    Windows-1252, one by one, because real collections mix the two. A line ends at a line feed (with
    or without a carriage return before it) and at no other character; where the file begins without
    any line feed, at a carriage return.

    ``head`` is the beginning of the text, up to HEAD bytes of it, its lines parted by line feeds.
    """

    def __init__(self, stream: BinaryIO, file: str, progress: Progress | None = None) -> None:
        """Read the beginning. Raises UnknownFormatError where it is empty or no text."""
        self.file = file
        self._stream = stream
        self._progress = progress or untold
        self._first = stream.read(CHUNK)
        self._wide = next(
            (name for mark, name in _WIDE.items() if self._first.startswith(mark)), ""
        )
        self.head = _decode(self._first[:HEAD], self._wide)
        self._refuse_binary()
        self._end = b"\r" if "\r" in self.head and "\n" not in self.head else b"\n"
        if self._end == b"\r":
            self.head = self.head.replace("\r", "\n")

    def __iter__(self) -> Iterator[Line | Reject]:
        number = 1
        pending = b""
        cut = False  # whether the beginning of the pending line was let go
        for chunk in self._chunks():
            *ended, pending = (pending + chunk).split(self._end)
            for line in ended:
                yield self._line(number, line, cut)
                number += 1
                cut = False
            if cut or len(pending) > LONGEST_LINE:
                pending = b""
                cut = True
        if pending or cut:
            yield self._line(number, pending, cut)

    def pieces(self) -> Iterator[Line]:
        """The text with the ends of its lines, a whole line or up to CHUNK bytes of it at a time.

        For formats in which a line may be as long as the file.
        """
        number = 1
        pending = b""
        for chunk in self._chunks():
            *ended, pending = (pending + chunk).split(self._end)
            for line in ended:
                yield Line(number, _decode(line.removesuffix(b"\r")) + "\n")
                number += 1
            if len(pending) > CHUNK:
                whole = _whole_characters(pending)
                yield Line(number, _decode(pending[:whole]))
                pending = pending[whole:]
        if pending:
            yield Line(number, _decode(pending))

    def reject(self, line: int, reason: str, raw: str = "") -> Reject:
        """A record of this file that is left out."""
        return Reject(self.file, line, reason, raw)

    def _line(self, number: int, line: bytes, cut: bool) -> Line | Reject:
        if cut or len(line) > LONGEST_LINE:
            return self.reject(number, f"the line is longer than {LONGEST_LINE >> 20} MB")
        return Line(number, _decode(line.removesuffix(b"\r")))

    def _chunks(self) -> Iterator[bytes]:
        """The bytes of the file, those of a wide encoding as UTF-8."""
        decoder = codecs.getincrementaldecoder(self._wide)("replace") if self._wide else None
        total = _size(self._stream)
        done = 0
        chunk = self._first
        while chunk:
            yield decoder.decode(chunk).encode() if decoder else chunk
            done += len(chunk)
            self._progress(done, total)
            chunk = self._stream.read(CHUNK)
        if decoder:
            yield decoder.decode(b"", final=True).encode()

    def _refuse_binary(self) -> None:
        for magic, what in _BINARY.items():
            if self._first.startswith(magic):
                raise UnknownFormatError(f"{self.file} is {what}, not a text file with papers.")
        if not self.head:
            raise UnknownFormatError(f"{self.file} is empty.")
        if not self.head.strip():
            raise UnknownFormatError(f"{self.file} holds nothing but white space.")
        if len(_CONTROLS.findall(self.head)) > _MOST_CONTROLS * len(self.head):
            raise UnknownFormatError(f"{self.file} is not text.")


def _decode(line: bytes, wide: str = "") -> str:
    """The text of some bytes. A byte order mark goes; files put together have one at each seam."""
    text = line.decode(wide, "replace") if wide else line.decode("utf-8", "windows-1252")
    return text.removeprefix("\ufeff")


def _whole_characters(text: bytes) -> int:
    """How many bytes of a text there are without a character of UTF-8 that is cut at its end."""
    for back in range(1, min(4, len(text)) + 1):
        if text[-back] & 0xC0 == 0xC0:
            return len(text) - back
        if text[-back] < 0x80:
            break
    return len(text)


def _read_as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows-1252, and the five bytes which that lacks as Latin-1."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    try:
        return wrong.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


codecs.register_error("windows-1252", _read_as_windows)


def _size(stream: BinaryIO) -> int:
    """The bytes of a file on disk; 0 for a pipe, or anything else whose end is not known."""
    try:
        status = os.fstat(stream.fileno())
    except io.UnsupportedOperation:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0
