"""The part of the desk that acts: on the papers that are marked, else on the one at the cursor."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from index.text import capital
from index.views import Done, Row
from tui.deeds import PREVIEWED, TITLES, Toggle, Work, first_titles
from tui.marks import Chosen, Marks
from tui.screens.looking import Looking

if TYPE_CHECKING:
    from index.library import Library


class Choosing(Looking):
    """Knows what an action is about, and has it done."""

    @property
    def chosen(self) -> Chosen:
        """What an action is about: the marked papers, where there are any, else the one at hand."""
        results = self.results.list
        if marked := results.marked:
            return Chosen(marked, results.ids)
        return Chosen(frozenset({self.row.id} if self.row else ()))

    @property
    def has_marks(self) -> bool:
        """Whether papers are marked."""
        return self.results.list.marks != Marks()

    def mark(self) -> None:
        """Mark the paper at the cursor, or unmark it, and go on; keep a range where one grows."""
        results = self.results.list
        if results.marks.start is not None:
            self.keep_range()
        elif self.row:
            results.marks = results.marks.toggled(self.row.id)
            results.action_move("down")

    def mark_range(self) -> None:
        """Begin a range at the cursor, or keep the one that has begun."""
        results = self.results.list
        if results.marks.start is None:
            results.marks = replace(results.marks, start=results.cursor)
        else:
            self.keep_range()

    def keep_range(self) -> None:
        """Keep the range that has begun, if one has: it follows the cursor no more."""
        results = self.results.list
        if results.marks.start is not None:
            results.marks = results.marks.kept(results.ids, results.cursor)

    def mark_all(self) -> None:
        """Mark all that is found, or none of it where all is marked."""
        results = self.results.list
        marks, ids = results.marks, results.ids

        def show(marks: Marks) -> None:
            results.marks = marks

        self.errands.bring(lambda _: marks.toggled_all(ids), show)

    def unmark(self) -> None:
        """Drop the range that is being marked; where there is none, all marks."""
        results = self.results.list
        grows = results.marks.start is not None
        results.marks = replace(results.marks, start=None) if grows else Marks()

    def act(self, work: Callable[[Library], Done], *, again: bool = False) -> None:
        """Have the library do something; ``again``: it may change what the search finds."""
        self.errands.act(work, again)

    def act_on(
        self,
        verb: str,
        work: Work,
        *,
        amend: Callable[[Row], Row] | None = None,
        state: str = "so",
        how: str = "",
        again: bool = False,
    ) -> None:
        """Have the library do something to what is chosen, a preview of it first where it is much.

        ``verb``, ``state`` and ``how`` are for the preview: “Star 45 of 57 papers? 12 are starred
        already.” What a verb does not say is said by ``how`` in a line: “+#gnn −#todo”.
        ``amend`` says how the row of each is about to be, ``again`` that the search may find others
        then.
        """
        chosen = self.chosen

        def act() -> None:
            if amend:
                self.amend(*map(amend, self.results.list.rows_of(chosen)))
            self.act(lambda library: work(library, chosen), again=again)

        if len(chosen) > PREVIEWED:
            self._preview(verb, state, how, chosen, work, act)
        elif chosen:
            act()

    def toggle(self, toggle: Toggle) -> None:
        """Put what is chosen into a state, or out of it where all of it is in it already."""
        chosen = self.chosen
        rows = self.results.list.rows_of(chosen)

        def act(on: bool) -> None:
            self.act_on(
                toggle.verbs[not on],
                lambda library, ids: toggle.work(library, ids, on),
                amend=lambda row: toggle.amend(row, on),
                state=toggle.states[not on],
            )

        if len(rows) == len(chosen):
            act(not all(map(toggle.has, rows)))
        else:
            self.errands.bring(
                lambda library: library.rehearse(lambda one: toggle.work(one, chosen, True)),
                lambda would: act(bool(would.changed)),
            )

    def amend(self, *rows: Row) -> None:
        """Show papers as they are about to be."""
        self.results.list.learn(rows)
        detail = self.paper.detail
        for row in rows:
            if detail and detail.id == row.id:
                self.paper.show(
                    replace(
                        detail,
                        starred=row.starred,
                        read=row.read,
                        skipped=row.skipped,
                        rating=row.rating,
                        tags=row.tags,
                    )
                )

    def opened(self, paper_id: int) -> None:
        """Keep that a paper was opened."""
        self.amend(*(replace(row, opened=True) for row in self.results.list.rows_of({paper_id})))
        self.errands.act(lambda library: library.marks.open(paper_id), again=False)

    def drop(self, papers: Collection[int]) -> None:
        """Show papers no more that are about to be deleted."""
        results = self.results.list
        results.marks = Marks(results.marked.difference(papers))
        results.drop(papers)

    def _preview(
        self,
        verb: str,
        state: str,
        how: str,
        chosen: Chosen,
        work: Work,
        act: Callable[[], None],
    ) -> None:
        def rehearse(library: Library) -> tuple[Done, list[Row]]:
            would = library.rehearse(lambda one: work(one, chosen))
            return would, library.rows(chosen[:TITLES])

        def ask(answer: tuple[Done, list[Row]]) -> None:
            from tui.screens.confirm import Confirm

            would, rows = answer
            if not would.changed:
                self.status.say(would.message)
                return
            changed, count = min(would.changed, len(chosen)), len(chosen)
            some = f"{changed:,} of {count:,}" if changed < count else f"{count:,}"
            same = count - changed
            said = [how, ""] if how else []
            if same:
                said += [f"{same:,} {'is' if same == 1 else 'are'} {state} already.", ""]
            Confirm(
                f"{capital(verb)} {some} papers?",
                "\n".join([*said, *first_titles(rows, count)]),
                verb,
                "leave as is",
            ).ask(self.app, lambda yes: act() if yes else None)

        self.errands.bring(rehearse, ask)
