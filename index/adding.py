"""Adding: papers by their identifiers and addresses, as a person pastes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from index.errors import SourceError, StoppedError
from index.identifiers import Identifier, parse_identifier
from index.intake import Intake
from index.pasted import names_in
from index.sources import Record
from index.store import Store, rows
from index.store.papers import Outcome, Taken
from index.text import counted, quoted, to_unicode
from index.views import Added, Reject

if TYPE_CHECKING:
    from index.sources.base import Service
    from index.sources.http import Http

OnResult = Callable[[Added], object]


def add(
    store: Store, http: Http, names: Iterable[str], *, restore: bool, on_result: OnResult
) -> tuple[Added, ...]:
    """Add papers as one entry of the history; see ``Library.add``."""
    wanted = list(dict.fromkeys(name for text in names for name in names_in(text)))
    results: dict[str, list[Added]] = {name: [] for name in wanted}
    try:
        adding = _Adding(store, http, restore=restore)
        with adding.intake:
            for added in adding.results(wanted):
                results[added.name].append(added)
                on_result(added)
    except StoppedError:
        pass  # what came until then is in the library, and is told
    return tuple(added for found in results.values() for added in found)


def problem_with(name: str) -> str:
    """Why no service can be asked about a name, in a sentence; empty where one can."""
    from index.sources.services import service_for

    try:
        service_for(name)
    except SourceError as error:
        return str(error)
    return ""


class _Adding:
    """Asks the services for what was named, and takes in what they give."""

    def __init__(self, store: Store, http: Http, *, restore: bool) -> None:
        self._store = store
        self._http = http
        self._title = ""  # of the record that is taken in
        self._changed: dict[int, Outcome] = {}  # what became of each paper first
        self.intake = Intake(store, self._label, restore=restore)

    def results(self, names: Sequence[str]) -> Iterator[Added]:
        """What becomes of each name, as it comes. A page of several papers has several results."""
        from index.sources import arxiv
        from index.sources.services import WHAT_CAN_BE_ADDED, service_for

        numbers: dict[Identifier, list[tuple[str, str]]] = {}
        others: list[tuple[str, Service, str]] = []
        for name in names:
            try:
                service, question = service_for(name)
            except SourceError as error:
                advice = f"; {WHAT_CAN_BE_ADDED}" if len(names) > 1 else ""  # not for each
                yield _failed(name, str(error).replace(advice, ""))
                continue
            number = parse_identifier(question, "arxiv") if service is arxiv else None
            if number:
                numbers.setdefault(number, []).append((name, question))
            else:
                others.append((name, service, question))
        if numbers:
            yield from self._by_number(numbers)
        for name, service, question in others:
            yield from self._asked(name, service, question)

    def _by_number(self, wanted: dict[Identifier, list[tuple[str, str]]]) -> Iterator[Added]:
        """Papers of arXiv, which gives a hundred at a time: it asks to be asked seldom."""
        from index.sources import arxiv

        problem = "arXiv has no paper of this number."
        # Where several versions of a paper are named, the first.
        question = " ".join(named[0][1] for named in wanted.values())
        try:
            for item in arxiv.read(self._http, question):
                if isinstance(item, Record):
                    found = [wanted.pop(one, []) for one in item.paper.identifiers]
                    for name, _ in (pair for named in found for pair in named):
                        yield self._taken(name, item)
        except SourceError as error:
            problem = str(error)
        for name, _ in (pair for named in wanted.values() for pair in named):
            yield _failed(name, problem)

    def _asked(self, name: str, service: Service, question: str) -> Iterator[Added]:
        from index.sources import arxiv

        problem = "There is no paper at this address."
        most = arxiv.PAGE if service is arxiv else None
        try:
            # A query of arXiv has no end: the newest papers are meant.
            for item in islice(service.read(self._http, question), most):
                if isinstance(item, Reject):
                    problem = f"What came cannot be used: {item.reason}."
                    continue
                problem = ""
                yield self._taken(name, item)
        except SourceError as error:
            problem = str(error)
        if problem:
            yield _failed(name, problem)

    def _taken(self, name: str, record: Record) -> Added:
        title = self._title = to_unicode(record.paper.title)
        (taken,) = self.intake.take([record])
        if taken.paper_id is not None:
            with self._store.reading() as db:
                title = next((row.title for row in rows.rows(db, [taken.paper_id])), title)
        return Added(name, taken.outcome.value, taken.paper_id or 0, title)

    def _label(self, taken: Sequence[Taken]) -> str:
        """What came of it all for the history: “added 2 papers and updated 1 paper”."""
        for one in taken:
            if one.paper_id is not None and one.outcome in (Outcome.ADDED, Outcome.UPDATED):
                self._changed.setdefault(one.paper_id, one.outcome)
        counts = Counter(self._changed.values())
        if counts.total() == 1:
            return f"{counts.popitem()[0].value} {quoted(self._title)}"
        return " and ".join(
            f"{outcome.value} {counted(count)}"
            for outcome in (Outcome.ADDED, Outcome.UPDATED)
            if (count := counts[outcome])
        )


def _failed(name: str, problem: str) -> Added:
    return Added(name, "failed", problem=problem)
