"""The half of the desk that looks: what is searched, and the panes that show what is found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

from textual.widget import Widget

from index.views import Detail, Overview, Row, Shelf, Sort
from tui.asking import START, Advice, Ask, Found, Place
from tui.panes.paper import PaperPane
from tui.panes.results import ResultsPane
from tui.panes.sidebar import Sidebar
from tui.screens.busy import Busy
from tui.state import Pane, View
from tui.widgets.status_bar import StatusBar
from tui.widgets.tag_colours import Colours

if TYPE_CHECKING:
    from tui.app import Carrel
    from tui.screens.errands import Errands


class Stop(NamedTuple):
    """Where someone stood before going on to papers like one."""

    shelf: Shelf
    query: str
    any_word: bool
    sort: Sort
    place: Place


class Looking(Busy):
    """Knows what is looked at, and shows it. Whatever takes time is left to the errands."""

    errands: Errands

    def begin_with(self, view: View) -> None:
        """Look at what was looked at when the view was left."""
        self.overview = view.overview
        self.shelf = view.shelf
        self.tag_colours: Colours = {}
        self._sort_elsewhere: Sort = "relevance"  # the order outside saved searches and lists
        self._counted: Sequence[Shelf] = view.overview.saved  # the saved searches, as last counted
        self.sought, self.any_word, self.sort = view.query, view.any_word, view.sort
        self.pane = view.pane
        self.later = view.later  # the list for what triage puts off
        self.hits, self.total = view.hits, view.total
        self.answered: Ask | None = None  # what the rows are the answer to
        self._advice = Advice()
        self._trail: list[Stop] = []
        self.comes_from_shelves = False  # whether the rows were gone into from the sidebar
        self._goal: Place | None = None  # where the cursor is to stand in what is found

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
        if pane == "sidebar":
            self.comes_from_shelves = False
        else:
            self._have_looked()
        front = "results" if pane == "search" else pane
        for name in ("sidebar", "results", "paper"):
            self.set_class(name == front, f"-at-{name}")

    def on_descendant_focus(self) -> None:
        """A click brings its pane to the front as a key does."""
        for pane, widget in self._targets.items():
            if widget is self.focused:
                self._bring_to_front(pane)
        self.errands.keep_view()

    # -- what is looked at

    @property
    def ask(self) -> Ask:
        """What is searched: what was typed, on the shelf, or else the search that it holds."""
        as_typed, query, shelf = self.carrel.search_as_you_type, self.sought, self.shelf.query
        if self.shelf.kind == "saved" and not query.strip():
            as_typed, query, shelf = False, shelf, ""
        return Ask(query, shelf, as_typed, self.any_word, self.sort, self.reading_list)

    @property
    def reading_list(self) -> str:
        """The reading list that is looked at; empty where none is."""
        return self.shelf.name if self.shelf.kind == "list" else ""

    @property
    def advice(self) -> Advice:
        """What may help with what is searched."""
        return self._advice if self.answered == self.ask else Advice()

    @property
    def place(self) -> Place:
        """Where the cursor stands in the results, or is about to."""
        if self._goal:
            return self._goal
        results = self.results.list
        return Place(results.paper_id, results.cursor, results.top)

    @property
    def standing(self) -> tuple[Ask, int, Pane]:
        """What tells whether the reader has moved on: the search, the paper and the pane."""
        return self.ask, self.place.paper_id, self.pane

    @property
    def row(self) -> Row | None:
        """The paper at the cursor; None while the rows are still those of another search."""
        return self.results.list.row if self.answered == self.ask else None

    @property
    def papers_named(self) -> str:
        """A name for the papers that are found."""
        query, shelf = self.sought.strip(), self.shelf.name if self.shelf.query else ""
        return f"{query} in {shelf}" if query and shelf else query or shelf or "all papers"

    @property
    def is_empty(self) -> bool:
        """Whether the library holds no paper."""
        return not self.overview.views or not self.overview.views[0].count

    @property
    def has_own_shelf(self) -> bool:
        """Whether the cursor of the sidebar is on a list, a saved search or a tag."""
        shelf = self.sidebar.shelves.shelf
        return shelf is not None and shelf.kind != "view"

    def show_overview(self, overview: Overview) -> None:
        """Show how the library stands. A shelf that is gone gives way to the whole library."""
        counted = {(one.name, one.query): (one.count, one.new) for one in self._counted}
        saved = []
        for one in overview.saved:  # counted as they were last, until they are counted anew
            count, new = counted.get((one.name, one.query), (0, 0))
            saved.append(replace(one, count=count, new=new))
        self.overview = overview = replace(overview, saved=tuple(saved))
        self._colour_tags()
        shelf = next(filter(self._is_chosen, _shelves(overview)), None)
        if shelf is None and overview.views:
            self.choose_shelf(overview.views[0])
        elif shelf and (shelf.query, shelf.sort) != (self.shelf.query, self.shelf.sort):
            self.choose_shelf(shelf, self.place)
        elif shelf:
            self.shelf = shelf
        self.sidebar.shelves.show(overview, self.shelf)
        self._entitle()

    def show_counted(self, saved: Sequence[Shelf]) -> None:
        """Show what the saved searches find."""
        self._counted = saved
        self.show_overview(self.overview)

    def _colour_tags(self) -> None:
        colours = {shelf.name: shelf.colour for shelf in self.overview.tags if shelf.colour}
        self.tag_colours = colours
        self.results.list.colour_tags(colours)
        self.paper.colour_tags(colours)

    def _is_chosen(self, shelf: Shelf) -> bool:
        return (shelf.kind, shelf.name) == (self.shelf.kind, self.shelf.name)

    def _entitle(self, like: str = "") -> None:
        self.results.entitle(self.shelf.name if self.shelf.query else "", like)

    def choose_shelf(self, shelf: Shelf, place: Place = START) -> None:
        """Look at a shelf. A saved search and a reading list come in their own order."""
        self._trail.clear()
        self._goal = None
        if self.shelf.kind not in ("saved", "list"):
            self._sort_elsewhere = self.sort
        own: Sort = "relevance" if shelf.kind == "list" else self._sort_elsewhere
        self.sort = shelf.sort if shelf.kind == "saved" else own
        self.shelf = shelf
        self._entitle()
        self.errands.search(place)
        self.refresh_bindings()

    def follow(self, shelf: Shelf, name: str) -> None:
        """Go on with a shelf under its new name, where it is the one that is looked at."""
        if self._is_chosen(shelf):
            self.shelf = replace(self.shelf, name=name)

    def _have_looked(self) -> None:
        """Keep that a saved search was looked at, when someone goes from it to its papers."""
        if self.shelf.kind == "saved" and self.shelf.new:
            name = self.shelf.name
            self._counted = [
                replace(one, new=0) if one.name == name else one for one in self._counted
            ]
            self.show_overview(self.overview)
            self.errands.look_at(name)

    def go_in(self) -> None:
        """Go from the sidebar to what its shelf holds, and remember the way back."""
        self.go("results")
        self.comes_from_shelves = True
        self.refresh_bindings()

    def go_to_shelf(self, shelf: Shelf) -> None:
        """Look at a shelf, from wherever one is."""
        self.choose_shelf(shelf)
        self.sidebar.shelves.turn_to(shelf)
        self.go("results")

    def seek(self, query: str) -> None:
        """Look for what was typed on the shelf."""
        self._trail.clear()
        self._look(self.shelf, query)

    def look(self, query: str, *, any_word: bool = False) -> None:
        """Look for something on the shelf that was not typed."""
        self._look(self.shelf, query, any_word)
        self.results.field.show(query)
        self.go("results")

    def wander(self, query: str) -> None:
        """Look for something in the whole library, the best first, and remember the way back."""
        self._remember()
        self.sort = "relevance"
        self._look(self.overview.views[0], query)
        self._arrive()

    def go_to_paper(self, paper_id: int) -> None:
        """Put the cursor on a paper of the library, and remember the way back."""
        if self.sought or self.shelf.query:
            self._remember()
        self._look(self.overview.views[0], "", place=Place(paper_id))
        self._arrive()

    def _remember(self) -> None:
        here = Stop(self.shelf, self.sought, self.any_word, self.sort, self.place)
        self._trail.append(here)

    @property
    def can_step_back(self) -> bool:
        """Whether there is something to go back from, or a search to clear."""
        return bool(self.sought or self._trail)

    def step_back(self) -> None:
        """Go back to where one came from, or clear the search."""
        if self._trail:
            stop = self._trail.pop()
            self.sort = stop.sort
            self._look(stop.shelf, stop.query, stop.any_word, stop.place)
            self._arrive()
        else:
            self.look("")

    def _arrive(self) -> None:
        self.results.field.show(self.sought)
        self.sidebar.shelves.turn_to(self.shelf)
        self.go("results")

    def _look(self, shelf: Shelf, query: str, any_word: bool = False, place: Place = START) -> None:
        self.shelf, self.sought, self.any_word = shelf, query, any_word
        self._goal = place if place.paper_id else None
        self.errands.search(place)
        self.refresh_bindings()

    def order(self, sort: Sort) -> None:
        """Put what is found in another order."""
        self.sort = sort
        self.errands.search()

    def take_meant(self) -> bool:
        """Look for what may have been meant; False where nothing is known to be."""
        if meant := self.advice.meant:
            self.look(meant)
        return bool(meant)

    def show_found(self, found: Found) -> None:
        """Show what a search found."""
        result, place = found.result, found.place
        self.answered, self._advice, self._goal = found.ask, Advice(), None
        self.hits, self.total = len(result.ids), result.total
        if result.ids:
            self.results.list.show(result.ids, found.rows, place.cursor, place.top)
        else:
            self.results.list.say(self._nothing())
        self._entitle(found.like)
        self.results.measure(found.ask, self.hits, self.total, result.seconds)
        self.call_after_refresh(self._look_at_paper)  # the rows do not wait for it

    def show_advice(self, advice: Advice) -> None:
        """Say what may help with what is searched."""
        self._advice = advice
        self.results.advise(advice, self.shelf.query)
        self.refresh_bindings()

    def _nothing(self) -> str:
        if self.is_empty:
            return "No papers yet: i imports some, A adds one, F follows what brings them."
        if self.sought.strip():
            where = f" in {self.shelf.name}" if self.shelf.query else ""
            if self.errands.indexing:
                return f"No paper{where} matches yet: the library is being indexed."
            return f"No paper{where} matches."
        return f"No paper in {self.shelf.name}."

    def show_late(self) -> None:
        """Say that a search takes its time, where the rows are those of another."""
        if self.answered != self.ask:
            self.results.list.say("Searching …")
            self.results.say_below("")

    def show_error(self, sentence: str) -> None:
        """Say why there is no answer."""
        self.hits, self._goal = 0, None
        self.results.list.say(sentence, error=True)
        self.results.say_below("")
        self._look_at_paper()

    def show_paper(self, detail: Detail | None) -> None:
        """Show a paper in its pane."""
        self.paper.show(detail)
        self.errands.keep_view()

    def cursor_moved(self) -> None:
        """Show the paper that the reader has gone to."""
        self._goal = None
        self._look_at_paper()

    def _look_at_paper(self) -> None:
        paper_id = self.results.list.paper_id
        if paper_id:
            self.errands.paper(paper_id)
        else:
            self.show_paper(None)
        self.refresh_bindings()


def _shelves(overview: Overview) -> Iterator[Shelf]:
    """Every shelf of the sidebar."""
    yield from overview.views
    yield from overview.lists
    yield from overview.archived
    yield from overview.saved
    yield from overview.tags
