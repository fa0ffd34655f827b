"""Which papers lack something, and what is still to be asked about them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from index.identifiers import Identifier
from index.paper import Paper
from index.store import Store, lookups, papers, reading
from index.store.origins import Arrival

NAMES = {
    "arxiv": Identifier("arxiv", "2402.{:05}"),
    "doi": Identifier("doi", "10.1234/{}"),
    "acl": Identifier("acl", "2024.acl-long.{}"),
}
EVER, NEVER = "0001", "9999"  # moments


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def put(store: Store, *schemes: str, authors: bool = False, year: bool = False) -> int:
    """A paper with identifiers of some schemes; its id."""
    with store.writing() as db:
        number = papers.new_batch(db)
        names = [NAMES[scheme] for scheme in schemes]
        paper = Paper(
            title=f"Paper {number}",
            authors=("Ann Ash",) if authors else (),
            published="2024" if year else None,
            identifiers=tuple(Identifier(one.scheme, one.value.format(number)) for one in names),
        )
        taken = papers.add(db, paper, Arrival(number, "a", 1))
        assert taken.paper_id
        return taken.paper_id


def test_the_database_and_the_paper_agree_on_what_lacks(store: Store) -> None:
    for authors, year, named in product((False, True), repeat=3):
        put(store, *["arxiv"] * named, authors=authors, year=year)
    with store.reading() as db:
        found = lookups.lacking(db, None)
        all_of_them = dict(reading.fetch(db, list(range(1, 9))))
        assert found == [number for number, one in all_of_them.items() if lookups.lacks(one)]
        assert found == list(range(1, 8))  # all but the one that has everything
        assert lookups.lacking(db, [3, 8, 99]) == [3]
        assert lookups.lacking(db, []) == []


def test_who_is_asked_depends_on_the_names_of_a_paper(store: Store) -> None:
    put(store)
    put(store, "acl")
    put(store, "doi")
    put(store, "arxiv", "doi", "acl")
    with store.reading() as db:
        assert [tuple(one) for one in lookups.questions(db, None, NEVER)] == [
            (1, True, ("arxiv", "hf_papers", "crossref")),
            (2, True, ("arxiv", "hf_papers", "crossref")),
            (3, False, ("doi",)),
            (4, False, ("arxiv", "doi")),
        ]


def test_who_answered_lately_is_not_asked(store: Store) -> None:
    one, other = put(store), put(store, "doi")
    with store.writing() as db:
        lookups.answered(db, one, "arxiv", found=False)
        lookups.answered(db, other, "doi", found=True)
        lookups.answered(db, other, "doi", found=False)
    with store.reading() as db:
        left = [question.services for question in lookups.questions(db, None, EVER)]
        assert left == [("hf_papers", "crossref"), ()]
        again = [question.services for question in lookups.questions(db, None, NEVER)]
        assert again == [("arxiv", "hf_papers", "crossref"), ("doi",)]
