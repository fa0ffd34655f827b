"""Ranges of time in a query: ``2022..2024``, ``2024-03..``, ``..2024-06-30``, ``7d``."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange

from index.paper import partial_date
from index.search.clauses import Span

_RANGE = re.compile(r"(?P<low>[\d-]*)(?P<dots>\.\.?)?(?P<high>[\d-]*)")
_AGO = re.compile(r"(?P<number>\d{1,4})(?P<unit>[dwmy])", re.IGNORECASE)
_NO_END = 9999_12_31
_FIRST = frozenset({"0001", "0000-00-01", "0001-01-01"})  # what an open end becomes
_LAST = frozenset({"9999", "9999-12-31"})


def span(column: str, text: str, today: dt.date) -> Span | None:
    """The range that a text says: whole years, months and days, both ends included.

    None where it says none. A range that runs backwards is turned round. ``7d`` (``w``, ``m`` and
    ``y`` too; not for ``year``) is the last seven days.
    """
    if column != "year" and (ago := _AGO.fullmatch(text)):
        first = _before(today, int(ago["number"]), ago["unit"].lower())
        return _span(column, f"{first:%Y%m%d}".zfill(8), "")
    match = _RANGE.fullmatch(text)
    if not match or match["dots"] == "." or not (match["low"] or match["high"]):
        return None
    low, high = match["low"], match["high"] if match["dots"] else match["low"]
    if not all(_whole(column, date) for date in (low, high) if date):
        return None
    if low and high and low > high:
        low, high = high, low
    return _span(column, low.replace("-", ""), high.replace("-", ""))


def begun_span(column: str, text: str) -> Span | None:
    """The range that a text being typed may become: ``202`` is any year from 2020 to 2029.

    None where too little is known of it.
    """
    match = _RANGE.fullmatch(text)
    if not match:
        return None
    low, high = (match[end].replace("-", "")[:8] for end in ("low", "high"))
    if not match["dots"]:
        high = low
    known = 1 if column == "year" else 4  # fewer digits may be days: 20d
    if not (low or high) or any(date and len(date) < known for date in (low, high)):
        return None
    turned = high and low.ljust(8, "0") > high.ljust(8, "9")
    found = _span(column, *((high, low) if turned else (low, high)))
    return found if any(ends(found)) else None  # year:0. leaves nothing out


def _whole(column: str, date: str) -> bool:
    try:
        return partial_date(date) == date and (column != "year" or len(date) == 4)
    except ValueError:
        return False


def _span(column: str, low: str, high: str) -> Span:
    """A range from the digits of its ends, as far as they are known."""
    first, last = int(low.ljust(8, "0")), int(high.ljust(8, "9")) if high else _NO_END
    if column == "year":
        return Span(column, max(1, first // 10_000), last // 10_000)
    if column == "published":
        return Span(column, max(1, first), last)
    return Span(column, _day(first).toordinal(), _day(last).toordinal())


def _day(digits: int) -> dt.date:
    """The day of the calendar nearest to yyyymmdd, where 00 and 99 stand for what is not known."""
    year = min(max(digits // 10_000, 1), 9999)
    month = min(max(digits // 100 % 100, 1), 12)
    return dt.date(year, month, min(max(digits % 100, 1), monthrange(year, month)[1]))


def _before(today: dt.date, number: int, unit: str) -> dt.date:
    if unit in "dw":
        days = number * (7 if unit == "w" else 1)
        return dt.date.fromordinal(max(1, today.toordinal() - days))
    months = today.year * 12 + today.month - 1 - number * (12 if unit == "y" else 1)
    year, month = divmod(max(months, 12), 12)
    return _day(year * 10_000 + (month + 1) * 100 + today.day)


def ends(found: Span) -> tuple[str, str]:
    """The ends of a range as a query has them; an open end is empty."""
    if found.column == "rating":
        return str(found.low), str(found.high)
    if found.column == "year":
        low, high = f"{found.low:04}", f"{found.high:04}"
    elif found.column == "published":
        low, high = _known(f"{found.low:08}", "00"), _known(f"{found.high:08}", "99")
    else:
        low, high = (dt.date.fromordinal(day).isoformat() for day in (found.low, found.high))
    return "" if low in _FIRST else low, "" if high in _LAST else high


def _known(digits: str, unknown: str) -> str:
    """Year, month and day of yyyymmdd, as far as they are known."""
    found = [digits[:4], digits[4:6], digits[6:]]
    while found[-1] == unknown:
        found.pop()
    return "-".join(found)
