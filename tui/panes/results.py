"""The middle pane: the search field and what was found."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tui.messages import PaneOpened
from tui.widgets.line_list import LineList
from tui.widgets.result_list import ResultList
from tui.widgets.search_field import SearchField


class ResultsPane(Vertical):
    """Search and results. Its title says which shelf is searched, its foot how many were found."""

    def compose(self) -> ComposeResult:
        """The search field and the list."""
        yield SearchField()
        yield ResultList()

    @property
    def field(self) -> SearchField:
        """The search field."""
        return self.query_one(SearchField)

    @property
    def list(self) -> ResultList:
        """The papers found."""
        return self.query_one(ResultList)

    def entitle(self, shelf: str) -> None:
        """Say which shelf is searched; nothing where it is the whole library."""
        title = Content(f"Search · {shelf}" if shelf else "Search")
        self.border_title = title.truncate(40, ellipsis=True)

    def measure(self, hits: int, total: int, seconds: float | None, searched: bool) -> None:
        """Say how many were found, of how many, and how quickly."""
        if not searched:
            said = "1 paper" if total == 1 else f"{total:,} papers"
        else:
            said = f"{hits:,} of {total:,}"
            if seconds is not None:
                said += f" · {max(1, round(seconds * 1000)):,} ms"
        self.border_subtitle = said

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A paper that is clicked twice is to be seen."""
        event.stop()
        self.post_message(PaneOpened())
