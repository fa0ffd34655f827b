"""The right pane: one paper, to be read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from index.views import Detail
from tui.widgets.paper_text import paper_text
from tui.widgets.scroller import Scroller


class PaperPane(Scroller):
    """The paper at the cursor of the results."""

    BORDER_TITLE = "Paper"

    DEFAULT_CSS = """
    PaperPane {
        Static { width: 100%; max-width: 90; height: auto; padding: 0 1 1 1; }
    }
    """

    detail: Detail | None = None

    def compose(self) -> ComposeResult:
        """The text of the paper."""
        yield Static(id="paper-text")

    def show(self, detail: Detail | None) -> None:
        """Show a paper from its top, or as it has become where it is shown already."""
        same = bool(detail and self.detail and detail.id == self.detail.id)
        if detail == self.detail:
            return
        self.detail = detail
        self.query_one(Static).update(paper_text(detail) if detail else Content(""))
        if not same:
            self.scroll_home(animate=False)
