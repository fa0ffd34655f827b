"""The index on disk: its folder, its lock, and a seal that tells whether the files are whole.

Whoosh's files are written once and never changed. After each commit the seal is replaced: it holds
the store's revision that the index has reached, and size and checksum of every file. Files that do
not bear out the seal are removed, and the index is built anew from the store.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import json
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.util.filelock import FileLock

from index.errors import SearchError
from index.search.schema import SCHEMA

FORMAT = 1  # of schema, analysis and seal together: another format is built anew
_NAME = "MAIN"
_SEAL = "seal.json"
_PAUSE = 0.05  # seconds between two tries for the lock


class _Seal(NamedTuple):
    revision: int
    files: dict[str, list[int]]  # size and checksum of each


class Folder:
    """The folder of an index. Created, readable by its owner alone, where it is missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o700)
        except OSError as error:
            raise SearchError(f"The index cannot be kept in {path}: {error.strerror}.") from error

    @contextmanager
    def lock(self, seconds: float) -> Iterator[bool]:
        """Hold the index for writing; gives False where another process held it all the time."""
        lock = FileLock(str(self.path / "lock"))
        until = time.monotonic() + seconds
        while not (held := lock.acquire()) and time.monotonic() < until:
            time.sleep(_PAUSE)
        try:
            yield held
        finally:
            if held:
                lock.release()

    def revision(self) -> int:
        """The store's revision that the index has reached; 0 for an empty one."""
        seal = self._seal()
        return seal.revision if seal else 0

    def stamp(self) -> tuple[int, int]:
        """Another value after each commit, by whichever process."""
        try:
            found = (self.path / _SEAL).stat()
        except OSError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns

    def whole(self) -> bool:
        """Whether every file is as it was when it was sealed. Reads them all."""
        seal = self._seal()
        if not seal:
            return False
        return all(self._check(name) == check for name, check in seal.files.items())

    def index(self) -> FileIndex:
        """The index as Whoosh knows it."""
        return FileIndex(FileStorage(str(self.path)), schema=SCHEMA, indexname=_NAME)

    def reader(self) -> IndexReader:
        """A new reader of the last commit. Opened afresh: Whoosh's refresh keeps deleted papers."""
        reader: IndexReader = self.index().reader()
        return reader

    def seal(self, revision: int) -> None:
        """Write down that the index, as its files are now, has reached a revision."""
        names = sorted(path.name for path in self.path.iterdir() if _is_whoosh(path.name))
        files = {name: self._check(name) for name in names}
        fresh = self.path / f"{_SEAL}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, "revision": revision, "files": files}, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / _SEAL)

    def clear(self) -> None:
        """Start again with an empty index."""
        (self.path / _SEAL).unlink(missing_ok=True)
        for path in self.path.iterdir():
            if _is_whoosh(path.name):
                path.unlink(missing_ok=True)
        FileIndex.create(FileStorage(str(self.path)), SCHEMA, _NAME)
        self.seal(0)

    def _seal(self) -> _Seal | None:
        try:
            seal = json.loads((self.path / _SEAL).read_bytes())
            if seal["format"] != FORMAT:
                return None
            return _Seal(int(seal["revision"]), dict(seal["files"]))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def _check(self, name: str) -> list[int]:
        """Size and checksum of a file; empty where it cannot be read."""
        size = check = 0
        try:
            with (self.path / name).open("rb") as file:
                while block := file.read(1 << 20):
                    size += len(block)
                    check = zlib.crc32(block, check)
        except OSError:
            return []
        return [size, check]


def _is_whoosh(name: str) -> bool:
    return name.startswith((f"{_NAME}_", f"_{_NAME}_")) and "LOCK" not in name
