"""Triage: a pile of papers that is gone through, a decision a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from index.views import Done

if TYPE_CHECKING:
    from index.library import Library

AHEAD = 10  # papers that are fetched before they are at hand


@dataclass(slots=True)
class Decision:
    """What was decided about a paper, and how it is done, undone and done again."""

    title: str  # of the paper; empty where it was not known yet
    place: int  # of the paper, in the pile
    what: str  # as the account has it: “starred”
    work: Callable[[Library], Done]
    entry: int | None = None  # of the history; None where nothing changed

    def do(self, library: Library) -> None:
        """Do it. What is asked in one lane comes in order: the newest entry is then its own."""
        if self.work(library).changed:
            self.entry = library.history.entries(1)[0].id

    def undo(self, library: Library) -> None:
        """Take it back."""
        if self.entry is not None:
            library.history.undo(self.entry)

    def redo(self, library: Library) -> None:
        """Do it again."""
        if self.entry is not None:
            library.history.redo(self.entry)


class Pile:
    """The papers that are gone through, and what was decided about them."""

    def __init__(self, name: str, papers: Sequence[int], place: int = 0) -> None:
        self.name = name
        self.papers = papers
        self.place = place  # of the paper at hand; past the last where the end is reached
        self.decisions: list[Decision] = []
        self._undone: list[Decision] = []

    @property
    def paper(self) -> int:
        """The id of the paper at hand; 0 at the end."""
        return self.papers[self.place] if self.place < len(self.papers) else 0

    @property
    def near(self) -> Sequence[int]:
        """The paper at hand, and those that one may want next."""
        return self.papers[max(0, self.place - 1) : self.place + AHEAD]

    @property
    def decided(self) -> set[int]:
        """The places of the papers about which something was decided."""
        return {decision.place for decision in self.decisions}

    @property
    def left(self) -> int:
        """How many papers are undecided."""
        return len(self.papers) - len(self.decided)

    def decide(self, decision: Decision) -> None:
        """Note a decision, and go on to the next paper that is undecided."""
        self._undone.clear()
        self._note(decision)

    def go(self, by: int) -> None:
        """Go on, or back, whether anything was decided or not."""
        self.place = max(0, min(self.place + by, len(self.papers)))

    def undo(self) -> Decision | None:
        """Take the last decision back, and go back to its paper; None where there is none."""
        if not self.decisions:
            return None
        decision = self.decisions.pop()
        self._undone.append(decision)
        self.place = decision.place
        return decision

    def redo(self) -> Decision | None:
        """Decide again what was undone last; None where there is nothing."""
        if not self._undone:
            return None
        decision = self._undone.pop()
        self._note(decision)
        return decision

    def _note(self, decision: Decision) -> None:
        self.decisions.append(decision)
        decided = self.decided
        self.place = decision.place + 1
        while self.place in decided:
            self.place += 1

    @property
    def account(self) -> str:
        """What was decided, in a sentence."""
        if not self.decisions:
            return "Nothing decided."
        pairs = {(decision.place, decision.what): None for decision in self.decisions}
        counts = Counter(what for _, what in pairs)
        told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
        return f"Decided {len(self.decided):,}: {told}."
