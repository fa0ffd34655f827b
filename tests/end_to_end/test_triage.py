"""An evening with the Inbox, by keys alone, in a real terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.library import Library
from tests.end_to_end.terminal import Terminal
from tests.tui.conftest import fill

pytestmark = [
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
    pytest.mark.xdist_group("terminal"),
]


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (160, 48)])
def test_the_inbox_is_gone_through(tmp_path: Path, columns: int, rows: int) -> None:
    papers: list[dict[str, object]] = [
        {"title": f"Letter {letter}", "abstract": f"About the letter {letter}."}
        for letter in "ABCDEF"
    ]
    folder = fill(tmp_path / "library", papers)
    with Terminal(tmp_path, folder, columns=columns, rows=rows) as desk:
        desk.wait_for("Letter F", "6 papers")
        desk.press("T")
        desk.wait_for("Triage · Inbox", "6 of 6 left", "About the letter A.", "l read later")
        desk.press("s")
        desk.wait_for("5 of 6 left", "About the letter B.", "Starred: “Letter A”")
        desk.press("l")
        desk.wait_for("name of a reading list")
        desk.type("later")
        desk.wait_for("create reading list")
        desk.press("Enter")
        desk.wait_for("4 of 6 left", "About the letter C.")
        desk.type("l-4u")
        desk.wait_for("2 of 6 left", "About the letter E.", "Undone: rated: “Letter E”")
        desk.press("Space", "r")
        desk.wait_for("1 of 6 left", "That was the last; 1 paper is undecided.")
        desk.press("Escape")
        desk.wait_for("Decided 5: 1 starred, 2 to “later”, 1 skipped, 1 read.", gone="Triage ·")
        desk.leave()
    library = Library.open(folder)
    for query, letters in (("is:starred", "A"), ("list:later", "BC"), ("is:inbox", "E")):
        rows_found = library.rows(library.search(query).ids)
        assert sorted(row.title[-1] for row in rows_found) == list(letters)
    library.close()
