"""Notes in the reader's own editor, in a real terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.library import Library
from tests.end_to_end.terminal import Terminal
from tests.tui.conftest import PAPERS, fill

pytestmark = [
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
    pytest.mark.xdist_group("terminal"),
]

EDITOR = """#!/bin/sh
# What a person does in an editor: looks, answers, and leaves.
cat "$1"
echo "in the editor of $1"
read answer
case "$answer" in
    binary) printf '\\377\\000' > "$1" ;;
    fail) echo lost > "$1"; exit 1 ;;
    *) printf '%s\\n' "$answer" >> "$1" ;;
esac
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return fill(tmp_path / "library", PAPERS)


@pytest.fixture(autouse=True)
def _editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "an editor"
    program.write_text(EDITOR, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{program}'")
    monkeypatch.delenv("VISUAL", raising=False)


def note(folder: Path) -> str:
    library = Library.open(folder)
    try:
        return library.detail(1).note
    finally:
        library.close()


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (160, 48)])
def test_a_note_goes_out_to_the_editor_and_comes_back(
    tmp_path: Path, folder: Path, columns: int, rows: int
) -> None:
    with Terminal(tmp_path, folder, columns=columns, rows=rows) as desk:
        desk.wait_for("Pooling of Graphs", "4 papers")
        desk.press("E")
        desk.wait_for("in the editor of", "Pooling of Graphs by Parsing.md")
        desk.type("**Bold** words\n")
        desk.wait_for("Wrote a note on “Pooling", "✎")
        desk.press("Enter")
        desk.wait_for("Bold words", "A grammar of the nodes")
        assert note(folder) == "**Bold** words"

        desk.press("n")
        desk.wait_for("ctrl+e editor")
        desk.type(" and more")
        desk.wait_for("and more")
        desk.press("C-e")
        desk.wait_for("in the editor of", "**Bold** words and more")
        desk.type("* from the editor\n")
        desk.wait_for("ctrl+e editor", "* from the editor")
        assert note(folder) == "**Bold** words", "it is not saved yet"
        desk.press("C-s")
        desk.wait_for("Wrote a note on", "• from the editor", gone="ctrl+e editor")
        desk.press("u")
        desk.wait_for("Undone: wrote a note", gone="from the editor")
        desk.leave()
    assert note(folder) == "**Bold** words"


def test_what_an_editor_spoils_is_told_and_kept(tmp_path: Path, folder: Path) -> None:
    with Terminal(tmp_path, folder, columns=160, rows=48) as desk:
        desk.wait_for("Pooling of Graphs", "4 papers")
        for answer, said in (("binary", "not text in UTF-8"), ("fail", "ended with an error")):
            desk.press("E")
            desk.wait_for("in the editor of")
            desk.type(f"{answer}\n")
            screen = desk.wait_for(said, "is kept in", "4 papers")
            assert "carrel-" in screen, "the file is named"
        assert note(folder) == ""
        desk.press("s")
        desk.wait_for("Starred: “Pooling")
        desk.leave()


def test_a_note_that_changed_while_it_was_in_the_editor(tmp_path: Path, folder: Path) -> None:
    with Terminal(tmp_path, folder, columns=160, rows=48) as desk:
        desk.wait_for("Pooling of Graphs", "4 papers")
        desk.press("E")
        desk.wait_for("in the editor of")
        library = Library.open(folder)
        library.notes.write(1, "theirs")
        library.close()
        desk.type("mine\n")
        desk.wait_for("The note was changed elsewhere meanwhile", "theirs", "mine")
        desk.press("4")
        desk.wait_for("ctrl+s save")
        desk.type(" too")
        desk.wait_for("mine too")
        desk.press("C-s")
        desk.wait_for("changed elsewhere meanwhile")
        desk.press("3")
        desk.wait_for("Wrote a note on", gone="ctrl+s save")
        desk.leave()
    assert note(folder) == "theirs\n\n---\n\nmine too"
