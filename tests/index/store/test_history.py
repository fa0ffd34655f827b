"""What is done can be undone, whole, and only where nothing stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from index.errors import StoreError
from index.paper import Paper
from index.store import Store, history, lists, marks, papers, tags
from index.store.schema import RECORDED_TABLES


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    with store.writing() as db:
        for title in ("One", "Two", "Three"):
            paper = Paper(title=title, identifiers=(), abstract="x", upvotes=1)
            papers.add(db, paper, batch=1, file="a", line=1)
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
        history.undo(db, entry)
        history.mark_undone(db, entry)
        return entry.label


def test_each_action_is_undone_whole_newest_first(store: Store) -> None:
    states = [contents(store)]
    with store.action("star") as db:
        marks.star(db, [1, 2], on=True)
    states.append(contents(store))
    with store.action("tag") as db:
        tags.attach(db, [1, 3], "gnn")
    states.append(contents(store))
    with store.action("list") as db:
        lists.create(db, "thesis")
        lists.append(db, "thesis", [3, 1])
    states.append(contents(store))
    with store.action("note") as db:
        marks.set_note(db, 1, "Read twice.")
    states.append(contents(store))
    with store.action("delete") as db:
        papers.delete(db, [1])
        tags.drop_unborne(db)
    assert contents(store) != states[-1]
    for label in ("delete", "note", "list", "tag", "star"):
        assert undo(store) == label
        assert contents(store) == states.pop()


def test_a_deleted_paper_that_comes_back_is_a_new_revision(store: Store) -> None:
    with store.action("delete") as db:
        papers.delete(db, [2])
    gone = store.revision()
    undo(store)
    assert store.revision() > gone
    assert [paper_id for _, paper_id in store.changed_since(gone, 10)] == [2]


def test_an_action_that_changes_nothing_is_no_entry(store: Store) -> None:
    with store.action("unstar") as db:
        marks.star(db, [1], on=False)
    with store.reading() as db:
        assert history.newest(db) is None


def test_an_action_that_fails_leaves_nothing(store: Store) -> None:
    before = contents(store)
    with pytest.raises(StoreError), store.action("star") as db:
        db.execute(f"DELETE FROM papers WHERE {marks.star(db, [1], on=True)} = nowhere")
    assert contents(store) == before
    with store.reading() as db:
        assert history.newest(db) is None


def test_a_later_change_in_the_way_is_said_and_nothing_is_undone(store: Store) -> None:
    with store.action("starred “One”") as db:
        marks.star(db, [1], on=True)
    with store.writing() as db:  # by a hand that the history did not see
        db.execute("UPDATE marks SET starred = 'later' WHERE paper_id = 1")
    before = contents(store)
    with pytest.raises(StoreError, match="“starred “One”” cannot be undone"):
        undo(store)
    assert contents(store) == before


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
    assert tables - derived == set(RECORDED_TABLES), (
        "a new table is recorded, or derived on purpose"
    )
