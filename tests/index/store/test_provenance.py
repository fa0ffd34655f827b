"""Where papers are from: kept with every record, shown a field and a record at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.paper import Paper
from index.store import Store, identity, merging, origins, papers, provenance, reading
from index.store.origins import Arrival
from index.store.papers import Outcome
from index.views import Provenance


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def add(store: Store, source: str, place: str = "", line: int = 1, **fields: Any) -> Outcome:
    paper = Paper.model_validate({"title": "Pooling", "source": source, **fields})
    with store.writing() as db:
        batch = papers.new_batch(db)
        raw = f"<{source} {line}>"
        arrival = Arrival(batch, place or source, line, raw, raw.encode())
        taken = papers.add(db, paper, arrival)
    return taken.outcome


def shown(store: Store, paper_id: int = 1) -> Provenance:
    with store.reading() as db:
        return provenance.shown(db, paper_id, reading.sourced(db, paper_id))


def test_each_field_and_each_record_has_its_source(store: Store) -> None:
    assert add(store, "hf_page", "papers/page-0.txt", 5, abstract="Page.") is Outcome.ADDED
    assert add(store, "arxiv", "arXiv cat:cs.CL", 2, abstract="arXiv.") is Outcome.UPDATED
    found = shown(store)
    assert dict(found.fields) == {"title": "arxiv", "abstract": "arxiv"}
    told = [(one.source, one.place, one.line, one.raw) for one in found.origins]
    assert told == [
        ("hf_page", "papers/page-0.txt", 5, "<hf_page 5>"),
        ("arxiv", "arXiv cat:cs.CL", 2, "<arxiv 2>"),
    ]
    assert all(len(one.day) == len("2026-11-21") for one in found.origins)
    with store.reading() as db:
        assert provenance.places(db, 1) == ("page-0.txt, line 5", "arXiv cat:cs.CL")


def test_a_question_to_a_service_is_one_place_however_its_answer_is_ordered(store: Store) -> None:
    for line in (4, 9, 1):
        add(store, "hf_papers", "Hugging Face daily", line, upvotes=line)
    (daily,) = shown(store).origins
    assert (daily.line, daily.raw) == (4, "<hf_papers 1>"), "the record is the newest"
    add(store, "hf_papers", "Hugging Face 2026-W47", 2)
    for line in (3, 5):
        add(store, "bibtex", "refs.bib", line)
    assert [(one.place, one.line) for one in shown(store).origins] == [
        ("Hugging Face daily", 4),
        ("Hugging Face 2026-W47", 2),
        ("refs.bib", 3),
        ("refs.bib", 5),
    ], "another question is another place, and so is another line of a file"


def test_a_known_record_is_no_second_answer_to_a_question(store: Store) -> None:
    add(store, "hf_papers", "Hugging Face daily", 4)
    add(store, "hf_papers", "Hugging Face 2026-W47", 2)
    with store.writing() as db:
        db.execute("UPDATE origins SET digest = ? WHERE line = 4", (b"new",))
        for line in (7, 8):
            assert origins.meet(db, Arrival(9, "Hugging Face 2026-W47", line, digest=b"new")) == 1
    assert [one.line for one in shown(store).origins] == [4, 2]
    assert [one.raw for one in shown(store).origins] == ["<hf_papers 4>"] * 2


def test_a_source_that_says_the_same_and_knows_better_has_said_it(store: Store) -> None:
    add(store, "bibtex", venue="ICLR")
    before = store.revision()
    assert add(store, "doi", venue="ICLR") is Outcome.UNCHANGED
    assert store.revision() == before, "nothing for the search index"
    assert add(store, "arxiv", venue="arXiv") is Outcome.UNCHANGED
    assert dict(shown(store).fields)["venue"] == "doi"


def test_a_replaced_title_still_finds_the_paper(store: Store) -> None:
    doi = [("doi", "10.1000/x")]
    add(store, "hf_page", authors=["A B"], identifiers=doi)
    assert add(store, "doi", title="Pooling by Trees", identifiers=doi) is Outcome.UPDATED
    assert add(store, "arxiv", title="Poolings", identifiers=doi) is Outcome.UNCHANGED
    with store.reading() as db:
        for title in ("Pooling", "Pooling by Trees", "Poolings"):
            assert identity.find(db, Paper(title=title, authors=("B, A",))) == 1
        assert papers.keys(db, [1]) == {1: "bpooling"}, "what is cited stays true"
    ((_, paper),) = store.papers([1])
    assert paper.title == "Pooling by Trees"


def test_a_new_paper_costs_nothing_of_this(store: Store) -> None:
    add(store, "bibtex", venue="ICLR", abstract="x")
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM fields").get == 0
        assert db.execute("SELECT count(*) FROM overlooked").get == 0


def test_what_is_overlooked_is_one_value_a_rank(store: Store) -> None:
    for source in ("doi", "crossref", "bibtex", "csv", "feed", "hf_page"):
        add(store, source, venue=source)
    with store.reading() as db:
        kept = db.execute("SELECT source, value FROM overlooked ORDER BY source").fetchall()
    assert kept == [("bibtex", '"bibtex"'), ("feed", '"feed"')]


def test_a_merged_paper_has_all_records_as_they_came(store: Store) -> None:
    add(store, "bibtex", venue="Ours", identifiers=[("doi", "10.1000/x")])
    add(store, "arxiv", venue="Theirs", abstract="x", identifiers=[("doi", "10.1000/y")])
    with store.writing() as db:
        merging.merge(db, 1, [2])
    found = shown(store)
    assert [one.raw for one in found.origins] == ["<bibtex 1>", "<arxiv 1>"]
    assert dict(found.fields) == {"title": "bibtex", "venue": "bibtex", "abstract": "arxiv"}
