"""Gathering in words: what papers are named by, what came, and how long ago."""

from __future__ import annotations

import datetime as dt

import pytest

from index.views import Added, Fetched, Follow
from tui.gathering import (
    ago,
    failure,
    failures,
    named,
    only_names,
    told_of_added,
    told_of_fetched,
)

NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2402.14393 math.GT/0309136 https://arxiv.org/abs/2402.14393v2 10.1234/abc", 4),
        ("graph pooling", 0),
        ("2402.14393 pooling", 0),
        ("", 0),
        ("https://example.org/", 0),
        ("2402.14393. https://doi.org/10.1000/abc(2020)", 2),
        ("https://arxiv.org/list/cs.CL/recent https://huggingface.co/papers/date/2026-07-31", 2),
        ("ml/gnn", 0),
    ],
)
def test_a_text_that_holds_nothing_but_names(text: str, count: int) -> None:
    assert len(only_names(text)) == count


def test_a_failure_tells_its_name_once() -> None:
    assert failure(Added("toys", "failed", problem="“toys” is no id.")) == "“toys” is no id."
    long = Added(
        "https://x.org/" + "a" * 99, "failed", problem="https://x.org/" + "a" * 60 + "… no"
    )
    assert failure(long) == long.problem
    assert failure(Added("2001.1", "failed", problem="No paper.")) == "2001.1: No paper."


def test_names_are_told_by_the_one_or_their_number() -> None:
    assert named(["2402.14393"]) == "2402.14393"
    assert named(["1"] * 1234) == "1,234 papers"


def test_what_was_added_is_told_by_outcome_with_its_titles() -> None:
    added = [Added("1", "added", 1, "One")]
    assert told_of_added(added) == ("Added", "One")
    assert told_of_added([Added("1", "updated", 1, "One")])[0] == (
        "Known already, with more about it now"
    )
    many = [
        *added,
        Added("2", "unchanged", 2, "Two"),
        Added("3", "added", 3, "Three"),
        Added("4", "failed", problem="There is no 4."),
        Added("5", "deleted", 5, "Five"),
    ]
    title, titles = told_of_added(many)
    assert title == "2 added, 1 known already, 1 deleted before, and left out"
    assert titles == "One\nTwo\nThree\nand 1 more"
    assert failures(many) == "4: There is no 4."
    assert failures(many[3:4]) == "There is no 4."
    assert told_of_added(many[3:4]) == ("", "")
    assert failures(added) == ""


def test_what_was_fetched_is_told_by_its_sum_and_the_failures() -> None:
    good = Fetched(Follow(1, "arxiv", "cs.CL", result="12 added"), added=12)
    bad = Fetched(Follow(2, "feed", "https://x.org/f", "X", result="x.org is down.", failed=True))
    none = Fetched(Follow(3, "hf", "daily", result="nothing new"))
    assert told_of_fetched([good]) == ("arxiv cs.CL", "12 added")
    assert told_of_fetched([good, none]) == ("12 new papers from 2", "")
    assert told_of_fetched([none, bad]) == ("No new papers from 1 of 2", "X failed: x.org is down.")
    assert told_of_fetched([good, bad, none])[0] == "12 new papers from 2 of 3"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-11-21T11:59:30+00:00", "just now"),
        ("2026-11-21T12:05:00+00:00", "just now"),  # by a clock that goes ahead
        ("2026-11-21T11:59:00+00:00", "1 minute ago"),
        ("2026-11-21T10:00:00+00:00", "2 hours ago"),
        ("2026-11-20T12:00:00+00:00", "yesterday"),
        ("2026-11-18T12:00:00+00:00", "3 days ago"),
        ("2026-03-03T12:00:00+00:00", "on 3 March 2026"),
    ],
)
def test_how_long_ago(moment: str, words: str) -> None:
    assert ago(moment, NOW) == words


def test_a_few_hours_ago_were_not_yesterday() -> None:
    assert ago("2026-11-20T23:00:00+00:00", NOW.replace(hour=2)) == "3 hours ago"
