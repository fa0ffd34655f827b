"""Papers that are merged: nothing that was made of any of them is lost, and all can be undone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.keeping.history import History
from index.paper import Paper
from index.store import Store, identity, merging, papers
from index.store.origins import Arrival
from index.store.papers import Outcome
from index.store.schema import RECORDED_TABLES

KEPT, OTHER, THIRD = 1, 2, 3
RECORDS: list[dict[str, Any]] = [
    {
        "title": "Slow Lamps",
        "authors": ["Otto Ek"],
        "published": "2021",
        "venue": "Lamps",
        "identifiers": [("doi", "10.1/lamps")],
        "links": [{"kind": "pdf", "url": "https://example.org/a.pdf"}],
        "categories": ["cs.LG"],
        "upvotes": 3,
    },
    {
        "title": "On Slow Lamps",
        "abstract": "Lamps are surveyed.",
        "authors": ["O. Ek"],
        "identifiers": [("arxiv", "2001.00001")],
        "version": 2,
        "links": [
            {"kind": "pdf", "url": "https://example.org/a.pdf"},
            {"kind": "code", "url": "https://example.org/code"},
        ],
        "categories": ["cs.LG", "cs.CL"],
        "upvotes": 9,
    },
    {"title": "Slow Lamps: A Survey", "abstract": "Older.", "version": 1, "published": "2021-05"},
]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = filled(tmp_path / "library.db")
    yield store
    store.close()


def filled(file: Path) -> Store:
    store = Store(file)
    with store.writing() as db:
        for line, fields in enumerate(RECORDS, 1):
            add(db, fields, line)
    return store


def add(db: apsw.Connection, fields: dict[str, Any], line: int = 1) -> Outcome:
    record = Paper.model_validate({"source": "jsonl", **fields})
    return papers.add(db, record, Arrival(line, f"{line}.jsonl", line)).outcome


def merge(store: Store, keep: int = KEPT, others: tuple[int, ...] = (OTHER, THIRD)) -> None:
    with store.action("merged") as db:
        merging.merge(db, keep, others)


def contents(store: Store) -> dict[str, list[tuple[apsw.SQLiteValue, ...]]]:
    with store.reading() as db:
        return {
            table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr)
            for table in RECORDED_TABLES
        }


def rows(store: Store, query: str) -> list[tuple[apsw.SQLiteValue, ...]]:
    with store.reading() as db:
        return list(db.execute(query))


def write(store: Store, script: str) -> None:
    with store.writing() as db:
        db.execute(script).fetchall()


def test_what_the_kept_paper_has_stays_and_what_it_lacks_is_filled_in(store: Store) -> None:
    merge(store)
    ((paper_id, paper),) = store.papers(store.all_ids())
    assert (paper_id, paper.title, paper.authors, paper.venue) == (
        *(KEPT, "Slow Lamps", ("Otto Ek",), "Lamps"),
    )
    assert (paper.abstract, paper.version) == ("Lamps are surveyed.", 2), "the newest version's"
    assert paper.published == "2021-05"
    assert set(paper.identifiers) == {("doi", "10.1/lamps"), ("arxiv", "2001.00001")}
    assert [link.kind for link in paper.links] == ["pdf", "code"]
    assert (paper.categories, paper.upvotes) == (("cs.LG", "cs.CL"), 9)
    assert rows(store, "SELECT file FROM origins ORDER BY file") == [
        *(("1.jsonl",), ("2.jsonl",), ("3.jsonl",)),
    ]


def test_what_the_reader_made_of_any_of_them_is_kept(store: Store) -> None:
    write(
        store,
        "INSERT INTO tags (id, name, folded) VALUES (1, 'gnn', 'gnn'), (2, 'ml', 'ml');"
        "INSERT INTO paper_tags (paper_id, tag_id) VALUES (1, 1), (2, 1), (2, 2);"
        "INSERT INTO lists (id, name, folded) VALUES (1, 'a', 'a'), (2, 'b', 'b');"
        "INSERT INTO list_items (list_id, paper_id, position, added, status, note) VALUES"
        " (1, 1, 5, '2020', NULL, 'ours'), (1, 2, 6, '2021', 'done', 'theirs'),"
        " (2, 2, 7, '2022', 'reading', 'second'), (2, 3, 8, '2023', NULL, 'third');"
        "INSERT INTO marks (paper_id, mark, value, at) VALUES (1, 'rating', 4, '2020'),"
        " (1, 'skipped', NULL, '2020'), (2, 'rating', 2, '2021'), (2, 'starred', NULL, '2021'),"
        " (3, 'read', NULL, '2022');"
        "INSERT INTO notes (paper_id, text, changed) VALUES (1, 'One.', '2020'), (2, 'Two.', ''),"
        " (3, 'One.', '');"
        "INSERT INTO openings (paper_id, last, times) VALUES (1, '2020', 2), (3, '2024', 1);",
    )
    merge(store)
    assert rows(store, "SELECT tag_id FROM paper_tags ORDER BY 1") == [(1,), (2,)]
    items = rows(store, "SELECT list_id, position, added, status, note FROM list_items ORDER BY 1")
    ours, theirs = "ours\n\n---\n\ntheirs", "second\n\n---\n\nthird"
    assert items == [(1, 5, "2020", None, ours), (2, 7, "2022", None, theirs)], "it is read"
    assert rows(store, "SELECT mark, value, at FROM marks ORDER BY mark") == [
        ("rating", 4, "2020"),
        ("read", None, "2022"),
        ("starred", None, "2021"),
    ]
    assert rows(store, "SELECT text FROM notes") == [("One.\n\n---\n\nTwo.",)]
    assert rows(store, "SELECT last, times FROM openings WHERE paper_id = 1") == [("2024", 2)]


def test_upvotes_of_a_day_are_the_more_of_both(store: Store) -> None:
    write(store, "INSERT INTO upvotes (paper_id, day, count) VALUES (1, '2020-01-01', 1),"
          " (2, '2020-01-01', 5), (3, '2020-01-02', 7)")  # fmt: skip
    merge(store)
    found = rows(store, "SELECT paper_id, day, count FROM upvotes WHERE day < '2021' ORDER BY day")
    assert found == [(1, "2020-01-01", 5), (1, "2020-01-02", 7)]


def test_their_records_join_the_kept_paper_when_they_come_again(store: Store) -> None:
    merge(store)
    with store.writing() as db:
        for line, fields in enumerate(RECORDS, 1):
            assert add(db, fields, line) is Outcome.UNCHANGED
    assert store.all_ids() == [KEPT]


def test_their_citation_keys_stay_taken(store: Store) -> None:
    ((key,),) = rows(store, "SELECT key FROM papers WHERE id = 2")
    merge(store)
    with store.writing() as db:
        add(db, {**RECORDS[1], "identifiers": [("arxiv", "2001.00009")], "title": "On. Slow. Soup"})
    assert rows(store, "SELECT key FROM papers WHERE id <> 1") != [(key,)]


def test_a_title_leads_on_through_papers_merged_in_turn_and_is_buried_with_them(
    store: Store,
) -> None:
    merge(store, THIRD, (OTHER,))
    merge(store, KEPT, (THIRD,))
    titles = [{"title": fields["title"]} for fields in RECORDS]
    with store.writing() as db:
        assert {identity.find(db, Paper.model_validate(fields)) for fields in titles} == {KEPT}
        papers.delete(db, [KEPT])
        assert {add(db, fields) for fields in titles} == {Outcome.DELETED}


def test_an_alias_is_no_grave(store: Store) -> None:
    merge(store)
    with store.writing() as db:
        other = {"title": "On Slow Lamps", "identifiers": [("doi", "10.1/another")]}
        assert add(db, other) is Outcome.ADDED


def test_undoing_the_kept_papers_import_leaves_the_older_paper(store: Store) -> None:
    merge(store, THIRD, (KEPT,))
    with store.writing() as db:
        assert papers.withdraw_batch(db, 3)[0] == 0
    assert THIRD in store.all_ids()


def test_what_was_set_apart_from_one_is_apart_from_the_whole(store: Store) -> None:
    with store.writing() as db:
        assert merging.part(db, THIRD, OTHER) == 1
        assert merging.part(db, OTHER, THIRD) == 0
    assert rows(store, "SELECT one, other FROM apart") == [(OTHER, THIRD)]
    merge(store, KEPT, (OTHER,))
    assert rows(store, "SELECT one, other FROM apart") == [(KEPT, THIRD)]
    merge(store, KEPT, (THIRD,))
    assert rows(store, "SELECT one, other FROM apart") == []


def test_the_published_paper_is_preferred_then_the_one_with_more_to_it(store: Store) -> None:
    def best() -> list[int]:
        with store.reading() as db:
            better = merging.preference(db, [KEPT, OTHER, THIRD])
        return sorted(better, key=lambda paper: better[paper], reverse=True)

    assert best() == [KEPT, OTHER, THIRD]
    write(
        store,
        "DELETE FROM identifiers WHERE scheme = 'doi';"
        "UPDATE papers SET venue = 'Rings' WHERE id = 3",
    )
    assert best() == [THIRD, KEPT, OTHER], "a venue"
    write(store, "DELETE FROM identifiers; UPDATE papers SET venue = ''")
    assert best() == [OTHER, THIRD, KEPT], "an abstract, then the older one"
    write(store, "INSERT INTO notes (paper_id, text, changed) VALUES (3, 'x', '')")
    assert best() == [THIRD, OTHER, KEPT]


ids = st.integers(1, 3)
word = st.sampled_from(["One.", "Two.", "a\n\nb"])
decisions = st.fixed_dictionaries(
    {
        "paper_tags (tag_id, paper_id)": st.sets(st.tuples(st.integers(1, 2), ids)),
        "marks (mark, paper_id, value, at)": st.dictionaries(
            st.tuples(st.sampled_from(["starred", "read", "skipped"]), ids),
            st.tuples(st.none(), st.sampled_from(["2020", "2021"])),
        ),
        "notes (paper_id, text, changed)": st.dictionaries(
            st.tuples(ids), st.tuples(word, st.just("2020"))
        ),
        "list_items (list_id, paper_id, position, added, status, note)": st.dictionaries(
            st.tuples(st.just(1), ids),
            st.tuples(
                st.integers(1, 5), st.just("2020"), st.sampled_from([None, "done"]), st.just("")
            ),
        ),
        "apart (one, other)": st.sets(st.sampled_from([(1, 2), (1, 3), (2, 3)])),
    }
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(made=decisions, order=st.permutations([1, 2, 3]), count=st.integers(1, 2))
def test_undoing_a_merge_gives_the_same_library_and_redoing_it_the_same_merge(
    tmp_path: Path, made: dict[str, Any], order: list[int], count: int
) -> None:
    file = tmp_path / "library.db"
    for old in tmp_path.glob("library.db*"):
        old.unlink()
    store = filled(file)
    with store.writing() as db:
        db.execute(
            "INSERT INTO tags (id, name, folded) VALUES (1, 'gnn', 'gnn'), (2, 'ml', 'ml');"
            "INSERT INTO lists (id, name, folded) VALUES (1, 'a', 'a')"
        ).fetchall()
        for table, found in made.items():
            values = found if isinstance(found, set) else [k + v for k, v in found.items()]
            places = ", ".join("?" for _ in table.split(","))
            db.executemany(f"INSERT INTO {table} VALUES ({places})", list(values))
    before = contents(store)
    keep, *others = order[: count + 1]
    merge(store, keep, tuple(others))
    after = contents(store)
    assert after != before
    left = set(store.all_ids())
    assert left == {1, 2, 3} - set(others)
    History(store).undo()
    assert contents(store) == before
    History(store).redo()
    assert contents(store) == after
    store.close()
