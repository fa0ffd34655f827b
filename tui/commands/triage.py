"""Triage: deciding about one paper after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import command

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk
    from tui.triage import Pile

INBOX = "is:inbox"


@command(
    "T",
    "Triage: decide about papers one by one",
    group="Paper",
    footer="triage",
    panes=("sidebar", "results", "paper"),
)
def triage(desk: Desk) -> None:
    from tui.triage import Pile

    ask, chosen, marked = desk.ask, desk.chosen, desk.has_marks
    named, here = desk.papers_named, desk.results.list.paper_id
    everything = not (ask.query.strip() or ask.shelf)

    def gather(library: Library) -> Pile:
        if marked:
            return Pile("marked papers", list(chosen))
        if everything:
            return Pile("Inbox", list(library.search("", shelf=INBOX).ids))
        ids = list(ask.of(library).ids)
        return Pile(named, ids, ids.index(here) if here in ids else 0)

    def begin(pile: Pile) -> None:
        from tui.screens.triage import TriageScreen

        if pile.papers:
            TriageScreen(desk, pile, None if marked else ask).ask(desk.app, lambda _: None)
        elif desk.is_empty:
            desk.tell("There are no papers yet.")
        elif everything:
            desk.tell("The Inbox is empty: every paper is decided.")
        else:
            desk.tell("There is no paper here to decide about.")

    desk.errands.bring(gather, begin)
