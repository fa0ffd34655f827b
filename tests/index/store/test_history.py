"""What is done is recorded whole, can be undone whole, and only where nothing stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from index.errors import HistoryError, StoreError
from index.identifiers import Identifier
from index.paper import Paper
from index.store import Store, history, lists, marks, notes, papers, rows, tags, undoing
from index.store.origins import Arrival
from index.store.schema import RECORDED_TABLES


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    with store.writing() as db:
        for title in ("One", "Two", "Three"):
            paper = Paper(title=title, identifiers=(), abstract="x", upvotes=1)
            papers.add(db, paper, Arrival(1, "a", 1))
    yield store
    store.close()


def contents(store: Store) -> dict[str, list[tuple[apsw.SQLiteValue, ...]]]:
    with store.reading() as db:
        return {
            table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr)
            for table in RECORDED_TABLES
        }


def undo(store: Store) -> str:
    with store.writing() as db:
        entry = history.newest(db)
        assert entry
        undoing.undo(db, entry)
        return entry.label


def redo(store: Store) -> str:
    with store.writing() as db:
        entry = history.newest_undone(db)
        assert entry
        undoing.redo(db, entry)
        return entry.label


def test_each_action_is_undone_whole_newest_first_and_redone(store: Store) -> None:
    with store.writing() as db:
        tags.know(db, "gnn")
    states = [contents(store)]
    with store.action("star") as db:
        marks.put(db, [1, 2], "starred")
    states.append(contents(store))
    with store.action("tag") as db:
        tags.attach(db, [1, 3], "gnn")
    states.append(contents(store))
    with store.action("list") as db:
        lists.create(db, "thesis")
        lists.append(db, "thesis", [3, 1])
    states.append(contents(store))
    with store.action("note") as db:
        notes.write(db, 1, "Read twice.")
    states.append(contents(store))
    with store.action("delete") as db:
        papers.delete(db, [1])
    states.append(contents(store))
    labels = ["star", "tag", "list", "note", "delete"]
    for label, state in reversed(list(zip(labels, states[:-1], strict=True))):
        assert undo(store) == label
        assert contents(store) == state
    for label, state in zip(labels, states[1:], strict=True):
        assert redo(store) == label
        assert contents(store) == state
    with store.reading() as db:
        assert history.newest_undone(db) is None


def test_an_entry_says_how_many_papers_changed(store: Store) -> None:
    with store.action("star") as db:
        marks.put(db, [1], "starred")
    with store.action("star more") as db:
        marks.put(db, [1, 2, 3], "starred")
        marks.put(db, [2], "read")
    with store.action("a list without papers") as db:
        lists.create(db, "thesis")
    with store.action("delete") as db:
        papers.delete(db, [1])
    with store.action("two that are not one") as db:
        db.execute("INSERT INTO apart VALUES (2, 3)")
    with store.reading() as db:
        told = [(one.label, one.papers) for one in history.newest_first(db, 10, None)]
    assert told == [
        ("two that are not one", 2),
        ("delete", 1),
        ("a list without papers", 0),
        ("star more", 2),  # One was starred before
        ("star", 1),
    ]


def test_a_deleted_paper_that_comes_back_is_a_new_revision(store: Store) -> None:
    with store.action("delete") as db:
        papers.delete(db, [2])
    gone = store.revision()
    undo(store)
    assert store.revision() > gone
    assert [paper_id for _, paper_id in store.changed_since(gone, 10)] == [2]


def test_a_deleted_paper_comes_back_with_its_identifiers_and_origins_in_their_order(
    store: Store,
) -> None:
    names = tuple(Identifier("doi", f"10.1/{number}") for number in range(9))
    with store.writing() as db:
        for line in range(9):
            paper = Paper(title="Four", identifiers=names)
            papers.add(db, paper, Arrival(1, "a", line))
        before = rows.detail(db, 4)
    with store.action("delete") as db:
        papers.delete(db, [4])
    undo(store)
    with store.reading() as db:
        assert rows.detail(db, 4) == before


def test_an_action_that_changes_nothing_is_no_entry(store: Store) -> None:
    with store.action("unstar") as db:
        marks.take(db, [1], "starred")
    with store.action("there and back") as db:
        marks.put(db, [1], "starred")
        marks.take(db, [1], "starred")
    with store.reading() as db:
        assert history.newest(db) is None


def test_an_action_that_fails_or_is_rehearsed_leaves_nothing(store: Store) -> None:
    before = contents(store)

    def fail() -> None:
        with store.action("star") as db:
            marks.put(db, [1], "starred")
            db.execute("DELETE FROM papers WHERE nowhere")

    with pytest.raises(StoreError):
        fail()
    with store.rehearsal(), store.action("star") as db:
        marks.put(db, [1], "starred")
    assert contents(store) == before
    with store.reading() as db:
        assert history.newest(db) is None


def test_what_a_hand_changed_that_the_history_did_not_see_stands_in_the_way(store: Store) -> None:
    with store.action("starred “One”") as db:
        marks.put(db, [1], "starred")
    with store.writing() as db:
        db.execute("UPDATE marks SET at = 'later' WHERE paper_id = 1")
    before = contents(store)
    said = "“starred “One”” cannot be undone: what it changed has been changed since."
    with pytest.raises(HistoryError) as refused:
        undo(store)
    assert str(refused.value) == said
    assert refused.value.entries == ()
    assert contents(store) == before
    with store.reading() as db:
        entry = history.newest(db)
    assert entry
    assert not entry.undone


def test_every_recorded_table_has_a_primary_key_and_no_trigger_writes_to_it(store: Store) -> None:
    with store.reading() as db:
        for table in RECORDED_TABLES:
            keys = [row[5] for row in db.execute(f"PRAGMA table_info({table})")]
            assert any(keys), f"changes to {table} would be recorded silently as nothing"
        triggers = [
            sql for (sql,) in db.execute("SELECT sql FROM sqlite_schema WHERE type='trigger'")
        ]
        tables = {
            name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type='table'")
        }
    assert triggers
    for sql in triggers:
        body = str(sql).split("BEGIN", 1)[1]
        assert not any(f" {table} " in body for table in RECORDED_TABLES)
    derived = {"library", "batches", "history", "revisions", "sqlite_sequence"}
    derived |= {name for name in tables if str(name).startswith("note_words")}
    derived |= {name for name in tables if str(name).startswith("pdf_words")}
    derived |= {"openings", "saved_seen", "pdf_texts", "runs", "validators", "lookups"}
    assert tables - derived == set(RECORDED_TABLES), (
        "a new table is recorded, or derived on purpose"
    )
