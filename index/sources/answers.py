"""What an answer says of itself, and what that means: its status, its kind and its length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from index.errors import ServiceError
from index.progress import Progress
from index.sources.unpacking import unpacked
from index.text import clean_line

if TYPE_CHECKING:
    import httpx

DAY = 86_400
"""Seconds that a service can ask to be left alone for, at most."""

Why = Callable[[bytes], str]
"""Reads, from the answer that refuses a question, why; empty where it does not say."""

_LONGEST_REFUSAL = 64 << 10

_PASSING = {
    429: "asks for a rest",
    **dict.fromkeys((500, 502, 503, 504), "is in trouble"),
}
_PAGES = (b"<!doctype html", b"<html", b"<head", b"<body")
_NO_PAGES = (b"<?xml", b"<rss", b"<feed", b"<rdf", b"{", b"[", b"%pdf")


class PassingError(Exception):
    """What may be otherwise a moment later; its text has no end yet.

    ``after``: seconds, where the service named them.
    """

    def __init__(self, text: str, after: float | None = None) -> None:
        super().__init__(text)
        self.after = after


def when(after: float | None) -> str:
    """The end of a sentence about what may be otherwise later."""
    if after is None or after < 1:
        return "; try again later."
    then = dt.datetime.now().astimezone() + dt.timedelta(seconds=after)
    if after < 120:
        return f"; try again in {after:.0f} seconds."
    if after < DAY / 2:
        return f"; try again after {then + dt.timedelta(minutes=1):%H:%M}."
    return f"; try again after {then:%A, %H:%M}."


def see_status(response: httpx.Response, who: str, why: Why | None = None) -> None:
    """Raise what a status other than 200 means: ServiceError, or PassingError."""
    status = response.status_code
    if status == 200:
        return
    if status in _PASSING:
        after = _retry_after(response.headers.get("retry-after", "").strip())
        raise PassingError(f"{who} {_PASSING[status]} ({status})", after)
    if status in (404, 410):
        raise ServiceError(f"{who} has nothing at this address ({status}).", gone=True)
    if status in (401, 402, 403, 407, 451):
        raise ServiceError(f"{who} does not let carrel in ({status}).")
    if 400 <= status < 500:
        words = f": {said}" if (said := _said(response, why)) else ""
        raise ServiceError(f"{who} does not accept the question ({status}){words}.")
    raise ServiceError(f"{who} gave an answer that carrel does not understand ({status}).")


def pieces(
    response: httpx.Response,
    who: str,
    *,
    accept: str,
    most: int,
    progress: Progress | None = None,
) -> Iterator[bytes]:
    """The bytes of an answer, unpacked, and at most ``most`` of them.

    Raises ServiceError and PassingError.
    """
    total = _length(response)
    if total > most:
        raise _too_large(who, most)
    done = 0
    try:
        for piece in unpacked(response.iter_raw(), response.headers.get("content-encoding", "")):
            if piece and not done:
                _see_beginning(piece, response, accept, who)
            done += len(piece)
            if max(done, response.num_bytes_downloaded) > most:
                raise _too_large(who, most)
            if progress:
                progress(response.num_bytes_downloaded, total)
            yield piece
    except EOFError:
        raise PassingError(f"{who} broke off in the middle of its answer") from None
    except ValueError:
        raise ServiceError(f"{who} packed its answer in a way that cannot be undone.") from None


def kind(response: httpx.Response) -> str:
    """The media type in lower case, without parameters; empty where none is named."""
    named: str = response.headers.get("content-type", "")
    return clean_line(named).partition(";")[0].strip().lower()


def _said(response: httpx.Response, why: Why | None) -> str:
    """Why a question is refused, in the service's own words; empty where they cannot be read."""
    if not why:
        return ""
    body = b""
    with suppress(ValueError, EOFError):
        for piece in unpacked(response.iter_raw(), response.headers.get("content-encoding", "")):
            body += piece
            if len(body) > _LONGEST_REFUSAL:
                return ""
        return why(body)
    return ""


def _see_beginning(piece: bytes, response: httpx.Response, accept: str, who: str) -> None:
    """Raise ServiceError for a web page where something else was asked for.

    Its own words count for more than its media type: many a feed is served as a page.
    """
    if "*/*" in accept or "html" in accept:
        return
    beginning = piece[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    is_page = "html" in kind(response) and not beginning.startswith(_NO_PAGES)
    if is_page or beginning.startswith(_PAGES):
        raise ServiceError(f"{who} gave a web page instead, maybe one that asks for a login.")


def _length(response: httpx.Response) -> int:
    said = response.headers.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else 0


def _too_large(who: str, most: int) -> ServiceError:
    size = f"{most / (1 << 20):,.0f} MB" if most >= 1 << 20 else f"{most:,} bytes"
    return ServiceError(f"{who} sends more than {size}, which is too much for what was asked.")


def _retry_after(said: str) -> float | None:
    """The seconds that a service asks to wait for, said as such or as a moment."""
    if said.isascii() and said.isdigit():
        return float(min(int(said[:9]), DAY))
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    seconds = (moment - dt.datetime.now(dt.UTC)).total_seconds()
    return min(seconds, DAY) if seconds > 0 else None
