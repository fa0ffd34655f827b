"""Completion: what the word at the cursor of a query may become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from itertools import islice

from index.search.expand import Lexicon
from index.search.filters import CHOICES
from index.search.parser import FIELDS
from index.text import clean_line, fold
from index.views import Completion

MOST = 20  # candidates that are offered

_FIELD = rf"(?<![^\s(-])(?P<field>(?i:{'|'.join(FIELDS)})):"
_AT_CURSOR = re.compile(
    rf'{_FIELD}(?:"(?P<quoted>[^"]*)|(?P<value>[^\s()"]*))$|(?<![^\s(-])(?P<name>[A-Za-z]+)$'
)
_REST = re.compile(r'[^\s()"]*')
_QUOTED_REST = re.compile(r'[^"]*"?')


def complete(
    text: str, cursor: int, values: Mapping[str, Sequence[str] | Lexicon]
) -> Completion | None:
    """What may stand at the cursor; None where nothing is known.

    values: by field (``tag``, ``list``, ``follow``, ``authors``, ``venue``, ``categories``,
    ``source``), the names to choose from, the likeliest first, or the lexicon of their words. Names
    of fields, and what ``is:``, ``has:`` and ``status:`` take, need not be given.
    """
    before = text[:cursor]
    match = _AT_CURSOR.search(before)
    if not match:
        return None
    if match["name"]:
        if before.count('"') % 2:
            return None
        names = (f"{field}:" for field in FIELDS if field != "authors")
        begun = [name for name in names if name.startswith(match["name"].lower())]
        return _completion(match.start("name"), _REST.match(text, cursor), begun)
    field = FIELDS[match["field"].lower()]
    known = {field: list(names) for field, names in CHOICES.items()} | dict(values)
    group, rest = ("value", _REST) if match["quoted"] is None else ("quoted", _QUOTED_REST)
    start = match.start(group) - (group == "quoted")
    found = _beginning(fold(clean_line(match[group])), known.get(field, ()))
    return _completion(start, rest.match(text, cursor), map(_as_value, found))


def with_parents(tags: Iterable[str]) -> list[str]:
    """Tags, each after those that it stands below: ``ml``, ``ml/gnn``; of equal names the first."""
    known: dict[str, str] = {}
    for tag in tags:
        for end in (*(slash.start() for slash in re.finditer("/", tag)), len(tag)):
            known.setdefault(fold(clean_line(tag[:end])), tag[:end])
    return list(known.values())


def _completion(
    start: int, rest: re.Match[str] | None, candidates: Iterable[str]
) -> Completion | None:
    found = tuple(islice(candidates, MOST))
    return Completion(start, rest.end(), found) if found and rest else None


def _beginning(begun: str, known: Sequence[str] | Lexicon) -> Iterable[str]:
    """The names that begin so, then those with a word that does."""
    if not isinstance(known, Sequence):
        return nsmallest(MOST, known.terms(begun), key=lambda term: (-known.count(term), term))
    folded = [(fold(clean_line(name)), name) for name in known]
    first = [name for shown, name in folded if shown.startswith(begun)]
    inner = re.compile(rf"(?<=\W){re.escape(begun)}")
    then = [name for shown, name in folded if not shown.startswith(begun) and inner.search(shown)]
    return first + then


def _as_value(name: str) -> str:
    name = re.sub(r'["“”„]', "", name)  # no query can hold one within quotes
    return f'"{name}"' if re.search(r"[\s()]", name) else name
