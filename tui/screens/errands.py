"""What the desk has the librarian do, and what becomes of the answers.

Each kind of question is a worker group of its own: a new question of a kind cancels the one before
it, whose answer is then heard by nobody. Actions and imports are never cancelled.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, get_args

from textual.timer import Timer

from index.errors import CarrelError, ExportError, NotFoundError, QueryError, SearchError
from index.locations import state_file
from index.progress import Progress
from index.text import counted
from index.views import Done, Facet, ImportReport, Value
from tui import state
from tui.asking import FEW, START, Ask, Place, advise, find
from tui.librarian import Librarian
from tui.screens.busy import InterruptedWorkError
from tui.state import View
from tui.telling import account, left_out, rejections

if TYPE_CHECKING:
    from index.library import Library
    from tui.exporting import ExportPlan
    from tui.screens.desk import Desk

Answer = TypeVar("Answer")

KEEP_AFTER = 0.5  # seconds without a change of the view after which it is kept
LEFT_OUT_SHOWN = 3  # records and files that an import left out, told one by one
LATE = 0.3  # seconds after which a search says that it is still at work


class Errands:
    """Runs between a desk and its librarian."""

    def __init__(self, desk: Desk, librarian: Librarian) -> None:
        self._desk = desk
        self._librarian = librarian
        self._version = 0
        self.acting = 0  # actions that are under way
        self._again = False
        self._leaving = False
        self._settled = False  # whether all that is needed is loaded
        self._keeping: Timer | None = None
        self._rebuilt = False  # whether the index was built anew because a search failed
        self.importing = False
        self.left_out: ImportReport | None = None  # of the last import that left something out
        self.indexing = False

    # -- looking

    def search(self, place: Place = START) -> None:
        """Search for what the desk asks now; ``place`` is where to stand in what is found."""
        self._desk.start_instead("search", self._search, self._desk.ask, place)

    async def _search(self, ask: Ask, place: Place) -> None:
        late = self._desk.set_timer(LATE, self._desk.show_late)
        try:
            found = await self._librarian.ask("search", lambda library: find(library, ask, place))
        except CarrelError as error:
            self._desk.show_error(str(error))
            if isinstance(error, SearchError) and not self._rebuilt:
                self._rebuilt = True  # once: where that does not help, nothing does
                self.index()
            return
        finally:
            late.stop()
        again = ask == self._desk.answered
        if again and self.acting:
            self._again = True  # it may not know yet what the screen shows already
        elif again and place.paper_id != self._desk.place.paper_id:
            self.search(self._desk.place)  # the reader has moved on meanwhile
        else:
            self._rebuilt = False
            self._desk.show_found(found)
            self.complete()
            await self._advise(ask, len(found.result.ids))

    async def _advise(self, ask: Ask, hits: int) -> None:
        """See what may help where little was found."""
        if hits < FEW and ask.query.strip() and not self.indexing:
            with contextlib.suppress(SearchError):  # the next search will say so
                self._desk.show_advice(
                    await self._librarian.ask("advice", lambda library: advise(library, ask, hits))
                )

    def complete(self) -> None:
        """Offer what the word at the cursor of the query may become."""
        field = self._desk.results.field
        if field.is_typed_in:
            self._desk.start_instead("complete", self._complete, field.text, field.cursor)

    async def _complete(self, text: str, cursor: int) -> None:
        with contextlib.suppress(SearchError):
            self._desk.results.field.offer(
                text,
                cursor,
                await self._librarian.ask("advice", lambda library: library.complete(text, cursor)),
            )

    def facets(self, learn: Callable[[Facet, list[Value]], None]) -> None:
        """Count what the papers that are found have in common; what takes longest comes last."""
        self._desk.start_instead("facets", self._facets, self._desk.ask, learn)

    async def _facets(self, ask: Ask, learn: Callable[[Facet, list[Value]], None]) -> None:
        for facet in sorted(get_args(Facet), key=lambda one: one == "author"):
            learn(facet, await self._librarian.ask("advice", partial(ask.facet, facet=facet)))

    def rows(self, ids: Sequence[int], group: str = "rows") -> None:
        """Fetch rows that come into view."""
        self._desk.start_instead(group, self._rows, self._desk.ask, ids)

    async def _rows(self, ask: Ask, ids: Sequence[int]) -> None:
        try:
            rows = await self._librarian.ask("rows", lambda library: ask.rows(library, ids))
        except QueryError:  # the search has said so
            return
        if ask == self._desk.ask:
            self._desk.results.list.learn(rows)

    def paper(self, paper_id: int) -> None:
        """Fetch a paper for its pane."""
        self._desk.start_instead("paper", self._paper, self._desk.ask, paper_id)

    async def _paper(self, ask: Ask, paper_id: int) -> None:
        try:
            detail = await self._librarian.ask(
                "paper",
                lambda library: library.detail(paper_id, ask.query, as_typed=ask.as_typed),
            )
        except (NotFoundError, QueryError):
            self._desk.show_paper(None)
        else:
            self._desk.show_paper(detail)

    def bring(self, work: Callable[[Library], Answer], then: Callable[[Answer], None]) -> None:
        """Fetch what a dialog is to show, once the actions before are done.

        The keys that follow are for the dialog.
        """
        carrel = self._desk.carrel

        async def fetch() -> None:
            try:
                answer = await self._librarian.ask("act", work)
            except BaseException:
                carrel.release_keys()
                raise
            carrel.holds_keys = False
            then(answer)
            if not carrel.holds_keys:  # nothing more is fetched
                carrel.release_keys()

        carrel.holds_keys = True
        self._desk.start(fetch)

    def overview(self) -> None:
        """Fetch how the library stands."""
        self._desk.start_instead("overview", self._overview)

    async def _overview(self) -> None:
        self._version = await self._librarian.ask("rows", lambda library: library.version())
        self._desk.show_overview(
            await self._librarian.ask("rows", lambda library: library.overview())
        )
        if self._desk.overview.saved:
            self._desk.start_instead("saved", self._count_saved)

    async def _count_saved(self) -> None:
        """See what the saved searches find, and what of it is new."""
        with contextlib.suppress(SearchError):  # the next search will say so
            self._desk.show_counted(
                await self._librarian.ask("advice", lambda library: library.saved.all())
            )

    def look_at(self, saved: str) -> None:
        """Keep that what a saved search finds has been seen."""
        self._desk.start(self._look_at, saved)

    async def _look_at(self, saved: str) -> None:
        await self._librarian.ask("act", lambda library: library.saved.look(saved))
        self.overview()

    # -- acting

    def act(
        self,
        work: Callable[[Library], Done | None],
        again: bool,
        then: Callable[[], None] = lambda: None,
    ) -> None:
        """Have something done, and say so where it has something to say.

        ``again``: it may change what the search finds. ``then`` is called once it is done, before
        what has become of the library is shown.
        """
        self._desk.start(self._act, work, again, then)

    async def _act(
        self, work: Callable[[Library], Done | None], again: bool, then: Callable[[], None]
    ) -> None:
        self.acting += 1
        self._again |= again
        try:
            done = await self._librarian.ask("act", work)
            if done and done.question:
                self._confirm_undo(done.question)
            elif done:
                self._desk.tell(done.message)
            then()
        finally:
            self.acting -= 1
            if not self.acting:  # the screen shows already what the last of them makes true
                again, self._again = self._again, False
                self.look_again(again)

    def _confirm_undo(self, question: str) -> None:
        from tui.screens.confirm import Confirm

        def apply(yes: bool | None) -> None:
            if yes:
                self.act(lambda library: library.history.undo(), again=True)

        Confirm("Undo this import?", question, "undo").ask(self._desk.app, apply)

    def look_again(self, search: bool) -> None:
        """Show what has become of the library; ``search``: of what is found in it too."""
        self.overview()
        if search:
            self.search(self._desk.place)
            self.index()
            self._forget_marks()
        else:
            self.rows([row.id for row in self._desk.results.list.rows_in_view], "refresh")
            self.paper(self._desk.results.list.paper_id)

    def _forget_marks(self) -> None:
        """Drop the marks of papers that are gone."""
        if self._desk.results.list.marks.papers:
            self._desk.start_instead("marks", self._find_gone)

    async def _find_gone(self) -> None:
        results = self._desk.results.list
        marked = results.marks.papers
        gone = await self._librarian.ask(
            "advice", lambda library: marked.difference(library.search("").ids)
        )
        if gone:
            results.marks = replace(results.marks, papers=results.marks.papers - gone)

    # -- long works

    async def import_files(self, files: Sequence[Path]) -> None:
        """Import files, and say what came of it."""
        self.importing = True
        progress = self._progress(
            lambda done, total: f"importing {done / (total or done or 1):.0%}", breaks_off=False
        )
        try:
            report = await self._librarian.ask(
                "work",
                lambda library: library.import_files(
                    files, progress=progress, stop=lambda: self._leaving
                ),
            )
        finally:
            self.importing = False
            self._desk.status.work("")
        if self._leaving:
            return
        told = [*rejections(report, LEFT_OUT_SHOWN), left_out(report, LEFT_OUT_SHOWN)]
        if any(told):
            self.left_out = report
            told.append("Press I to see all that was left out.")
        self._desk.tell_at_length("\n".join(filter(None, told)), account(report))
        self.look_again(search=True)
        if report.from_pdfs:  # all that is known of them is what their first pages say
            self._desk.supplying.complete(report.from_pdfs)

    def index(self) -> None:
        """Bring the index up to the library where it is behind, then search again."""
        self._desk.start_instead("index", self._index)

    async def _index(self) -> None:
        def words(done: int, total: int) -> str:
            self.indexing = True  # there is something to index
            return f"indexing {done:,} of {total:,}"

        progress = self._progress(words)
        try:
            indexed = await self._librarian.ask("work", lambda library: library.catch_up(progress))
        finally:
            self.indexing = False
            self._desk.status.work("")
        if not self._settled:  # a full collection of all that was loaded would hold up a letter
            self._settled = True
            gc.freeze()
        if indexed:
            self.search(self._desk.place)
            self.overview()

    async def export(self, plan: ExportPlan, again: Callable[[str], None]) -> None:
        """Write papers to a file; ``again`` is given the reason where that cannot be done."""
        from tui.exporting import write

        progress = self._progress(lambda done, total: f"exporting {done:,} of {total:,}")
        try:
            await self._librarian.ask("work", lambda library: write(library, plan, progress))
        except ExportError as error:
            if self._desk.is_current:
                again(str(error))
            else:
                self._desk.tell_error(str(error))
        else:
            papers = counted(plan.papers.count)
            self._desk.tell_at_length(str(plan.path.absolute()), f"Exported {papers}")
        finally:
            self._desk.status.work("")

    def _progress(self, words: Callable[[int, int], str], *, breaks_off: bool = True) -> Progress:
        """Says on the status line how far a work is. It is called from the work's own thread.

        ``breaks_off``: it ends the work by an error where the reader leaves.
        """
        loop = asyncio.get_running_loop()

        def tell(done: int, total: int) -> None:
            if breaks_off and self._leaving:
                raise InterruptedWorkError
            loop.call_soon_threadsafe(self._desk.status.work, words(done, total))

        return tell

    # -- coming and going

    def watch(self) -> None:
        """Look again where another process has changed the library."""
        if self._librarian.is_open and not self.acting and not self._leaving:
            self._desk.start_instead("watch", self._watch)

    async def _watch(self) -> None:
        version = await self._librarian.ask("rows", lambda library: library.version())
        if version != self._version and not self.acting:
            self._version = version
            self.look_again(search=not self.importing)

    def keep_view(self) -> None:
        """Keep the view for the next time, once it has been left alone for a moment."""
        if self._keeping:
            self._keeping.stop()
        self._keeping = self._desk.set_timer(
            KEEP_AFTER, partial(self._desk.start_instead, "keep", self._keep)
        )

    async def _keep(self) -> None:
        if not self._leaving:
            await asyncio.to_thread(keep, self._librarian.folder, self._desk.view)

    async def leave(self) -> None:
        """Finish what was begun by hand, break off what is long, keep the view."""
        if self._leaving:
            return
        self._leaving = True
        gc.unfreeze()
        view = self._desk.view
        await self._librarian.close()
        await asyncio.to_thread(keep, self._librarian.folder, view)


def keep(folder: Path, view: View) -> None:
    """Write the view down. Where that fails the next start lacks it: it is a convenience."""
    with contextlib.suppress(OSError):
        state.save(state_file(folder), view)
