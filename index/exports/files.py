"""Files that exports are written to: their names, and how they come to be whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from index.errors import ExportError
from index.text import clean_line

_LONGEST_NAME = 200  # bytes: file systems allow 255, and a sync tool may add to it
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def write_atomically(path: Path, chunks: Iterable[str], *, force: bool = False) -> None:
    """Write chunks of text to a file in UTF-8, whole or not at all.

    ``force`` replaces a file that exists. Raises ExportError where the file exists, cannot be
    written or the disk is full; what was there before is then untouched.
    """
    shown = clean_line(str(path))
    target = _target(path, shown, force)
    part = target.with_name(f".carrel-{secrets.token_hex(8)}.part")
    try:
        # Opened as any new file is, so that the reader's umask decides who may read it.
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    except OSError as error:
        raise ExportError(f"{shown} cannot be written: {reason(error)}.") from error
    finally:
        with suppress(OSError):  # it would hide what went wrong before
            part.unlink(missing_ok=True)


def file_name(text: str, suffix: str = "") -> str:
    """Make the name of a file from text: one that every system takes, and that hides nowhere.

    It holds no separators, control characters or reserved names, does not start with a dot or a
    hyphen, and is at most 200 bytes long, ``suffix`` (such as ``.md``) included.
    """
    name = _FORBIDDEN.sub("-", clean_line(text)).lstrip(". -")
    if _RESERVED.match(name):
        name = f"_{name}"
    room = _LONGEST_NAME - len(suffix.encode())
    name = name.encode()[:room].decode(errors="ignore").rstrip(". ")
    return (name or "untitled") + suffix


def _target(path: Path, shown: str, force: bool) -> Path:
    """The file to write, links followed; what is wrong with it is said before it is written."""
    try:
        target = Path(os.path.realpath(path))
        if target.is_dir():
            raise ExportError(f"{shown} is a folder. Name a file to write to.")
        if not target.parent.is_dir():
            raise ExportError(f"{shown} cannot be written: there is no folder to put it in.")
        if not target.exists():
            return target
        if not target.is_file():
            raise ExportError(f"{shown} is not a file that can be replaced.")
        if not force:
            raise ExportError(f"{shown} exists already. Choose another name, or replace it.")
        if not os.access(target, os.W_OK):
            raise ExportError(f"{shown} is protected against writing.")
    except (OSError, ValueError) as error:
        raise ExportError(f"{shown} cannot be written: {reason(error)}.") from error
    return target


def reason(error: Exception) -> str:
    """Why a file cannot be written, in a few words."""
    match getattr(error, "errno", None):
        case errno.ENOSPC | errno.EDQUOT:
            return "the disk is full"
        case errno.EACCES | errno.EPERM:
            return "you may not write there"
        case errno.ENAMETOOLONG:
            return "its name is too long"
        case errno.EROFS:
            return "the disk is read-only"
    return clean_line(getattr(error, "strerror", None) or str(error)).rstrip(".")
