"""What is done to papers at the desk: to several at once as to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.text import shortened
from index.views import Done, ItemStatus, Row

if TYPE_CHECKING:
    from index.library import Library

Work = Callable[["Library", Sequence[int]], Done]
"""What the library is to do to papers, given their ids."""

HIGHEST = 5  # the best rating
PREVIEWED = 20  # papers; what would change more of them is shown first
TITLES = 5  # of many papers that are named
LONGEST_TITLE = 62  # characters of each


@dataclass(frozen=True, slots=True)
class Toggle:
    """A state of papers: all are put into it, unless all are in it already."""

    verbs: tuple[str, str]  # what puts them into it, and what out of it
    states: tuple[str, str]  # how they are then
    has: Callable[[Row], bool]
    amend: Callable[[Row, bool], Row]  # how a row is about to be
    work: Callable[[Library, Sequence[int], bool], Done]


STAR = Toggle(
    ("star", "unstar"),
    ("starred", "without a star"),
    has=lambda row: row.starred,
    amend=lambda row, on: replace(row, starred=on),
    work=lambda library, ids, on: library.marks.star(ids, on),
)
READ = Toggle(
    ("mark as read", "mark as unread"),
    ("read", "unread"),
    has=lambda row: row.read,
    amend=lambda row, on: replace(
        row, read=on, skipped=row.skipped and not on, item=_item(row, on)
    ),
    work=lambda library, ids, on: library.marks.read(ids, on),
)
SKIP = Toggle(
    ("skip", "no longer skip"),
    ("skipped", "not skipped"),
    has=lambda row: row.skipped,
    amend=lambda row, on: replace(row, skipped=on, read=row.read and not on),
    work=lambda library, ids, on: library.marks.skip(ids, on),
)


def _item(row: Row, read: bool) -> ItemStatus | None:
    """What becomes of a paper's status on a list when it is read, or unread again."""
    if read and row.item in ("to read", "reading"):
        return "done"
    return "to read" if not read and row.item == "done" else row.item


def first_titles(rows: Sequence[Row], count: int) -> list[str]:
    """The titles of the first of ``count`` papers, a line each, and how many more there are."""
    if count == 1:
        return [row.title for row in rows]
    titles = [f"· {shortened(row.title, LONGEST_TITLE)}" for row in rows[:TITLES]]
    more = count - len(titles)
    return [*titles, f"  and {more:,} more"] if more > 0 else titles
