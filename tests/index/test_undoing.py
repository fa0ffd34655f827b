"""Whatever is done, in whatever order it is undone: the way back always leads to the start."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from index.errors import CarrelError, HistoryError
from index.fields import FIELDS
from index.identifiers import Identifier
from index.library import Library
from index.paper import Paper
from index.store import papers
from index.store.origins import Arrival
from index.store.schema import RECORDED_TABLES
from index.views import Done, HistoryEntry, ItemStatus, ListOrder

PAPERS = (
    Paper(title="Rings and Rain", identifiers=(Identifier("doi", "10.1/1"),), upvotes=3),
    Paper(title="Rings and Rain", identifiers=(Identifier("doi", "10.1/2"),), abstract="Wet."),
    Paper(title="Rings and Snow", identifiers=(Identifier("arxiv", "2402.00001"),)),
    Paper(title="Pooling by Trees", identifiers=(), abstract="Trees pool."),
    Paper(title="Slow Lamps", identifiers=(), upvotes=1),
)

ids = st.integers(1, len(PAPERS) + 1)
groups = st.lists(ids, min_size=1, max_size=4, unique=True)
tags = st.sampled_from(["ml", "ml/gnn", "ML/GNN", "todo"])
names = st.sampled_from(["thesis", "Thesis", "book"])
texts = st.sampled_from(["", "Read twice.", "One\nTwo", "★"])
switch = st.booleans()


def action(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """The name of a room and of what is done there, and what with."""
    return st.tuples(st.just(name), *arguments)


EDITS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(["Rings and Rain", "Snow"]),
        "authors": st.sampled_from(["", "Ada Song"]),
        "abstract": st.sampled_from(["", "Dry."]),
        "categories": st.sampled_from(["", "cs.LG"]),
        "identifiers": st.sampled_from(["", "doi:10.1/1", "arxiv:2402.00002"]),
        "key": st.sampled_from(["snow", "rain"]),
    },
)
ACTIONS = st.one_of(
    action("marks.star", groups, switch),
    action("marks.read", groups, switch),
    action("marks.skip", groups, switch),
    action("marks.rate", groups, st.integers(0, 3)),
    action("tags.add", groups, tags),
    action("tags.change", groups, st.dictionaries(tags, switch, min_size=1)),
    action("tags.rename", tags, tags),
    action("tags.merge", tags, tags),
    action("tags.delete", tags),
    action("tags.colour", tags, st.sampled_from(["", "red", "blue"])),
    action("lists.new", names),
    action("lists.add", names, groups),
    action("lists.change", groups, st.dictionaries(names, switch, min_size=1)),
    action("lists.move", names, ids, st.integers(-2, 2)),
    action("lists.status", names, ids, st.sampled_from(get_args(ItemStatus))),
    action("lists.note", names, ids, texts),
    action("lists.sort", names, st.sampled_from(get_args(ListOrder))),
    action("lists.rename", names, names),
    action("lists.duplicate", names, names),
    action("lists.archive", names, switch),
    action("lists.delete", names),
    action("notes.write", ids, texts),
    action("saved.save", names, st.sampled_from(["is:unread", "rings"])),
    action("saved.rename", names, names),
    action("saved.delete", names),
    action("papers.delete", groups),
    action("papers.edit", ids, EDITS),
    action("papers.unedit", ids, st.lists(st.sampled_from(FIELDS), min_size=1)),
    action("duplicates.merge", ids, groups),
    action("duplicates.apart", ids, ids),
)


FURNITURE: tuple[tuple[Any, ...], ...] = (
    ("lists.add", "thesis", [1, 2, 3, 4]),
    ("lists.status", "thesis", 2, "reading"),
    ("lists.note", "thesis", 2, "Wet."),
    ("tags.add", [1, 2], "ml"),
    ("tags.add", [2, 3], "ml/gnn"),
    ("tags.colour", "ml", "red"),
    ("marks.rate", [1], 2),
    ("notes.write", 2, "Wet and long."),
    ("saved.save", "book", "rings"),
)
"""What is there at the start, so that there is something to undo things to."""


def perform(library: Library, name: str, *arguments: Any) -> Done:
    room, method = name.split(".")
    done: Done = getattr(getattr(library, room), method)(*arguments)
    return done


Way = Literal["undo", "redo"]


class Undoing(RuleBasedStateMachine):
    """A reader at a library, who changes their mind."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.library = Library.open(self.folder)
        self.store = self.library._store
        with self.store.writing() as db:
            for line, paper in enumerate(PAPERS):
                papers.add(db, paper, Arrival(papers.new_batch(db), "a", line))
        for one in FURNITURE:
            perform(self.library, *one)
        with self.store.writing() as db:
            db.execute("DELETE FROM history")
        self.start = self.state()
        self.brought = 0  # papers that were imported

    def teardown(self) -> None:
        self.undo_everything()
        assert self.state() == self.start
        self.library.close()
        shutil.rmtree(self.folder)

    # -- what is looked at

    def state(self) -> object:
        """All that a reader sees, and all that is recorded but for words that are no tags now."""
        with self.store.reading() as db:
            recorded = {
                table: sorted(db.execute(f"SELECT * FROM {table}"), key=repr)
                for table in RECORDED_TABLES
                if table != "tags"
            }
        overview = self.library.overview()
        shelves = (*overview.lists, *overview.archived)
        orders = [self.store.ids_listed(shelf.name) for shelf in shelves]
        return overview, list(self.library.details(self.store.all_ids())), orders, recorded

    def entries(self) -> tuple[HistoryEntry, ...]:
        return self.library.history.entries()

    def undo_everything(self) -> list[Done]:
        """What was said to that, the first of what was done last."""
        undone = []
        while (done := self.library.history.undo()).message != "There is nothing to undo.":
            assert done.message.startswith("Undone: ")
            undone.append(done)
        assert all(entry.undone for entry in self.entries())
        return undone

    @invariant()
    def nothing_dangles(self) -> None:
        with self.store.reading() as db:
            assert db.execute("PRAGMA integrity_check").get == "ok"
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        with self.store.writing() as db:
            db.execute("INSERT INTO note_words (note_words, rank) VALUES ('integrity-check', 1)")

    # -- what is done

    def act(self, action: Callable[[Library], Done]) -> None:
        """An action is one entry, or none where it changes nothing or is refused."""
        before, entries = self.state(), self.entries()
        with suppress(CarrelError):
            rehearsed = self.library.rehearse(action)
            assert (self.state(), self.entries()) == (before, entries)
            assert action(self.library) == rehearsed
        if len(self.entries()) == len(entries):
            assert self.state() == before
            assert self.entries() == entries
            return
        assert self.entries()[1:] == entries
        assert self.library.history.told(self.entries()[0].id)
        assert self.library.history.redo().message == "There is nothing to redo."
        after = self.state()
        self.library.history.undo()
        assert self.state() == before
        self.library.history.redo()
        assert self.state() == after

    @rule(actions=st.lists(ACTIONS, min_size=3, max_size=8))
    def do(self, actions: list[tuple[Any, ...]]) -> None:
        for one in actions:
            self.act(lambda it, one=one: perform(it, *one))  # type: ignore[misc]

    @rule(name=names, reverse=switch, tick=switch)
    def edit_list(self, name: str, reverse: bool, tick: bool) -> None:
        def edit(it: Library) -> Done:
            text = it.lists.markdown(name)
            items = [line for line in text.splitlines() if line.startswith("- [")]
            others = [line for line in text.splitlines() if not line.startswith("- [")]
            if tick:
                items = [line.replace("- [ ]", "- [x]") for line in items]
            ordered = others + (items[::-1] if reverse else items)
            return it.lists.apply(name, "\n".join(ordered) + "\n")

        self.act(edit)

    @rule()
    def bring(self) -> None:
        """Import a paper that is not there yet."""
        self.brought += 1
        file = self.folder / "more.jsonl"
        file.write_text(f'{{"title": "Late Light {self.brought}"}}\n', "utf-8")
        assert self.library.import_files([file]).added == 1

    # -- and undone

    def turn(self, way: Way, entry: int | None = None) -> bool:
        """Undo or redo; whether it was. What is refused changes nothing."""
        before = self.state(), self.entries()
        try:
            done = getattr(self.library.history, way)(entry)
        except HistoryError:
            assert (self.state(), self.entries()) == before
            return False
        if done.message.startswith(("Undone: ", "Redone: ")):
            return True
        assert (self.state(), self.entries()) == before
        return False

    @rule(way=st.sampled_from(get_args(Way)))
    def go(self, way: Way) -> None:
        self.turn(way)

    @rule(data=st.data())
    def undo_from_the_middle(self, data: st.DataObject) -> None:
        """It is undone where nothing is said to stand in the way; else after that is undone."""
        entries = [one for one in self.entries() if not one.undone and one.kind == "action"]
        if not entries:
            return
        entry = data.draw(st.sampled_from(entries))
        before = self.state()
        blockers = self.library.history.blockers(entry.id)
        assert self.turn("undo", entry.id) == (not blockers)
        if blockers:
            for one in (*blockers, entry):
                assert self.turn("undo", one.id)
        for _ in (*blockers, entry):
            assert self.turn("redo")
        assert self.state() == before
        if data.draw(switch):
            for _ in (*blockers, entry):
                assert self.turn("undo")

    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        """An import is undone from anywhere; what was done to its papers can still be undone."""
        entries = [one for one in self.entries() if not one.undone and one.kind == "import"]
        if entries:
            done = self.library.history.undo(data.draw(st.sampled_from(entries)).id)
            if "stay" in done.message:
                self.undo_everything()
                self.start = self.state()

    @rule(data=st.data())
    def redo_from_anywhere(self, data: st.DataObject) -> None:
        entries = [one for one in self.entries() if one.undone]
        if not entries:
            return
        before = self.state()
        entry = data.draw(st.sampled_from(entries))
        if self.turn("redo", entry.id):
            after = self.state()
            assert self.turn("undo")
            assert self.state() == before
            assert self.turn("redo")
            assert self.state() == after

    @rule()
    def there_and_back(self) -> None:
        before = self.state()
        undone = self.undo_everything()
        assert self.state() == self.start
        for done in reversed(undone):
            if "imported" in done.message:  # which cannot be redone
                assert not self.turn("redo")
                return
            assert self.turn("redo")
        assert self.state() == before


TestUndoing = Undoing.TestCase
TestUndoing.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
