"""Folders that exports are written to: whole or not at all, and nobody's own files touched."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from index.errors import ExportError
from index.exports.files import reason
from index.text import clean_line

MADE_BY_CARREL = "carrel"
"""The property in the front matter of a file that tells who made it."""

_OURS = re.compile(rb"---\r?\n(?:(?!---).*\n)*?" + MADE_BY_CARREL.encode() + rb":")
_HEAD = 1 << 16  # bytes that front matter is looked for in


def write_folder(path: Path, files: Iterable[tuple[str, str]], *, force: bool = False) -> None:
    """Write files, each by its path within the folder and its text, in UTF-8: all or none.

    A folder that is not there is made. In one that holds something nothing is written unless
    ``force`` says so; then files that carrel made are replaced, others keep what they hold, and a
    file of the reader's own in the way of a new one stops the whole. Raises ExportError; what was
    there before is then untouched.
    """
    shown = clean_line(str(path))
    try:
        target = _target(path, shown, force)
        part = (target if target.exists() else target.parent) / _part_name()
        try:
            part.mkdir()
            names = [_write(part, name, text) for name, text in files]
            if target.exists():
                _move_into(target, part, names, shown)
            else:
                part.replace(target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except (OSError, ValueError) as error:
        raise ExportError(f"{shown} cannot be written: {reason(error)}.") from error


def _target(path: Path, shown: str, force: bool) -> Path:
    target = Path(os.path.realpath(path))
    if not target.exists():
        if not target.parent.is_dir():
            raise ExportError(f"{shown} cannot be written: there is no folder to put it in.")
        return target
    if not target.is_dir():
        raise ExportError(f"{shown} is a file. Name a folder to write to.")
    if not os.access(target, os.W_OK | os.X_OK):
        raise ExportError(f"{shown} is protected against writing.")
    if not force and any(target.iterdir()):
        raise ExportError(f"{shown} exists already. Choose another name, or replace its notes.")
    return target


def _part_name() -> str:
    return f".carrel-{secrets.token_hex(8)}.part"


def _write(folder: Path, name: str, text: str) -> str:
    file = folder / name
    file.parent.mkdir(exist_ok=True)
    with file.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    return name


def _move_into(target: Path, part: Path, names: list[str], shown: str) -> None:
    """Move what was written to its place, and all of it back where that breaks off."""
    for name in names:
        if not _may_replace(target / name):
            raise ExportError(
                f"{clean_line(name)} in {shown} was not made by carrel, and nothing was written:"
                " choose another folder."
            )
    moved: list[tuple[Path, Path]] = []
    made: list[Path] = []
    old = part / _part_name()
    old.mkdir()
    try:
        for number, name in enumerate(names):
            place = target / name
            if not place.parent.exists():
                place.parent.mkdir()
                made.append(place.parent)
            if place.exists():
                _move(place, old / str(number), moved)
            _move(part / name, place, moved)
    except BaseException:
        for source, place in reversed(moved):
            place.replace(source)
        for folder in made:
            folder.rmdir()
        raise


def _move(source: Path, place: Path, moved: list[tuple[Path, Path]]) -> None:
    source.replace(place)
    moved.append((source, place))


def _may_replace(file: Path) -> bool:
    """Whether a file may be put in a place: nothing is there, or something that carrel made."""
    if file.parent.is_symlink() or (file.parent.exists() and not file.parent.is_dir()):
        return False
    if not file.exists() and not file.is_symlink():
        return True
    if not file.is_file() or file.is_symlink():
        return False
    with file.open("rb") as stream:
        return _OURS.match(stream.read(_HEAD)) is not None
