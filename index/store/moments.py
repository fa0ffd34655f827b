"""Moments as the database has them: ISO 8601 in UTC, to the second."""

from __future__ import annotations

import datetime as dt


def now() -> str:
    """The moment that it is."""
    return _kept(dt.datetime.now(dt.UTC))


def midnight(day: int) -> str:
    """The moment at which a day of the reader's begins, given as ``date.toordinal``."""
    return _kept(dt.datetime.fromordinal(max(2, min(day, dt.date.max.toordinal()))))


def day(moment: str) -> str:
    """The reader's day of a moment, ISO 8601."""
    return dt.datetime.fromisoformat(moment).astimezone().date().isoformat()


def _kept(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds")
