"""What carrel exports comes back into an empty library as the same papers."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index import Library
from index.text import fold_title
from index.views import Detail
from tests.index.exports.papers import HOSTILE

PAPERS: list[dict[str, Any]] = [
    {
        "title": 'Na\\"ive {BERT}: $O(n^2)$ for 50\\% & more GNNs in R&D',
        "abstract": "We try $x_1$ & find 50\\% more, in “quotes” — at ~5$.",
        "authors": ['Ada M\\"uller', "Jan van der Berg", "OpenAI Team", "Sammy Davis Jr.", "Plato"],
        "published": "2024-03-07",
        "venue": "Journal of Trials",
        "categories": ["cs.LG"],
        "doi": "10.1000/a_b1",
        "arxiv": "2402.14001",
        "url": "https://x.org/a_b%20c",
    },
    {"title": "graph parsing networks", "authors": ["René d'Arc"], "published": "2023-11"},
    {"title": "A paper of ACL", "venue": "Findings of ACL", "acl": "2024.acl-long.1"},
    {"title": "An “open” paper; with =signs", "openreview": "hv3SklibkL", "published": "2022"},
    {"title": "日本語 Łódź α-nets ∞", "authors": ["山田 太郎"], "arxiv": "cs/0112017"},
]


@pytest.fixture(params=["bibtex", "csl-json", "csv", "jsonl"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ours(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "ours")
    yield library
    library.close()


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "other")
    yield library
    library.close()


def fill(library: Library, papers: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(paper) + "\n" for paper in papers)
    report = library.import_files([None], format="jsonl", stdin=io.BytesIO(text.encode()))
    assert report.added == len(papers)


def bring(ours: Library, other: Library, form: str) -> int:
    """Take all papers from one library to the other, unnamed; returns how many came."""
    text = "".join(ours.export(format=form))
    report = other.import_files([None], stdin=io.BytesIO(text.encode()))
    assert report.rejects == ()
    return report.added


def known(library: Library, form: str) -> list[dict[str, Any]]:
    return [facts(detail, form) for detail in library.details(range(1, 100))]


def facts(paper: Detail, form: str) -> dict[str, Any]:
    """What a format can say of a paper; BibTeX knows no days, and protects capitals by braces."""
    return {
        "title": paper.title.replace("{BERT}", "BERT"),
        "key": fold_title(paper.title),
        "abstract": paper.abstract,
        "authors": paper.authors,
        "published": paper.published[:7] if form == "bibtex" else paper.published,
        "venue": paper.venue,
        "categories": paper.categories if form != "csl-json" else (),
        "identifiers": sorted(paper.identifiers),
        "page": next((link.url for link in paper.links if link.kind == "page"), ""),
    }


def test_the_same_papers_come_back(ours: Library, other: Library, form: str) -> None:
    fill(ours, PAPERS)
    assert bring(ours, other, form) == len(PAPERS)
    for mine, theirs in zip(known(ours, form), known(other, form), strict=True):
        own = {name: value for name, value in mine.items() if name != "page"}
        assert {name: theirs[name] for name in own} == own
        if mine["page"]:
            assert theirs["page"] == mine["page"]


def test_what_came_back_is_what_was_there(ours: Library, form: str) -> None:
    fill(ours, PAPERS)
    assert bring(ours, ours, form) == 0


def test_hostile_titles_come_back(ours: Library, other: Library, form: str) -> None:
    titles = [title for title in HOSTILE if fold_title(title) and "&" not in title]
    fill(
        ours,
        [{"title": f"{title} {at}", "doi": f"10.1000/{at}"} for at, title in enumerate(titles)],
    )
    assert bring(ours, other, form) == len(titles)
    for mine, theirs in zip(known(ours, form), known(other, form), strict=True):
        if form == "csl-json":  # where <b> is type, not text
            assert theirs["key"] == fold_title(mine["title"].replace("<b>", "").replace("<b", ""))
        else:
            assert theirs["key"] == mine["key"]
