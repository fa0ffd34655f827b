"""An answer is taken only where it is about the paper that was asked for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identifiers import Identifier
from index.matching import gained, is_doubtful, named, titled
from index.paper import Link, Paper
from index.sources import Record
from index.text import fold_title

ARXIV = Identifier("arxiv", "2402.14393")
OTHER = Identifier("arxiv", "2402.00001")
DOI = Identifier("doi", "10.1234/5")


def record(title: str, *names: Identifier, authors: tuple[str, ...] = ()) -> Record:
    return Record(Paper(title=title, identifiers=names, authors=authors), 1)


def paper(title: str, *names: Identifier, authors: tuple[str, ...] = ()) -> Paper:
    return record(title, *names, authors=authors).paper


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Graph Parsing Networks", "graph parsing networks."),
        ("{G}raph Parsing Networks", "Graph Parsing Networks"),
        ("$\\beta$-VAE: Learning", "β-VAE: learning"),
        ("Poincar\\'e Embeddings", "Poincaré embeddings"),
        ("Fine‐tuning — a survey", "Fine-Tuning: A Survey"),
    ],
)
def test_titles_are_compared_folded(asked: str, answered: str) -> None:
    answer = record(answered, authors=("Jo Moss",))
    assert titled(paper(asked, authors=("J. Moss",)), [answer]) is answer


@pytest.mark.parametrize(
    "answered",
    [
        "Graph Parsing Networks 2",
        "Graph Parsing",
        "Networks Parsing Graph",
        "On Graph Parsing Networks",
        "Graph Passing Networks",
        "Correction: Graph Parsing Networks",
    ],
)
def test_a_title_that_is_nearly_so_is_another(answered: str) -> None:
    assert titled(paper("Graph Parsing Networks"), [record(answered)]) is None


words = st.text(st.sampled_from("aB é-${}\\.β1"), min_size=1, max_size=12).filter(str.strip)


@given(words, words)
def test_only_equal_folded_titles_are_taken(asked: str, answered: str) -> None:
    one, answer = paper(asked, authors=("Jo Moss",)), record(answered, authors=("Jo Moss",))
    same = fold_title(one.title) == fold_title(answer.paper.title)
    assert (titled(one, [answer]) is answer) == same


def test_authors_and_identifiers_may_contradict() -> None:
    title = "Rings of Rain"
    by_moss = paper(title, authors=("Jo Moss",))
    assert titled(by_moss, [record(title, authors=("Otto Ek",))]) is None
    assert titled(by_moss, [record(title, authors=("Moss J", "Otto Ek"))])
    assert titled(paper(title, OTHER), [record(title, ARXIV)]) is None
    assert titled(paper(title, OTHER), [record(title, DOI)])
    assert titled(paper(title, OTHER, DOI), [record(title, ARXIV, DOI)])


def test_the_answer_of_several_that_fits_is_taken() -> None:
    first, second = record("Slow Lamps"), record("Rings of Rain", ARXIV)
    assert titled(paper("Rings of rain"), [first, second]) is second


def test_several_that_fit_must_be_versions_of_one() -> None:
    title = "Rings of Rain"
    bare = [record(title, Identifier("doi", f"10.1234/{number}")) for number in (1, 2)]
    assert titled(paper(title), bare) is None
    apart = [record(title, authors=("Jo Moss",)), record(title, authors=("Otto Ek",))]
    assert titled(paper(title), apart) is None
    assert titled(paper(title, authors=("Otto Ek",)), apart) is apart[1]
    one = [record(title, ARXIV, authors=("Jo Moss",)), record(title, DOI, authors=("Moss, J.",))]
    assert titled(paper(title), one) is one[0]
    assert titled(paper(title), [record(title, ARXIV), record(title, ARXIV, DOI)])


def test_by_a_name_the_answer_bears_it_whatever_its_title() -> None:
    answers = [record("Another", OTHER), record("Its new title", ARXIV)]
    assert named(paper("Its old title", ARXIV, DOI), answers, "arxiv") is answers[1]
    assert named(paper("Its old title", ARXIV, DOI), answers, "doi") is None
    assert named(paper("Its old title"), answers, "arxiv") is None


@pytest.mark.parametrize(
    ("asked", "answered", "authors", "doubtful"),
    [
        ("Graph Knitting in Depth", "A wholly different paper on frogs", (), True),
        ("Graph Knitting in Depth", "A wholly different paper on frogs", ("Otto Ek",), True),
        ("Graph Knitting in Depth", "A wholly different paper on frogs", ("Moss J",), False),
        ("Attention", "Attention is all you need", (), False),
        ("Self-attentive graph pooling", "Graph Pooling with Self-Attention", ("Otto Ek",), False),
    ],
)
def test_an_answer_is_doubted_where_titles_are_unlike_and_authors_do_not_speak_for_it(
    asked: str, answered: str, authors: tuple[str, ...], doubtful: bool
) -> None:
    one, answer = paper(asked, authors=("Jo Moss",)), paper(answered, authors=authors)
    assert is_doubtful(one, answer) == doubtful


def test_what_was_gained_is_told_in_words() -> None:
    before = Paper(title="T", published="2024")
    more = {
        "authors": ("Ann Ash",),
        "identifiers": (ARXIV, DOI),
        "links": (Link(url="https://example.org"),),
    }
    after = before.model_copy(update=more)
    assert gained(before, after) == ("authors", "DOI", "arXiv id", "links")
    assert gained(before, before.model_copy(update={"published": "2024-03"})) == ("date",)
    assert gained(Paper(title="T"), before) == ("year",)
    assert gained(before, before) == ()
