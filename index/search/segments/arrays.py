"""A file of named arrays: written once, read through a memory map.

Layout, all numbers little-endian: eight bytes that name the format, the sections one after the
other, each aligned to 64 bytes, the checksum of every block, the table of contents as JSON, and a
trailer that holds the lengths and checksums of the last two. Opening reads the trailer and the
table; a block is checked as it is first read.
"""

from __future__ import annotations

import json
import mmap
import os
import secrets
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

MAGIC = b"carrel\x00\x02"
PREFIX = "MAIN_"  # of every file; Whoosh calls an index MAIN that has no other name
BLOCK = 1 << 16  # bytes that share a checksum
_ALIGNMENT = 64
_TRAILER = struct.Struct("<QQII8s")  # blocks checksummed, length of the table, two checksums, magic

Array = NDArray[Any]
Docs = NDArray[np.int32]
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]
Bools = NDArray[np.bool_]


class DamagedError(Exception):
    """A file is not as it was written."""


class ArrayWriter:
    """Writes sections."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._end = len(MAGIC)
        self._sections: dict[str, tuple[str, int, int]] = {}
        self._file.write(MAGIC)

    def add(self, name: str, array: Array) -> None:
        """Write an array of one dimension."""
        self.reserve(name, array.dtype, len(array))(array)

    def reserve(self, name: str, dtype: np.dtype[Any], most: int) -> Callable[[Array], None]:
        """Make room for an array of ``most`` items at the most; returns what appends to it."""
        little = dtype.newbyteorder("<")
        start = -(-self._end // _ALIGNMENT) * _ALIGNMENT
        self._end = start + most * little.itemsize
        self._sections[name] = (little.str, start, 0)

        def append(piece: Array) -> None:
            _, _, count = self._sections[name]
            self._file.seek(start + count * little.itemsize)
            self._file.write(np.ascontiguousarray(piece, little).view(np.uint8).data)
            self._sections[name] = (little.str, start, count + len(piece))

        return append

    def finish(self, facts: dict[str, Any]) -> None:
        """Write the checksums and the table, with what else is to be known of the file."""
        blocks = -(-self._end // BLOCK)
        self._fill(blocks * BLOCK)
        self._file.seek(0)
        read = (self._file.read(BLOCK) for _ in range(blocks))
        checks = np.fromiter(map(zlib.crc32, read), "<u4", blocks).tobytes()
        table = json.dumps({"facts": facts, "sections": self._sections}).encode()
        ends = (blocks, len(table), zlib.crc32(checks), zlib.crc32(table), MAGIC)
        self._file.write(checks + table + _TRAILER.pack(*ends))

    def _fill(self, end: int) -> None:
        """Write zeros after each section, as far as they share a block with one, up to ``end``.

        They would be holes else: some file systems need room to read a hole that is mapped, and
        where the disk is full by then they end the process.
        """
        at = len(MAGIC)
        filled = [
            (start, start + count * np.dtype(kind).itemsize)
            for kind, start, count in self._sections.values()
        ]
        for start, stop in (*filled, (end, end)):
            for left, right in ((at, min(at + BLOCK, start)), (max(at, start - BLOCK), start)):
                self._file.seek(left)
                self._file.write(bytes(right - left))
            at = stop


def fresh(folder: Path, ending: str = "seg") -> Path:
    """A file that is not there yet, for a segment or for the deletions of one."""
    return folder / f"{PREFIX}{secrets.token_hex(8)}.{ending}"


@contextmanager
def writing(path: Path, facts: dict[str, Any]) -> Iterator[ArrayWriter]:
    """Write a file of arrays; it is on disk when this returns, and removed where this fails.

    ``facts``, which may be filled until the end, are small and become JSON.
    """
    try:
        with path.open("x+b") as file:
            writer = ArrayWriter(file)
            yield writer
            writer.finish(facts)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


class ArrayFile:
    """A file of arrays, mapped. Raises DamagedError here and wherever a block is read."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_size < len(MAGIC) + _TRAILER.size:
                raise self._damaged()
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        end = len(self._map) - _TRAILER.size
        blocks, length, check, table_check, magic = _TRAILER.unpack_from(self._map, end)
        checks_at = blocks * BLOCK
        if magic != MAGIC or checks_at + 4 * blocks + length != end:
            raise self._damaged()
        checks, table = self._map[checks_at : end - length], self._map[end - length : end]
        if zlib.crc32(checks) != check or zlib.crc32(table) != table_check:
            raise self._damaged()
        found = json.loads(table)
        self.facts: dict[str, Any] = found["facts"]
        self._sections: dict[str, tuple[str, int, int]] = found["sections"]
        self._checks: list[int] = np.frombuffer(checks, "<u4").tolist()
        self._checked = np.zeros(blocks, bool)

    def __getitem__(self, name: str) -> Section:
        dtype, start, count = self._sections[name]
        return Section(self, np.frombuffer(self._map, dtype, count, start), start)

    def names(self) -> list[str]:
        """The sections."""
        return list(self._sections)

    def check(self, start: int, stop: int) -> None:
        """Check the blocks that hold some bytes, where that has not been done."""
        first, last = start // BLOCK, -(-stop // BLOCK)
        if self._checked[first:last].all():
            return
        view = memoryview(self._map)
        for block in range(first, last):
            if not self._checked[block]:
                at = block * BLOCK
                if zlib.crc32(view[at : at + BLOCK]) != self._checks[block]:
                    raise self._damaged()
                self._checked[block] = True

    def check_all(self) -> None:
        """Check every block."""
        self.check(0, len(self._checks) * BLOCK)

    def release(self) -> None:
        """Let the system take back the memory of what has been read."""
        if hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def _damaged(self) -> DamagedError:
        return DamagedError(f"{self.name} is not as it was written.")


class Section:
    """One array of a file."""

    def __init__(self, file: ArrayFile, array: Array, start: int) -> None:
        self._file = file
        self._array = array
        self._start = start
        self.dtype = array.dtype

    def __len__(self) -> int:
        return len(self._array)

    def read(self, start: int, stop: int) -> Array:
        """``array[start:stop]``, checked; a view of the file."""
        size = self._array.itemsize
        self._file.check(self._start + start * size, self._start + stop * size)
        return self._array[start:stop]

    def whole(self) -> Array:
        """The array, checked; a view of the file."""
        return self.read(0, len(self._array))


def smallest(array: Array) -> Array:
    """The array in the smallest unsigned integers that hold it."""
    most = int(array.max()) if len(array) else 0
    return array.astype(np.min_scalar_type(most), copy=False)


def gaps(ends: Array) -> Ints:
    """The lengths of runs that lie side by side, from where each begins and the last ends."""
    wide: Ints = ends.astype(np.int64)
    return np.diff(wide)


def ragged(starts: Array, lengths: Array) -> Ints:
    """The indices of runs, one after the other: ``starts[i]`` and the ``lengths[i] - 1`` next."""
    lengths = lengths.astype(np.int64, copy=False)
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - (ends - lengths), lengths) + np.arange(total)
