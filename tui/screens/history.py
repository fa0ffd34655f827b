"""The history: all that was done, what each of it did, and the way back from the middle of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from index.errors import NotFoundError
from index.text import capital, counted
from index.views import HistoryEntry
from tui.screens.library_screen import LibraryScreen
from tui.widgets.history_list import HistoryList, moment
from tui.widgets.line_list import LineList
from tui.widgets.paper_text import MUTED
from tui.widgets.scroller import Scroller

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk

AT_ONCE = 200  # entries that are fetched
NAMED = 10  # entries that stand in the way of one; the others are counted


class HistoryScreen(LibraryScreen):
    """The entries in a list, and beside or below it what the one at the cursor did."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("u,enter", "undo", "Undo", show=False),
        Binding("ctrl+r", "redo", "Redo", show=False),
        Binding("tab,shift+tab", "app.focus_next", "The other part", show=False, priority=True),
        Binding("q,H", "leave", "Leave", show=False),
    ]

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012

    DEFAULT_CSS = """
    HistoryScreen {
        #parts { height: 1fr; }
        HistoryList { height: 2fr; }
        Scroller { height: 1fr; border-top: solid $border-blurred; padding: 0 1; }
        Scroller:focus { border-top: solid $border; }
        #told { height: auto; }

        &.-wide {
            #parts { layout: horizontal; }
            HistoryList { width: 3fr; height: 100%; }
            Scroller { width: 2fr; height: 100%; border-top: none; padding: 0 1 0 2;
                border-left: solid $border-blurred; }
            Scroller:focus { border-left: solid $border; }
        }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__("History", "enter undo · ctrl+r redo · tab what it did · esc leave", desk)
        self._entries: tuple[HistoryEntry, ...] = ()
        self._is_whole = False  # whether there are no older entries

    def compose_body(self) -> ComposeResult:
        """What was done, and what one entry did."""
        yield Static("Nothing was done in this library yet.", id="nothing")
        with Container(id="parts"):
            yield HistoryList()
            with Scroller():
                yield Static(id="told")
        yield Static(id="said")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.query_one(HistoryList).focus()

    # -- looking

    async def fetch(self) -> None:
        """Fetch the newest entries, as many as were at hand."""
        limit = max(AT_ONCE, len(self._entries))
        entries = await self._desk.librarian.ask(
            "act", lambda library: library.history.entries(limit)
        )
        self._show(entries, len(entries) < limit)

    @on(HistoryList.OlderWanted)
    def _fetch_more(self) -> None:
        if self._entries and not self._is_whole:
            self.start_instead("fetch", self._fetch_older, self._entries)

    async def _fetch_older(self, entries: tuple[HistoryEntry, ...]) -> None:
        older = await self._desk.librarian.ask(
            "rows", lambda library: library.history.entries(AT_ONCE, entries[-1].id)
        )
        self._show((*entries, *older), len(older) < AT_ONCE)

    def _show(self, entries: tuple[HistoryEntry, ...], is_whole: bool) -> None:
        self._entries, self._is_whole = entries, is_whole
        self.set_class(not entries, "-empty")
        self.query_one(HistoryList).show(entries)
        self._tell_of_entry()

    @property
    def _entry(self) -> HistoryEntry | None:
        return self.query_one(HistoryList).entry

    @on(LineList.Moved)
    def _tell_of_entry(self) -> None:
        if entry := self._entry:
            self.start_instead("told", self._tell, entry)

    async def _tell(self, entry: HistoryEntry) -> None:
        def learn(library: Library) -> tuple[Sequence[str], Sequence[HistoryEntry]]:
            return library.history.told(entry.id), library.history.blockers(entry.id)

        try:
            told, blockers = await self._desk.librarian.ask("paper", learn)
        except NotFoundError:  # another process was quicker
            self._look()
            return
        text = self.query_one("#told", Static)
        text.update(entry_text(entry, told, blockers))
        self.query_one(Scroller).scroll_home(animate=False)

    # -- acting

    def action_undo(self) -> None:
        """Undo the entry at the cursor; an import only once that is confirmed."""
        if entry := self._entry:
            self._act(
                lambda library: library.history.undo(entry.id, imports=False),
                lambda library: library.history.undo(entry.id),
            )

    def action_redo(self) -> None:
        """Do the entry at the cursor again."""
        if entry := self._entry:
            self._act(lambda library: library.history.redo(entry.id))


def entry_text(
    entry: HistoryEntry, told: Sequence[str], blockers: Sequence[HistoryEntry]
) -> Content:
    """What an entry did, and what keeps it from being undone. No markup is read."""
    at = moment(entry)
    state = [f"{at.day} {at:%B %Y, %H:%M}", *([counted(entry.papers)] if entry.papers else [])]
    blocks = [
        Content.assemble((capital(entry.label), "bold"), "\n", (" · ".join(state), MUTED)),
        Content("\n").join(map(Content, told)),
    ]
    if entry.undone:
        again = "import it again to have it back" if entry.kind == "import" else "ctrl+r redoes it"
        blocks.insert(1, Content.styled(f"Undone: {again}.", "$accent"))
    if blockers:
        blocks.insert(1, _in_the_way(blockers))
    return Content("\n\n").join(block for block in blocks if block)


def _in_the_way(blockers: Sequence[HistoryEntry]) -> Content:
    those = "that" if len(blockers) == 1 else "those, the first first"
    lines = [Content.styled(f"Later changes stand in the way. Undo {those}:", "$warning")]
    lines += [
        Content.assemble(("  ↶ ", "$warning"), capital(one.label)) for one in blockers[:NAMED]
    ]
    if len(blockers) > NAMED:
        lines.append(Content.styled(f"    and {len(blockers) - NAMED:,} more", MUTED))
    return Content("\n").join(lines)
