"""The right pane: one paper, to be read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from index.views import Detail
from tui.widgets.note_text import NoteText
from tui.widgets.paper_text import paper_sources, paper_text
from tui.widgets.scroller import Scroller
from tui.widgets.tag_colours import Colours


class PaperPane(Scroller):
    """The paper at the cursor of the results."""

    BORDER_TITLE = "Paper"

    DEFAULT_CSS = """
    PaperPane {
        Static, NoteText { width: 100%; max-width: 90; height: auto; padding: 0 1 1 1; }
    }
    """

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.detail: Detail | None = None
        self._colours: Colours = {}

    def compose(self) -> ComposeResult:
        """The paper, the reader's note on it, and where it came from."""
        yield Static(id="paper-text")
        yield NoteText()
        yield Static(id="paper-sources")

    def show(self, detail: Detail | None) -> None:
        """Show a paper from its top, or as it has become where it is shown already."""
        same = bool(detail and self.detail and detail.id == self.detail.id)
        if detail == self.detail:
            return
        self.detail = detail
        self._draw()
        if not same:
            self.scroll_home(animate=False)

    def colour_tags(self, colours: Colours) -> None:
        """Draw tags in their colours."""
        if colours != self._colours:
            self._colours = colours
            self._draw()

    def _draw(self) -> None:
        detail, nothing = self.detail, Content("")
        text = paper_text(detail, self._colours) if detail else nothing
        self.query_one("#paper-text", Static).update(text)
        self.query_one(NoteText).show(detail.note if detail else "")
        sources = paper_sources(detail) if detail else nothing
        self.query_one("#paper-sources", Static).update(sources)
