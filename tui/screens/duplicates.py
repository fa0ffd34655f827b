"""Duplicates: the papers that may be one, pair by pair, to be merged or set apart."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from index.errors import CarrelError, NotFoundError
from index.views import Comparison, Done, Pair
from tui.pairs import Found, find, first_titles, merged
from tui.screens.busy import Busy, InterruptedWorkError
from tui.screens.confirm import Confirm
from tui.screens.dialog import Dialog
from tui.widgets.pair_list import PairList
from tui.widgets.paper_text import MUTED
from tui.widgets.side_by_side import SideBySide

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk

LISTED = 4  # of so many lines of the screen, one is the list's
BECAUSE = {
    "identifier": "one names the other",
    "title": "the same title",
    "near": "the titles are nearly the same",
}


class DuplicatesScreen(Dialog[None], Busy):
    """The pairs in a list, and below it the two papers of one side by side."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,m", "merge", "Merge", show=False),
        Binding("h,left", "keep(True)", "Keep the left", show=False),
        Binding("l,right", "keep(False)", "Keep the right", show=False),
        Binding("s", "swap", "Keep the other", show=False),
        Binding("n", "part", "Not the same", show=False),
        Binding("X", "merge_exact", "Merge all exact ones", show=False),
        Binding("u", "undo", "Undo", show=False),
        Binding("tab,shift+tab", "app.focus_next", "The other part", show=False, priority=True),
        Binding("q,M", "leave", "Leave", show=False),
    ]

    DEFAULT_CSS = """
    DuplicatesScreen {
        #frame { width: 100%; max-width: 100%; height: 100%; max-height: 100%; padding: 0 1; }
        #about { height: 1; margin-bottom: 1; }
        #nothing { height: 1fr; content-align: center middle; color: $muted; }
        #said { height: 1; color: $muted; text-style: $muted-style; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            "Duplicates", "m merge · s swap · n not the same · X all exact · u undo · esc leave"
        )
        self._desk = desk
        self._pairs: list[Found] = []
        self._compared: Comparison | None = None
        self._keeps_left = True
        self._before: list[tuple[list[Found], int]] = []  # the pairs before each step, for undo
        self._looks = 0  # how often duplicates were looked for; an older search's answer is dropped
        self._looking = False
        self._acting = 0  # actions that are under way

    def compose_body(self) -> ComposeResult:
        """What is found, and the pair at hand."""
        yield Static(id="about")
        yield Static(id="nothing")
        yield PairList()
        yield SideBySide()
        yield Static(id="said")

    def on_mount(self) -> None:
        """Look for duplicates."""
        self._show([], 0)
        self._look()

    # -- finding

    def _look(self) -> None:
        if self.is_attached:
            self._looks += 1
            self._looking = True
            self._tell_waiting("")
            self.start_instead("find", self._find, self._looks)

    async def _find(self, look: int) -> None:
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int) -> None:
            if look != self._looks or not self.is_attached or self._desk.librarian.is_closing:
                raise InterruptedWorkError
            loop.call_soon_threadsafe(self._tell_waiting, f" {done / (total or 1):.0%}")

        found = await self._desk.librarian.ask("work", lambda library: find(library, tell))
        if look == self._looks and not self._acting:  # else it does not know what is being done
            self._looking = False
            self._show(found, self._list.cursor)

    def _tell_waiting(self, how_far: str) -> None:
        if self._looking and not self._pairs:
            self.query_one("#nothing", Static).update(f"Looking for duplicates …{how_far}")

    # -- showing

    @property
    def _list(self) -> PairList:
        return self.query_one(PairList)

    @property
    def _pair(self) -> Pair | None:
        return self._pairs[self._list.cursor][0] if self._pairs else None

    def _show(self, pairs: list[Found], cursor: int) -> None:
        """Show pairs, and the papers of the one at the cursor."""
        self._pairs = pairs
        for widget in (self._list, self.query_one(SideBySide)):
            widget.display = bool(pairs)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not pairs
        nothing.update("No duplicates: every paper of this library is in it once.")
        self._fit()
        self._list.show(pairs, cursor)
        if pairs:
            self._list.focus()
        self._turn_to_pair()

    def on_resize(self) -> None:
        """Give the list its share of the lines."""
        self._fit()

    def _fit(self) -> None:
        self._list.styles.height = max(1, min(len(self._pairs), self.size.height // LISTED - 2))

    def on_line_list_moved(self) -> None:
        """Show the pair at the cursor."""
        self._turn_to_pair()

    def _turn_to_pair(self) -> None:
        self._keeps_left = True
        about = self.query_one("#about", Static)
        if pair := self._pair:
            about.update(
                Content.assemble(
                    (f"{self._list.cursor + 1:,} of {len(self._pairs):,}", "bold"),
                    (f" · {BECAUSE[pair.reason]}", MUTED),
                )
            )
            self.start_instead("compare", self._compare, pair)
        else:
            about.update("")

    async def _compare(self, pair: Pair) -> None:
        try:
            compared = await self._desk.librarian.ask(  # once the actions before are done
                "act", lambda library: library.duplicates.compare(pair.one, pair.other)
            )
        except NotFoundError:  # another process was quicker
            self._look()
            return
        self._compared = compared
        side_by_side = self.query_one(SideBySide)
        side_by_side.scroll_home(animate=False)
        side_by_side.show(compared, self._keeps_left)

    def action_keep(self, left: bool) -> None:
        """Choose the paper that is kept."""
        self._keeps_left = left
        if self._compared:
            self.query_one(SideBySide).show(self._compared, left)

    def action_swap(self) -> None:
        """Choose the other paper to be kept."""
        self.action_keep(not self._keeps_left)

    # -- acting

    def action_merge(self) -> None:
        """Merge the pair at the cursor, and go on to the next."""
        if pair := self._pair:
            keep, gone = pair.one, pair.other
            if not self._keeps_left:
                keep, gone = gone, keep
            self._step(merged(self._pairs, keep, gone))
            self._act(lambda library: library.duplicates.merge(keep, [gone]))

    def action_part(self) -> None:
        """Keep that the papers at the cursor are two."""
        if pair := self._pair:
            self._step([found for found in self._pairs if found[0] != pair])
            self._act(lambda library: library.duplicates.apart(pair.one, pair.other))

    def action_merge_exact(self) -> None:
        """Merge all that need not be looked at, once the reader has seen what that would do."""
        exact = [found for found in self._pairs if found[0].exact]

        def merge(library: Library) -> Done:
            return library.duplicates.merge_all(
                library.duplicates.exact(pair for pair, _, _ in exact)
            )

        def apply(yes: bool | None) -> None:
            if yes:
                self._before.append((self._pairs, self._list.cursor))
                self._act(merge, look=True)

        def ask(would: Done) -> None:
            papers = "1 paper goes" if would.changed == 1 else f"{would.changed:,} papers go"
            told = f"{papers} into another of the same identifier or title:"
            subject = "\n".join([told, "", *first_titles(exact)])
            Confirm("Merge all exact duplicates?", subject, "merge").ask(self.app, apply)

        if exact:
            self._desk.errands.bring(lambda library: library.rehearse(merge), ask)
        else:
            self._say("None of these is exact: look at each.")

    def action_undo(self) -> None:
        """Undo the last step that was made here."""
        if self._before:
            pairs, cursor = self._before.pop()
            self._show(pairs, cursor)
            self._act(lambda library: library.history.undo(imports=False))
        else:
            self._say("Nothing was merged or parted here yet.")

    def _step(self, pairs: list[Found]) -> None:
        self._before.append((self._pairs, self._list.cursor))
        self._show(pairs, self._list.cursor)

    def _act(self, work: Callable[[Library], Done], look: bool = False) -> None:
        """Have the library do something; ``look``: duplicates are to be looked for anew."""

        async def act() -> None:
            self._acting += 1
            try:
                self._say((await self._desk.librarian.ask("act", work)).message)
            except CarrelError:
                self._before.clear()
                self._looking = True
                raise
            finally:
                self._acting -= 1
                self._looking |= look
                self._desk.errands.look_again(search=True)
                if self._looking and not self._acting:
                    self._look()

        self._desk.start(act)  # not a worker of this screen: what is begun is done, who ever leaves

    def _say(self, message: str) -> None:
        if self.is_attached:
            self.query_one("#said", Static).update(Content(message))
