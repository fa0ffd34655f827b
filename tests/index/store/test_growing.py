"""What takes several transactions is one entry of the history, as long as nothing comes between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.identifiers import Identifier
from index.paper import Paper
from index.store import Store, history, marks, papers, reading
from index.store.history import Growing
from index.store.origins import Arrival
from tests.index.store.test_history import contents, redo, undo

TITLES = ("One", "Two", "Three")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    with store.writing() as db:
        for title in TITLES:
            papers.add(db, Paper(title=title, abstract="x"), Arrival(1, "a", 1))
    yield store
    store.close()


def told(number: int) -> str:
    return f"told {number}"


def tell(
    store: Store, growing: Growing, paper_id: int, fail: bool = False, **fields: object
) -> None:
    """Let a record in as more about a paper, in a transaction of its own."""
    record = Paper.model_validate({"title": TITLES[paper_id - 1], **fields})
    with store.writing() as db, growing.recorded(db):
        papers.join(db, paper_id, record, Arrival(2, "b", paper_id))
        if fail:
            raise ValueError("nothing of this is kept")


def labels(store: Store) -> list[tuple[str, int]]:
    with store.reading() as db:
        return [(entry.label, entry.papers) for entry in history.newest_first(db, 9, None)]


def test_several_transactions_are_undone_and_redone_as_one(store: Store) -> None:
    before, growing = contents(store), Growing(told)
    tell(store, growing, 1, authors=("Ann Ash",))
    tell(store, growing, 2, published="2024")
    tell(store, growing, 1, identifiers=(Identifier("doi", "10.1234/1"),), published="2023")
    after = contents(store)
    assert labels(store) == [("told 2", 2)]
    assert undo(store) == "told 2"
    assert contents(store) == before
    assert redo(store) == "told 2"
    assert contents(store) == after


def test_what_changes_nothing_is_no_entry(store: Store) -> None:
    growing = Growing(told)
    with store.writing() as db, growing.recorded(db):
        pass
    assert labels(store) == []


def test_a_transaction_that_fails_leaves_the_entry_as_it_was(store: Store) -> None:
    growing = Growing(told)
    tell(store, growing, 1, published="2023")
    before = contents(store)
    with pytest.raises(ValueError, match="nothing"):
        tell(store, growing, 2, upvotes=3, fail=True)
    assert contents(store) == before
    tell(store, growing, 2, published="2024")
    assert labels(store) == [("told 2", 2)]


def test_it_grows_past_what_has_nothing_to_do_with_it(store: Store) -> None:
    growing = Growing(told)
    tell(store, growing, 1, published="2023")
    with store.action("star") as db:
        marks.put(db, [1, 2], "starred")
    tell(store, growing, 2, published="2024")
    assert labels(store) == [("star", 2), ("told 2", 2)]
    assert [undo(store), undo(store)] == ["star", "told 2"]


def test_what_came_between_and_meets_it_ends_the_entry(store: Store) -> None:
    before, growing = contents(store), Growing(told)
    tell(store, growing, 1, published="2023")
    with store.action("delete") as db:
        papers.delete(db, [3])
    tell(store, growing, 2, published="2024")
    with store.action("edit") as db:
        db.execute("UPDATE papers SET published = '2020' WHERE id = 2")
    tell(store, growing, 2, published="2020-05", authors=("Bo Bay",))
    assert [label for label, _ in labels(store)] == ["told 1", "edit", "delete", "told 2"]
    assert [undo(store) for _ in range(4)] == ["told 1", "edit", "delete", "told 2"]
    assert contents(store) == before


def test_an_entry_that_was_undone_meanwhile_is_not_woken(store: Store) -> None:
    growing = Growing(told)
    tell(store, growing, 1, published="2023")
    undo(store)
    tell(store, growing, 2, published="2024")
    assert labels(store) == [("told 1", 1), ("told 1", 1)]
    with store.reading() as db:
        assert history.newest_undone(db) is None  # something new was done since
        assert [paper.year for _, paper in reading.fetch(db, [1, 2])] == [None, 2024]
