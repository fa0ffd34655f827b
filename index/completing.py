"""Completing papers: services are asked about what papers lack, and what fits is taken in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.errors import ServiceError, StoppedError
from index.identifiers import Identifier
from index.matching import SCHEME_WORDS, gained, is_doubtful, named, titled
from index.paper import Paper
from index.progress import Progress, Stop
from index.sources import Record, arxiv, crossref, doi, hf_papers
from index.store import Store, history, identity, lookups, papers, reading
from index.store.lookups import Question
from index.store.origins import Arrival
from index.text import quoted, to_unicode
from index.views import Completed, CompleteReport, Reject

if TYPE_CHECKING:
    import apsw

    from index.sources.http import Http

AT_ONCE = 100
"""Papers that arXiv is asked about in one question, by their ids."""

PATIENCE = 3
"""Failures in a row after which a service is left out."""

NAMES = {"arxiv": "arXiv", "hf_papers": "Hugging Face", "doi": "doi.org", "crossref": "Crossref"}
"""What the services are called."""

_LOOK_UP = {"arxiv": arxiv.look_up, "hf_papers": hf_papers.look_up, "crossref": crossref.look_up}


@dataclass(slots=True)
class _Subject:
    """A paper that is asked about, and what came of it so far."""

    id: int
    by_title: bool
    left: list[str]  # services that are still to be asked
    before: Paper
    paper: Paper  # as it is by now
    services: list[str] = field(default_factory=list)  # those that knew it
    is_asked: bool = False
    is_missed: bool = False  # by a service that gives no answers
    problem: str = ""
    doubt: str = ""
    twin: int = 0

    @property
    def is_open(self) -> bool:
        return lookups.lacks(self.paper) and not self.twin

    def take_next(self) -> str:
        """The service to be asked next; empty: none."""
        return self.left.pop(0) if self.left and self.is_open else ""


class Run:
    """One run over papers that lack something: one entry of the history.

    ``on_result`` is told of each paper that was asked about; ``stop`` is asked whether to break
    off. What came is kept after each answer.
    """

    def __init__(
        self,
        store: Store,
        http: Http,
        *,
        on_result: Callable[[Completed], object],
        stop: Stop,
    ) -> None:
        self._store = store
        self._http = http
        self._on_result = on_result
        self._stop = stop
        self._growing = history.Growing(self._label)
        self._batch = 0  # made with the first answer
        self._title = ""  # of the paper that changed last
        self._failures: Counter[str] = Counter()  # of each service, in a row
        self._problems: dict[str, None] = {}
        self._said: dict[str, str] = {}  # what each service failed with last
        self._outcomes: Counter[str] = Counter()

    def run(self, questions: Sequence[Question], progress: Progress) -> CompleteReport:
        """Ask what is to be asked; ``progress`` is told how many papers are done, of how many."""
        done, stopped = 0, False
        progress(done, len(questions))
        try:
            for group in _groups(questions):
                for _ in self._complete(group):
                    done += 1
                    progress(done, len(questions))
        except StoppedError:
            stopped = True
        return CompleteReport(
            asked=(asked := self._outcomes.total()),
            left=len(questions) - asked,
            changed=self._outcomes["changed"],
            unknown=self._outcomes["unknown"],
            failed=self._outcomes["failed"],
            problems=tuple(self._problems),
            stopped=stopped,
        )

    def _complete(self, group: Sequence[Question]) -> Iterator[None]:
        """Ask about papers, about each what the answers before left open; yield after each."""
        with self._store.reading() as db:
            known = dict(reading.fetch(db, [question.paper_id for question in group]))
        waiting = [
            _Subject(number, by_title, list(services), known[number], known[number])
            for number, by_title, services in group
            if number in known
        ]
        yield from [None] * (len(group) - len(waiting))  # those that were deleted meanwhile
        try:
            if len(waiting) > 1 and (open_ones := [one for one in waiting if one.take_next()]):
                self._ask(open_ones, "arxiv")
            while waiting:
                while service := waiting[0].take_next():
                    self._ask(waiting[:1], service)
                self._tell(waiting.pop(0))
                yield
        except StoppedError:
            for subject in waiting:
                if subject.services:  # it was answered before the stop
                    self._tell(subject)
            raise

    def _ask(self, subjects: Sequence[_Subject], service: str) -> None:
        """Ask a service about papers, and keep what it knows; raises StoppedError."""
        if self._failures[service] == PATIENCE:
            for subject in subjects:
                subject.is_missed = True
            return
        if self._stop():
            raise StoppedError
        for subject in subjects:
            subject.is_asked = True
        try:
            answers = [one for one in self._answers(subjects, service) if isinstance(one, Record)]
        except ServiceError as error:
            self._fail(subjects, service, error)
            return
        self._failures[service] = 0
        with self._store.writing() as db, self._growing.recorded(db):
            now = dict(reading.fetch(db, [subject.id for subject in subjects]))
            for subject in subjects:
                if subject.id in now:
                    subject.paper = now[subject.id]
                    self._keep(db, subject, service, answers)

    def _answers(self, subjects: Sequence[_Subject], service: str) -> Iterator[Record | Reject]:
        if subjects[0].by_title:
            title = re.sub(r"[{}]", "", to_unicode(subjects[0].paper.title))
            yield from _LOOK_UP[service](self._http, title)
            return
        names = [
            name.value
            for one in subjects
            for name in one.paper.identifiers
            if name.scheme == service
        ]
        if service == "arxiv" and names:
            yield from arxiv.read(self._http, " ".join(names))
        elif service == "doi":
            for name in names:
                with _unless_gone():
                    yield from doi.read(self._http, name)

    def _keep(
        self, db: apsw.Connection, subject: _Subject, service: str, answers: Sequence[Record]
    ) -> None:
        """Take in the answer that is about a paper, where it is of no other paper as well."""
        if subject.by_title:
            answer = titled(subject.paper, answers)
        else:
            answer = named(subject.paper, answers, "arxiv" if service == "arxiv" else "doi")
            for name in answer.paper.identifiers if answer else ():
                if answer and identity.only_cites(db, subject.id, name, answer.paper.title):
                    self._leave(db, subject, name, answer.paper)
                    return
            if answer and self._is_doubtful(db, subject, answer.paper):
                # It does not count as asked: the reader may mend the identifier.
                subject.doubt = _doubt(subject.paper, answer.paper, service)
                return
        lookups.answered(db, subject.id, service, found=answer is not None)
        if answer is None:
            return
        subject.services.append(service)
        holders = (identity.holder_of(db, name) for name in answer.paper.identifiers)
        subject.twin = next((one for one in holders if one not in (None, subject.id)), None) or 0
        if subject.twin:
            return
        self._batch = self._batch or papers.new_batch(db)
        arrival = Arrival(self._batch, answer.file, answer.line, answer.raw)
        papers.join(db, subject.id, answer.paper, arrival)
        ((_, subject.paper),) = reading.fetch(db, [subject.id])
        self._title = subject.paper.title
        if not subject.is_open:  # whoever undoes this is not to get it from the next one
            for other in subject.left:
                lookups.answered(db, subject.id, other, found=False)

    def _leave(
        self, db: apsw.Connection, subject: _Subject, cited: Identifier, answer: Paper
    ) -> None:
        """Take a DOI from a paper that only cites it; what is left to ask, by its title."""
        papers.leave(db, subject.id, cited)
        ((_, subject.paper),) = reading.fetch(db, [subject.id])
        self._title = subject.paper.title
        subject.doubt = (
            f"its PDF only cites {cited.value}, which is {quoted(to_unicode(answer.title))}"
        )
        if not subject.paper.identifiers:
            subject.by_title, subject.left = True, list(lookups.BY_TITLE)

    def _is_doubtful(self, db: apsw.Connection, subject: _Subject, answer: Paper) -> bool:
        """Whether the identifier is rather wrong. In a PDF it is surer than the title."""
        guessed = reading.sourced(db, subject.id).source("title") == "pdf"
        return not guessed and is_doubtful(subject.paper, answer)

    def _fail(self, subjects: Sequence[_Subject], service: str, error: ServiceError) -> None:
        self._failures[service] += 1
        problem = str(error)
        if self._failures[service] == PATIENCE:
            problem = f"{problem} It failed {PATIENCE} times in a row and is left out from here on."
        if self._failures[service] > 1:  # once is enough of failures in a row
            self._problems.pop(self._said[service], None)
        self._problems[problem] = None
        self._said[service] = problem
        for subject in subjects:
            subject.is_missed, subject.problem = True, problem

    def _tell(self, subject: _Subject) -> None:
        """Count a paper and tell what was found; nothing where no service could be asked."""
        if not subject.is_asked:
            return
        found = gained(subject.before, subject.paper)
        outcome = "changed" if found else "failed" if subject.is_missed else "unknown"
        self._outcomes[outcome] += 1
        self._on_result(
            Completed(
                id=subject.id,
                title=to_unicode(subject.paper.title),
                found=found,
                services=tuple(NAMES[service] for service in subject.services),
                twin=subject.twin,
                doubt=subject.doubt,
                problem=subject.problem,
            )
        )

    def _label(self, number: int) -> str:
        if number == 1:
            return f"completed {quoted(to_unicode(self._title))}"
        return f"completed {number:,} papers"


def _doubt(paper: Paper, answer: Paper, service: str) -> str:
    name = next(name for name in paper.identifiers if name in answer.identifiers)
    title = quoted(to_unicode(answer.title))
    what = SCHEME_WORDS[name.scheme]
    return f"{NAMES[service]} knows {name.value} as {title}: is the {what} right?"


@contextmanager
def _unless_gone() -> Iterator[None]:
    """That there is no such thing is an answer, not a failure."""
    try:
        yield
    except ServiceError as error:
        if not error.gone:
            raise


def _groups(questions: Sequence[Question]) -> Iterator[Sequence[Question]]:
    """The questions that arXiv answers together, then the others one by one."""
    together = [one for one in questions if not one.by_title and one.services[0] == "arxiv"]
    for start in range(0, len(together), AT_ONCE):
        yield together[start : start + AT_ONCE]
    for question in questions:
        if question.by_title or question.services[0] != "arxiv":
            yield [question]
