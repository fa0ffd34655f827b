"""The left pane: the shelves of the library."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from tui.messages import PaneOpened
from tui.widgets.line_list import LineList
from tui.widgets.shelf_list import ShelfList


class Sidebar(Vertical):
    """Views, lists, saved searches and tags, with how many papers each holds."""

    BORDER_TITLE = "Library"

    def compose(self) -> ComposeResult:
        """The list of shelves."""
        yield ShelfList()

    @property
    def shelves(self) -> ShelfList:
        """The list of shelves."""
        return self.query_one(ShelfList)

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A shelf that is clicked twice is to be seen."""
        event.stop()
        self.post_message(PaneOpened())
