"""The files of a folder, of any mix."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from index.sources.archives import is_hidden


def files_in(folder: Path) -> Iterator[Path]:
    """The files of a folder and of all folders in it, by their names.

    Hidden ones are left out, and so are links to folders, which may lead in a ring.
    """
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in sorted(files):
            path = Path(parent, name)
            if not is_hidden(name) and path.is_file():  # no pipe, no device
                yield path


def size_of(path: Path | None) -> int:
    """The bytes of a file, or of all files of a folder; 0 where they cannot be known."""
    try:
        if path is None:
            return 0
        if path.is_dir():
            return sum(size_of(file) for file in files_in(path))
        return path.stat().st_size
    except (OSError, ValueError):  # reading it will say so
        return 0
