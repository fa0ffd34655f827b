"""A reading list in the reader's own editor, in a real terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from tests.end_to_end.terminal import Terminal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of the sample, the first three papers of it on a list."""
    library = Library.open(tmp_path / "library")
    library.add_sample()
    library.catch_up()
    library.lists.add("thesis", list(library.search("").ids)[:3])
    library.close()
    return tmp_path / "library"


@pytest.fixture
def terminal(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    """A terminal whose editor waits for a key, takes the first paper out, and leaves."""
    program = tmp_path / "my editor"
    program.write_text(
        '#!/bin/sh\necho editing "$1"\nread -r key\nsed -i "/unentscheidbare/d" "$1"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("EDITOR", f"'{program}'")
    with Terminal(tmp_path, folder, columns=80, rows=24) as terminal:
        yield terminal


def test_the_editor_has_the_terminal_and_what_it_wrote_comes_back(
    terminal: Terminal, folder: Path
) -> None:
    terminal.wait_for("64 papers")
    terminal.press("BTab", "j", "j", "j", "j", "j", "Enter")
    terminal.wait_for("Search · thesis", "3 papers", "unentscheidbare")
    terminal.press("e")
    terminal.wait_for("editing", "thesis.md")
    terminal.press("Enter")
    terminal.wait_for("Search · thesis", "2 papers", gone="unentscheidbare")
    terminal.press("u")
    terminal.wait_for("3 papers", "unentscheidbare")
    terminal.leave()
    library = Library.open(folder)
    assert library.lists.shelf("thesis").count == 3
    library.close()
