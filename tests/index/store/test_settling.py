"""Edits that are undone and redone in whatever order, while sources go on speaking."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import HistoryError
from index.fields import FIELDS, SINGLE, value
from index.identifiers import Identifier
from index.keeping.duplicates import Duplicates
from index.keeping.history import History
from index.keeping.papers import Papers
from index.paper import Paper
from index.precedence import Sourced, merge, unedit
from index.store import Store, papers, reading
from index.store.origins import Arrival
from index.text import fold_title
from tests.index.test_precedence import EDITS, RECORDS, single, whose

DOI = (Identifier("doi", "10.1000/x"),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "library.db")
    yield store
    store.close()


def say(store: Store, source: str, **fields: Any) -> None:
    """Let a source speak of the paper."""
    known = {"title": "Pooling", "identifiers": DOI, "source": source}
    take(store, Paper.model_validate(known | fields))


def take(store: Store, record: Paper, place: str = "") -> None:
    with store.writing() as db:
        batch = papers.new_batch(db)
        papers.add(db, record, Arrival(batch, place or f"{batch}", batch))


def sourced(store: Store) -> Sourced:
    with store.reading() as db:
        return reading.sourced(db, 1)


def venue(store: Store) -> tuple[str, str]:
    known = sourced(store)
    return known.paper.venue, known.source("venue")


def called(store: Store) -> set[str]:
    """The folded titles that lead to the paper."""
    with store.reading() as db:
        aliases = db.execute("SELECT value FROM tombstones WHERE scheme = 'alias'").fetchall()
    return {sourced(store).paper.title_key, *(str(alias) for (alias,) in aliases)}


def last(store: Store) -> int:
    return History(store).entries()[0].id


def test_a_better_source_that_spoke_of_an_edited_field_is_shown_when_the_edit_is_undone(
    store: Store,
) -> None:
    say(store, "feed")
    say(store, "bibtex", venue="Kept")
    Papers(store).edit(1, {"venue": "Mine"})
    say(store, "doi", venue="Published")
    say(store, "arxiv", title="Poolings", published="2024")
    assert venue(store) == ("Mine", "reader")
    History(store).undo()
    assert venue(store) == ("Published", "doi")
    History(store).redo()
    assert venue(store) == ("Mine", "reader")
    Papers(store).unedit(1, ["venue"])
    assert venue(store) == ("Published", "doi")


def test_a_better_source_that_said_what_was_overlooked_keeps_no_edit_from_being_undone(
    store: Store,
) -> None:
    say(store, "bibtex", venue="Published")
    Papers(store).edit(1, {"venue": "Mine"})
    say(store, "doi", venue="Published")
    History(store).undo()
    assert venue(store) == ("Published", "doi")


def test_an_edit_and_a_reset_are_done_again_after_a_better_source_spoke(store: Store) -> None:
    say(store, "bibtex", venue="Kept", abstract="Kept.")
    Papers(store).edit(1, {"venue": "Mine", "abstract": "Mine.", "title": "Mine", "key": "mine"})
    edit = last(store)
    History(store).undo(edit)
    say(store, "arxiv", venue="Theirs", abstract="Theirs.", title="Theirs", version=2)
    History(store).redo(edit)
    assert single(sourced(store))["abstract"] == "Mine."
    Papers(store).unedit(1, ["venue"])
    reset = last(store)
    say(store, "doi", title="Theirs", venue="Published")
    History(store).undo(reset)
    assert venue(store) == ("Mine", "reader")
    History(store).undo(edit)
    assert venue(store) == ("Published", "doi")
    assert sourced(store).paper.title == "Theirs"
    assert called(store) == {"pooling", "theirs"}, "by all its titles but the reader's"


def test_what_another_edit_made_of_a_field_still_stands_in_the_way(store: Store) -> None:
    say(store, "bibtex", venue="Kept")
    Papers(store).edit(1, {"venue": "Mine"})
    first = last(store)
    History(store).undo()
    Papers(store).edit(1, {"venue": "Mine now"})
    with pytest.raises(HistoryError, match="came after it"):
        History(store).redo(first)
    assert venue(store) == ("Mine now", "reader")


def test_a_merge_that_is_undone_leaves_what_sources_said_since(store: Store) -> None:
    say(store, "bibtex")
    take(store, Paper(title="Another", source="bibtex", venue="Kept", published="2024"))
    Duplicates(store).merge(1, 2)
    say(store, "feed", venue="Page")
    say(store, "doi", authors=["Ada Song"], abstract="New.")
    History(store).undo()
    assert venue(store) == ("Page", "feed")
    known = sourced(store)
    assert (known.paper.authors, known.paper.published) == (("Ada Song",), None)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), st.tuples(RECORDS, st.sampled_from(["", "a.bib", "b.bib"]))),
        st.tuples(st.just("edit"), EDITS),
        st.tuples(st.just("reset"), st.lists(st.sampled_from(SINGLE), min_size=1)),
        st.tuples(st.sampled_from(["undo", "redo"]), st.integers(0, 5)),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(RECORDS, STEPS)
def test_what_sources_say_is_never_lost_whatever_is_edited_and_undone_between(
    first: Sourced, steps: list[tuple[str, Any]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "library.db")
        said: list[Sourced] = []  # what was said until now, without edits
        places: dict[str, set[str]] = {}  # where each source spoke

        def listen(record: Sourced, place: str = "") -> None:
            own = Sourced(record.paper.model_copy(update={"identifiers": DOI}))
            known = places.setdefault(own.paper.source, set())
            said.append(merge(said[-1], own, anew=known == {place}) if said else own)
            take(store, own.paper, place)
            known.add(place or f"{len(said)}")

        listen(first)
        for step, what in steps:
            match step:
                case "say":
                    listen(*what)
                case "edit":
                    Papers(store).edit(1, what)
                case "reset":
                    Papers(store).unedit(1, what)
                case _:
                    turn(store, step, what)
            spoken = unedit(sourced(store), FIELDS)
            assert single(spoken) == single(said[-1])
            assert whose(spoken) == whose(said[-1])
            titles = spoken.overlooked.get("title", ())
            assert {fold_title(str(one.value)) for one in titles} <= called(store)
        while History(store).undo().changed:
            pass
        assert all(entry.undone for entry in History(store).entries())
        assert not sourced(store).edited
        assert single(sourced(store)) == single(said[-1])
        assert value(sourced(store).paper, "identifiers") == ("doi:10.1000/x",)
        store.close()


def turn(store: Store, way: str, number: int) -> None:
    """Undo or redo one of the newest entries. Only another edit may stand in the way."""
    room = History(store)
    entries = [one for one in room.entries() if one.undone == (way == "redo")]
    if number >= len(entries):
        return
    entry = entries[number].id
    if way == "undo":
        if not room.blockers(entry):
            room.undo(entry)
        return
    with suppress(HistoryError):  # another edit of the field came after it
        room.redo(entry)
