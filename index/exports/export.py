"""An export that is ready to be written: as a text, to a file, or to a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import ExportError
from index.exports.files import write_atomically
from index.exports.folders import write_folder


@dataclass(frozen=True, slots=True)
class Export:
    """Papers in a format. They are read from the library while it is written, which is done once.

    Iterating gives the text piece by piece, and raises ExportError where the format is a folder.
    """

    text: Iterable[str] = ()
    files: Iterable[tuple[str, str]] | None = None

    @property
    def is_folder(self) -> bool:
        """Whether it is written to a folder."""
        return self.files is not None

    def __iter__(self) -> Iterator[str]:
        if self.files is not None:
            raise ExportError("This format is a folder of files: name a folder to write to.")
        return iter(self.text)

    def save(self, path: Path, *, force: bool = False) -> None:
        """Write it to a file or a folder, whole or not at all.

        ``force`` replaces a file that exists; in a folder, the files that carrel made. Raises
        ExportError; what was there before is then untouched.
        """
        if self.files is None:
            write_atomically(path, self.text, force=force)
        else:
            write_folder(path, self.files, force=force)
