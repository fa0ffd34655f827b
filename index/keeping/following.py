"""Following: what brings new papers whenever it is fetched."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from index.errors import NotFoundError, SourceError, StoppedError, StoreError
from index.keeping.room import Connect, Room, done
from index.progress import Stop, never
from index.store import Store, follows
from index.store.follows import Standing
from index.store.papers import Outcome, Taken
from index.views import Done, Fetched, Follow, FollowKind, ImportReport

if TYPE_CHECKING:
    from index.intake import Intake
    from index.sources.base import Record, Service
    from index.sources.http import Http, Known
    from index.views import Reject

HOUR = dt.timedelta(hours=1)
PERIODS: dict[FollowKind, dt.timedelta] = {
    "arxiv": 12 * HOUR,  # it announces once a day
    "author": 12 * HOUR,
    "hf": 3 * HOUR,
    "feed": HOUR,
}
"""How long after a fetch that went well the next is due."""

AT_ONCE = 8
"""What is fetched at the same time. Requests to one service still wait for each other."""

PAGE = 100
"""Papers that are taken in at a time."""

FIRST = 100
"""Papers that the first fetch brings of what arXiv has: the newest."""

MOST = 2000
"""Papers that any later fetch looks at, the newest first."""

MOST_SPANS = 6
"""Weeks or months that are made good after a long time away."""

_SPANS = {"week": "%G-W%V", "month": "%Y-%m"}


class Follows(Room):
    """The room of what is followed."""

    def __init__(self, store: Store, connect: Connect) -> None:
        super().__init__(store)
        self._connect = connect

    def all(self) -> tuple[Follow, ...]:
        """All that is followed, in the order in which it was begun."""
        return tuple(one.follow for one in self._standings())

    def opml(self) -> str:
        """The feeds that are followed, as OPML."""
        from index.exports import opml

        return opml.write((one.name, one.what) for one in self.all() if one.kind == "feed")

    def add(self, kind: FollowKind, what: str, title: str = "") -> Done:
        """Follow something; nothing is fetched yet.

        ``what``: an arXiv category or query, ``daily``, ``week`` or ``month`` of Hugging Face
        Papers, the address of a feed, the name of an author. Raises FollowingError.
        """
        from index.followable import followable

        what = followable(kind, what)
        name = Follow(0, kind, what, title).name
        with self._store.action(f"followed {name}") as db:
            changed = follows.put(db, kind, what, title)
        return done(changed, f"Following {name} from now on.", f"{name} is followed already.")

    def remove(self, ids: Sequence[int]) -> Done:
        """Follow these no longer; their papers stay. Raises NotFoundError."""
        chosen = [one.follow for one in self._chosen(ids)]
        names = chosen[0].name if len(chosen) == 1 else f"{len(chosen):,} sources"
        with self._store.action(f"stopped following {names}") as db:
            changed = follows.remove(db, [one.id for one in chosen])
        verb = "is" if len(chosen) == 1 else "are"
        return done(changed, f"{names} {verb} followed no longer.", "It was gone already.")

    def fetch(
        self,
        ids: Sequence[int] | None = None,
        *,
        due_only: bool = True,
        on_result: Callable[[Fetched], object] = lambda fetched: None,
        stop: Stop = never,
    ) -> tuple[Fetched, ...]:
        """Fetch what is followed, at the same time: all that is due, all, or those with ``ids``.

        Each fails by itself, and keeps why. ``on_result`` is told, in the caller's thread, of each
        as it is done; what came before ``stop`` says true stays. Raises NotFoundError.
        """
        chosen = self._standings() if ids is None else self._chosen(ids)
        if ids is None and due_only:
            chosen = [one for one in chosen if one.follow.due]
        if not chosen:
            return ()
        leaving = Event()
        results: dict[int, Fetched] = {}
        with (
            self._connect(lambda: leaving.is_set() or stop()) as http,
            ThreadPoolExecutor(AT_ONCE, thread_name_prefix="carrel-fetch") as pool,
        ):
            try:
                for future in as_completed([pool.submit(self._fetch, http, one) for one in chosen]):
                    fetched = future.result()
                    results[fetched.follow.id] = fetched
                    on_result(fetched)
            except BaseException:
                leaving.set()
                raise
        return tuple(results[one.follow.id] for one in chosen)

    def _standings(self) -> list[Standing]:
        with self._store.reading() as db:
            return [
                one._replace(follow=replace(one.follow, due=_is_due(one)))
                for one in follows.standings(db)
            ]

    def _chosen(self, ids: Sequence[int]) -> list[Standing]:
        known = {one.follow.id: one for one in self._standings()}
        if missing := next((one for one in ids if one not in known), None):
            raise NotFoundError(f"Nothing with the number {missing} is followed.")
        if not ids:
            raise NotFoundError("Nothing that is followed was named.")
        return [known[one] for one in dict.fromkeys(ids)]

    def _fetch(self, http: Http, standing: Standing) -> Fetched:
        try:
            return _fetch(self._store, http, standing)
        finally:
            self._store.leave()


def _is_due(standing: Standing) -> bool:
    if not standing.whole:
        return True
    since = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(standing.succeeded)
    # A clock that was put back makes it due too.
    return not dt.timedelta(0) <= since < PERIODS[standing.follow.kind]


def _fetch(store: Store, http: Http, standing: Standing) -> Fetched:
    """Bring what is new of something that is followed, and keep how that went."""
    from index.intake import Intake
    from index.sources.http import Validators

    follow, title, problem, stopped = standing.follow, "", "", False
    with store.reading() as db:
        # What never came whole is asked for whole, whatever else brought the same answer.
        before = follows.said(db) if standing.succeeded else {}
    known: Known = {url: Validators(*said) for url, said in before.items()}
    intake = Intake(store, f"fetched {follow.name}")
    with store.writing() as db:
        follows.begin_run(db, follow.id, intake.batch)
    try:
        with intake:
            for service, question in _questions(standing):
                _take(intake, service.read(http, question, known), standing)
            title = _title(http, follow)
    except StoppedError:
        stopped = True
    except (SourceError, StoreError) as error:
        problem = str(error)
    result = _told(intake.report, problem, stopped=stopped, is_first=not standing.succeeded)
    whole = not (problem or stopped)
    with store.writing() as db:
        at = follows.record_run(
            db, follow.id, result, failed=bool(problem), whole=whole, title=title
        )
        if whole:  # all that came is in the library
            news = {url: said for url, said in known.items() if before.get(url) != tuple(said)}
            follows.keep_said(db, news)
    report = intake.report
    return Fetched(
        replace(
            follow,
            title=follow.title or title,
            last=at,
            result=result,
            failed=bool(problem),
            due=not whole,
        ),
        report.added,
        report.updated,
    )


def _questions(standing: Standing) -> Iterator[tuple[Service, str]]:
    """What is asked of which service to learn what is new."""
    from index.followable import arxiv_query, author_query
    from index.sources import arxiv, feed, hf_papers

    what = standing.follow.what
    match standing.follow.kind:
        case "arxiv":
            yield arxiv, arxiv_query(what)
        case "author":
            yield arxiv, author_query(what)
        case "feed":
            yield feed, what
        case "hf":
            for span in _spans(what, standing.succeeded):
                yield hf_papers, span


def _spans(what: str, since: str) -> Sequence[str]:
    """The weeks or months from the last fetch until today, the newest first."""
    if what not in _SPANS:
        return (what,)
    today = dt.datetime.now(dt.UTC).date()
    first = dt.datetime.fromisoformat(since).date() if since else today
    days = (today - dt.timedelta(back) for back in range(max(0, (today - first).days) + 1))
    spans = dict.fromkeys(day.strftime(_SPANS[what]) for day in days)
    return list(itertools.islice(spans, MOST_SPANS))


def _take(intake: Intake, items: Iterable[Record | Reject], standing: Standing) -> None:
    """Take in a page at a time, until one most of which was there when this was last fetched.

    It need not be all of it: beyond what the last fetch brought lies what it left out.
    """
    is_first = not standing.succeeded and standing.follow.kind in ("arxiv", "author")
    items = itertools.islice(items, FIRST if is_first else MOST)
    page: list[Record | Reject] = []
    try:
        for item in items:
            page.append(item)
            if len(page) == PAGE:
                taken, page = intake.take(page), []
                if sum(_was_there(one, standing.seen) for one in taken) * 2 > len(taken):
                    return
    finally:
        if page:  # what came before an error stays
            intake.take(page)


def _was_there(taken: Taken, seen: int) -> bool:
    """Whether a record told nothing new of a paper that was there before."""
    # Not what came since: a fetch that broke off, or another one, may have brought it.
    is_old = taken.outcome in (Outcome.UNCHANGED, Outcome.DELETED)
    return is_old and (taken.paper_id or 0) <= seen


def _title(http: Http, follow: Follow) -> str:
    """What a feed calls itself, where that is not known yet."""
    from index.sources import feed

    with suppress(SourceError):
        if follow.kind == "feed" and not follow.title:
            return feed.title(http, follow.what)
    return ""


def _told(report: ImportReport, problem: str, *, stopped: bool, is_first: bool) -> str:
    """What came of a fetch, in a sentence; of what was left out, why most of it was."""
    whys = Counter(reject.reason for reject in report.rejects).most_common(1)
    left_out = "".join(f"left out ({why})" for why, _ in whys)
    counts = {"added": report.added, "updated": report.updated, left_out: report.rejected}
    parts = [f"{number:,} {what}" for what, number in counts.items() if number]
    if problem:
        return f"{', '.join(parts)}; then: {problem}" if parts else problem
    if stopped:
        parts.append("stopped")
    return ", ".join(parts) or (
        "no papers found" if is_first and not report.records else "nothing new"
    )
