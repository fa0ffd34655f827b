"""``carrel saved``, and ``carrel skip`` and ``carrel rate``, which need no file of their own."""

from __future__ import annotations

import json

import pytest

from tests.tui.cli.conftest import Call


@pytest.fixture
def desk(call: Call) -> Call:
    call("import", "-", stdin='{"title": "Ash"}\n{"title": "Elm"}\n{"title": "Red maple"}\n')
    call("saved", "add", "maples", "maple", "--sort", "title")
    return call


def test_a_saved_search_counts_what_is_new_until_it_is_run(desk: Call) -> None:
    assert desk("saved").stdout == "      1  maples  maple\n"
    desk("import", "-", stdin='{"title": "A sugar maple"}\n')
    assert desk("saved").stdout == "      2  maples  1 new  maple\n"
    assert json.loads(desk("saved", "--json").stdout) == {
        "name": "maples",
        "query": "maple",
        "count": 2,
        "new": 1,
        "sort": "title",
        "problem": "",
    }
    assert desk("saved", "run", "Maples").stdout.splitlines() == [
        "4  ● A sugar maple",
        "3  ● Red maple",
    ]
    assert desk("saved").stdout == "      2  maples  maple\n"
    found = desk("saved", "run", "maples", "--json", "--limit", 1).stdout
    assert json.loads(found)["id"] == 4


def test_saved_searches_are_renamed_and_deleted(desk: Call) -> None:
    assert desk("saved", "rename", "maples", "Trees").stdout == (
        "Renamed the search “maples” to “Trees”.\n"
    )
    assert desk("saved", "delete", "trees").stdout == "Deleted the search “Trees”.\n"
    assert desk("saved").stdout == ""
    desk("undo")
    assert desk("saved").stdout == "      1  Trees  maple\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "nothing"), "no saved search “nothing”"),
        (("add", "x", "year:soon"), "year: takes"),
        (("add", "", "elm"), "needs a name"),
        (("add", "x", " "), "empty search"),
        (("rename", "nothing", "x"), "no saved search"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    desk: Call, arguments: tuple[str, ...], said: str
) -> None:
    error = desk("saved", *arguments, code=1).stderr
    assert said in error
    assert len(error.splitlines()) == 1


def test_papers_are_skipped_and_rated(desk: Call) -> None:
    assert desk("skip", 1, 2).stdout == "Skipped: 2 papers.\n"
    assert desk("search", "is:skipped").stdout.splitlines() == ["1  - Ash", "2  - Elm"]
    assert desk("unskip", 2).stdout == "Unskipped: “Elm”.\n"
    assert desk("rate", "-", 3, stdin="2 3").stdout == "Rated 3 of 5: 2 papers.\n"
    papers = [json.loads(line) for line in desk("search", "rating:3", "--json").stdout.splitlines()]
    assert [(paper["id"], paper["rating"], paper["skipped"]) for paper in papers] == [
        (2, 3, False),
        (3, 3, False),
    ]
    assert desk("rate", 2, 0).stdout == "Unrated: “Elm”.\n"
    desk("list", "add", "thesis", 1, 2)
    desk("list", "status", "thesis", "done", 2)
    shown = desk("show", 1).stdout
    assert "status:   skipped\n" in shown
    assert "lists:    thesis 1/2 (to read)\n" in shown
    assert "status:   unread, ★★★\n" in desk("show", 3).stdout
