"""The one way to the web: polite, patient, bounded, and with nothing of the reader's own in it.

A request names carrel and nobody else: no cookie is kept and no stored credential is sent. What
comes is bytes, up to a size. Whatever goes wrong is a ServiceError, one sentence that names whom
it is about.
"""

from __future__ import annotations

import datetime as dt
import io
import ipaddress
import itertools
import random
import time
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cached_property
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import urljoin, urlsplit

from index.errors import ServiceError
from index.sources.pacing import Pacing, Stop
from index.text import clean_line

if TYPE_CHECKING:
    import httpx

    from index.settings import Services

MOST = 32 << 20
"""Bytes of the longest answer that is taken into memory, unpacked."""

HOPS = 5
"""Redirects that are followed."""

ATTEMPTS = 5
"""Times that one question is asked."""

FIRST_WAIT = 1.0
"""Seconds before a question is asked again, about; each wait is twice the one before."""

SLOWEST = 2048
"""Bytes a second, on the whole, below which a download is given up."""

_NAMES = {"arxiv": "arXiv", "papers": "Hugging Face", "doi": "doi.org", "crossref": "Crossref"}
_PASSING = {408, 425, 429, 500, 502, 503, 504}
_HEADERS = {"Accept-Encoding": "gzip, deflate"}


class Validators(NamedTuple):
    """What tells a service which version of an answer is at hand."""

    etag: str = ""
    modified: str = ""


Known = MutableMapping[str, Validators]
"""The answers that are at hand, by the addresses that were asked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service gave."""

    url: str  # where it was found at last
    body: bytes
    kind: str  # its media type, in lower case and without parameters
    charset: str  # as the service has it; empty where it says nothing
    is_new: bool = True  # False: it is what is at hand already, and the body is empty


class _PassingError(Exception):
    """What may be otherwise a moment later. ``after``: seconds, where the service named them."""

    def __init__(self, sentence: str, after: float | None = None) -> None:
        super().__init__(sentence)
        self.after = after


class Http:
    """Asks services, for one errand. A context; safe to use from several threads.

    ``stop`` is looked at between the pieces of an answer and while waiting: where it says so,
    StoppedError is raised. Every method raises ServiceError.
    """

    def __init__(self, services: Services, *, stop: Stop = lambda: False) -> None:
        self._services = services
        self._pacing = Pacing(stop)

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "_client" in self.__dict__:
            self._client.close()

    def address(self, service: str) -> str:
        """Where a service is, by its name in the settings."""
        return str(getattr(self._services, service).address)

    def get(
        self,
        service: str,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        accept: str = "*/*",
        known: Known | None = None,
        most: int = MOST,
    ) -> Answer:
        """What is at an address. ``service`` names the setting whose pause is kept.

        With ``known``, an answer that is at hand is not sent again, and where one is sent its
        validators come into ``known``: whoever asks keeps them once the answer is used.
        """
        import httpx

        asked = str(httpx.URL(_checked(url), params=params) if params else _checked(url))
        headers = {"Accept": accept}
        at_hand = (known or {}).get(asked, Validators())
        if at_hand.etag:
            headers["If-None-Match"] = at_hand.etag
        if at_hand.modified:
            headers["If-Modified-Since"] = at_hand.modified
        body = io.BytesIO()
        answer, validators = self._ask(service, asked, headers, body, most)
        if known is not None and answer.is_new:
            known.pop(asked, None)
            if validators != Validators():
                known[asked] = validators
        return answer

    def download(
        self,
        url: str,
        to: BinaryIO,
        *,
        service: str = "web",
        most: int,
        accept: str = "*/*",
        progress: Callable[[int, int], None] | None = None,
    ) -> Answer:
        """Write what is at an address to a file that is open; the answer's body is empty.

        ``progress`` is told the bytes that came and those in all (0: not known). Where the service
        breaks off, the file is emptied and written anew.
        """
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        answer, _ = self._ask(service, _checked(url), headers, to, most, progress)
        return answer

    @cached_property
    def _client(self) -> httpx.Client:
        import httpx

        contact = f" (mailto:{self._services.contact})" if self._services.contact else ""
        return httpx.Client(
            headers={"User-Agent": f"carrel/{version('carrel')}{contact}"} | _HEADERS,
            timeout=self._services.timeout,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,  # each hop is looked at
        )

    def _ask(
        self,
        service: str,
        url: str,
        headers: Mapping[str, str],
        to: BinaryIO,
        most: int,
        progress: Callable[[int, int], None] | None = None,
    ) -> tuple[Answer, Validators]:
        until = time.monotonic() + self._services.patience
        for attempt in itertools.count(1):
            to.seek(0)
            to.truncate()
            try:
                return self._try(service, url, headers, to, most, progress)
            except _PassingError as error:
                wait = error.after
                if wait is None:
                    wait = FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1)  # noqa: S311
                if attempt == ATTEMPTS or time.monotonic() + wait > until:
                    raise ServiceError(f"{error}{_when(error.after)}") from None
                self._pacing.wait(wait)
        raise AssertionError

    def _try(
        self,
        service: str,
        url: str,
        headers: Mapping[str, str],
        to: BinaryIO,
        most: int,
        progress: Callable[[int, int], None] | None,
    ) -> tuple[Answer, Validators]:
        """Ask once, and follow where the answer leads."""
        name = _called(service, url)
        for hop in range(HOPS + 1):
            with self._response(service if not hop else "web", url, headers, name) as response:
                if response.has_redirect_location:
                    url = _next_hop(url, response.headers["location"], name)
                    continue
                if response.status_code == 304:
                    return _answer(response, b"", is_new=False), Validators()
                _see_status(response, name)
                self._read(response, to, most, name, progress)
                body = to.getvalue() if isinstance(to, io.BytesIO) else b""
                found = Validators(
                    response.headers.get("etag", "")[:1000],
                    response.headers.get("last-modified", "")[:100],
                )
                return _answer(response, body), found
        raise ServiceError(f"{name} sends its readers in circles; nothing came.")

    @contextmanager
    def _response(
        self, service: str, url: str, headers: Mapping[str, str], name: str
    ) -> Iterator[httpx.Response]:
        import httpx

        whom = service if service != "web" else urlsplit(url).netloc.lower()
        pause = float(getattr(self._services, service).pause)
        with self._pacing.turn(whom, pause):
            try:
                with self._client.stream("GET", url, headers=headers) as response:
                    yield response
            except httpx.TimeoutException:
                seconds = f"{self._services.timeout:g} seconds"
                raise _PassingError(f"{name} said nothing for {seconds}") from None
            except httpx.RemoteProtocolError:
                raise _PassingError(f"{name} broke off in the middle of its answer") from None
            except (httpx.DecodingError, httpx.InvalidURL):
                raise ServiceError(f"{name} gave an answer that cannot be read.") from None
            except httpx.ConnectError:
                raise _PassingError(f"{name} cannot be reached") from None
            except (httpx.HTTPError, OSError):
                raise _PassingError(f"{name} broke off in the middle of its answer") from None

    def _read(
        self,
        response: httpx.Response,
        to: BinaryIO,
        most: int,
        name: str,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        said = response.headers.get("content-length", "")
        total = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else 0
        if total > most:
            raise ServiceError(f"{name} would send more than {_size(most)}; nothing was taken.")
        began, done = time.monotonic(), 0
        for piece in response.iter_bytes():
            self._pacing.go_on()
            done += len(piece)
            if done > most:
                raise ServiceError(f"{name} sent more than {_size(most)}; nothing was taken.")
            seconds = time.monotonic() - began
            if seconds > self._services.patience and (not progress or done / seconds < SLOWEST):
                raise ServiceError(f"{name} is too slow at the moment; try again later.")
            to.write(piece)
            if progress:
                progress(done, max(total, done) if total else 0)


def _checked(url: str) -> str:
    """An address that may be asked. Raises ServiceError."""
    try:
        parts = urlsplit(url)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fit = False
    if not fit:
        raise ServiceError(f"“{clean_line(url)[:100]}” is no address on the web.")
    if parts.username or parts.password:
        raise ServiceError(f"An address with a password in it ({parts.hostname}) is not asked.")
    return url


def _next_hop(url: str, location: str, name: str) -> str:
    """Where an answer leads. Never to a file, nor from the web into the reader's own network."""
    try:
        target = _checked(urljoin(url, location))
    except ValueError:
        target = ""
    before, after = urlsplit(url), urlsplit(target)
    if (
        not target
        or (before.scheme, after.scheme) == ("https", "http")
        or (_is_private(after.hostname) and not _is_private(before.hostname))
    ):
        raise ServiceError(f"{name} leads to an address that is not asked; nothing came.")
    return target


def _is_private(host: str | None) -> bool:
    if not host or host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def _see_status(response: httpx.Response, name: str) -> None:
    """Raise what a status other than 200 means."""
    status = response.status_code
    if status in _PASSING:
        why = "asks to be left alone for a while" if status == 429 else f"is in trouble ({status})"
        raise _PassingError(f"{name} {why}", _retry_after(response))
    if status in (404, 410):
        raise ServiceError(f"{name} has nothing at this address.", gone=True)
    if status in (401, 403, 407):
        raise ServiceError(f"{name} does not let carrel in ({status}).")
    if status != 200:
        raise ServiceError(
            f"{name} gave no answer ({status} {clean_line(response.reason_phrase)})."
        )


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that a service asks to wait for, said as such or as a moment."""
    said = response.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 10:
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(0.0, (moment - dt.datetime.now(dt.UTC)).total_seconds())


def _when(after: float | None) -> str:
    if after is None or after < 1:
        return "; try again later."
    if after < 120:
        return f"; try again in {after:.0f} seconds."
    return f"; try again in {after / 60:.0f} minutes."


def _answer(response: httpx.Response, body: bytes, *, is_new: bool = True) -> Answer:
    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    return Answer(str(response.url), body, kind, response.charset_encoding or "", is_new)


def _called(service: str, url: str) -> str:
    """Whom a sentence is about, as people call it."""
    return _NAMES.get(service) or clean_line(urlsplit(url).hostname or "")


def _size(most: int) -> str:
    return f"{most / (1 << 20):,.0f} MB" if most >= 1 << 20 else f"{most:,} bytes"
