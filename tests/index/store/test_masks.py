"""The sets of papers that a query's filters ask the store for."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.paper import Paper
from index.store import Store, papers
from index.store.origins import Arrival
from index.text import clean_line


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Five papers: 1 starred and rated, 2 read, 3 skipped, 4 with a note, 5 as it came."""
    store = Store(tmp_path / "library.db")
    with store.writing() as db:
        for number in range(1, 6):
            papers.add(db, Paper(title=f"Paper {number}"), Arrival(1, "a", number))
        for paper, mark, value in ((1, "starred", None), (1, "rating", 4), (2, "read", None)):
            put(db, "marks", paper_id=paper, mark=mark, value=value, at="")
        put(db, "marks", paper_id=3, mark="skipped", value=None, at="")
        put(db, "notes", paper_id=4, text="Über Straßen: a *note* to do — α’s", changed="")
    yield store
    store.close()


def put(db: apsw.Connection, table: str, **row: str | int | None) -> None:
    names = ", ".join(row)
    db.execute(
        f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(row))})", (*row.values(),)
    )


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("starred", [1]),
        ("rated", [1]),
        ("read", [2]),
        ("skipped", [3]),
        ("noted", [4]),
        ("decided", [1, 2, 3]),
        ("opened", []),
        ("tagged", []),
        ("listed", []),
        ("abstract", []),
    ],
)
def test_states(store: Store, state: str, expected: list[int]) -> None:
    assert store.ids_where(state) == expected


def test_what_is_tagged_or_listed_is_decided(store: Store) -> None:
    with store.writing() as db:
        put(db, "tags", id=7, name="gnn", folded="gnn")
        put(db, "paper_tags", paper_id=4, tag_id=7)
        put(db, "lists", id=7, name="thesis", folded="thesis")
        put(db, "list_items", list_id=7, paper_id=5, position=1, added="")
    assert store.ids_where("tagged") == [4]
    assert store.ids_where("listed") == [5]
    assert store.ids_where("decided") == [1, 2, 3, 4, 5]


def test_ratings(store: Store) -> None:
    with store.writing() as db:
        put(db, "marks", paper_id=2, mark="rating", value=2, at="")
    assert store.ids_rated(4, 5) == [1]
    assert store.ids_rated(1, 2) == [2]
    assert store.ids_rated(1, 5) == [1, 2]
    assert store.ids_rated(5, 5) == []


def test_a_tag_finds_what_is_below_it_once(store: Store) -> None:
    tags = ["ml", "ml/gnn", "ml/gnn/pooling", "mlp", "ml-ops", "Größe"]
    borne = {1: ["ml"], 2: ["ml/gnn", "ml/gnn/pooling"], 3: ["mlp"], 4: ["ml-ops"], 5: ["Größe"]}
    with store.writing() as db:
        for number, tag in enumerate(tags):
            put(db, "tags", id=number, name=tag, folded="grosse" if tag == "Größe" else tag)
        for paper, names in borne.items():
            for name in names:
                put(db, "paper_tags", paper_id=paper, tag_id=tags.index(name))
    assert store.ids_tagged("ml") == [1, 2]
    assert store.ids_tagged("ml/gnn") == [2]
    assert store.ids_tagged("m") == []
    assert store.ids_tagged("ml/gn") == []
    assert store.ids_tagged("grosse") == [5]
    assert store.ids_tagged("ml", begun=True) == [1, 2, 3, 4]
    assert store.ids_tagged("ml/", begun=True) == [2]
    assert store.ids_tagged("", begun=True) == [1, 2, 3, 4, 5]


def test_a_status_is_as_it_was_set_else_as_the_paper_stands(store: Store) -> None:
    with store.writing() as db:
        for number, name in enumerate(("thesis", "later")):
            put(db, "lists", id=number, name=name, folded=name)
        for number, paper, status in (
            (0, 1, None),
            (0, 2, None),
            (0, 3, "reading"),
            (1, 3, "skipped"),
            (1, 2, "to read"),
            (1, 4, "done"),
        ):
            row = {"list_id": number, "paper_id": paper, "position": paper, "status": status}
            put(db, "list_items", added="", **row)
    found = {
        (status, name): store.ids_with_status(status, name)
        for status in ("to read", "reading", "done", "skipped")
        for name in ("", "thesis", "later", "none")
    }
    assert {key: ids for key, ids in found.items() if ids} == {
        ("to read", ""): [1, 2],
        ("to read", "thesis"): [1],
        ("to read", "later"): [2],
        ("reading", ""): [3],
        ("reading", "thesis"): [3],
        ("done", ""): [2, 4],
        ("done", "thesis"): [2],
        ("done", "later"): [4],
        ("skipped", ""): [3],
        ("skipped", "later"): [3],
    }


@pytest.mark.parametrize(
    ("text", "begun", "found"),
    [
        ("note", False, True),
        ("NOTE", False, True),
        ("uber", False, True),
        ("Über", False, True),
        ("straßen", False, True),
        ("α", False, True),
        ("to do", False, True),
        ("do to", False, False),
        ("note-to", False, True),
        ("no", False, False),
        ("no", True, True),
        ("a note t", True, True),
        ("a note t", False, False),
        ("", False, False),
        ("!!!", True, False),
        ('a "note" to', False, True),
        ("note OR nothing", False, False),
        ("text:note", False, False),
        ("note*", False, True),
        ("^über", False, True),
        ("note)", False, True),
        ("NEAR(note do)", False, False),
        ("\\", True, False),
    ],
)
def test_words_of_notes(store: Store, text: str, begun: bool, found: bool) -> None:
    assert store.ids_noting(text, begun) == ([4] if found else [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(), st.text('"*^():-+\\αA ', max_size=9), st.booleans())
def test_any_text_is_words_of_notes(store: Store, text: str, signs: str, begun: bool) -> None:
    for asked in (text, signs, text + signs):
        assert store.ids_noting(clean_line(asked), begun) in ([], [4])


def test_words_of_notes_follow_the_notes(store: Store) -> None:
    with store.action("wrote") as db:
        db.execute("UPDATE notes SET text = 'Something else'")
    assert store.ids_noting("note") == []
    assert store.ids_noting("something") == [4]
    with store.action("deleted") as db:
        papers.delete(db, [4])
    assert store.ids_noting("something") == []


def test_openings_are_counted_by_the_readers_days(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")  # nine hours ahead
    time.tzset()
    day = dt.date(2024, 3, 7).toordinal()
    with store.writing() as db:
        for paper, last in ((1, "03-06T14:59:59"), (2, "03-06T15:00:00"), (5, "03-07T14:59:59")):
            put(db, "openings", paper_id=paper, last=f"2024-{last}+00:00", times=1)
    assert store.ids_opened(day, day) == [2, 5]
    assert store.ids_opened(day - 1, day - 1) == [1]
    assert store.ids_opened(1, dt.date.max.toordinal()) == [1, 2, 5]
    assert store.ids_where("opened") == [5, 2, 1]
    with store.action("deleted") as db:
        papers.delete(db, [2])
    assert store.ids_where("opened") == [5, 1]
    monkeypatch.undo()
    time.tzset()
