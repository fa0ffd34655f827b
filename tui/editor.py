"""The reader's own editor: a text goes out to it in a file, and comes back."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from index.errors import CarrelError
from index.exports.files import file_name, reason
from index.text import clean_line, clean_text

LONGEST = 1_000_000  # characters of what comes back

_COMMON = ("sensible-editor", "nano", "vim", "vi")
_MOST_BYTES = 4  # of a character


class EditorError(CarrelError):
    """An editor that brought no text back. Says where what it wrote is kept, if it wrote any."""


def lend(app: App[Any], text: str, name: str) -> str:
    """Let the reader edit a text in their own editor, which has the terminal until it ends.

    ``name`` is what the text is called: the file is named after it. Raises EditorError.
    """
    came: str | EditorError
    try:
        with app.suspend():
            try:
                came = edit(text, name)
            except EditorError as error:  # nothing may be raised before the screen is back
                came = error
    except SuspendNotSupported:
        raise EditorError("This terminal cannot be lent to an editor.") from None
    if isinstance(came, EditorError):
        raise came
    return came


def edit(text: str, name: str) -> str:
    """A text as the reader's editor leaves it, cleaned; as it was where nothing was written.

    Blocks until the editor ends. Raises EditorError, and keeps the file where anything was written.
    """
    program = command()
    before = text.rstrip("\n") + "\n" if text else ""
    try:
        file = Path(tempfile.mkdtemp(prefix="carrel-")) / file_name(name, ".md")
        file.write_text(before, encoding="utf-8", newline="\n")
        with _interrupts_are_not_ours():
            done = subprocess.run([*program, str(file)], check=False)  # noqa: S603
    except (OSError, ValueError) as error:
        raise EditorError(f"{_shown(program)} cannot be run: {reason(error)}.") from None
    if not done.returncode:
        after = _read(file)
    elif _is_untouched(file, before):
        after = before
    else:
        raise EditorError(f"{_shown(program)} ended with an error. Its text is kept in {file}.")
    shutil.rmtree(file.parent, ignore_errors=True)
    if done.returncode:
        raise EditorError(f"{_shown(program)} ended with an error; nothing was changed.")
    return text if after == before else clean_text(after)


def keep(text: str, name: str) -> Path:
    """Put a text into a file that stays, where it would be lost otherwise. Raises EditorError."""
    try:
        file = Path(tempfile.mkdtemp(prefix="carrel-")) / file_name(name, ".md")
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise EditorError(f"What was written cannot be kept: {reason(error)}.") from None
    return file


def command() -> list[str]:
    """The editor of the reader and its arguments: $VISUAL, $EDITOR, or a common one.

    Raises EditorError where there is none.
    """
    for name in ("VISUAL", "EDITOR"):
        if named := os.environ.get(name, "").strip():
            try:
                return shlex.split(named, posix=os.name != "nt")
            except ValueError:
                raise EditorError(f"${name} is no command: {clean_line(named)}") from None
    for program in _COMMON:
        if shutil.which(program):
            return [program]
    raise EditorError("There is no editor here: set $EDITOR to one.")


def _read(file: Path) -> str:
    """What an editor wrote. Raises EditorError where it is no text, or too much."""
    kept = f"It is kept in {file}."
    try:
        if file.stat().st_size > LONGEST * _MOST_BYTES:
            raise EditorError(f"More than {LONGEST:,} characters were written. {kept}")
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EditorError(f"What was written cannot be read: {reason(error)}.") from None
    except UnicodeDecodeError:
        raise EditorError(f"What was written is not text in UTF-8. {kept}") from None
    if "\0" in text:
        raise EditorError(f"What was written is not text. {kept}")
    if len(text) > LONGEST:
        raise EditorError(f"More than {LONGEST:,} characters were written. {kept}")
    return text


def _is_untouched(file: Path, text: str) -> bool:
    try:
        return file.read_bytes() == text.encode()
    except OSError:
        return False


def _shown(program: list[str]) -> str:
    return f"The editor {clean_line(program[0])[:60]}"


@contextmanager
def _interrupts_are_not_ours() -> Iterator[None]:
    """Ctrl+c in an editor is for the editor. An ignored signal would be ignored by it too."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
