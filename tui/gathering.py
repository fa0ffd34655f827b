"""Papers from where they appear, in words: what is named, what came, and how long ago."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from index.pasted import names_in
from index.text import capital, counted, shortened
from index.views import Added, Fetched

FEW = 3  # titles or failures that are told one by one
LONGEST = 62  # characters of a title among others

Outcome = Literal["added", "updated", "unchanged", "deleted"]

_OUTCOMES: dict[Outcome, str] = {
    "added": "added",
    "updated": "known already, with more about {} now",
    "unchanged": "known already",
    "deleted": "deleted before, and left out",
}


def only_names(text: str) -> tuple[str, ...]:
    """The identifiers and addresses of papers in a text that holds nothing else; else none."""
    names = names_in(text)
    return names if all(map(_is_name, names)) else ()


def _is_name(text: str) -> bool:
    """Whether a text is what a paper is known by, or the address of a page that lists papers."""
    from index.identifiers import parse_identifier

    if parse_identifier(text):
        return True
    if "/" not in text:
        return False
    from index.adding import problem_with

    return not problem_with(text)


def named(names: Sequence[str]) -> str:
    """``2402.14393`` or ``3 papers``"""
    return shortened(names[0], LONGEST) if len(names) == 1 else f"{len(names):,} papers"


def told_of_added(added: Sequence[Added]) -> tuple[str, str]:
    """What came of adding papers: how many of each outcome, and their titles. Failures apart."""
    came = [one for one in added if one.outcome != "failed"]
    counts = Counter(one.outcome for one in came)
    many = len(came) > 1
    parts = [
        f"{count:,} {words}" if many else words
        for outcome, form in _OUTCOMES.items()
        if (count := counts[outcome]) and (words := form.format("them" if many else "it"))
    ]
    title = ", ".join(parts)
    titles = [shortened(one.title, LONGEST) if many else one.title for one in came]
    return capital(title), _some(titles)


def failures(added: Sequence[Added]) -> str:
    """Why papers could not be added, a sentence each; empty where all could."""
    failed = [one for one in added if one.outcome == "failed"]
    if len(added) == 1:
        return _some([one.problem for one in failed])
    return _some([failure(one) for one in failed])


def failure(added: Added) -> str:
    """Why a paper could not be added, with the name of it where that is not told by the problem."""
    name = shortened(added.name, LONGEST)
    told = added.problem.lstrip("“").startswith(name.rstrip("…"))
    return added.problem if told else f"{name}: {added.problem}"


def told_of_fetched(fetched: Sequence[Fetched]) -> tuple[str, str]:
    """What came of fetching: how many papers from how many, and what failed, a line each.

    Of one alone: its name, and its own result.
    """
    if len(fetched) == 1:
        return fetched[0].follow.name, fetched[0].follow.result
    failed = [one.follow for one in fetched if one.follow.failed]
    new = sum(one.added for one in fetched)
    papers = counted(new, "new paper") if new else "No new papers"
    count = f"{len(fetched) - len(failed)} of {len(fetched)}" if failed else f"{len(fetched)}"
    return f"{papers} from {count}", _some([f"{one.name} failed: {one.result}" for one in failed])


def _some(lines: Sequence[str]) -> str:
    more = [f"and {len(lines) - FEW:,} more"] if len(lines) > FEW else []
    return "\n".join([*lines[:FEW], *more])


def ago(moment: str, now: dt.datetime) -> str:
    """How long ago a moment (ISO 8601, with its zone) is, in words: ``2 hours ago``."""
    then = dt.datetime.fromisoformat(moment).astimezone(now.tzinfo)
    minutes = int((now - then).total_seconds() // 60)
    days = (now.date() - then.date()).days
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{counted(minutes, 'minute')} ago"
    if days < 1 or minutes < 6 * 60:
        return f"{counted(minutes // 60, 'hour')} ago"
    if days < 30:
        return "yesterday" if days == 1 else f"{days} days ago"
    return f"on {then.day} {then:%B %Y}"
