"""The sample library: whole, true to its format, and fit to be shown."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter

import pytest

from index.identifiers import Identifier, parse_identifier
from index.paper import Paper
from index.samples import landmarks
from index.sources import Record, read_source
from index.text import clean_line, clean_text
from tests.index.sources.samples import records, whole


@pytest.fixture(scope="module")
def papers() -> list[Paper]:
    with landmarks() as file:
        items = [*whole(read_source(file))]
    assert [item for item in items if not isinstance(item, Record)] == []
    return [record.paper for record in records(items)]


@pytest.fixture(scope="module")
def lines() -> list[dict[str, object]]:
    with landmarks() as file:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_there_are_at_least_sixty(papers: list[Paper]) -> None:
    assert len(papers) >= 60


def test_every_paper_can_be_read_cited_and_opened(papers: list[Paper]) -> None:
    for paper in papers:
        assert paper.title
        assert len(paper.abstract.split()) >= 60, paper.title
        assert paper.authors, paper.title
        assert paper.published, paper.title
        assert paper.categories, paper.title
        assert paper.links, paper.title


def test_no_two_are_the_same_paper(papers: list[Paper]) -> None:
    titles = Counter(paper.title_key for paper in papers)
    identifiers = Counter(identifier for paper in papers for identifier in paper.identifiers)
    assert [name for name, count in (titles + identifiers).items() if count > 1] == []


def test_every_identifier_is_recognised(lines: list[dict[str, object]]) -> None:
    for line in lines:
        for scheme in ("arxiv", "doi", "acl"):
            if value := line.get(scheme):
                found = parse_identifier(str(value), scheme)
                assert found == Identifier(
                    scheme, str(value).lower() if scheme == "doi" else str(value)
                )


def test_a_line_holds_known_fields_only_and_each_says_something(
    lines: list[dict[str, object]],
) -> None:
    known = {"title", "authors", "published", "venue", "abstract", "categories"}
    known |= {"arxiv", "doi", "acl", "url", "pdf", "code"}
    for line in lines:
        assert line.keys() <= known, line["title"]
        assert all(line.values()), line["title"]


def test_links_are_secure_and_agree_with_the_identifier(lines: list[dict[str, object]]) -> None:
    for line in lines:
        addresses = [str(line[kind]) for kind in ("url", "pdf", "code") if kind in line]
        assert all(address.startswith("https://") for address in addresses), line["title"]
        if arxiv := line.get("arxiv"):
            assert line["url"] == f"https://arxiv.org/abs/{arxiv}"
            assert line["pdf"] == f"https://arxiv.org/pdf/{arxiv}"
        elif doi := line.get("doi"):
            assert line["url"] == f"https://doi.org/{doi}"


def test_the_text_is_clean_as_it_stands(lines: list[dict[str, object]]) -> None:
    for line in lines:
        title, abstract = str(line["title"]), str(line["abstract"])
        assert title == clean_line(title)
        assert abstract == clean_text(abstract)
        for text in (title, abstract, str(line["authors"])):
            assert unicodedata.is_normalized("NFC", text)
            assert not any(unicodedata.category(letter).startswith("C") for letter in text)


def test_the_oldest_comes_first(papers: list[Paper]) -> None:
    years = [paper.year for paper in papers]
    assert years == sorted(year for year in years if year)
