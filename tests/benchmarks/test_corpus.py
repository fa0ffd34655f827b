"""The made papers."""

from __future__ import annotations

import gzip
import itertools
from pathlib import Path

import pytest

from benchmarks import corpus
from benchmarks.corpus import Document
from benchmarks.term_statistics import Terms
from benchmarks.vocabulary import TABLE, real_words, word
from index.library import Library


@pytest.fixture(scope="module")
def papers() -> list[Document]:
    return list(corpus.make(2000))


def test_a_seed_makes_the_same_papers_again(papers: list[Document]) -> None:
    assert list(corpus.make(50)) == papers[:50]
    assert list(corpus.make(50, seed=2)) != papers[:50]


def test_fewer_papers_are_the_beginning_of_more() -> None:
    more = list(itertools.islice(corpus.make(corpus.BLOCK + 20), corpus.BLOCK - 5, None))
    assert len(more) == 25
    assert list(corpus.make(corpus.BLOCK + 3))[corpus.BLOCK - 5 :] == more[:8]


def test_words_are_spread_as_in_real_papers(papers: list[Document]) -> None:
    terms = Terms(papers)
    assert 0.4 < terms.heaps() < 0.7
    assert 0.7 < terms.zipf(1, 100) < 1.1
    assert 0.3 < terms.hapaxes() < 0.6
    assert 1.2 < terms.burstiness(5, 50) < 1.5
    assert 125 < sum(terms.abstracts) / terms.papers < 150
    assert 9 < sum(terms.titles) / terms.papers < 12


def test_queries_mean_something(papers: list[Document]) -> None:
    text = "\n".join(f"{paper.title} {paper.abstract}".lower() for paper in papers)
    for phrase in ("graph neural network", "large language models", "we show that", "of the"):
        assert text.count(phrase) >= 20


def test_ranks_have_words_of_their_own() -> None:
    ranks = TABLE + 1000
    assert len({word(rank) for rank in range(ranks)}) > 0.995 * ranks
    assert word(0) == real_words()[0] == "the"


def test_carrel_takes_every_paper_as_it_is(papers: list[Document], tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    assert corpus.write(papers[:300], file) == 300
    library = Library.open(tmp_path / "library")
    assert library.import_files([file]).added == 300
    found = library.detail(min(library.search("").ids))
    library.close()
    first = papers[0]
    assert (found.title, found.abstract, found.authors) == first[1:4]
    assert (found.published, found.venue, found.categories) == first[4:]


def test_papers_come_back_from_a_file(papers: list[Document], tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    corpus.write(papers[:10], file)
    packed = tmp_path / "papers.jsonl.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    assert list(corpus.read(file)) == list(corpus.read(packed)) == papers[:10]


def test_papers_of_other_files_are_read_too(tmp_path: Path) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "A", "authors": ["B C"], "year": 2010}\n{"abstract": "no title"}\n')
    (paper,) = corpus.read(file)
    assert (paper.title, paper.authors, paper.year, paper.abstract) == ("A", ("B C",), 2010, "")


def test_statistics_stand_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "papers.jsonl"
    corpus.main(["--papers", "60", "--seed", "7", "-o", str(file)])
    corpus.main(["--papers", "60", "--compare", str(file)])
    printed = capsys.readouterr()
    assert "60 papers" in printed.err
    assert "| Heaps' exponent | 0." in printed.out
    assert "| papers | 60 | 60 |" in printed.out
