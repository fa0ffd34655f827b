"""``carrel edit`` and ``carrel show --provenance``."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.conftest import Call

RECORD = '{"title": "Ash", "year": 2001, "authors": ["Ann Ash"], "abstract": "Of ashes."}\n'


@pytest.fixture
def desk(call: Call) -> Call:
    call("import", "-", stdin=RECORD)
    return call


def shown(desk: Call) -> dict[str, object]:
    found: dict[str, object] = json.loads(desk("show", 1, "--json").stdout)
    return found


def test_fields_are_changed_cleared_and_reset(desk: Call) -> None:
    said = desk(
        *("edit", 1, "--title", "Elm", "--author", "Bo Li", "--author", "Cy Song"),
        *("--date", "2024-03", "--venue", "ICLR", "--category", "cs.LG", "--key", "elm"),
        *("--identifier", "10.1000/X", "--link", "https://github.com/a/b", "--abstract", "-"),
        stdin="Of elms.\n",
    ).stdout
    assert said.startswith("Edited the title, the authors, the date, the venue, ")
    found = shown(desk)
    assert (found["title"], found["authors"], found["key"]) == ("Elm", ["Bo Li", "Cy Song"], "elm")
    assert (found["published"], found["venue"], found["abstract"]) == (
        *("2024-03", "ICLR", "Of elms."),
    )
    assert found["identifiers"] == [["doi", "10.1000/x"]]
    assert "title" in found["edited"]  # type: ignore[operator]
    desk("import", "-", stdin=RECORD)
    assert shown(desk)["title"] == "Elm"
    said = desk("edit", 1, "--clear", "venue", "--clear", "authors").stdout
    assert said == "Edited the venue and the authors of “Elm”.\n"
    said = desk("edit", 1, "--reset", "title", "--reset", "date").stdout
    assert said == "Reset the title and the date of “Elm” to what the sources say.\n"
    found = shown(desk)
    assert (found["title"], found["published"], found["authors"]) == ("Ash", "2001", [])
    assert "Undone" in desk("undo").stdout
    assert shown(desk)["title"] == "Elm"


def test_what_is_wrong_is_one_line(desk: Call) -> None:
    wrong = ["--date soon", "--identifier x", "--link x", "--key A", "--clear title"]
    for arguments in wrong:
        said = desk("edit", 1, *arguments.split(), code=1).stderr
        assert said.startswith("Error: ")
        assert len(said.splitlines()) == 1
    misused = ["--reset title --venue x", "--clear venue --venue x", "--clear key", "--reset x"]
    for arguments in misused:
        desk("edit", 1, *arguments.split(), code=2)
    desk("edit", 9, "--title", "x", code=1)
    assert "“carrel edit --help”" in desk("edit", 1, code=2).stderr


def at_terminal(tmp_path: Path, script: str) -> tuple[int, str]:
    """``carrel edit 1`` at a terminal, with an editor that runs a script over the file $1."""
    editor = tmp_path / "editor.sh"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o700)
    ours, theirs = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "tui", "edit", "1"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={name: value for name, value in os.environ.items() if name != "VISUAL"}
        | {"EDITOR": str(editor), "CARREL_LIBRARY": str(tmp_path / "library")},
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            more = os.read(ours, 4096)
        except OSError:  # the terminal is gone with the last who had it
            break
        if not more:
            break
        said += more
    os.close(ours)
    return child.wait(), said.decode().replace("\r\n", "\n")


def test_all_fields_are_edited_in_ones_own_editor(desk: Call, tmp_path: Path) -> None:
    change = "sed -i 's/^Title: Ash/Title: Elm/; s/^  Ann Ash/  Ann Ash\\n  Bo Li/' \"$1\""
    code, said = at_terminal(tmp_path, f'{change}; printf "More.\\n" >> "$1"')
    assert (code, said) == (0, "Edited the title, the authors and the abstract of “Ash”.\n")
    found = shown(desk)
    assert (found["title"], found["authors"]) == ("Elm", ["Ann Ash", "Bo Li"])
    assert found["abstract"] == "Of ashes.\nMore."
    assert at_terminal(tmp_path, "true") == (0, "Nothing is changed by that.\n")


def test_a_form_with_something_wrong_is_kept(desk: Call, tmp_path: Path) -> None:
    code, said = at_terminal(
        tmp_path, "sed -i 's/^Date: .*/Date: soon/; s/^Title: .*/Title: Elm/' \"$1\""
    )
    assert code == 1
    assert said.startswith("Error: The date cannot be kept: 'soon' is not a year")
    kept = Path(said.partition("is kept in ")[2].strip().rstrip("."))
    assert "Title: Elm\nDate: soon\n" in kept.read_text("utf-8")
    assert shown(desk)["title"] == "Ash"


def test_where_a_paper_is_from_is_shown(desk: Call) -> None:
    desk("import", "-", stdin='{"title": "Ash", "venue": "V\\u001b[1m", "source": "doi"}\n')
    desk("edit", 1, "--date", "2002")
    said = desk("show", 1, "--provenance").stdout.splitlines()
    assert [line.split(maxsplit=1) for line in said[:5]] == [
        ["title", "doi"],
        ["authors", "jsonl"],
        ["date", "edited by you"],
        ["venue", "doi"],
        ["abstract", "jsonl"],
    ]
    assert [line.split()[1:] for line in said[6:]] == [
        ["jsonl", "standard", "input:1"],
        ["doi", "standard", "input,", "no.", "1"],
    ]
    desk("import", "-", stdin="@misc{a, title={Ash}, note={\x1b]0;x\x07\x9b1m}}")
    raw = desk("show", 1, "--raw").stdout
    assert "Of ashes." in raw
    assert "note={]0;x›1m}" in raw
    assert "\x1b" not in raw
    found = json.loads(desk("show", 1, "--provenance", "--json").stdout)
    assert found["fields"]["published"] == "reader"
    assert "raw" not in found["origins"][0]
    told = desk("show", 1, "--provenance", "--raw", "--json").stdout
    assert "\x9b" not in told
    raws = [one["raw"] for one in json.loads(told)["origins"]]
    assert RECORD.strip() in raws
    assert any("\x9b1m" in raw for raw in raws), "as it came"
