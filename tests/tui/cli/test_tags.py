"""``carrel tag``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.keeping.tags import COLOURS
from tests.tui.cli.conftest import Call


@pytest.fixture
def desk(call: Call, tmp_path: Path) -> Call:
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(json.dumps({"title": title}) + "\n" for title in "ABCD"), "utf-8")
    call("import", file)
    call("tag", "add", "ml/gnn", 1, 2)
    call("tag", "add", "ml/gnn/pooling", 2, 3)
    call("tag", "add", "todo", 1)
    return call


def test_tags_are_counted_and_shown_as_a_tree(desk: Call) -> None:
    assert desk("tag").stdout.splitlines() == [
        "      3  ml",
        "      3  ml/gnn",
        "      2  ml/gnn/pooling",
        "      1  todo",
    ]
    assert desk("tag", "tree").stdout.splitlines() == [
        "      3  ml",
        "      3    gnn",
        "      2      pooling",
        "      1  todo",
    ]
    objects = [json.loads(line) for line in desk("tag", "tree", "--json").stdout.splitlines()]
    assert objects[1] == {
        "name": "ml/gnn",
        "query": 'tag:"ml/gnn"',
        "count": 3,
        "depth": 1,
        "colour": "",
    }
    assert desk("tag", "--json").stdout == desk("tag", "tree", "--json").stdout


def test_tags_are_renamed_merged_coloured_and_deleted(desk: Call) -> None:
    assert desk("tag", "rename", "ml", "ML").stdout == "Renamed #ml to #ML, on 3 papers.\n"
    assert (
        desk("tag", "merge", "todo", "ml/gnn").stdout == "Merged #todo into #ML/gnn, on 1 paper.\n"
    )
    assert desk("tag", "colour", "ml", "Red").stdout == "Coloured #ML red.\n"
    colours = [json.loads(line)["colour"] for line in desk("tag", "--json").stdout.splitlines()]
    assert colours == ["red"] * 3
    assert desk("tag", "colour", "ml", "none").stdout == "Took the colour from #ML.\n"
    assert desk("tag", "delete", "ml/gnn/pooling").stdout == (
        "Deleted #ML/gnn/pooling, which 2 papers bore.\n"
    )
    assert desk("tag", "remove", "ml/gnn", 1).stdout == "Took #ML/gnn from “A”.\n"
    assert desk("tag").stdout.splitlines() == ["      1  ML", "      1  ML/gnn"]
    for _ in range(6):
        desk("undo")
    assert desk("tag").stdout.splitlines()[-1] == "      1  todo"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tag", "rename", "nothing", "x"), "no tag “nothing”"),
        (("tag", "rename", "todo", "ml"), "merge #todo into it"),
        (("tag", "merge", "ml", "ml/gnn"), "lies below #ml"),
        (("tag", "delete", ""), "needs a name"),
        (("tag", "add", 'a "b"', 1), "quotation marks"),
        (("tag", "add", "x" * 10_000, 1), "at most 100"),
        (("tag", "add", "x", 99), "no paper 99"),
        (("tag", "colour", "ml", "pink"), "one of red"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    desk: Call, arguments: tuple[object, ...], said: str
) -> None:
    error = desk(*arguments, code=1).stderr
    assert said in error
    assert len(error.splitlines()) == 1


def test_the_help_names_every_colour(call: Call) -> None:
    said = " ".join(call("tag", "colour", "--help").stdout.split())
    assert ", ".join(COLOURS) in said
