"""CSV, read back by Python's own reader."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.exports import Exported
from index.exports.table import guarded, unguarded
from tests.index.exports.papers import HOSTILE, exported, full, item


def read(*items: Exported, **options: Any) -> list[dict[str, str]]:
    text = exported("csv", *items, **options)
    header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert all(len(row) == len(header) for row in rows)
    return [dict(zip(header, map(unguarded, row), strict=True)) for row in rows]


def test_a_paper_in_full() -> None:
    (row,) = read(full())
    assert {name: value for name, value in row.items() if value} == {
        "key": "muller2024naive1",
        "title": "Naïve {BERT}: O(n²) for 50% & more",
        "authors": "Ada Müller; Jan van der Berg; OpenAI Team",
        "year": "2024",
        "published": "2024-03-07",
        "venue": "Journal of Trials",
        "categories": "cs.LG; stat.ML",
        "doi": "10.1000/a_b1",
        "arxiv": "2402.14001",
        "url": "https://x.y/a_b%20c",
        "upvotes": "12",
        "status": "unread",
        "starred": "yes",
        "tags": "ml/gnn; to do",
        "added": "2024-05-01",
        "note": "Reads *well*.\n\n@article{no, }",
        "abstract": "We try x₁ & find 50% more.\n\nThen we stop.",
    }


def test_lines_end_as_the_standard_says() -> None:
    text = exported("csv", item('a "quoted", title'), item("b", 2, note="two\nlines"))
    assert text.startswith("key,title,authors,")
    assert text.count("\r\n") == 3
    assert ',"a ""quoted"", title",' not in text.split("\r\n")[0]
    assert 'key1,"a ""quoted"", title",' in text
    assert '"two\nlines"' in text


@pytest.mark.parametrize("title", HOSTILE)
def test_no_cell_is_a_formula(title: str) -> None:
    paper = item(title, abstract=title, authors=(title,), venue=title, note=title, tags=(title,))
    rows = list(csv.reader(io.StringIO(exported("csv", paper), newline="")))
    assert not [cell for cell in rows[1] if cell[:1] in tuple("=+-@\t\r")]
    (row,) = read(paper)
    assert row["title"] == row["authors"] == paper.detail.title
    assert row["note"] == row["tags"] == title


@given(st.text(st.sampled_from("'=+-@\t\r\nab＝ ")))
def test_the_guard_can_be_taken_off(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in tuple("=+-@\t\r＝")


def test_what_is_no_formula_is_left_alone() -> None:
    for text in ("'Twas brillig", "a = b", "", "1-2", "“=”"):
        assert guarded(text) == text


def test_abstracts_may_be_left_out() -> None:
    (row,) = read(full(), abstracts="none")
    assert "abstract" not in row
