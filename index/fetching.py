"""Fetching: what is followed brings what is new, and how that went is kept."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from index.errors import SourceError, StoppedError, StoreError
from index.followable import arxiv_query, author_query
from index.intake import Intake
from index.sources import Record, arxiv, feed, hf_papers
from index.sources.base import Service
from index.sources.http import Http, Known, Validators
from index.store import Store, follows
from index.store.follows import Standing
from index.store.papers import Outcome, Taken
from index.views import Fetched, Follow, ImportReport, Reject

PAGE = 100
"""Papers that are taken in at a time."""

FIRST = 100
"""Papers that the first fetch brings of what arXiv has: the newest."""

MOST = 2000
"""Papers that any later fetch looks at, the newest first."""

MOST_SPANS = 6
"""Weeks or months that are made good after a long time away."""

_SPANS = {"week": "%G-W%V", "month": "%Y-%m"}


def fetch(store: Store, http: Http, standing: Standing) -> Fetched:
    """Bring what is new of something that is followed, and keep how that went.

    What goes wrong is told in the result, and what came until then stays.
    """
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
