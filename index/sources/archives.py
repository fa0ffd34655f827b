"""What is packed, unpacked as it is read: gzip, and the files of a zip archive.

No file of an archive is written to disk, and what unpacks to far more than any text does is a trap,
and is left.
"""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, BinaryIO, cast

from index.errors import SourceError
from index.sources.lines import CHUNK
from index.text import clean_line

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"

LARGEST = 64 << 30
"""Bytes that an archive may unpack to; all of arXiv's metadata is a tenth of it."""

MOST_TIMES = 200
"""How many times larger an archive may become; text becomes 3 to 30 times as large."""

FREE = 16 << 20
"""Bytes that any archive may unpack to."""

MOST_FILES = 100_000
"""Files of one archive."""

_STEP = 1 << 16  # bytes unpacked at a time

BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, gzip.BadGzipFile, RuntimeError, ValueError)
"""What is raised where an archive is cut off, damaged, encrypted, or packed in an unknown way."""


class Peeked(io.RawIOBase):
    """A stream of which the first bytes are looked at; ``done`` counts the bytes that were read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.beneath = stream
        self.first = self._ahead = stream.read(CHUNK)
        self.done = 0

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; none only at the end."""
        if self._ahead:
            chunk, self._ahead = self._ahead[:size], self._ahead[size:]
        else:
            chunk = self.beneath.read(size)
        self.done += len(chunk)
        return chunk

    def fileno(self) -> int:
        """The number of the file beneath."""
        return self.beneath.fileno()


class _Allowance:
    """What an archive may unpack to, all its files together."""

    def __init__(self, file: str, packed: Callable[[], int]) -> None:
        self._file = file
        self._packed = packed  # bytes that went in so far
        self._done = 0

    def spend(self, count: int) -> None:
        """Count bytes that came out. Raises SourceError where they are too many."""
        self._done += count
        if self._done > FREE and self._done > MOST_TIMES * self._packed():
            raise SourceError(f"{self._file} unpacks to more than {MOST_TIMES} times its size.")
        if self._done > LARGEST:
            raise SourceError(f"{self._file} unpacks to more than {LARGEST >> 30} GB.")


class _Unpacked(io.RawIOBase):
    """What comes out of an archive, to be read once."""

    def __init__(self, open_: Callable[[], IO[bytes]], file: str, allowance: _Allowance) -> None:
        self._open = open_
        self._file = file
        self._allowance = allowance
        self._stream: IO[bytes] | None = None
        self._broken = False

    def read(self, size: int = -1) -> bytes:
        """Up to ``size`` bytes; fewer at the end and before it breaks off, then SourceError."""
        parts: list[bytes] = []
        left = size
        while left > 0 and not self._broken:
            try:
                self._stream = self._stream or self._open()
                part = self._stream.read(min(left, _STEP))
            except BROKEN:
                self._broken = True
                break
            if not part:
                break
            self._allowance.spend(len(part))
            parts.append(part)
            left -= len(part)
        if self._broken and not parts:
            raise SourceError(f"{self._file} is damaged or encrypted, and is read no further.")
        return b"".join(parts)


def ungzipped(stream: Peeked, file: str) -> BinaryIO:
    """What a gzip file holds; reading it raises SourceError where it breaks off or is a trap."""

    def unpack() -> IO[bytes]:
        return cast(IO[bytes], gzip.GzipFile(fileobj=cast(BinaryIO, stream)))

    return cast(BinaryIO, _Unpacked(unpack, file, _Allowance(file, lambda: stream.done)))


def unzipped(stream: Peeked, file: str) -> Iterator[tuple[str, BinaryIO, int]]:
    """The files of a zip archive but hidden ones: name, content, and the packed bytes before it.

    Raises SourceError where it is no archive that can be read; so does reading a content.
    """
    with _seekable(stream) as whole:
        size = whole.seek(0, io.SEEK_END)
        try:
            archive = zipfile.ZipFile(whole)
        except BROKEN:
            raise SourceError(f"{file} is a damaged zip archive.") from None
        members = [one for one in archive.infolist() if not one.is_dir()]
        if len(members) > MOST_FILES:
            raise SourceError(f"{file} holds more than {MOST_FILES:,} files.")
        allowance = _Allowance(file, lambda: size)
        before = 0
        for member in members:
            if not is_hidden(member.filename):
                name = clean_line(member.filename)
                unpack = partial(archive.open, member)
                content = cast(BinaryIO, _Unpacked(unpack, f"{file}/{name}", allowance))
                yield name, content, min(before, size)
            before += member.compress_size


def is_hidden(path: str) -> bool:
    """Whether a file, or a folder that it is in, is hidden, or one that macOS adds to archives."""
    return any(part.startswith(".") or part == "__MACOSX" for part in path.split("/"))


@contextmanager
def _seekable(stream: Peeked) -> Iterator[IO[bytes]]:
    """A stream in which one can go back: a zip archive has its list of files at the end."""
    if stream.beneath.seekable():
        yield stream.beneath
        return
    with tempfile.TemporaryFile() as copy:
        while chunk := stream.read(1 << 20):
            copy.write(chunk)
        yield copy
