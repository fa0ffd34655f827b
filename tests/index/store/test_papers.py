"""Which record is which paper, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.paper import Paper
from index.precedence import edit
from index.store import Store, identity, lists, marks, notes, papers, reading, tags
from index.store.origins import Arrival
from index.store.papers import Outcome


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def add(
    store: Store, *, batch: int = 1, line: int = 1, restore: bool = False, **fields: Any
) -> Outcome:
    paper = Paper.model_validate({"source": "jsonl", **fields})
    with store.writing() as db:
        taken = papers.add(db, paper, Arrival(batch, "a.jsonl", line), restore=restore)
        return taken.outcome


def found(store: Store, **fields: Any) -> int | None:
    with store.reading() as db:
        return identity.find(db, Paper.model_validate(fields))


def only(store: Store) -> Paper:
    ((_, paper),) = store.papers(store.all_ids())
    return paper


def test_a_paper_comes_back_as_it_went_in(store: Store) -> None:
    paper = Paper.model_validate(
        {
            "title": 'Na\\"ive pooling of $\\alpha$',
            "abstract": "One.\n\nTwo.",
            "authors": ["Ana Díaz", "Bo Li"],
            "published": "2024-03-07",
            "venue": "ICLR",
            "categories": ["cs.LG"],
            "identifiers": [("arxiv", "2402.14393"), ("doi", "10.1/x")],
            "version": 2,
            "links": [{"kind": "code", "url": "https://example.org/code"}],
            "upvotes": 7,
            "source": "jsonl",
        }
    )
    with store.writing() as db:
        papers.add(db, paper, Arrival(1, "a", 1))
    assert only(store) == paper


def test_whose_title_it_is_counts_for_more_than_who_bears_it_elsewhere(store: Store) -> None:
    add(store, title="Frog songs", identifiers=[("doi", "10.1/a")])
    add(store, line=2, title="Slow lamps", authors=["Ada Song"])
    add(store, line=3, title="Slow lamps", identifiers=[("doi", "10.1/a")])
    assert add(store, line=4, title="Slow lamps", abstract="They glow.") is Outcome.UPDATED
    told = {paper.title: paper.abstract for _, paper in store.papers(store.all_ids())}
    assert told == {"Frog songs": "", "Slow lamps": "They glow."}


def test_the_same_record_twice_changes_nothing(store: Store) -> None:
    fields: dict[str, Any] = {
        "title": "Graph pooling",
        "identifiers": [("doi", "10.1/x")],
        "upvotes": 3,
    }
    assert add(store, **fields) is Outcome.ADDED
    before = store.revision()
    assert add(store, **fields) is Outcome.UNCHANGED
    assert store.revision() == before


def test_a_shared_identifier_makes_one_paper_of_two_titles(store: Store) -> None:
    add(store, title="Attention", identifiers=[("arxiv", "1706.03762")])
    outcome = add(store, title="Attention is all you need", identifiers=[("arxiv", "1706.03762")])
    assert outcome is Outcome.UNCHANGED
    assert only(store).title == "Attention"


def test_a_folded_title_joins_records_that_no_identifier_parts(store: Store) -> None:
    add(store, title="Naïve Pooling!")
    assert add(store, title="naive pooling", identifiers=[("doi", "10.1/x")]) is Outcome.UPDATED
    assert only(store).identifiers == (("doi", "10.1/x"),)


def test_the_same_title_with_another_identifier_is_another_paper(store: Store) -> None:
    add(store, title="Introduction", identifiers=[("doi", "10.1/a")])
    assert add(store, title="Introduction", identifiers=[("doi", "10.1/b")]) is Outcome.ADDED
    assert len(store.all_ids()) == 2


def test_a_record_fills_what_is_missing_and_overwrites_nothing(store: Store) -> None:
    add(store, title="Pooling", abstract="Ours.", published="2024")
    add(store, title="Pooling", abstract="Theirs.", authors=["A B"], published="2024-05", venue="X")
    paper = only(store)
    assert (paper.abstract, paper.authors, paper.venue) == ("Ours.", ("A B",), "X")
    assert paper.published == "2024-05", "a finer date of the same year is what was missing"


def test_the_abstract_of_a_newer_version_wins(store: Store) -> None:
    arxiv = [("arxiv", "2402.14393")]
    add(store, title="Pooling", abstract="First.", identifiers=arxiv, version=1)
    add(store, title="Pooling", abstract="Second.", identifiers=arxiv, version=2)
    add(store, title="Pooling", abstract="First.", identifiers=arxiv, version=1)
    assert only(store).abstract == "Second."


def test_an_identifier_stays_with_the_paper_that_holds_it(store: Store) -> None:
    add(store, title="One", identifiers=[("doi", "10.1/one")])
    add(store, title="Two", identifiers=[("arxiv", "2402.00002")])
    both = [("arxiv", "2402.00002"), ("doi", "10.1/one")]
    assert add(store, title="Two", identifiers=both) is Outcome.UPDATED
    assert add(store, title="Two", identifiers=both) is Outcome.UNCHANGED
    (_, one), (_, two) = store.papers([1, 2])
    assert (one.identifiers, two.identifiers) == ((("doi", "10.1/one"),), (both[0],))
    assert [link.url for link in two.links] == ["https://doi.org/10.1/one"], "they may be one"


def test_a_title_that_a_paper_bears_elsewhere_needs_more_where_it_tells_little(
    store: Store,
) -> None:
    doi = [("doi", "10.1/x")]
    add(store, title="Graph Knitting", authors=["Ada Song"], published="2021", identifiers=doi)
    for title in ("Preface", "Knitting Rain", "Knitting of Wet Graphs"):
        add(store, title=title, identifiers=doi)
    assert add(store, title="Preface", published="1990", venue="Frogs") is Outcome.ADDED
    assert found(store, title="Knitting Rain") is None
    assert found(store, title="Knitting Rain", published="2022") is None
    assert found(store, title="Knitting Rain", published="2021-03") == 1
    assert found(store, title="Knitting Rain", authors=["A. Song"]) == 1
    assert found(store, title="Knitting of Wet Graphs") == 1
    assert found(store, title="Knitting of Wet Graphs", published="2024") == 1
    assert found(store, title="Knitting of Wet Graphs", published="1990") is None


def test_a_title_of_any_number_of_works_leads_elsewhere_by_authors_or_abstract(
    store: Store,
) -> None:
    doi, title = [("doi", "10.1/x")], "Message from the Chairs"
    abstract = "We knit a graph by hand, row after row, and unravel it again."
    add(store, title="Graph Knitting", authors=["Ada Song"], abstract=abstract, identifiers=doi)
    add(store, title=title, published="2021", identifiers=doi)
    assert found(store, title=title, published="2021") is None
    assert found(store, title=title, abstract="The chairs welcome all to the city.") is None
    assert found(store, title=title, abstract=abstract.replace("a graph", "graphs")) == 1
    assert found(store, title=title, authors=["Song, Ada"]) == 1
    with store.reading() as db:
        assert identity.find(db, Paper(title=title), key="songgraph") == 1, "as its library knew it"


def test_a_paper_that_the_reader_gave_another_title_is_found_by_its_own(store: Store) -> None:
    add(store, title="Ash")
    with store.writing() as db:
        known = reading.sourced(db, 1)
        papers.update(db, 1, known, edit(known, {"title": "Mine"}))
    assert found(store, title="Ash") == 1


def test_a_name_that_the_reader_took_from_a_paper_tells_its_records_from_it_no_more(
    store: Store,
) -> None:
    wrong, right = ("doi", "10.1/wrong"), ("doi", "10.1/right")
    add(store, title="Graph Knitting", authors=["Ada Song"], identifiers=[wrong])
    with store.writing() as db:
        known = reading.sourced(db, 1)
        edited = edit(known, {"identifiers": (":".join(right),)})
        papers.update(db, 1, known, edited)
    again: dict[str, Any] = {
        "title": "Graph knitting",
        "authors": ["Ada Song"],
        "published": "2021",
    }
    assert add(store, **again, identifiers=[wrong]) is Outcome.UPDATED
    assert only(store).identifiers == (right,)
    assert add(store, title="Of Frogs", identifiers=[wrong]) is Outcome.ADDED, "it may be its own"
    assert add(store, **again, identifiers=[("doi", "10.1/third")]) is Outcome.ADDED


def test_upvotes_are_kept_as_observations(store: Store) -> None:
    add(store, title="Pooling", upvotes=3)
    before = store.revision()
    add(store, title="Pooling", upvotes=9)
    assert only(store).upvotes == 9
    assert store.revision() > before, "papers are sorted by them"


def test_a_deleted_paper_stays_away_until_it_is_asked_for(store: Store) -> None:
    fields: dict[str, Any] = {"title": "Pooling", "identifiers": [("doi", "10.1/x")]}
    add(store, **fields)
    with store.writing() as db:
        papers.delete(db, store.all_ids())
    assert add(store, **fields) is Outcome.DELETED
    assert add(store, title="pooling") is Outcome.DELETED
    assert add(store, title="Pooling", identifiers=[("doi", "10.1/y")]) is Outcome.ADDED
    assert add(store, **fields, restore=True) is Outcome.ADDED
    assert add(store, **fields) is Outcome.UNCHANGED


def test_ids_are_never_used_again(store: Store) -> None:
    add(store, title="One")
    (first,) = store.all_ids()
    with store.writing() as db:
        papers.delete(db, [first])
    add(store, title="Two")
    assert store.all_ids()[0] > first


def test_keys_are_readable_and_unique(store: Store) -> None:
    for n in range(3):
        add(
            store,
            title="Graph pooling",
            authors=["Ana de la Cruz"],
            published="2024",
            identifiers=[("doi", f"10.1/{n}")],
        )
    with store.reading() as db:
        keys = [key for (key,) in db.execute("SELECT key FROM papers ORDER BY id")]
    assert keys == ["delacruz2024graph", "delacruz2024graph-2", "delacruz2024graph-3"]


def test_revisions_say_what_changed_once_a_paper(store: Store) -> None:
    add(store, title="One")
    add(store, title="Two")
    start = store.revision()
    assert [paper_id for _, paper_id in store.changed_since(0, 10)] == store.all_ids()
    add(store, title="One", abstract="Now it has one.")
    with store.writing() as db:
        papers.delete(db, [2])
    changed = store.changed_since(start, 10)
    assert [paper_id for _, paper_id in changed] == [1, 2]
    assert [paper_id for paper_id, _ in store.papers([1, 2])] == [1]
    assert store.changed_since(changed[-1][0], 10) == []
    assert store.revision() == changed[-1][0]


def test_papers_arrive_newest_import_first_in_the_order_of_their_page(store: Store) -> None:
    for batch, title in ((1, "a"), (1, "b"), (2, "c"), (2, "d")):
        add(store, batch=batch, title=title)
    assert store.all_ids() == [3, 4, 1, 2]


def test_withdrawing_an_import_spares_what_the_reader_touched(store: Store) -> None:
    for n, title in enumerate(("starred", "tagged", "listed", "noted", "alone", "again")):
        add(store, batch=2, line=n, title=title)
    add(store, batch=3, line=1, title="again")
    with store.writing() as db:
        marks.put(db, [1], "starred")
        tags.know(db, "gnn")
        tags.attach(db, [2], "gnn")
        lists.create(db, "thesis")
        lists.append(db, "thesis", [3])
        notes.write(db, 4, "Good.")
        assert papers.withdraw_batch(db, 2) == (1, 5)
    assert sorted(store.all_ids()) == [1, 2, 3, 4, 6]
    assert add(store, title="alone") is Outcome.ADDED, "what is withdrawn may come again"


def test_withdrawing_an_import_forgets_where_it_met_papers_of_others(store: Store) -> None:
    add(store, batch=1, line=1, title="One")
    add(store, batch=2, line=7, title="One")
    with store.writing() as db:
        assert papers.withdraw_batch(db, 2) == (0, 0)
        assert [line for (line,) in db.execute("SELECT line FROM origins")] == [1]
        assert papers.withdraw_batch(db, 1) == (1, 0)


def test_a_title_that_many_papers_bear_tells_nothing(store: Store) -> None:
    for n in range(identity.TELLING + 1):
        assert add(store, title="Editorial", identifiers=[("doi", f"10.1/{n}")]) is Outcome.ADDED
    assert add(store, title="Editorial", identifiers=[("doi", "10.1/more")]) is Outcome.ADDED
    assert add(store, title="Editorial") is Outcome.UNCHANGED


def test_the_key_of_a_deleted_paper_is_never_given_to_another(store: Store) -> None:
    add(store, title="Graph pooling", identifiers=[("doi", "10.1/a")])
    with store.writing() as db:
        papers.delete(db, [1])
    add(store, title="Graph pooling", identifiers=[("doi", "10.1/b")])
    with store.reading() as db:
        assert db.execute("SELECT key FROM papers").get == "graphpooling-2"


def test_fewer_upvotes_of_the_same_day_change_nothing(store: Store) -> None:
    for outcome in (Outcome.ADDED, Outcome.UNCHANGED):
        assert add(store, title="Pooling", upvotes=5) is outcome
        assert add(store, title="Pooling", upvotes=1) is Outcome.UNCHANGED
    assert only(store).upvotes == 5


def test_a_version_belongs_to_the_abstract_that_it_is_of(store: Store) -> None:
    arxiv = [("arxiv", "2402.14393")]
    add(store, title="Pooling", abstract="First.", identifiers=arxiv, version=1)
    add(store, title="Pooling", identifiers=arxiv, version=3)
    assert (only(store).abstract, only(store).version) == ("First.", 1)
    add(store, title="Pooling", abstract="Third.", identifiers=arxiv, version=3)
    assert (only(store).abstract, only(store).version) == ("Third.", 3)


ARXIV, DOI, ACL = ("arxiv", "2402.14393"), ("doi", "10.1/pooling"), ("acl", "2024.acl-long.7")


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 1, 0, 3)])
def test_versions_of_a_preprint_and_its_published_forms_are_one_paper(
    store: Store, order: tuple[int, ...]
) -> None:
    records: list[dict[str, Any]] = [
        {"title": "Pooling", "authors": ["Ana Díaz"], "identifiers": [ARXIV], "version": 1},
        {"title": "Pooling by Trees", "authors": ["Ana Díaz"], "identifiers": [ARXIV, DOI]},
        {"title": "Pooling by trees.", "authors": ["Díaz A", "Bo Li"], "identifiers": [DOI]},
        {"title": "Pooling by Trees", "authors": ["Díaz, Ana"], "identifiers": [ACL]},
    ]
    for line in order:
        add(store, line=line + 1, **records[line])
    assert set(only(store).identifiers) == {ARXIV, DOI, ACL}


def test_the_same_title_by_others_is_another_paper(store: Store) -> None:
    add(store, title="Introduction", authors=["Ana Díaz"], identifiers=[DOI])
    assert add(store, title="Introduction", authors=["Bo Li"], identifiers=[ACL]) is Outcome.ADDED
    assert add(store, title="Introduction", authors=["B. Li"]) is Outcome.UNCHANGED
    assert add(store, title="Introduction") is Outcome.UNCHANGED
    assert len(store.all_ids()) == 2
