"""The fields of records as loosely typed formats give them."""

from __future__ import annotations

import pytest

from index.sources.fields import date


@pytest.mark.parametrize(
    "written",
    [
        "6 May 2020",
        "06 MAY 2020",
        "6-May-2020",
        "6. May 2020",
        "6th May, 2020",
        "6May2020",
        "6-8 May 2020",
        "May 6, 2020",
        "May 6 2020",
        "May 6th, 2020",
        "may. 6-8, 2020",
        "2020 May 6",
        "2020-May-06",
        "2020/may/6/",
        "2020, May 6th",
        "Wed, 6 May 2020 23:18:42 GMT",
        "Published on Wednesday, May 6, 2020",
    ],
)
def test_days_in_words(written: str) -> None:
    assert date({"date": written}, "date") == "2020-05-06"


@pytest.mark.parametrize("month", ["Sep", "Sept", "Sept.", "September", "SEPTEMBER", "sep."])
@pytest.mark.parametrize("written", ["{} 2020", "2020 {}", "{}, 2020", "2020-{}", "{}-2020"])
def test_months_in_words(written: str, month: str) -> None:
    assert date({"date": written.format(month)}, "date") == "2020-09"


def test_every_month_has_its_number() -> None:
    names = "January February March April May June July August September October November December"
    for number, name in enumerate(names.split(), 1):
        for written in (f"3 {name} 1999", f"3 {name[:3]} 1999"):
            assert date({"date": written}, "date") == f"1999-{number:02}-03"


@pytest.mark.parametrize(
    ("written", "published"),
    [
        ("2020 May-Jun", "2020-05"),  # of a span its beginning, as of a span of days
        ("May/June 2020", "2020-05"),
        ("Dec 2019-Jan 2020", "2019-12"),
        ("28 May-2 June 2020", "2020"),
        ("31 Feb 2020", "2020-02"),
        ("45 May 2020", "2020-05"),
        ("03/04/2020", "2020"),
        ("3.4.2020", "2020"),
        ("Spring 2020", "2020"),
        ("2020 Mayor", "2020"),
        ("Remay 2020", "2020"),
        ("6 Mai 2020", "2020"),
        ("2019; online 6 May 2020", "2019"),
        ("2019-03-04, online 6 May 2020", "2019-03-04"),
        ("May 2020-06", "2020-06"),
        ("6 May 20", None),
        ("May", None),
        ("6 May 3020", None),
        ("May " * 100_000 + "2020", "2020"),
    ],
)
def test_what_is_not_certain_is_left_out(written: str, published: str | None) -> None:
    assert date({"date": written}, "date") == published
