from __future__ import annotations

from pathlib import Path

import pytest

from index.sources import Record, hf_page, read_source
from index.sources.lines import LONGEST_LINE
from tests.index.sources.samples import ABSTRACTS, INVITATION, TITLES, read, records, rejects

T = [f"A Title with the Number {number}" for number in range(6)]
A = [
    f"This abstract has the number {number}. It says, in more than one sentence, what was done."
    for number in range(6)
]


def page(*lines: str) -> str:
    return INVITATION + "Subscribe" + "\n".join(lines)


def titles(text: str) -> list[str]:
    return [record.paper.title for record in records(read(text, "hf_page"))]


def pairs(text: str) -> list[tuple[str, str]]:
    found = (record.paper for record in records(read(text, "hf_page")))
    return [(paper.title, paper.abstract) for paper in found]


@pytest.mark.parametrize(
    "text",
    [
        "Get trending papers in your email inbox once a day!\nSubscribe{}\n{}\n",
        "Get trending papers in your email inbox!\nSubscribe{}\n{}\n",
        "Subscribe{}\n{}\n",
        "{}\n{}\n",
        INVITATION + "{}\n{}\n",
        INVITATION + "Subscribe\n{}\n{}\n",
        INVITATION + "\n\nSubscribe \n\n{}\n\n{}\n\n",
        INVITATION + "Subscribe {}\n  {}",
    ],
)
def test_the_first_title_stands_free_however_the_page_begins(text: str) -> None:
    assert pairs(text.format(T[0], A[0])) == [(T[0], A[0])]


@pytest.mark.parametrize(
    "title",
    [
        "Subscribe to Learn: Feeds as Curricula",
        "Subscribed Users Stay",
        "Subscribers of Feeds",
        "Subscribe",
        "Subscribe, Read, Forget",
    ],
)
def test_a_title_may_begin_with_the_word_itself(title: str) -> None:
    assert titles(f"{INVITATION}Subscribe{title}\n{A[0]}") == [title]
    assert titles(f"{INVITATION}Subscribe\n{title}\n{A[0]}") == [title]
    assert titles(f"{INVITATION}Subscribe{T[0]}\n{A[0]}\n{title}\n{A[1]}") == [T[0], title]
    if title != "Subscribe":
        assert titles(f"{title}\n{A[0]}") == [title]


@pytest.mark.parametrize(
    "title", ["iNet: Small Nets", "3D Pooling", "R-Tuning Nets", "α-Pooling", "“Quoted” Nets"]
)
def test_any_title_may_be_glued_to_it(title: str) -> None:
    for start in (INVITATION, ""):
        assert titles(f"{start}Subscribe{title}\n{A[0]}") == [title]


def test_pages_may_follow_one_another_in_one_file() -> None:
    end_of_line = page(T[0], A[0], T[1], A[1]) + "\n" + page(T[2], A[2])
    glued = page(T[0], A[0], T[1], A[1]) + page(T[2], A[2])
    for text in (end_of_line, glued):
        items = read(text)
        assert titles(text) == T[:3]
        assert [record.paper.abstract for record in records(items)] == A[:3]
    assert [record.line for record in records(read(glued))] == [3, 5, 8]


def test_a_title_at_the_end_without_its_abstract_is_rejected() -> None:
    items = read(page(T[0], A[0], T[1]))
    assert [record.line for record in records(items)] == [3]
    assert rejects(items) == [(5, f"a title without an abstract: {T[1]}")]


def test_an_abstract_that_is_cut_off_at_the_end_is_kept() -> None:
    assert pairs(page(T[0], A[0], T[1], "This abst")) == [(T[0], A[0]), (T[1], "This abst")]


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_missing_abstract_costs_one_paper(at: int) -> None:
    lines = [text for pair in zip(T[:4], A[:4], strict=True) for text in pair]
    del lines[2 * at + 1]
    items = read(page(*lines))
    assert [(record.paper.title, record.paper.abstract) for record in records(items)] == [
        pair for number, pair in enumerate(zip(T[:4], A[:4], strict=True)) if number != at
    ]
    assert rejects(items) == [(3 + 2 * at, f"a title without an abstract: {T[at]}")]


@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_a_missing_title_costs_one_paper(at: int) -> None:
    lines = [text for pair in zip(T[:4], A[:4], strict=True) for text in pair]
    del lines[2 * at]
    items = read(page(*lines))
    assert titles(page(*lines)) == [title for number, title in enumerate(T[:4]) if number != at]
    assert len(rejects(items)) == 1
    assert rejects(items)[0][0] == 3 + 2 * at
    assert rejects(items)[0][1].startswith("an abstract without a title: This abstract has")


def test_a_title_that_looks_like_two_sentences_is_still_one() -> None:
    assert pairs(page(T[0], "Nets vs. Trees", A[1])) == [("Nets vs. Trees", A[1])]


def test_several_abstracts_in_a_row_are_none_the_title_of_another() -> None:
    long = A[0] * 8
    items = read(page(T[0], A[0], long, long, T[1], A[1]))
    assert [record.paper.title for record in records(items)] == T[:2]
    assert [line for line, _ in rejects(items)] == [5, 6]


def test_a_page_of_titles_alone_brings_in_nothing() -> None:
    items = read(page(*T))
    assert not records(items)
    assert len(rejects(items)) == len(T)


@pytest.mark.parametrize(
    "title",
    [
        "The System of the Year 2008.",
        "Love and Hate. Sentiment Lexicons for Old Languages",
        "A Title That Goes On and On: " + "Very Long, " * 25 + "and Done",
        "Nets!",
        "What Do They Know?",
        "A",
    ],
)
def test_odd_titles_are_told_by_the_abstract_after_them(title: str) -> None:
    lines = (T[0], A[0], title, A[1], T[2], A[2])
    assert pairs(page(*lines)) == [(T[0], A[0]), (title, A[1]), (T[2], A[2])]


@pytest.mark.parametrize(
    "abstract",
    [
        "Short.",
        "We show it. Code: https://github.com/a/b",
        "One sentence that goes on and on without an end " * 6 + "https://a.org",
    ],
)
def test_odd_abstracts_stay_with_their_title(abstract: str) -> None:
    lines = (T[0], abstract, T[1], A[1])
    assert pairs(page(*lines)) == [(T[0], abstract), (T[1], A[1])]


def test_lines_too_long_to_read_cost_one_paper() -> None:
    items = read(page(T[0], "a" * (LONGEST_LINE + 1), T[1], A[1]))
    assert [record.paper.title for record in records(items)] == [T[1]]
    assert rejects(items) == [(4, "the line is longer than 4 MB")]


def test_an_abstract_longer_than_any_is_rejected_by_the_line_of_its_title() -> None:
    items = read(page(T[0], "word " * 30_000, T[1], A[1]))
    assert [record.paper.title for record in records(items)] == [T[1]]
    ((line, reason),) = rejects(items)
    assert line == 3
    assert reason == "abstract: too long (at most 100,000)"


def test_invitations_over_and_over_are_read_in_one_go() -> None:
    again = "Get trending papers in your email inbox" * 50_000
    items = read(page(T[0], f"{again}.", T[1], A[1]))
    assert [record.paper.title for record in records(items)] == [T[1]]


def test_latex_and_links_stay_in_the_abstract_as_they_came() -> None:
    abstract = (
        r"We gain 43.3\% & more, na\"ively, in {\em all} of $\alpha$; see \url{https://a.org/b}."
    )
    (paper,) = (record.paper for record in records(read(page(T[0], abstract))))
    assert paper.abstract == abstract
    assert [(link.kind, link.url) for link in paper.links] == [("other", "https://a.org/b")]
    assert paper.identifiers == ()


def test_an_address_in_an_abstract_identifies_another_paper_than_its_own() -> None:
    abstract = "We build on https://arxiv.org/abs/2402.14393 and on https://doi.org/10.1234/abc."
    (paper,) = (record.paper for record in records(read(page(T[0], abstract))))
    assert paper.identifiers == ()
    assert {link.kind for link in paper.links} == {"other"}


@pytest.mark.parametrize(
    ("text", "recognised"),
    [
        (INVITATION, True),
        (f"Subscribe{TITLES[0]}\n{ABSTRACTS[0]}", True),
        (f"{T[0]}\n{A[0]}\n\n{T[1]}\n{A[1]}\n", True),
        (f"{T[0]}\n{A[0]}\n", False),
        ("\n".join([*sum(zip(T, A, strict=True), ()), *T]), True),
        ("\n".join([*T, INVITATION]), False),
        ("\n".join(T), False),
        ("\n".join(A), False),
        ("@article{a,\n  title = {A Title},\n  year = 2024\n}\n", False),
        ("Name, Year\nA, 2024\nB, 2025\n", False),
        ("Dear reader,\n\nthis is a letter.\n\nIt has no papers. None at all.\n", False),
    ],
)
def test_a_page_is_recognised_by_how_it_begins(text: str, recognised: bool) -> None:
    assert hf_page.recognise(text) == recognised


def test_real_pages_are_read_whole(shared: Path) -> None:
    items = [
        item for file in sorted(shared.glob("papers/page-*.txt")) for item in read_source(file)
    ]
    assert len(items) == 954
    assert len({record.paper.title_key for record in records(items)}) == 899
    assert all(isinstance(item, Record) for item in items)
    holding = [record.paper for record in records(items) if "http" in record.paper.abstract]
    assert len(holding) == 227
    assert all(paper.links for paper in holding)


def test_a_line_lost_from_a_real_page_costs_one_paper(shared: Path) -> None:
    for file in sorted(shared.glob("papers/page-*.txt")):
        text = file.read_text(encoding="utf-8")
        whole = set(pairs(text))
        lines = text.rstrip("\n").split("\n")
        for at in range(4, len(lines), 17):
            items = read("\n".join(lines[:at] + lines[at + 1 :]))
            assert len(rejects(items)) == 1
            assert len(records(items)) == len(lines) // 2 - 2
            assert {
                (record.paper.title, record.paper.abstract) for record in records(items)
            } <= whole
