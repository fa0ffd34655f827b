"""The folder of PDFs: files that come whole or not at all, and are never written over."""

from __future__ import annotations

import filecmp
import itertools
import os
import re
import secrets
import stat
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from index.errors import PdfError
from index.exports.files import file_name, reason
from index.text import clean_line

LARGEST = 200 << 20
"""Bytes of the largest PDF that is kept."""

HEAD = 1024
"""Bytes within which a PDF says that it is one."""

_STEP = 1 << 20
_PART = ".part"
_OWN = re.compile(r"[a-z0-9_-]+\.pdf|\.carrel-[0-9a-f]+\.part")  # names that are given here
_ABANDONED = 24 * 3600.0  # seconds after which what was not finished is nobody's any more


class PdfFiles:
    """The files of one library's PDFs. Safe to use from any thread and any process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, name: str) -> Path | None:
        """Where a file is; None where it is not there."""
        path = self._folder / name
        return path if path.is_file() else None

    def existing(self, name: str) -> Path:
        """Where a file is. Raises PdfError where it is not there."""
        if path := self.path(name):
            return path
        raise PdfError(f"The file {clean_line(name)} is gone from the library.")

    @contextmanager
    def part(self) -> Iterator[BinaryIO]:
        """A new file to be written; it goes again unless it is kept. Raises PdfError."""
        path = self._folder / f".carrel-{secrets.token_hex(8)}{_PART}"
        try:
            with self._sentences():
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                file = path.open("x+b")
            with self._sentences(), file:
                yield file
        finally:
            with suppress(OSError):
                path.unlink(missing_ok=True)

    def copy(self, source: Path, part: BinaryIO) -> None:
        """Copy a PDF of the reader's. Raises PdfError where it is none, or too large."""
        with opened(source) as file:
            done = 0
            while chunk := file.read(_STEP):
                done += len(chunk)
                if done > LARGEST:
                    shown = clean_line(str(source))
                    raise PdfError(f"{shown} is larger than {LARGEST >> 20} MB.")
                with self._sentences():
                    part.write(chunk)

    def keep(self, part: BinaryIO, key: str) -> str:
        """Give what was written its name, which tells the paper by its key. Raises PdfError.

        The name has a number where there is another file of that name; where that is the very same
        file, it is that.
        """
        with self._sentences():
            part.flush()
            os.fsync(part.fileno())
            part.close()
            for number in itertools.count(1):
                name = file_name(key if number == 1 else f"{key}-{number}", ".pdf")
                path = self._folder / name
                try:
                    path.open("xb").close()  # the name is ours from here on
                except FileExistsError:
                    if filecmp.cmp(part.name, path, shallow=False):
                        os.utime(path)  # it is wanted again: no sweeping now
                        return name
                else:
                    Path(part.name).replace(path)
                    self._sync()
                    return name
        raise AssertionError  # there is a number for each

    def sweep(self, needed: Collection[str]) -> list[str]:
        """Remove the files that are not needed; returns their names. Raises PdfError.

        What came in the last day stays: it may be about to be needed. So does what the reader put
        there by hand, as its name tells.
        """
        before = time.time() - _ABANDONED
        with self._sentences():
            if not self._folder.is_dir():
                return []
            found = [path for path in self._folder.iterdir() if _OWN.fullmatch(path.name)]
            found = [path for path in found if path.is_file()]
            found = [path for path in found if path.stat().st_mtime < before]
            gone = [path for path in found if path.name not in needed]
            for path in gone:
                path.unlink(missing_ok=True)
        return sorted(path.name for path in gone if not path.name.endswith(_PART))

    def _sync(self) -> None:
        """Have the name on disk as well, where the system can be asked to."""
        with suppress(OSError):
            folder = os.open(self._folder, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise PdfError(
                f"No PDF can be kept in {clean_line(str(self._folder))}: {reason(error)}."
            ) from None


@contextmanager
def opened(source: Path) -> Iterator[BinaryIO]:
    """A PDF of the reader's, to be read. Raises PdfError where it is none, or cannot be read."""
    shown = clean_line(str(source))
    try:
        kind = source.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
            raise PdfError(f"{shown} is not a file.")  # reading a pipe may never end
        with source.open("rb") as file:
            beginning = file.read(HEAD)
            if not is_pdf(beginning):
                raise PdfError(f"{shown} is {'not a PDF' if beginning else 'empty'}.")
            file.seek(0)
            yield file
    except FileNotFoundError:
        raise PdfError(f"{shown} does not exist.") from None
    except IsADirectoryError:
        raise PdfError(f"{shown} is a folder, not a PDF.") from None
    except PermissionError:
        raise PdfError(f"You are not permitted to read {shown}.") from None
    except (OSError, ValueError) as error:  # the second: a NUL in the name
        raise PdfError(f"{shown} cannot be read: {reason(error)}.") from None


def is_pdf(beginning: bytes) -> bool:
    """Whether a file that begins with these bytes says that it is a PDF."""
    return b"%PDF-" in beginning[:HEAD]
