"""Filters: what the values of ``year:``, ``is:``, ``tag:`` and their like mean."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
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
    Span,
    Term,
)
from index.search.dates import begun_span, span
from index.text import clean_line, fold

STATES = {
    name: Mask("is", name)
    for name in ("starred", "unread", "read", "inbox", "noted", "tagged", "listed")
    + ("opened", "skipped", "rated")
}
"""What may stand after ``is:``."""

HOLDINGS = {
    "note": Mask("is", "noted"),
    "tag": Mask("is", "tagged"),
    "list": Mask("is", "listed"),
    **{
        name: Mask("is", name)
        for name in ("abstract", "link", "pdf", "pdflink", "text", "code")
        + ("doi", "arxiv", "acl", "openreview")
    },
}
"""What may stand after ``has:``."""

STATUSES = {name: Mask("status", name) for name in ("to read", "reading", "done", "skipped")}
"""What may stand after ``status:``."""

CHOICES: Mapping[str, Mapping[str, Mask]] = {"is": STATES, "has": HOLDINGS, "status": STATUSES}
"""What may stand after the fields that take one of a few names."""

_ALSO = {"status": dict.fromkeys(("to-read", "toread", "todo"), STATUSES["to read"])}
_RATINGS = re.compile(r"(?P<low>[1-5]?)(?P<dots>\.{0,2})(?P<high>[1-5]?)")

_DATES = {
    "year": "a year or a range: 2022, 2022..2024, 2022.. or ..2024",
    "published": "a date, a range or a time: 2024-03, 2024-03..2024-06, 2024.. or 30d",
    "added": "a date, a range or a time: 7d, 2w, 3m, 1y, 2024-03 or 2024-03..2024-06",
    "opened": "a date, a range or a time: 7d, 2w, 3m, 1y, 2024-03 or 2024-03..2024-06",
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
        case "year" | "published" | "added" | "opened":
            return _dates(value)
        case "rating":
            return _rating(value)
        case "is" | "has" | "status":
            return _state(value)
        case "similar":
            return _similar(value)
        case "categories" | "source":
            return _name(value)
    name = named(value.field, value.text, value.begun)
    return Mask(value.field, name, value.begun) if name or _all(value) else None


def named(kind: str, text: str, begun: bool = False) -> str:
    """The name that a mask of a kind has for a text: folded, but for words and an identifier.

    The parts of a tag are folded one by one. begun: more may follow, so the last may be empty.
    """
    if kind in ("note", "text", "id"):
        return clean_line(text)
    if kind != "tag":
        return fold(clean_line(text))
    *above, last = (fold(clean_line(part)) for part in text.split("/"))
    return "/".join([part for part in above if part] + ([last] if last or begun else []))


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
    offered = CHOICES[value.field]
    known = {**offered, **_ALSO.get(value.field, {})}
    name = fold(clean_line(value.text))
    if name in known:
        return known[name]
    begun = list(dict.fromkeys(mask for state, mask in known.items() if state.startswith(name)))
    if not (value.unfinished and begun):
        names = (f'"{name}"' if " " in name else name for name in offered)
        _refuse(value, f"takes one of {', '.join(names)}")
    return None if value.negated else begun[0] if len(begun) == 1 else Or(begun)


def _rating(value: Value) -> Query | None:
    match = _RATINGS.fullmatch(value.text.strip())
    low, dots, high = match.groups() if match else ("", "", "")
    if low and not (dots or high):
        return Span("rating", int(low), int(low))
    if dots == ".." and (low or high):
        first, last = sorted((int(low or 1), int(high or 5)))
        return Span("rating", first, last)
    if not (value.unfinished and match and not high):
        _refuse(value, "takes a number from 1 to 5 or a range: 4, 2..3, 4.. or ..2")
    return Span("rating", int(low), 5) if low and value.begun else None


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
