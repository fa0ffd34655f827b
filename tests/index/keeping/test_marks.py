"""Stars, reading, skipping and rating through the library's door."""

from __future__ import annotations

import pytest

from index.errors import NamingError, NotFoundError
from index.library import Library
from index.views import ItemStatus
from tests.index.keeping.conftest import TITLES, Act, unchanged, undone


def found(library: Library, query: str) -> list[int]:
    return sorted(library.search(query).ids)


def test_each_decision_is_undone_on_its_own(library: Library) -> None:
    for act, message in (
        (lambda: library.marks.star([1, 2]), "Starred: 2 papers."),
        (lambda: library.marks.rate([1, 2], 4), "Rated 4 of 5: 2 papers."),
        (lambda: library.marks.read(1), "Marked as read: “Ash”."),
        (lambda: library.marks.skip(2), "Skipped: “Beech”."),
        (lambda: library.marks.rate(2, 5), "Rated 5 of 5: “Beech”."),
        (lambda: library.marks.star(1, False), "Unstarred: “Ash”."),
        (lambda: library.marks.read(1, False), "Marked as unread: “Ash”."),
        (lambda: library.marks.skip(2, False), "Unskipped: “Beech”."),
        (lambda: library.marks.rate([1, 2, 3], 0), "Unrated: 3 papers."),
        (lambda: library.papers.delete([1, 2]), "Deleted 2 papers."),
    ):
        assert undone(library, act).message == message


def test_what_is_so_already_is_no_action(library: Library) -> None:
    library.marks.star(1)
    library.marks.rate(1, 3)
    library.marks.skip(2)
    for act, message in (
        (lambda: library.marks.star(1), "Already starred."),
        (lambda: library.marks.star(2, False), "Already unstarred."),
        (lambda: library.marks.rate(1, 3), "Already rated 3 of 5."),
        (lambda: library.marks.rate(2, 0), "Already unrated."),
        (lambda: library.marks.read(1, False), "Already marked as unread."),
        (lambda: library.marks.skip(2), "Already skipped."),
        (lambda: library.marks.skip(1, False), "Already unskipped."),
    ):
        assert unchanged(library, act).message == message
    assert undone(library, lambda: library.marks.star([1, 2, 3])).changed == 2


def test_a_paper_is_read_or_skipped_and_never_both(library: Library) -> None:
    library.marks.read([1, 2])
    undone(library, lambda: library.marks.skip(1))
    assert (found(library, "is:read"), found(library, "is:skipped")) == ([2], [1])
    undone(library, lambda: library.marks.read(1))
    assert (found(library, "is:read"), found(library, "is:skipped")) == ([1, 2], [])
    library.marks.skip(3)
    assert found(library, "is:unread") == list(range(4, len(TITLES) + 1))


def test_the_inbox_is_what_nobody_has_decided_on(library: Library) -> None:
    acts: tuple[Act, ...] = (
        lambda: library.marks.star(1),
        lambda: library.marks.read(2),
        lambda: library.marks.skip(3),
        lambda: library.marks.rate(4, 1),
        lambda: library.tags.add(5, "gnn"),
        lambda: library.lists.add("thesis", 6),
    )
    for paper, act in enumerate(acts, 1):
        assert paper in found(library, "is:inbox")
        act()
        assert paper not in found(library, "is:inbox")
        inbox = next(shelf for shelf in library.overview().views if shelf.name == "Inbox")
        assert inbox.count == len(TITLES) - paper
    library.notes.write(7, "A note is no decision.")
    library.marks.open(7)
    assert 7 in found(library, "is:inbox")


def statuses(library: Library, paper: int) -> dict[str, ItemStatus]:
    return {item.list: item.status for item in library.detail(paper).items}


def test_the_status_on_a_list_follows_the_mark_until_it_says_otherwise(library: Library) -> None:
    library.lists.add("one", 1)
    library.lists.add("two", 1)
    assert statuses(library, 1) == {"one": "to read", "two": "to read"}
    library.lists.status("one", 1, "reading")
    library.lists.status("two", 1, "skipped")
    undone(library, lambda: library.marks.read(1))
    assert statuses(library, 1) == {"one": "done", "two": "skipped"}
    undone(library, lambda: library.lists.status("one", 1, "to read"))
    assert statuses(library, 1) == {"one": "to read", "two": "skipped"}, "to be read again"
    assert undone(library, lambda: library.marks.read(1)).message == "Marked as read: “Ash”."
    assert statuses(library, 1)["one"] == "done"
    undone(library, lambda: library.marks.skip(1))
    assert statuses(library, 1) == {"one": "to read", "two": "skipped"}


def test_what_the_mark_says_is_not_kept_a_second_time(library: Library) -> None:
    library.lists.add("one", 1)
    library.lists.add("two", 1)
    library.lists.status("one", 1, "done")
    library.marks.read(1)
    library.lists.status("two", 1, "reading")
    library.lists.status("two", 1, "done")
    undone(library, lambda: library.marks.read(1, False))
    assert statuses(library, 1) == {"one": "to read", "two": "to read"}


def test_openings_are_seen_and_not_undone(library: Library) -> None:
    before = library.history.entries()
    for paper in (3, 1, 3):
        library.marks.open(paper)
    assert library.history.entries() == before
    assert found(library, "is:opened") == [1, 3]
    assert library.detail(3).opened
    assert not library.detail(2).opened
    with pytest.raises(NotFoundError):
        library.marks.open(99)


def test_what_cannot_be_is_said(library: Library) -> None:
    for rating in (-1, 6):
        with pytest.raises(NamingError, match="from 1 to 5"):
            library.marks.rate(1, rating)
    acts: tuple[Act, ...] = (
        lambda: library.marks.star([1, 99]),
        lambda: library.marks.rate([99], 1),
        lambda: library.papers.delete([1, 99]),
    )
    for act in acts:
        with pytest.raises(NotFoundError, match="no paper 99"):
            act()
    with pytest.raises(NotFoundError, match="No paper was named"):
        library.marks.read([])
    assert found(library, "is:inbox") == list(range(1, len(TITLES) + 1))
