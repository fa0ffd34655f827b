"""What the panes tell the desk. State goes down by calls, these go up."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from index.views import Shelf


@dataclass
class ShelfChosen(Message):
    """The cursor of the sidebar stands on a shelf."""

    shelf: Shelf


@dataclass
class QueryTyped(Message):
    """The text of the search field has changed."""

    query: str


@dataclass
class PaperChosen(Message):
    """The cursor of the results stands on a paper."""

    paper_id: int


@dataclass
class MarksChanged(Message):
    """Other papers are marked than before."""

    count: int


@dataclass
class RowsWanted(Message):
    """Rows that come into view are not at hand."""

    ids: tuple[int, ...]


class PaneOpened(Message):
    """What the cursor of a pane stands on is to be seen: the shelf's papers, the paper."""
