"""The desk: shelves, results and a paper side by side. It owns what is looked at."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from index.errors import CarrelError
from index.locations import state_file
from tui import outside, state
from tui.commands import COMMANDS, Command, bindings
from tui.commands.command import LACKING
from tui.librarian import Librarian
from tui.marks import Marks
from tui.messages import MarksChanged, PaneOpened, PaperChosen, QueryTyped, RowsWanted, ShelfChosen
from tui.panes.paper import PaperPane
from tui.panes.results import ResultsPane
from tui.panes.sidebar import Sidebar
from tui.screens.choosing import Choosing
from tui.screens.errands import Errands
from tui.screens.gathering import Gathering
from tui.screens.supplying import Supplying
from tui.state import View
from tui.widgets.result_list import Glimpse
from tui.widgets.status_bar import StatusBar


class Desk(Choosing):
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

    WATCH_EVERY = 1.0  # seconds

    def __init__(self, folder: Path, view: View, sample: bool = False) -> None:
        super().__init__()
        self._sit_down(folder, view, sample)

    def _sit_down(self, folder: Path, view: View, sample: bool) -> None:
        self.librarian = Librarian(folder)
        self.errands = Errands(self, self.librarian)
        self.gathering = Gathering(self, self.librarian)
        self.supplying = Supplying(self, self.librarian)
        self.begin_with(view)
        self._view = view
        self._sample = sample

    def compose(self) -> ComposeResult:
        """The three panes and the status line."""
        with Horizontal():
            yield Sidebar(id="sidebar")
            yield ResultsPane(id="results")
            yield PaperPane(id="paper")
        yield StatusBar(self.can)

    # -- coming and going

    def on_mount(self) -> None:
        """Draw the view that was left; only then fetch the library."""
        self._draw_view()
        self.app.theme_changed_signal.subscribe(self, lambda _: self.errands.keep_view())
        self.set_interval(self.WATCH_EVERY, lambda: self.errands.watch())

    def _draw_view(self) -> None:
        view = self._view
        self.sidebar.shelves.fold_as(view.folded)
        self.show_overview(view.overview)
        self.sidebar.shelves.place(self.sidebar.shelves.cursor, view.first_shelf)
        self.results.field.show(view.query)
        ids = [row.id for row in view.rows]
        self.results.list.show(Glimpse(view.hits, view.top, ids), view.rows, view.cursor, view.top)
        self.results.measure(self.ask, view.hits, view.total, None)
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
        self.results.list.marks = Marks()
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
            shelf=self.shelf,
            folded=self.sidebar.shelves.folded,
            first_shelf=self.sidebar.shelves.top,
            query=self.sought,
            any_word=self.any_word,
            sort=self.sort,
            pane=self.pane,
            hits=self.hits,
            total=self.total,
            cursor=results.cursor,
            top=results.top,
            rows=results.rows_in_view,
            detail=self.paper.detail,
            scrolled=self.paper.scroll_offset.y,
            later=self.later,
            theme=self.app.theme,
        )

    # -- commands

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command's keys work where the focus is, be it to say what it lacks."""
        if action != "run":
            return True
        command = COMMANDS[str(parameters[0])]
        if not self.is_mounted or self.pane not in command.panes:
            return False
        return self.can(command) or command.needs in LACKING

    def can(self, command: Command) -> bool:
        """Whether a command has what it needs."""
        have = {
            None: True,
            "paper": self.row is not None,
            "chosen": self.has_marks or self.row is not None,
            "marks": self.has_marks,
            "papers": bool(self.results.list.count),
            "query": self.can_step_back,
            "way out": self.comes_from_shelves,
            "search": bool(self.ask.query.strip()),
            "list": bool(self.reading_list),
            "item": bool(self.reading_list) and (self.has_marks or self.row is not None),
            "shelf": self.has_own_shelf,
            "words": self.any_word or bool(self.advice.any_hits),
        }
        return command.run is not None and have[command.needs]

    def action_run(self, id: str) -> None:  # noqa: A002
        """Run a command by its id."""
        self.run(COMMANDS[id])

    def run(self, command: Command) -> None:
        """Run a command. One that is about the marked papers ends the range that grows."""
        if command.run and self.can(command):
            if command.needs in ("chosen", "item"):
                self.keep_range()
            command.run(self)
        elif command.needs in LACKING and self.answered == self.ask:  # else it may come yet
            self.tell(LACKING[command.needs])

    def tell(self, message: str) -> None:
        """Say something in passing."""
        self.status.say(message)

    def copy(self, text: str, said: str) -> None:
        """Copy a text through the terminal, and by the desktop's own tool where there is one."""
        self.app.copy_to_clipboard(text)
        self.status.say(said)
        self.start(self._copy_by_tool, text)

    async def _copy_by_tool(self, text: str) -> None:
        by_tool = await asyncio.to_thread(outside.copy_with_a_tool, text)
        if not by_tool and len(text.encode()) > outside.LONGEST_FOR_TERMINALS:
            self.tell_at_length(
                "x exports the papers to a file.", "Some terminals copy no text as long as this."
            )

    # -- what the panes say

    @on(ShelfChosen)
    def _shelf_chosen(self, message: ShelfChosen) -> None:
        if not self._is_chosen(message.shelf):
            self.choose_shelf(message.shelf)

    @on(QueryTyped)
    def _query_typed(self, message: QueryTyped) -> None:
        if self.carrel.search_as_you_type and message.query != self.sought:
            self.seek(message.query)
        else:
            self.errands.complete()

    @on(PaperChosen)
    def _paper_chosen(self, message: PaperChosen) -> None:
        self.cursor_moved()

    @on(MarksChanged)
    def _marks_changed(self) -> None:
        self.refresh_bindings()

    @on(RowsWanted)
    def _rows_wanted(self, message: RowsWanted) -> None:
        self.errands.rows(message.ids)

    @on(PaneOpened)
    def _pane_opened(self) -> None:
        self.run(COMMANDS["enter"])
