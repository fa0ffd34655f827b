"""What was done, from the command line: looked at, undone, redone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index import Library
from tests.tui.cli.conftest import Carrel

TITLES = ("Graph Pooling", "Slow Lamps")


@pytest.fixture
def desk(carrel: Carrel, tmp_path: Path) -> Carrel:
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps({"title": title}) + "\n" for title in TITLES), "utf-8")
    carrel("import", file)
    carrel("star", 1)
    carrel("tag", "add", "gnn", 1, 2)
    return carrel


def test_the_history_is_printed_the_newest_first(desk: Carrel) -> None:
    desk("undo")
    tagged, starred, imported = desk("history", TZ="UTC").stdout.splitlines()
    assert tagged.startswith("3  20")
    assert tagged.endswith("  2 papers  tagged 2 papers #gnn (undone)")
    assert starred.endswith("  1 paper  starred “Graph Pooling”")
    assert imported.endswith("  2 papers  imported papers.jsonl")
    assert desk("history", "--limit", 1, TZ="UTC").stdout == f"{tagged}\n"


def test_programs_read_the_history_as_json(desk: Carrel) -> None:
    entries = [json.loads(line) for line in desk("history", "--json").stdout.splitlines()]
    assert [entry.pop("id") for entry in entries] == [3, 2, 1]
    assert entries[0].pop("at").endswith("+00:00")
    assert entries[0] == {
        "label": "tagged 2 papers #gnn",
        "papers": 2,
        "undone": False,
        "kind": "action",
    }
    assert entries[2]["kind"] == "import"


def test_an_empty_history_says_so(carrel: Carrel, tmp_path: Path) -> None:
    Library.open(tmp_path / "library").close()
    assert carrel("history").stdout == ""
    assert carrel("history").stderr == "Nothing was done yet.\n"
    assert carrel("undo").stdout == "There is nothing to undo.\n"
    assert carrel("redo").stdout == "There is nothing to redo.\n"


def test_an_entry_is_shown_with_what_stands_in_the_way_of_undoing_it(desk: Carrel) -> None:
    desk("tag", "remove", "gnn", 1)
    shown = desk("history", "show", 3)
    assert shown.stdout == "“Graph Pooling”: tagged #gnn\n“Slow Lamps”: tagged #gnn\n"
    first, blocker = shown.stderr.splitlines()
    assert first == "To undo it, undo these first:"
    assert blocker.endswith("took #gnn from “Graph Pooling”")
    told = json.loads(desk("history", "show", 3, "--json").stdout)
    assert (told["id"], len(told["told"])) == (3, 2)
    assert [entry["id"] for entry in told["blockers"]] == [4]
    assert desk("history", "show", 4).stderr == ""


def test_undone_and_redone_by_turn_or_by_number(desk: Carrel) -> None:
    assert desk("undo", 2).stdout == "Undone: starred “Graph Pooling”.\n"
    assert desk("undo").stdout == "Undone: tagged 2 papers #gnn.\n"
    assert desk("redo", 2).stdout == "Redone: starred “Graph Pooling”.\n"
    assert desk("redo").stdout == "Redone: tagged 2 papers #gnn.\n"
    assert desk("redo").stdout == "There is nothing to redo.\n"
    assert desk("redo", 2).stdout == "“starred “Graph Pooling”” is not undone.\n"


def test_what_cannot_be_is_one_sentence_and_exit_code_1(desk: Carrel) -> None:
    desk("tag", "remove", "gnn", 1)
    assert desk("undo", 3, code=1).stderr == (
        "Error: “tagged 2 papers #gnn” cannot be undone:"
        " “took #gnn from “Graph Pooling”” came after it; undo that first.\n"
    )
    assert "There is no entry 99 in the history." in desk("undo", 99, code=1).stderr
    assert "There is no entry 99 in the history." in desk("redo", 99, code=1).stderr
    assert "There is no entry 99 in the history." in desk("history", "show", 99, code=1).stderr
    for _ in range(4):
        desk("undo")
    assert desk("redo", code=1).stderr == (
        "Error: “imported papers.jsonl” cannot be redone: import that again.\n"
    )


@pytest.mark.parametrize("number", ["x", "-1", "1.5", "²", "9" * 30])
def test_what_is_no_number_of_an_entry_is_a_usage_error(carrel: Carrel, number: str) -> None:
    for command in (["undo"], ["redo"], ["history", "show"]):
        assert carrel(*command, "--", number, code=2).stdout == ""
    assert carrel("history", "--limit", 0, code=2).stdout == ""
