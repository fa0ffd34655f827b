"""Following and adding, by keys alone, in a real terminal and against a real server."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.locations import settings_file
from tests.end_to_end.terminal import Terminal
from tests.index.sources.serving import serving
from tests.index.sources.test_arxiv import entry, feed, serve
from tests.tui.test_following import rss

pytestmark = [
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
    pytest.mark.xdist_group("terminal"),
]


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (160, 48)])
def test_from_an_empty_library_to_what_is_new(tmp_path: Path, columns: int, rows: int) -> None:
    settings_file().parent.mkdir(parents=True)
    with (
        serving() as server,
        Terminal(tmp_path, tmp_path / "library", columns=columns, rows=rows) as desk,
    ):
        settings_file().write_text(server.settings(), "utf-8")
        serve(server, feed([entry("2001.00001v1", "Toy Lamps")]))
        server.on("/feed", rss("[/foo] Lamps"))
        desk.wait_for("This library is empty")
        desk.press("Escape")
        desk.wait_for("A adds one", gone="This library is empty")

        desk.press("A")
        desk.wait_for("Add papers", "enter add")
        desk.type("arXiv:2001.00001")
        desk.wait_for("✓ arxiv 2001.00001")
        desk.press("Enter")
        desk.wait_for("Added", "Toy Lamps", gone="enter add")

        desk.press("F")
        desk.wait_for("You follow nothing yet.")
        desk.press("a")
        desk.wait_for("enter follow")
        desk.type(f"{server.address}/feed")
        desk.wait_for("/feed")
        desk.press("Enter")
        desk.wait_for("never", "f fetches it.", gone="enter follow")
        desk.press("a")
        desk.wait_for("enter follow")
        desk.press("Up")
        desk.wait_for("Mina Song")
        desk.type("Nobody")
        desk.wait_for("Nobody", gone="Mina Song")
        desk.press("Enter")
        desk.wait_for("author", "Nobody", gone="enter follow")
        desk.press("Escape")
        desk.wait_for("Toy Lamps", gone="Following")

        del server.routes["/arxiv"]
        desk.press("U")
        desk.wait_for("1 new paper from 1 of 2", "author Nobody failed")
        desk.wait_for("Of Wicks")
        desk.press("F")
        desk.wait_for("[/foo] Lamps", "1 added", "just now")
        desk.press("x")
        desk.wait_for("u undoes it.", gone="1 added")
        desk.press("u")
        desk.wait_for("Undone: stopped following", "1 added")
        desk.press("q")
        desk.wait_for(gone="Undone: stopped")
        desk.leave()
