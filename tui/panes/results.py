"""The middle pane: the search field and what was found."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from index.text import counted
from index.views import ClauseHits
from tui.asking import SORTS, Advice, Ask
from tui.commands import COMMANDS
from tui.messages import MarksChanged, PaneOpened
from tui.widgets.line_list import LineList
from tui.widgets.result_list import Line, ResultList
from tui.widgets.search_field import SearchField


class ResultsPane(Vertical):
    """Search and results. Its title says which shelf is searched, its foot how many were found."""

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._measured, self._marked = "", 0

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

    def entitle(self, shelf: str, like: str = "") -> None:
        """Say which shelf is searched, if not the whole library, and for papers like which one."""
        parts = ["Search", *filter(None, (shelf, like and f"like {like}"))]
        self.border_title = Content(" · ".join(parts)).truncate(56, ellipsis=True)

    def measure(self, ask: Ask, hits: int, total: int, seconds: float | None) -> None:
        """Say how many were found, of how many, in which way, and how quickly."""
        searched = bool(ask.query.strip())
        said = [f"{hits:,} of {total:,}" if searched else counted(total)]
        if ask.any_word and searched:
            said.append("any word")
        if ask.sort != "relevance":
            said.append(f"by {SORTS[ask.sort]}")
        if searched and seconds is not None:
            said.append(f"{max(1, round(seconds * 1000)):,} ms")
        self.say_below(" · ".join(said))

    def say_below(self, measured: str) -> None:
        """Say something on the foot, beside how many papers are marked."""
        self._measured = measured
        marked = f"{self._marked:,} marked" if self._marked else ""
        self.border_subtitle = " · ".join(filter(None, (marked, measured)))

    def on_marks_changed(self, message: MarksChanged) -> None:
        """Say how many papers are marked."""
        self._marked = message.count
        self.say_below(self._measured)

    def advise(self, advice: Advice, shelf: str) -> None:
        """Say below the rows, or in their place, what may help."""
        lines: list[Line] = []
        if advice.meant:
            enter = COMMANDS["enter"].shown_keys[0]
            meant = (("Did you mean “", "said"), (advice.meant, "key"), ("”?  ", "said"))
            lines.append((*meant, (enter, "key"), (" searches for it", "said")))
        elsewhere = bool(shelf) and any(one.hits for one in advice.clauses)
        if len(advice.clauses) > 1 or elsewhere:
            where = (("In the whole library: ", "said"),) if shelf else ()
            lines += [(), (*where, *_clauses(advice.clauses))]
        if advice.any_hits:
            key = COMMANDS["any_word"].shown_keys[0]
            some = f"Any of the words finds {advice.any_hits:,}: "
            lines += [(), ((some, "said"), (key, "key"), (" in the results", "said"))]
        self.list.add(lines[1:] if self.list.count else lines)  # a blank line is there already

    def on_line_list_opened(self, event: LineList.Opened) -> None:
        """A paper that is clicked twice is to be seen."""
        event.stop()
        self.post_message(PaneOpened())


def _clauses(clauses: Iterable[ClauseHits]) -> Line:
    """How many papers hold each part of a query; one that nothing holds stands out."""
    parts: list[tuple[str, str]] = []
    for clause in clauses:
        nothing = not clause.hits and not clause.negated
        sign = "-" if clause.negated else ""
        parts += [
            (" · ", "said") if parts else ("", "said"),
            (f"{sign}{clause.text} {clause.hits:,}", "error" if nothing else "said"),
        ]
    return tuple(parts)
