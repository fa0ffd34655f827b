"""A library of an older carrel: all of it is there, and its history still undoes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from index.errors import HistoryError, StoreError
from index.library import Library
from index.store import Store, migrating
from index.store.schema import MIGRATIONS

VERSION_2 = Path(__file__).with_name("version-2.sql")


def old(folder: Path) -> Path:
    """The database of a library of version 2."""
    folder.mkdir()
    file = folder / "library.db"
    db = apsw.Connection(str(file))
    db.execute(VERSION_2.read_text("utf-8")).fetchall()
    db.close()
    return file


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    old(tmp_path / "library")
    library = Library.open(tmp_path / "library")
    yield library
    library.close()


def titles(library: Library) -> dict[int, str]:
    return {paper.id: paper.title for paper in library.details(range(1, 8))}


def test_all_that_was_in_it_is_there(library: Library, tmp_path: Path) -> None:
    assert titles(library) == {1: "One", 2: "Two", 4: "Four", 6: "Six"}
    one, four = library.detail(1), library.detail(4)
    assert (one.starred, one.lists, one.note) == (True, ("thesis",), "Read it *twice*.")
    assert (one.published, one.abstract, one.upvotes) == ("2024-03-07", "Of one.", 3)
    assert one.origins == ("trees.jsonl, line 1", "more.jsonl, line 1")
    assert (four.venue, four.abstract, four.published) == ("ICLR", "Four, whole.", "2023-05")
    assert list(library.search("note:twice").ids) == [1]
    assert [shelf.name for shelf in library.saved.all()] == ["mine"]
    fresh = Store(tmp_path / "fresh.db")
    store = Store(tmp_path / "library" / "library.db")
    with store.reading() as db, fresh.reading() as other:
        assert db.pragma("user_version") == len(MIGRATIONS)
        assert db.pragma("integrity_check") == "ok"
        tables = "SELECT type, name, tbl_name FROM sqlite_schema ORDER BY 1, 2"
        assert db.execute(tables).fetchall() == other.execute(tables).fetchall()
    store.close()
    fresh.close()


def test_nobody_edited_it_and_its_fields_are_from_the_first_source(library: Library) -> None:
    found = library.provenance(1)
    assert dict(found.fields)["title"] == "jsonl"
    assert [(one.source, one.line, one.raw) for one in found.origins] == [("jsonl", 1, "")] * 2
    assert library.detail(1).edited == ()


def test_its_whole_history_is_undone_and_redone(library: Library) -> None:
    assert "Six" in library.history.redo().message
    assert 6 not in titles(library)
    most = 0
    for _ in library.history.entries():
        library.history.undo()
        if len(titles(library)) == 6:
            most += 1
            assert library.detail(3).authors == ("Bo Li",), "deleted with fewer columns than now"
            assert library.detail(5).title == "On Four"
            assert library.detail(4).abstract == ""
    assert most
    assert titles(library) == {}


def test_what_is_done_now_meets_what_was_done_before(library: Library) -> None:
    merged = next(one for one in library.history.entries() if one.label.startswith("merged"))
    library.papers.edit(4, {"venue": "NeurIPS"})
    library.papers.edit(4, {"abstract": "Mine."})
    with pytest.raises(HistoryError, match="edited the abstract"):
        library.history.undo(merged.id)
    library.history.undo()
    library.history.undo(merged.id)
    assert library.detail(5).title == "On Four"
    assert (library.detail(4).venue, library.detail(4).abstract) == ("NeurIPS", "")


@pytest.mark.parametrize("broken", ["CREATE TABLE broken (;", "SELECT * FROM not_there;"])
def test_a_migration_that_fails_leaves_the_library_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    file = old(tmp_path / "library")
    monkeypatch.setattr(migrating, "MIGRATIONS", (*MIGRATIONS, broken))
    db = apsw.Connection(str(file))
    before = db.execute("SELECT sql FROM sqlite_schema").fetchall()
    with pytest.raises(StoreError):
        Store(file)
    assert db.pragma("user_version") == 2
    assert db.execute("SELECT sql FROM sqlite_schema").fetchall() == before
    db.close()
    monkeypatch.undo()
    store = Store(file)
    assert store.count() == 4
    store.close()
