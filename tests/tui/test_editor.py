"""The reader's own editor: what comes back from it, and what becomes of what cannot."""

from __future__ import annotations

import os
import re
import signal
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tui.reading import reading
from tui.editor import LONGEST, EditorError, command, edit, lend

Scripted = Callable[[str], Path]


@pytest.fixture(autouse=True)
def _files_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.delenv("VISUAL", raising=False)


@pytest.fixture
def scripted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scripted:
    """Make a shell script the editor; ``$1`` is the file."""

    def make(script: str) -> Path:
        program = tmp_path / "my editor"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("EDITOR", f"'{program}'")
        return program

    return make


def left(tmp_path: Path) -> list[Path]:
    """The files that were not cleared away."""
    return [one for one in (tmp_path / "temporary").rglob("*") if one.is_file()]


def kept(error: pytest.ExceptionInfo[EditorError]) -> Path:
    """The file that an error names."""
    found = re.search(r"kept in (.*)\.$", str(error.value))
    assert found
    return Path(found[1])


def test_what_was_written_comes_back_and_the_file_goes(tmp_path: Path, scripted: Scripted) -> None:
    scripted(f'echo "more" >> "$1"; cp "$1" "{tmp_path}/seen"; basename "$1" > "{tmp_path}/name"')
    assert edit("# A note\n\nnaïve α", "Graphs: a/b") == "# A note\n\nnaïve α\nmore"
    assert (tmp_path / "seen").read_text("utf-8") == "# A note\n\nnaïve α\nmore\n"
    assert (tmp_path / "name").read_text("utf-8") == "Graphs- a-b.md\n"
    assert left(tmp_path) == []


@pytest.mark.parametrize("text", ["", "one", "one\n", "  spaces at the ends \n\n\n"])
def test_a_text_that_was_left_alone_is_the_same(
    tmp_path: Path, scripted: Scripted, text: str
) -> None:
    scripted("true")
    assert edit(text, "x") == text
    assert left(tmp_path) == []


def test_what_comes_back_is_cleaned(scripted: Scripted) -> None:
    scripted(r'printf "\357\273\277one\r\ntwo \033]0;owned\007\r\n\r\n" > "$1"')
    assert edit("", "x") == "one\ntwo ]0;owned"


def test_arguments_of_the_editor_and_visual_before_editor(
    scripted: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = scripted('echo "$1" > "$2"')
    monkeypatch.setenv("VISUAL", f"'{program}' --wait")
    monkeypatch.setenv("EDITOR", "false")
    assert edit("", "x") == "--wait"


def test_without_one_named_a_common_editor_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EditorError, match=r"no editor here: set \$EDITOR"):
        command()
    (tmp_path / "vi").touch(0o755)
    assert command() == ["vi"]
    monkeypatch.setenv("EDITOR", "an 'open quote")
    with pytest.raises(EditorError, match=r"\$EDITOR is no command: an 'open quote"):
        command()


def test_an_editor_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "/nowhere/ed")
    with pytest.raises(EditorError, match="The editor /nowhere/ed cannot be run: No such file"):
        edit("text", "x")


def test_an_editor_that_fails_changes_nothing(tmp_path: Path, scripted: Scripted) -> None:
    scripted("exit 1")
    with pytest.raises(EditorError, match="ended with an error; nothing was changed"):
        edit("text", "x")
    assert left(tmp_path) == []


@pytest.mark.parametrize(
    ("script", "said", "content"),
    [
        ('echo new > "$1"; exit 3', "ended with an error", b"new\n"),
        (r'printf "\377\376" > "$1"', "not text in UTF-8", b"\xff\xfe"),
        (r'printf "a\000b" > "$1"', "not text", b"a\0b"),
    ],
)
def test_what_cannot_be_taken_is_kept_in_a_file(
    scripted: Scripted, script: str, said: str, content: bytes
) -> None:
    scripted(script)
    with pytest.raises(EditorError, match=said) as error:
        edit("text", "x")
    assert kept(error).read_bytes() == content


@pytest.mark.parametrize("size", [LONGEST + 1, LONGEST * 5])
def test_what_is_too_long_is_kept_in_a_file(scripted: Scripted, size: int) -> None:
    scripted(f'head -c {size} /dev/zero | tr "\\0" a > "$1"')
    with pytest.raises(EditorError, match="More than 1,000,000 characters") as error:
        edit("text", "x")
    assert kept(error).stat().st_size == size


def test_a_file_that_is_gone_is_told(scripted: Scripted) -> None:
    scripted('rm "$1"')
    with pytest.raises(EditorError, match="cannot be read: No such file"):
        edit("text", "x")


def test_ctrl_c_in_the_editor_is_for_the_editor(scripted: Scripted) -> None:
    scripted(f"kill -INT {os.getpid()}; kill -INT $$")
    handler = signal.getsignal(signal.SIGINT)
    with pytest.raises(EditorError, match="ended with an error"):
        edit("text", "x")
    assert signal.getsignal(signal.SIGINT) is handler


async def test_a_terminal_that_cannot_be_lent(folder: Path, scripted: Scripted) -> None:
    scripted("true")
    async with reading(folder) as reader:
        with pytest.raises(EditorError, match="cannot be lent"):
            lend(reader.app, "text", "x")
