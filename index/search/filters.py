"""Filters: what the values of ``year:``, ``is:``, ``tag:`` and their like mean."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import datetime as dt
from typing import NamedTuple, NoReturn

from index.errors import QueryError
from index.search.clauses import (
    AnyField,
    ConstantScore,
    Mask,
    Or,
    Prefix,
    Query,
    Similar,
    Term,
)
from index.search.dates import begun_span, span
from index.text import clean_line, fold

STATES = {
    name: Mask("is", name)
    for name in ("starred", "unread", "read", "inbox", "noted", "tagged", "listed")
}
"""What may stand after ``is:``."""

HOLDINGS = {
    "note": Mask("is", "noted"),
    "tag": Mask("is", "tagged"),
    "list": Mask("is", "listed"),
    **{
        name: Mask("is", name)
        for name in ("abstract", "link", "pdf", "code", "doi", "arxiv", "acl", "openreview")
    },
}
"""What may stand after ``has:``."""

_DATES = {
    "year": "a year or a range: 2022, 2022..2024, 2022.. or ..2024",
    "published": "a date, a range or a time: 2024-03, 2024-03..2024-06, 2024.. or 30d",
    "added": "a date, a range or a time: 7d, 2w, 3m, 1y, 2024-03 or 2024-03..2024-06",
}


class Value(NamedTuple):
    """What stands after a field.

    begun: values that begin with it count too. unfinished: it is being typed.
    """

    field: str
    text: str
    begun: bool
    unfinished: bool
    negated: bool
    today: dt.date


def filtered(value: Value) -> Query | None:
    """The papers that a value means; None where it is being typed, and means none yet.

    Raises QueryError where it means nothing.
    """
    match value.field:
        case "year" | "published" | "added":
            return _dates(value)
        case "is" | "has":
            return _state(value)
        case "similar":
            return _similar(value)
        case "categories" | "source":
            return _name(value)
        case "id":
            name = clean_line(value.text)
        case _:
            name = fold(clean_line(value.text))
    return Mask(value.field, name, value.begun) if name or _all(value) else None


def _all(value: Value) -> bool:
    """Whether a star stands alone: every value."""
    return value.begun and not value.unfinished


def _dates(value: Value) -> Query | None:
    text = value.text.strip()
    if found := span(value.field, text, value.today):
        return found
    if not value.unfinished:
        _refuse(value, f"takes {_DATES[value.field]}")
    return begun_span(value.field, text) if value.begun else None


def _state(value: Value) -> Query | None:
    known = STATES if value.field == "is" else HOLDINGS
    name = fold(value.text.strip())
    if name in known:
        return known[name]
    begun = [mask for state, mask in known.items() if state.startswith(name)]
    if not (value.unfinished and begun):
        _refuse(value, f"takes one of {', '.join(known)}")
    return None if value.negated else begun[0] if len(begun) == 1 else Or(begun)


def _similar(value: Value) -> Query | None:
    number = value.text.strip()
    if number.isascii() and number.isdigit() and len(number) <= 15:
        return Similar(int(number))
    if not value.unfinished:
        _refuse(value, "takes the number of a paper, as in similar:42")
    return None


def _name(value: Value) -> Query | None:
    """A whole name; of categories (``cs``) also those below it (``cs.CL``)."""
    name = fold(clean_line(value.text))
    if not name and not _all(value):
        return None
    if value.begun:
        leaf: Query = Prefix(value.field, name)
    elif value.field == "categories":
        leaf = Or([Term(value.field, name), Prefix(value.field, f"{name}.")])
    else:
        leaf = Term(value.field, name)
    field = "category" if value.field == "categories" else value.field
    star = "*" if _all(value) else ""
    return ConstantScore(AnyField([leaf], written=f"{field}:{value.text.strip()}{star}"), 0.0)


def _refuse(value: Value, reason: str) -> NoReturn:
    shown = clean_line(value.text)
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    raise QueryError(f"{value.field}: {reason}, not “{shown}”.")
