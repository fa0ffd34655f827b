"""The desk: shelves, results and a paper side by side. It owns what is looked at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from index.errors import CarrelError
from index.locations import state_file
from index.views import Detail, Done, Overview, Row, Shelf
from tui import state
from tui.commands import COMMANDS, Command, bindings
from tui.librarian import Librarian
from tui.messages import PaneOpened, PaperChosen, QueryTyped, RowsWanted, ShelfChosen
from tui.panes.paper import PaperPane
from tui.panes.results import ResultsPane
from tui.panes.sidebar import Sidebar
from tui.screens.busy import Busy
from tui.screens.errands import Ask, Errands, Found, Place
from tui.state import Pane, View
from tui.widgets.result_list import Glimpse
from tui.widgets.status_bar import StatusBar

if TYPE_CHECKING:
    from index.library import Library
    from tui.app import Carrel


class Desk(Busy):
    """The main screen. What it shows first is the view that was left; the library comes after."""

    # The one responsive rule: how many panes stand side by side. The one in front is among them.
    HORIZONTAL_BREAKPOINTS = [(0, "-one"), (90, "-two"), (120, "-three")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = bindings(one for one in COMMANDS.values() if one.run)
    AUTO_FOCUS = ""  # the view says where the focus is

    DEFAULT_CSS = """
    Desk {
        background: $background;

        Sidebar, ResultsPane, PaperPane {
            border: round $border-blurred;
            border-title-color: $muted;
            border-subtitle-color: $muted;
            background: $surface;
            &:focus-within, &:focus { border: round $border; border-title-color: $foreground; }
        }
        Sidebar { width: 26; }
        ResultsPane { width: 11fr; }
        PaperPane { width: 9fr; }

        &.-two.-at-sidebar PaperPane { display: none; }
        &.-two.-at-results Sidebar { display: none; }
        &.-two.-at-paper Sidebar { display: none; }
        &.-one {
            Sidebar, ResultsPane, PaperPane { width: 1fr; }
            &.-at-sidebar ResultsPane, &.-at-sidebar PaperPane { display: none; }
            &.-at-results Sidebar, &.-at-results PaperPane { display: none; }
            &.-at-paper Sidebar, &.-at-paper ResultsPane { display: none; }
        }
    }
    """

    WATCH_EVERY = 2.0  # seconds

    def __init__(self, folder: Path, view: View, sample: bool = False) -> None:
        super().__init__()
        self._sit_down(folder, view, sample)

    def _sit_down(self, folder: Path, view: View, sample: bool) -> None:
        self.librarian = Librarian(folder)
        self.errands = Errands(self, self.librarian)
        self.overview = view.overview
        self.shelf = Shelf("", view.shelf, view.total)
        self.sought = view.query
        self.pane = view.pane
        self._view = view
        self._sample = sample
        self._hits, self._total = view.hits, view.total
        self.answered: Ask | None = None  # what the rows are the answer to

    def compose(self) -> ComposeResult:
        """The three panes and the status line."""
        with Horizontal():
            yield Sidebar(id="sidebar")
            yield ResultsPane(id="results")
            yield PaperPane(id="paper")
        yield StatusBar()

    # -- coming and going

    def on_mount(self) -> None:
        """Draw the view that was left; only then fetch the library."""
        self._draw_view()
        self.app.theme_changed_signal.subscribe(self, lambda _: self.errands.keep_view())
        self.set_interval(self.WATCH_EVERY, lambda: self.errands.watch())

    def _draw_view(self) -> None:
        view = self._view
        self.show_overview(view.overview)
        self.results.field.show(view.query)
        ids = [row.id for row in view.rows]
        self.results.list.show(Glimpse(view.hits, view.top, ids), view.rows, view.cursor, view.top)
        self.results.measure(view.hits, view.total, None, bool(view.query))
        self.answered = self.ask
        self.paper.show(view.detail)
        self.go(view.pane)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.paper.scroll_to(y=self._view.scrolled, animate=False)
        self.start(self._open)

    async def _open(self) -> None:
        try:
            overview = await self.librarian.ask("rows", lambda library: library.overview())
        except CarrelError as error:
            self.show_error(str(error))
            return
        if not overview.views[0].count:
            if self._sample:
                await self.librarian.ask("work", lambda library: library.add_sample())
            else:
                from tui.screens.welcome import offer_beginnings

                offer_beginnings(self)
        self.errands.look_again(search=True)

    async def move_to(self, folder: Path, sample: bool = False) -> None:
        """Leave this library for another."""
        await self.errands.leave()
        view = await asyncio.to_thread(state.load, state_file(folder))
        self._sit_down(folder, view, sample)
        self._draw_view()

    async def leave(self) -> None:
        """Finish what was begun, and keep the view for the next time."""
        await self.errands.leave()

    @property
    def view(self) -> View:
        """What stands on the desk."""
        results = self.results.list
        return View(
            overview=self.overview,
            shelf=self.shelf.query,
            query=self.sought,
            pane=self.pane,
            hits=self._hits,
            total=self._total,
            cursor=results.cursor,
            top=results.top,
            rows=results.rows_in_view,
            detail=self.paper.detail,
            scrolled=self.paper.scroll_offset.y,
            theme=self.app.theme,
        )

    # -- the panes

    @property
    def carrel(self) -> Carrel:
        """The app."""
        return cast("Carrel", self.app)

    @property
    def sidebar(self) -> Sidebar:
        """The left pane."""
        return self.query_one(Sidebar)

    @property
    def results(self) -> ResultsPane:
        """The middle pane."""
        return self.query_one(ResultsPane)

    @property
    def paper(self) -> PaperPane:
        """The right pane."""
        return self.query_one(PaperPane)

    @property
    def status(self) -> StatusBar:
        """The last line."""
        return self.query_one(StatusBar)

    def go(self, pane: Pane) -> None:
        """Bring a pane to the front and the focus into it."""
        self._bring_to_front(pane)
        self.set_focus(self._targets[pane])

    @property
    def _targets(self) -> dict[Pane, Widget]:
        """What takes the focus in each pane."""
        return {
            "sidebar": self.sidebar.shelves,
            "search": self.results.field.field,
            "results": self.results.list,
            "paper": self.paper,
        }

    def _bring_to_front(self, pane: Pane) -> None:
        self.pane = pane
        front = "results" if pane == "search" else pane
        for name in ("sidebar", "results", "paper"):
            self.set_class(name == front, f"-at-{name}")

    def on_descendant_focus(self) -> None:
        """A click brings its pane to the front as a key does."""
        for pane, widget in self._targets.items():
            if widget is self.focused:
                self._bring_to_front(pane)
        self.errands.keep_view()

    # -- commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command's keys work where the focus is."""
        if action != "run":
            return True
        command = COMMANDS[str(parameters[0])]
        return self.is_mounted and self.pane in command.panes and self.can(command)

    def can(self, command: Command) -> bool:
        """Whether a command has what it needs."""
        have = {None: True, "paper": self.row is not None, "query": bool(self.sought)}
        return command.run is not None and have[command.needs]

    def action_run(self, id: str) -> None:  # noqa: A002
        """Run a command by its id."""
        self.run(COMMANDS[id])

    def run(self, command: Command) -> None:
        """Run a command."""
        if command.run and self.can(command):
            command.run(self)

    def act(self, work: Callable[[Library], Done], *, again: bool = False) -> None:
        """Have the library do something; ``again``: it may change what the search finds."""
        self.errands.act(work, again)

    def tell(self, message: str) -> None:
        """Say something in passing."""
        self.status.say(message)

    # -- what is looked at

    @property
    def ask(self) -> Ask:
        """What is searched."""
        return Ask(self.sought, self.shelf.query, as_typed=self.carrel.search_as_you_type)

    @property
    def place(self) -> Place:
        """Where the cursor stands in the results."""
        results = self.results.list
        return Place(results.paper_id, results.cursor, results.top)

    @property
    def row(self) -> Row | None:
        """The paper at the cursor; None while the rows are still those of another search."""
        return self.results.list.row if self.answered == self.ask else None

    @property
    def papers_named(self) -> str:
        """A name for the papers that are found."""
        query, shelf = self.sought.strip(), self.shelf.name if self.shelf.query else ""
        return f"{query} in {shelf}" if query and shelf else query or shelf or "all papers"

    def show_overview(self, overview: Overview) -> None:
        """Show how the library stands. A shelf that is gone gives way to the whole library."""
        self.overview = overview
        self.sidebar.show(overview, self.shelf.query)
        shelf = self.sidebar.shelves.shelf
        if shelf and shelf.query != self.shelf.query:
            self.choose_shelf(shelf)
        elif shelf:
            self.shelf = shelf
        self.results.entitle(self.shelf.name if self.shelf.query else "")

    def choose_shelf(self, shelf: Shelf) -> None:
        """Look at a shelf."""
        self.shelf = shelf
        self.results.entitle(shelf.name if shelf.query else "")
        self.errands.search()

    def go_to_shelf(self, shelf: Shelf) -> None:
        """Look at a shelf, from wherever one is."""
        self.choose_shelf(shelf)
        self.sidebar.show(self.overview, shelf.query)
        self.go("results")

    def seek(self, query: str) -> None:
        """Look for something on the shelf."""
        self.sought = query
        self.errands.search()
        self.refresh_bindings()

    def show_found(self, found: Found) -> None:
        """Show what a search found."""
        result, place = found.result, found.place
        self.answered = found.ask
        self._hits, self._total = len(result.ids), result.total
        if result.ids:
            self.results.list.show(result.ids, found.rows, place.cursor, place.top)
        else:
            self.results.list.say(self._nothing())
        self.results.measure(self._hits, self._total, result.seconds, bool(found.ask.query.strip()))
        self._look_at_paper()

    def _nothing(self) -> str:
        if self.sought.strip():
            where = f" in {self.shelf.name}" if self.shelf.query else ""
            return f"No paper{where} matches."
        if self.shelf.query:
            return f"No paper in {self.shelf.name}."
        return "No papers yet: i imports some."

    def show_late(self) -> None:
        """Say that a search takes its time, where the rows are those of another."""
        if self.answered != self.ask:
            self.results.list.say("Searching …")
            self.results.border_subtitle = ""

    def show_error(self, sentence: str) -> None:
        """Say why there is no answer."""
        self._hits = 0
        self.results.list.say(sentence, error=True)
        self.results.border_subtitle = ""
        self._look_at_paper()

    def show_paper(self, detail: Detail | None) -> None:
        """Show a paper in its pane."""
        self.paper.show(detail)
        self.errands.keep_view()

    def _look_at_paper(self) -> None:
        paper_id = self.results.list.paper_id
        if paper_id:
            self.errands.paper(paper_id)
        else:
            self.show_paper(None)
        self.refresh_bindings()

    def amend(self, row: Row) -> None:
        """Show a paper as it is about to be."""
        self.results.list.learn([row])
        detail = self.paper.detail
        if detail and detail.id == row.id:
            self.paper.show(replace(detail, starred=row.starred, read=row.read, tags=row.tags))

    # -- what the panes say

    @on(ShelfChosen)
    def _shelf_chosen(self, message: ShelfChosen) -> None:
        if message.shelf.query != self.shelf.query:
            self.choose_shelf(message.shelf)

    @on(QueryTyped)
    def _query_typed(self, message: QueryTyped) -> None:
        if self.carrel.search_as_you_type and message.query != self.sought:
            self.seek(message.query)

    @on(PaperChosen)
    def _paper_chosen(self, message: PaperChosen) -> None:
        self._look_at_paper()

    @on(RowsWanted)
    def _rows_wanted(self, message: RowsWanted) -> None:
        self.errands.rows(message.ids)

    @on(PaneOpened)
    def _pane_opened(self) -> None:
        self.run(COMMANDS["enter"])
