"""``carrel note``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Call


@pytest.fixture
def desk(call: Call) -> Call:
    call("import", "-", stdin='{"title": "Ash", "year": 2001}\n')
    return call


def test_a_note_is_written_printed_and_removed(desk: Call) -> None:
    assert desk("note", 1).stdout == "\n"
    assert desk("note", 1, "Read *this*.").stdout == "Wrote a note on “Ash”.\n"
    assert desk("note", 1).stdout == "Read *this*.\n"
    desk("note", 1, "-", stdin="\ufeffFrom a pipe:\r\n\r\n- é\r\n")
    assert json.loads(desk("note", 1, "--json").stdout) == {
        "id": 1,
        "key": "ash",
        "note": "From a pipe:\n\n- é",
    }
    assert json.loads(desk("search", "note:pipe", "--json").stdout)["id"] == 1
    assert desk("note", 1, "").stdout == "Removed the note on “Ash”.\n"
    assert desk("search", "has:note", "--json").stdout == ""


@pytest.mark.parametrize("content", [b"\xff\xd8\xff\xe0 a picture", b"text\0with a null"])
def test_what_is_no_text_is_refused(desk: Call, content: bytes) -> None:
    desk("note", 1, "Mine.")
    said = desk("note", 1, "-", stdin=content, code=1).stderr
    assert said.startswith("Error: Standard input is not text")
    assert len(said.splitlines()) == 1
    assert desk("note", 1).stdout == "Mine.\n"
    assert "nothing in this note" in desk("note", 1, "\x01\x02", code=1).stderr


def test_a_note_is_edited_and_never_lost(
    desk: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "One more line." >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(editor))
    desk("note", 1, "Mine.")
    assert desk("note", 1, "--edit").stdout == "Wrote a note on “Ash”.\n"
    assert desk("note", 1).stdout == "Mine.\nOne more line.\n"
    root = Path(__file__).parents[3]
    with editor.open("a") as script:
        script.write(f"cd '{root}' && '{sys.executable}' -m tui note 1 Theirs.\n")
    said = desk("note", 1, "--edit", code=1).stderr
    kept = said.partition("nothing was written. What you wrote is kept in ")[2].strip().rstrip(".")
    assert Path(kept).read_text("utf-8") == "Mine.\nOne more line.\nOne more line."
    assert desk("note", 1).stdout == "Theirs.\n"


def test_what_cannot_be_done_is_said(desk: Call) -> None:
    assert "no paper 99" in desk("note", 99, "x", code=1).stderr
    assert "no paper 99" in desk("note", 99, code=1).stderr
    assert "choose one" in desk("note", 1, "x", "--edit", code=2).stderr
    assert "one paper" in desk("note", "-", stdin="1 2", code=2).stderr
