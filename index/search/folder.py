"""The index on disk: its folder, its lock, and the commit that says which files it is made of.

Files are written once and never changed. A commit is one small file, replaced whole: it names the
segments, says which of their papers are deleted, whose papers they are, and which revision of the
store they have reached. A process that is killed at any moment leaves the last commit, and files
that no commit names, which the next writer removes.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import json
import os
import sys
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from whoosh.util.filelock import FileLock

from index.errors import SearchError
from index.search.segments.arrays import PREFIX

FORMAT = 3  # of schema, analysis, segments and commit together: another format is built anew
_COMMIT = "commit.json"
_HOLDER = "writer.json"
_PAUSE = 0.05  # seconds between two tries for the lock


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment of a commit."""

    name: str  # of its file
    papers: int  # those deleted included
    deleted: int = 0
    deletions: str = ""  # the file of the numbers of the deleted papers; empty where there are none


@dataclass(frozen=True, slots=True)
class Commit:
    """What the index is made of."""

    identity: str = ""  # of the store
    revision: int = 0  # of the store, that the index has reached
    generation: int = 0  # of the index: grows with every commit
    segments: tuple[Entry, ...] = field(default=())

    def files(self) -> set[str]:
        """The files that the commit names."""
        return {name for entry in self.segments for name in (entry.name, entry.deletions) if name}


class Folder:
    """The folder of an index. Created, readable by its owner alone, where it is missing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._make()

    def _make(self) -> None:
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
        except OSError as error:
            why = f"The index cannot be kept in {self.path}: {error.strerror}."
            raise SearchError(why) from error

    @contextmanager
    def lock(self, seconds: float) -> Iterator[bool]:
        """Hold the index for writing; gives False where another process held it all the time."""
        self._make()  # it may be deleted at any time
        lock = FileLock(str(self.path / "lock"))
        until = time.monotonic() + seconds
        try:
            while not (held := lock.acquire()) and time.monotonic() < until:
                time.sleep(_PAUSE)
        except OSError as error:
            raise SearchError(f"The search index cannot be used: {error.strerror}.") from error
        if not held:
            yield False
            return
        holder = self.path / _HOLDER
        try:
            with suppress(OSError):  # it only tells others who writes
                command = Path(sys.argv[0]).name or "python"
                holder.write_text(json.dumps({"pid": os.getpid(), "command": command}))
            yield True
        finally:
            with suppress(OSError):
                holder.unlink(missing_ok=True)
            lock.release()

    def holder(self) -> str:
        """Who holds the index for writing, as ``carrel (process 123)``; empty where nobody does."""
        self._make()
        lock = FileLock(str(self.path / "lock"))
        if lock.acquire():  # what a killed process wrote of itself says nothing
            lock.release()
            return ""
        try:
            found = json.loads((self.path / _HOLDER).read_bytes())
            return f"{found['command']} (process {int(found['pid'])})"
        except (OSError, ValueError, TypeError, KeyError):
            return ""

    def commit(self) -> Commit | None:
        """The last commit; None where there is none that can be read, or only of another format."""
        try:
            found = json.loads((self.path / _COMMIT).read_bytes())
            if found["format"] != FORMAT or found["check"] != _check(found["commit"]):
                return None
            entries = tuple(Entry(**entry) for entry in found["commit"].pop("segments"))
            return Commit(**found["commit"], segments=entries)
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def stamp(self) -> tuple[int, int]:
        """Another value after each commit, by whichever process."""
        try:
            found = (self.path / _COMMIT).stat()
        except OSError:
            return 0, 0
        return found.st_ino, found.st_mtime_ns

    def replace(self, commit: Commit) -> None:
        """Make a commit the last one. What it names is on disk by then."""
        body = asdict(commit)
        written = {"format": FORMAT, "check": _check(body), "commit": body}
        fresh = self.path / f"{_COMMIT}.new"
        with fresh.open("w", encoding="utf-8") as file:
            json.dump(written, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / _COMMIT)
        self._sync()

    def tidy(self, commit: Commit) -> None:
        """Remove the files of segments that a commit does not name."""
        kept = commit.files()
        for path in self.path.iterdir():
            if path.name not in kept and _is_ours(path.name):
                try:
                    path.unlink(missing_ok=True)
                except PermissionError:  # a system that keeps open files: the next writer does it
                    continue

    def clear(self) -> None:
        """Start again with an empty index."""
        last = self.commit()
        empty = Commit(generation=last.generation + 1 if last else 0)
        self.replace(empty)
        self.tidy(empty)

    def _sync(self) -> None:
        """Let a rename survive a loss of power, where the system can promise that."""
        if os.name == "posix":
            handle = os.open(self.path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _check(commit: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(commit, sort_keys=True).encode())


def _is_ours(name: str) -> bool:
    return name.startswith((PREFIX, f"_{PREFIX}")) or name == "seal.json"
