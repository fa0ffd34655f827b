"""Names of files as people type them."""

from __future__ import annotations

import os
from pathlib import Path

from index.exports.files import reason

SHOWN = 200  # names that are offered at once


def typed_path(text: str) -> Path:
    """The path that a text names; ``~`` is the home folder, where there is one."""
    return Path(os.path.expanduser(text.strip()))  # noqa: PTH111 (Path's own raises without a home)


def completions(typed: str) -> list[str]:
    """What the name of a file that is being typed can become; folders first, with a slash.

    The answers begin as the typed text does; a folder that cannot be read holds nothing.
    """
    cut = typed.rfind("/") + 1
    head, start = typed[:cut], typed[cut:]
    try:
        with os.scandir(typed_path(head)) as found:
            names = [
                (not one.is_dir(), one.name + "/" * one.is_dir())
                for one in found
                if one.name.startswith(start)
                and one.name.isprintable()  # another name could not be shown as it is
                and (start or not one.name.startswith("."))
            ]
    except OSError:
        return []
    return [head + name for _, name in sorted(names)[:SHOWN]]


def matching(typed: str) -> list[Path]:
    """The files that a name, or a pattern such as ``page-*.txt``, stands for."""
    path = typed_path(typed)
    try:
        if path.is_file():
            return [path]
        if set("*?[") & set(path.name):
            return sorted(one for one in path.parent.glob(path.name) if one.is_file())
    except (OSError, ValueError):
        pass
    return []


def typed_folder(typed: str) -> Path | None:
    """The folder that a text names, as it is called itself; None where it names none."""
    path = typed_path(typed)
    try:
        return path.resolve() if path.is_dir() else None
    except (OSError, ValueError):
        return None


def why_not_written(path: Path, is_folder: bool = False) -> str:
    """Why no file, or no folder, can be written to a path, in a sentence; else nothing."""
    kind = "folder" if is_folder else "file"
    try:
        if not path.name or (path.exists() and path.is_dir() != is_folder):
            return f"Name a {kind} to write to."
        target = path if path.exists() else path.absolute().parent
        if not target.exists():
            return f"There is no folder {target}."
        if not os.access(target, os.W_OK):
            return f"You may not write to {target}."
    except (OSError, ValueError) as error:
        return f"{path.name[:40]} cannot be written: {reason(error)}."
    return ""


def is_taken(path: Path) -> bool:
    """Whether there is something that would be replaced: a file, or files in a folder."""
    try:
        return any(path.iterdir()) if path.is_dir() else path.exists()
    except OSError:  # writing will say so
        return False
