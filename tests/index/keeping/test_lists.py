"""Reading lists through the library's door."""

from __future__ import annotations

from functools import partial

import pytest

from index.errors import NamingError, NoteError, NotFoundError
from index.keeping.lists import moved, still_there
from index.library import Library
from index.views import Item, ListOrder
from tests.index.keeping.conftest import Act, unchanged, undone


def order(library: Library, name: str = "thesis") -> list[int]:
    return list(library.search("", shelf=library.lists.shelf(name).query).ids)


def item(library: Library, paper: int, name: str = "thesis") -> Item:
    return next(item for item in library.detail(paper).items if item.list == name)


@pytest.fixture
def thesis(library: Library) -> Library:
    """Elm, Ash, Gum, Cedar and Beech on the list ``thesis``, in that order."""
    library.lists.add("thesis", [5, 1, 7, 3, 2])
    return library


def test_lists_are_made_filled_and_emptied(library: Library) -> None:
    lists = library.lists
    assert undone(library, lambda: lists.new("thesis")).message == "Made the list “thesis”."
    assert unchanged(library, lambda: lists.new("Thesis")).message == (
        "There is a list “Thesis” already."
    )
    assert undone(library, lambda: lists.add("THESIS", [3, 1, 3])).changed == 2
    assert undone(library, lambda: lists.add("thesis", [1, 2])).changed == 1
    assert unchanged(library, lambda: lists.add("thesis", 2)).message == "Already on “thesis”."
    assert order(library) == [3, 1, 2]
    assert undone(library, lambda: lists.remove("thesis", [1, 9])).changed == 1
    assert unchanged(library, lambda: lists.remove("thesis", 9)).message == "Not on “thesis”."
    undone(library, lambda: lists.add("thesis", 1))
    assert order(library) == [3, 2, 1]
    assert undone(library, lambda: lists.add("later", 4)).message == "Put “Dogwood” on “later”."
    assert lists.names() == ["later", "thesis"]
    assert lists.borne([1, 2, 4]) == {"later": 1, "thesis": 2}
    done = undone(library, lambda: lists.change([1, 4], {"thesis": False, "later": True}))
    assert done.changed == 2
    with pytest.raises(NotFoundError, match=r"“theses”\. Did you mean “thesis”"):
        lists.remove("theses", 1)


@pytest.mark.parametrize(
    ("chosen", "by", "after"),
    [
        ([5], 1, [1, 5, 7, 3, 2]),
        ([2], -1, [5, 1, 7, 2, 3]),
        ([7], -9, [7, 5, 1, 3, 2]),
        ([7], 9, [5, 1, 3, 2, 7]),
        ([1, 7], 1, [5, 3, 1, 7, 2]),
        ([7, 1], -1, [1, 7, 5, 3, 2]),
        ([5, 3], 1, [1, 5, 3, 7, 2]),
        ([1, 2], -1, [1, 2, 5, 7, 3]),
        ([5, 1, 7, 3], 5, [2, 5, 1, 7, 3]),
    ],
)
def test_papers_are_moved_together(
    thesis: Library, chosen: list[int], by: int, after: list[int]
) -> None:
    done = undone(thesis, lambda: thesis.lists.move("thesis", chosen, by))
    assert (order(thesis), done.changed) == (after, len(chosen))
    (entry,) = thesis.history.entries(1)
    assert entry.papers == len(chosen), "those that gave way were not moved"


def test_papers_are_moved_to_a_place(thesis: Library) -> None:
    undone(thesis, lambda: thesis.lists.place("thesis", 2, 0))
    assert order(thesis) == [2, 5, 1, 7, 3]
    undone(thesis, lambda: thesis.lists.place("thesis", [5, 3], 1))
    assert order(thesis) == [2, 5, 3, 1, 7]
    undone(thesis, lambda: thesis.lists.place("thesis", 2, 99))
    assert order(thesis) == [5, 3, 1, 7, 2]


def test_what_cannot_be_moved_stays(thesis: Library) -> None:
    acts: tuple[Act, ...] = (
        lambda: thesis.lists.move("thesis", 5, -1),
        lambda: thesis.lists.move("thesis", 2, 1),
        lambda: thesis.lists.move("thesis", [5, 1, 7, 3, 2], 3),
        lambda: thesis.lists.move("thesis", 7, 0),
        lambda: thesis.lists.place("thesis", 7, 2),
    )
    for act in acts:
        assert unchanged(thesis, act).message == "It is there already."
    with pytest.raises(NotFoundError, match="Paper 9 is not on “thesis”"):
        thesis.lists.move("thesis", [5, 9], 1)
    with pytest.raises(NotFoundError):
        thesis.lists.move("nothing", [5], 1)
    assert moved([], [1], lambda first: first) == []


def test_moving_goes_on_after_some_were_taken_off(thesis: Library) -> None:
    thesis.lists.remove("thesis", [1, 3])
    thesis.lists.add("thesis", [9, 10])
    undone(thesis, lambda: thesis.lists.move("thesis", 10, -2))
    assert order(thesis) == [5, 7, 10, 2, 9]
    thesis.papers.delete(7)
    undone(thesis, lambda: thesis.lists.move("thesis", 9, -2))
    assert order(thesis) == [5, 9, 10, 2]


def test_two_that_came_to_one_place_are_moved_apart(library: Library) -> None:
    library.lists.add("thesis", [1, 2])
    library.lists.remove("thesis", 2)
    removal = library.history.entries()[0].id
    library.lists.add("thesis", [3, 4])
    library.history.undo(removal)
    assert sorted(order(library)) == [1, 2, 3, 4]
    undone(library, lambda: library.lists.place("thesis", 2, 0))
    before = order(library)
    assert before[0] == 2
    undone(library, lambda: library.lists.move("thesis", before[1], 1))
    assert order(library) == [2, before[2], before[1], before[3]]


def test_a_list_is_sorted_and_keeps_its_order_by_hand(thesis: Library) -> None:
    lists = thesis.lists
    thesis.lists.status("thesis", 3, "reading")
    thesis.lists.status("thesis", 7, "skipped")
    thesis.marks.read(5)
    sorted_by: dict[ListOrder, list[int]] = {
        "title": [1, 2, 3, 5, 7],
        "date": [7, 5, 3, 2, 1],
        "status": [3, 1, 2, 5, 7],
        "added": [2, 3, 7, 1, 5],
    }
    for by, expected in sorted_by.items():
        done = undone(thesis, partial(lists.sort, "thesis", by))
        assert done.message == f"Sorted “thesis” by {by}."
        assert order(thesis) == expected
        assert lists.shelf("thesis").order == by
    unchanged(thesis, lambda: lists.sort("thesis", "added"))
    undone(thesis, lambda: lists.sort("thesis", "hand"))
    assert order(thesis) == [5, 1, 7, 3, 2]
    lists.sort("thesis", "title")
    unchanged(thesis, lambda: lists.move("thesis", 1, -1))
    assert lists.shelf("thesis").order == "title"
    undone(thesis, lambda: lists.move("thesis", 1, 1))
    assert (order(thesis), lists.shelf("thesis").order) == ([2, 1, 3, 5, 7], "hand")


def test_progress_counts_what_is_done_or_skipped(thesis: Library) -> None:
    def progress() -> tuple[int, int]:
        shelf = thesis.lists.shelf("thesis")
        assert (shelf.done, shelf.count) == (item(thesis, 5).done, item(thesis, 5).total)
        return shelf.done, shelf.count

    assert progress() == (0, 5)
    done = undone(thesis, lambda: thesis.lists.status("thesis", [5, 1], "done"))
    assert (done.message, done.changed) == ("Marked 2 papers as done on “thesis”.", 2)
    assert not thesis.detail(5).read, "done here, and not read everywhere"
    undone(thesis, lambda: thesis.lists.status("thesis", 7, "skipped"))
    thesis.marks.read(3)
    assert progress() == (4, 5)
    undone(thesis, lambda: thesis.lists.status("thesis", [5, 3], "reading"))
    assert progress() == (2, 5)
    assert unchanged(thesis, lambda: thesis.lists.status("thesis", 1, "done")).message == (
        "Already done."
    )
    rows = thesis.rows(order(thesis), reading_list="thesis")
    assert [row.item for row in rows] == ["reading", "done", "skipped", "reading", "to read"]
    thesis.lists.new("empty")
    assert thesis.lists.shelf("empty").done == 0
    with pytest.raises(NotFoundError, match="Paper 9 is not on"):
        thesis.lists.status("thesis", [1, 9], "done")


def test_an_item_has_a_note(thesis: Library) -> None:
    note = "For chapter 2:\n\n- the proof\n  of Lemma 3"
    undone(thesis, lambda: thesis.lists.note("thesis", 1, note))
    assert (item(thesis, 1).note, thesis.lists.notes("Thesis")) == (note, {1: note})
    unchanged(thesis, lambda: thesis.lists.note("thesis", 1, f"{note}\n"))
    undone(thesis, lambda: thesis.lists.note("thesis", 1, ""))
    with pytest.raises(NoteError, match="at most 10,000"):
        thesis.lists.note("thesis", 1, "x" * 10_001)
    with pytest.raises(NotFoundError):
        thesis.lists.note("thesis", 9, "x")


def test_a_list_is_renamed_copied_archived_and_deleted(thesis: Library) -> None:
    lists = thesis.lists
    lists.status("thesis", 1, "reading")
    lists.note("thesis", 1, "Why")
    lists.sort("thesis", "title")
    undone(thesis, lambda: lists.rename("thesis", "Thesis"))
    undone(thesis, lambda: lists.rename("THESIS", "Book: part (1)"))
    unchanged(thesis, lambda: lists.rename("book: part (1)", "Book: part (1)"))
    done = undone(thesis, lambda: lists.duplicate("Book: part (1)", "copy"))
    assert done.message == "Copied the list “Book: part (1)” to “copy”: 5 papers."
    copied, own = item(thesis, 1, "copy"), item(thesis, 1, "Book: part (1)")
    assert (copied.status, copied.note, copied.added) == (own.status, own.note, own.added)
    assert order(thesis, "copy") == order(thesis, "Book: part (1)")
    for act in (lists.rename, lists.duplicate):
        with pytest.raises(NamingError, match="a list “COPY” already"):
            act("Book: part (1)", "COPY")
    undone(thesis, lambda: lists.archive("copy"))
    unchanged(thesis, lambda: lists.archive("copy"))
    overview = thesis.overview()
    assert [shelf.name for shelf in overview.lists] == ["Book: part (1)"]
    assert [shelf.name for shelf in overview.archived] == ["copy"]
    assert order(thesis, "copy") == [1, 2, 3, 5, 7]
    undone(thesis, lambda: lists.archive("copy", False))
    unchanged(thesis, lambda: lists.archive("copy", False))
    done = undone(thesis, lambda: lists.delete("copy"))
    assert done.message == "Deleted the list “copy”; its 5 papers stay in the library."
    assert order(thesis, "Book: part (1)") == [1, 2, 3, 5, 7]


def test_a_status_is_asked_for_on_the_list_that_is_named(thesis: Library) -> None:
    thesis.lists.add("other", 1)
    thesis.lists.status("thesis", 1, "reading")
    assert thesis.search("list:thesis status:reading").ids == [1]
    assert thesis.search("list:other status:reading").ids == []
    assert thesis.search("status:reading", shelf='list:"thesis"').ids == [1]


@pytest.mark.parametrize(
    "name",
    ["", " \n ", "x" * 101, "x" * 10_000, 'my "own"', "„so“", "\x1b\x07", "\u0301"],
)
def test_what_nothing_can_bear_is_one_sentence(thesis: Library, name: str) -> None:
    lists = thesis.lists
    acts: tuple[Act, ...] = (
        lambda: lists.new(name),
        lambda: lists.add(name, 1),
        lambda: lists.rename("thesis", name),
        lambda: lists.duplicate("thesis", name),
        lambda: lists.change(1, {"a": True, name: True}),
    )
    for act in acts:
        with pytest.raises(NamingError) as error:
            act()
        assert len(str(error.value)) < 100
    with pytest.raises(NotFoundError) as missing:
        lists.shelf(name)
    assert len(str(missing.value)) < 120
    assert lists.names() == ["thesis"]


def test_a_note_of_nothing_readable_takes_none_away(library: Library) -> None:
    library.lists.add("thesis", 1)
    library.lists.note("thesis", 1, "precious")
    with pytest.raises(NoteError, match="nothing in this note"):
        library.lists.note("thesis", 1, "\ufeff\u200b")
    assert library.lists.notes("thesis") == {1: "precious"}


def test_a_list_that_is_gone_meanwhile_is_said(library: Library) -> None:
    library.lists.add("thesis", 1)
    library.lists.rename("thesis", "other")
    with library._store.reading() as db:
        still_there(db, "Other")
        with pytest.raises(NotFoundError, match="“thesis” was renamed or deleted meanwhile"):
            still_there(db, "thesis")
