"""Ranges of time."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.clauses import Span
from index.search.dates import begun_span, ends, span

TODAY = dt.date(2024, 3, 31)


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("year", "2022", Span("year", 2022, 2022)),
        ("year", "2024..2022", Span("year", 2022, 2024)),
        ("year", "2022..", Span("year", 2022, 9999)),
        ("year", "..2022", Span("year", 1, 2022)),
        ("published", "2024", Span("published", 2024_00_00, 2024_99_99)),
        ("published", "2024-02", Span("published", 2024_02_00, 2024_02_99)),
        ("published", "2024-02-29", Span("published", 2024_02_29, 2024_02_29)),
        ("published", "2024-06..2024-03", Span("published", 2024_03_00, 2024_06_99)),
        ("published", "..2024-06", Span("published", 1, 2024_06_99)),
        ("published", "7d", Span("published", 2024_03_24, 9999_12_31)),
        ("published", "1m", Span("published", 2024_02_29, 9999_12_31)),
        ("opened", "7d", Span("opened", day("2024-03-24"), day("9999-12-31"))),
        ("added", "2024-02", Span("added", day("2024-02-01"), day("2024-02-29"))),
        ("added", "2024..", Span("added", day("2024-01-01"), day("9999-12-31"))),
        ("added", "..2024-02-03", Span("added", 1, day("2024-02-03"))),
        ("added", "7d", Span("added", day("2024-03-24"), day("9999-12-31"))),
        ("added", "2W", Span("added", day("2024-03-17"), day("9999-12-31"))),
        ("added", "13m", Span("added", day("2023-02-28"), day("9999-12-31"))),
        ("added", "2y", Span("added", day("2022-03-31"), day("9999-12-31"))),
        ("added", "9999y", Span("added", day("0001-01-31"), day("9999-12-31"))),
        ("added", "9999w", Span("added", TODAY.toordinal() - 69_993, day("9999-12-31"))),
        ("year", "7d", None),
        ("year", "2022-03", None),
        ("year", "2022.", None),
        ("year", "22", None),
        ("published", "2024-13", None),
        ("published", "2023-02-29", None),
        ("published", "2024-3", None),
        ("published", "20240301", None),
        ("added", "7", None),
        ("added", "..", None),
        ("added", "", None),
    ],
)
def test_ranges(column: str, text: str, expected: Span | None) -> None:
    assert span(column, text, TODAY) == expected


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("year", "2", Span("year", 2000, 2999)),
        ("year", "202", Span("year", 2020, 2029)),
        ("year", "2022..202", Span("year", 2022, 2029)),
        ("year", "2022.", Span("year", 2022, 9999)),
        ("published", "20", None),  # it may become 20d
        ("published", "2024-1", Span("published", 2024_10_00, 2024_19_99)),
        ("added", "2024-0", Span("added", day("2024-01-01"), day("2024-09-30"))),
        ("added", "2024-02-3", Span("added", day("2024-02-29"), day("2024-02-29"))),
        ("added", "7x", None),
        ("added", "", None),
    ],
)
def test_ranges_being_typed(column: str, text: str, expected: Span | None) -> None:
    assert begun_span(column, text) == expected


@given(st.sampled_from(["year", "published", "added"]), st.text("0123456789-.dwmy", max_size=24))
def test_any_text_is_a_range_or_none(column: str, text: str) -> None:
    for found in (span(column, text, TODAY), begun_span(column, text)):
        if found:
            assert found.low >= 1
            assert found.low <= found.high or "-" in text
            assert any(ends(found))


dates = st.one_of(
    st.integers(1000, 2999).map(str),
    st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(lambda date: f"{date:%Y-%m}"),
    st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31)).map(dt.date.isoformat),
)


@given(dates, dates)
def test_a_range_is_written_as_it_was_read(one: str, other: str) -> None:
    low, high = sorted((one, other))
    found = span("published", f"{low}..{high}", TODAY)
    assert found
    assert ends(found) == (low, high)
