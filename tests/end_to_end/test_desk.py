"""A person's first hour, by keys alone, in a real terminal."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.end_to_end.terminal import Terminal

pytestmark = [
    pytest.mark.skipif(not shutil.which("tmux"), reason="tmux is not installed"),
    pytest.mark.xdist_group("terminal"),
]

PAGE = r"""Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
SubscribeGraph Pooling by Example
We pool graphs by looking at examples of graphs that were pooled before. It works well.
Na\"ive Baselines for $\alpha$-Divergence
A baseline that nobody tried reaches 43.3\% of what was thought to be hard.
Attention to Detail
Details matter, and this abstract of a made-up paper attends to pooling in passing.
"""

SIZES = [(80, 24), (160, 48)]


def bring_in(desk: Terminal, file: str, said: str) -> None:
    """Take the welcome's offer to import a file."""
    desk.wait_for("This library is empty")
    desk.press("4")
    desk.wait_for("Import papers", "name of a file")
    desk.type(file)
    desk.wait_for(gone="name of a file")
    desk.press("Enter")
    desk.wait_for(said, gone="Import papers")


def put_on_list(desk: Terminal, name: str, said: str) -> None:
    """Put the paper at the cursor on a reading list."""
    desk.press("l")
    desk.wait_for("name of a reading list")
    desk.type(name)
    desk.wait_for(gone="name of a reading list")
    desk.press("Enter")
    desk.wait_for(said)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_from_a_saved_page_to_a_reading_list_in_markdown(
    tmp_path: Path, columns: int, rows: int
) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    with Terminal(tmp_path, tmp_path / "library", columns=columns, rows=rows) as desk:
        bring_in(desk, "page.txt", "3 papers added")
        desk.wait_for("Attention to Detail", "3 papers")

        desk.press("/")
        desk.type("pooling")
        desk.wait_for("2 of 3", "Graph Pooling by Example")
        desk.press("Enter")
        desk.press("s")
        desk.wait_for("Starred: “Graph", "★")
        desk.press("t")
        desk.wait_for("name of a tag")
        desk.type("gnn")
        desk.wait_for("create tag ‘gnn’")
        desk.press("Enter")
        desk.wait_for("Tagged “Graph", "gnn")
        put_on_list(desk, "thesis", "Put “Graph Pooling by Example” on “thesis”.")
        desk.press("j")
        put_on_list(desk, "thesis", "Put “Attention to Detail” on “thesis”.")

        desk.press("/")
        desk.press("C-u")
        desk.wait_for("3 papers")
        desk.type("list:thesis")
        desk.wait_for("2 of 3")
        desk.press("Enter")
        desk.press("x")
        desk.wait_for("enter export")
        desk.press("Tab", "C-u")
        desk.type("thesis.md")
        desk.wait_for("thesis.md")
        desk.press("Enter")
        desk.wait_for("Exported", gone="enter export")
        desk.leave()
    text = (tmp_path / "thesis.md").read_text("utf-8")
    assert text.index("Graph Pooling by Example") < text.index("Attention to Detail")
    assert "starred" in text
    assert "`#gnn`" in text


def test_leaving_and_coming_back_finds_the_same_view(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(PAGE, "utf-8")
    with Terminal(tmp_path, tmp_path / "library", columns=160, rows=48) as desk:
        bring_in(desk, "page.txt", "3 papers added")
        desk.press("/")
        desk.type("pooling")
        desk.wait_for("2 of 3", "We pool graphs")
        desk.press("Enter")
        desk.press("j")
        desk.wait_for("Details matter")
        desk.leave()
        desk.start()
        screen = desk.wait_for("pooling", "2 of 3", "Details matter")
        assert "Baselines" not in screen
        desk.press("s")
        desk.wait_for("Starred: “Attention to Detail”")
        desk.press("u")
        desk.wait_for("Undone: starred")
        desk.leave()


def test_hostile_text_is_on_the_screen_as_text(tmp_path: Path) -> None:
    hostile = [
        "[/foo] closes nothing",
        "[@click=app.quit]do not[/] quit",
        "[Re] identification",
        "\x1b]0;x\x07 sets no title",
        "\u202eright to left\u2066 stays",
    ]
    lines = [
        json.dumps({"title": f"{n} {title}", "abstract": title}) for n, title in enumerate(hostile)
    ]
    (tmp_path / "hostile.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    with Terminal(tmp_path, tmp_path / "library", columns=160, rows=48) as desk:
        bring_in(desk, "hostile.jsonl", "5 papers added")
        screen = desk.wait_for(
            "0 [/foo] closes nothing",
            "1 [@click=app.quit]do not[/] quit",
            "2 [Re] identification",
            "3 ]0;x sets no title",
            "4 right to left stays",
        )
        assert "\u202e" not in screen
        for n in range(5):
            desk.press("s")
            desk.wait_for(f"Starred: “{n} ")
            desk.press("D")
            desk.wait_for("Delete this paper?")
            desk.press("n")
            desk.wait_for(gone="Delete this paper?")
            desk.press("j")
        desk.leave()
