"""Papers that lack something, and what services know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from index.keeping.room import Connect, Room
from index.progress import Progress, Stop, never, untold
from index.store import Store, lookups
from index.views import Completed, CompleteReport

if TYPE_CHECKING:
    from index.store.lookups import Question

RESTING_DAYS = 30
"""Days for which a service that gave an answer about a paper is not asked about it again."""

_BY_TITLE = 5.0  # seconds a paper: arXiv wants a pause of three, and services take their time
_BY_DOI = 2.0
_BY_ARXIV = 0.05  # a hundred papers are one question


class Completing(Room):
    """The room in which papers are completed.

    A paper lacks something where it has no authors, no year, or no identifier; an identifier is a
    link as well, to the paper's page. It is looked up by its arXiv id (at arXiv) and its DOI (at
    doi.org); without either by its title at arXiv, Hugging Face and Crossref, until nothing lacks.
    By title an answer is taken only where the folded titles are equal, and neither identifiers nor
    authors say that it is another paper; a title that tells little must be borne out by more. By
    an identifier it is not taken where titles, authors and abstracts all speak against it.
    """

    def __init__(self, store: Store, connect: Connect) -> None:
        super().__init__(store)
        self._connect = connect

    def lacking(self, ids: Sequence[int] | None = None) -> list[int]:
        """The papers that lack something, of some or of all; ascending."""
        with self._store.reading() as db:
            return lookups.lacking(db, ids)

    def expected(
        self, ids: Sequence[int] | None = None, *, again: bool = False
    ) -> tuple[int, float]:
        """How many papers ``complete`` would ask about, and in about how many seconds."""
        questions = [one for one in self._questions(ids, again) if one.services]
        return len(questions), sum(map(_seconds, questions))

    def complete(
        self,
        ids: Sequence[int] | None = None,
        *,
        again: bool = False,
        on_result: Callable[[Completed], object] = lambda result: None,
        progress: Progress | None = None,
        stop: Stop = never,
    ) -> CompleteReport:
        """Ask services about the papers that lack something, of some or (None) of all.

        Services that gave an answer about a paper in the last RESTING_DAYS are asked ``again`` only
        where that is wanted. ``on_result`` is told of each paper as it is done, ``progress`` how
        many are done, of how many; once ``stop`` says so, the run breaks off, and what came stays.
        A service that fails is told in the report, and left out after the third time in a row. All
        is one action of the history. Raises NotFoundError, and SettingsError.
        """
        from index.completing import Run

        if ids:
            self._titled(ids)
        questions = self._questions(ids, again)
        left = [one for one in questions if one.services]
        if not left:
            return CompleteReport(recent=len(questions))
        with self._connect(stop) as http:
            run = Run(self._store, http, on_result=on_result, stop=stop)
            report = run.run(left, progress or untold)
        return replace(report, recent=len(questions) - len(left))

    def _questions(self, ids: Sequence[int] | None, again: bool) -> list[Question]:
        since = dt.datetime.now(dt.UTC) - dt.timedelta(days=RESTING_DAYS)
        if again:
            since = dt.datetime.max.replace(tzinfo=dt.UTC)
        with self._store.reading() as db:
            return lookups.questions(db, ids, since.isoformat(timespec="seconds"))


def _seconds(question: Question) -> float:
    if question.by_title:
        return _BY_TITLE
    return _BY_ARXIV * ("arxiv" in question.services) + _BY_DOI * ("doi" in question.services)
