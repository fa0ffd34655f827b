"""``carrel list``."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Call

TITLES = "Ash Beech Cedar Dogwood Elm".split()


@pytest.fixture
def desk(call: Call, tmp_path: Path) -> Call:
    """Cedar, Ash and Elm on the list ``thesis``; Ash is read."""
    file = tmp_path / "papers.jsonl"
    records = [{"title": title, "year": 2000 + place} for place, title in enumerate(TITLES, 1)]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    call("import", file)
    call("list", "add", "thesis", 3, 1, 5)
    call("read", 1)
    return call


def order(desk: Call, *options: str) -> list[int]:
    shown = desk("list", "show", "thesis", "--json", *options).stdout
    return [json.loads(line)["id"] for line in shown.splitlines()]


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """An editor that does what a script in Python does to the ``text`` of a file."""
    program = folder / "editor.py"
    program.write_text(
        "import pathlib, sys\nfile = pathlib.Path(sys.argv[-1])\n"
        f"text = file.read_text('utf-8')\n{script}\nfile.write_text(text, 'utf-8')\n"
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} '{program}' --wait")


def test_lists_are_shown_with_progress_status_and_notes(desk: Call) -> None:
    desk("list", "status", "thesis", "reading", 3)
    desk("list", "note", "thesis", 3, "-", stdin="For chapter 2:\n\n- the proof\n")
    desk("rate", 3, 5, 4)
    assert desk("list").stdout == "    1/3  thesis\n"
    assert desk("list", "show", "thesis").stdout.splitlines() == [
        "[/] 3  ● Cedar (2003) ★★★★",
        "         For chapter 2:",
        "",
        "         - the proof",
        "[x] 1    Ash (2001)",
        "[ ] 5  ● Elm (2005) ★★★★",
    ]
    first = json.loads(desk("list", "show", "thesis", "--json").stdout.splitlines()[0])
    assert (first["key"], first["rating"]) == ("cedar", 4)
    assert first["item"]["status"] == "reading"
    assert first["item"]["note"] == "For chapter 2:\n\n- the proof"
    assert order(desk, "--status", "to-read") == [5]
    assert order(desk, "--status", "done") == [1]
    assert "(2005)" not in desk("list", "show", "thesis", "--status", "reading").stdout
    shelf = json.loads(desk("list", "--json").stdout)
    assert shelf == {
        "name": "thesis",
        "query": 'list:"thesis"',
        "count": 3,
        "done": 1,
        "order": "hand",
        "archived": False,
    }


def test_papers_are_moved_and_lists_sorted(desk: Call) -> None:
    assert desk("list", "move", "thesis", 5, "--up", 1).stdout == "Moved “Elm” on “thesis”.\n"
    assert order(desk) == [3, 5, 1]
    desk("list", "move", "thesis", 3, "--down", 5)
    assert order(desk) == [5, 1, 3]
    desk("list", "move", "thesis", 3, 1, "--to", 1)
    assert order(desk) == [1, 3, 5]
    assert desk("list", "sort", "thesis", "date").stdout == "Sorted “thesis” by date.\n"
    assert order(desk) == [5, 3, 1]
    desk("list", "sort", "thesis", "hand")
    assert order(desk) == [1, 3, 5]


def test_lists_are_renamed_copied_archived_and_deleted(desk: Call) -> None:
    desk("list", "rename", "thesis", "My thesis")
    desk("list", "duplicate", "my thesis", "copy")
    desk("list", "archive", "copy")
    assert desk("list").stdout == "    1/3  My thesis\n"
    assert desk("list", "--archived").stdout == "    1/3  copy\n"
    desk("list", "unarchive", "copy")
    assert desk("list", "--archived").stdout == ""
    assert desk("list", "delete", "copy").stdout == (
        "Deleted the list “copy”; its 3 papers stay in the library.\n"
    )


def test_a_list_is_edited_in_an_editor(
    desk: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor(
        monkeypatch,
        tmp_path,
        "head, *items = text.split('\\n- ')\n"
        "items = [items[2].strip(), items[0].replace('[ ]', '[/]'), '[ ] beech']\n"
        "text = '\\n- '.join([head, *items]) + '\\n'",
    )
    done = desk("list", "edit", "THESIS")
    assert done.stdout == (
        "Edited the list “thesis”: 1 added, 1 taken off, 1 with another status, in another order.\n"
    )
    assert order(desk) == [5, 3, 2]
    assert order(desk, "--status", "reading") == [3]
    desk("undo")
    assert order(desk) == [3, 1, 5]
    editor(monkeypatch, tmp_path, "")
    assert desk("list", "edit", "thesis").stdout == "“thesis” is as it was.\n"


def test_what_cannot_be_applied_is_kept(
    desk: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    editor(monkeypatch, tmp_path, "text = '- [x] Elm {#elm}\\n- What is this?\\n'")
    said = desk("list", "edit", "thesis", code=1).stderr
    assert len(said.splitlines()) == 1
    kept = re.search(
        r"line 2 names no paper .*\. What you wrote is kept in (.*thesis\.md)\.$", said.strip()
    )
    assert kept
    assert "What is this?" in Path(kept[1]).read_text("utf-8")
    assert order(desk) == [3, 1, 5]
    editor(monkeypatch, tmp_path, "sys.exit(3)")
    assert (
        "ended with an error; nothing was changed." in desk("list", "edit", "thesis", code=1).stderr
    )


def test_a_list_that_changed_while_it_was_edited_is_left_alone(
    desk: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).parents[3]
    editor(
        monkeypatch,
        tmp_path,
        "import subprocess\ntext += '- beech\\n'\nsubprocess.run([sys.executable, '-m', 'tui',"
        f" 'list', 'add', 'thesis', '4'], cwd={str(root)!r}, check=True)",
    )
    said = desk("list", "edit", "thesis", code=1).stderr
    assert "“thesis” was changed meanwhile; nothing was applied. What you wrote is kept in" in said
    assert order(desk) == [3, 1, 5, 4]


def test_a_list_goes_out_and_comes_back_without_an_editor(desk: Call, tmp_path: Path) -> None:
    text = desk("list", "show", "thesis", "--markdown").stdout
    assert desk("list", "edit", "thesis", "--file", "-", stdin=text).stdout == (
        "“thesis” is as it was.\n"
    )
    file = tmp_path / "edited.md"
    file.write_text(text.replace("- [ ] Elm", "- [x] Elm"), "utf-8")
    assert desk("list", "edit", "thesis", "--file", file).stdout == (
        "Edited the list “thesis”: 1 with another status.\n"
    )
    for content in (b"\xff\xfe\x00", b"- [ ] \0"):
        said = desk("list", "edit", "thesis", "--file", "-", stdin=content, code=1).stderr
        assert said.startswith("Error: Standard input is not text")
    assert "cannot be read" in desk("list", "edit", "thesis", "--file", tmp_path, code=1).stderr


def test_many_papers_are_asked_about_at_a_terminal(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(f'{{"title": "Paper {number}"}}\n' for number in range(21)), "utf-8")
    call("import", file)
    ids = [str(number) for number in range(1, 22)]

    def at_a_terminal(answer: str, *arguments: str) -> str:
        keyboard, terminal = pty.openpty()
        os.write(keyboard, answer.encode())
        done = subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            check=False,
        )
        said = os.read(keyboard, 10_000).decode()
        os.close(keyboard)
        os.close(terminal)
        assert "Traceback" not in said
        return f"{done.returncode} {said}"

    asked = at_a_terminal("n\n", "list", "add", "all", *ids)
    assert "To be done: Put 21 papers on “all”." in asked
    assert "21 papers change. Go on?" in asked
    assert asked.startswith("1 ")
    assert call("list").stdout == ""
    assert "Go on?" not in at_a_terminal("", "list", "add", "all", *ids[:20])
    assert at_a_terminal("y\n", "tag", "add", "gnn", *ids).count("Tagged 21 papers #gnn.") == 2
    call("list", "add", "all", *ids)
    editor(monkeypatch, tmp_path, "text = '# nothing\\n'")
    refused = at_a_terminal("n\n", "list", "edit", "all")
    assert "To be done: Edited the list “all”: 21 taken off." in refused
    assert "Nothing was done. What you wrote is kept in" in refused
    assert call("list").stdout == "   0/21  all\n"
    assert "Go on?" not in at_a_terminal("", "delete", "--yes", *ids)
    assert call("search", "--json").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("list", "show", "nothing"), 1, "no reading list “nothing”"),
        (("list", "edit", "nothing"), 1, "no reading list “nothing”"),
        (("list", "new", 'a\n"b"'), 1, "quotation marks"),
        (("list", "rename", "thesis", "x" * 10_000), 1, "at most 100"),
        (("list", "move", "thesis", 2, "--up", 1), 1, "Paper 2 is not on “thesis”"),
        (("list", "note", "thesis", 2, "x"), 1, "Paper 2 is not on “thesis”"),
        (("list", "move", "thesis", 1), 2, "one of --up, --down and --to"),
        (("list", "move", "thesis", 1, "--up", 1, "--to", 2), 2, "one of --up"),
        (("list", "move", "thesis", 1, "--up", 0), 2, "--up"),
        (("list", "status", "thesis", "finished", 1), 2, "to read, reading, done, skipped"),
        (("list", "sort", "thesis", "colour"), 2, "colour"),
        (("list", "show", "thesis", "--markdown", "--json"), 2, "--markdown"),
        (("rate", 1, 6), 2, "6"),
    ],
)
def test_what_cannot_be_done_is_said(
    desk: Call, arguments: tuple[object, ...], code: int, said: str
) -> None:
    assert said in desk(*arguments, code=code).stderr
