"""The one way to the web: polite, patient, bounded, and with nothing of the reader's own in it.

A request names carrel and nobody else: no cookie is kept and no stored credential is sent. What
comes is bytes, up to a size. Whatever goes wrong is a ServiceError, one sentence that names whom
it is about.
"""

from __future__ import annotations

import io
import itertools
import random
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import quote

from index.errors import ServiceError
from index.progress import Progress, Stop, never
from index.sources import answers
from index.sources.addresses import next_hop, origin, parse, shown
from index.sources.pacing import lane, wait

if TYPE_CHECKING:
    import httpx

    from index.settings import Services
    from index.sources.connecting import Reach

MOST = 32 << 20
"""Bytes of the longest answer that is taken into memory, unpacked."""

REDIRECTS = 5
"""Redirects that are followed."""

ATTEMPTS = 4
"""Times that one question is asked."""

FIRST_WAIT = 1.0
"""Seconds before a question is asked again, about; each wait is twice the one before."""

SILENCES = 2
"""Questions in a row that a service may leave unanswered before it is left out of an errand."""

_NAMES = {"arxiv": "arXiv", "papers": "Hugging Face", "doi": "doi.org", "crossref": "Crossref"}
_REDIRECTS = (301, 302, 303, 307, 308)


class Validators(NamedTuple):
    """What tells a service which version of an answer is at hand."""

    etag: str = ""
    modified: str = ""


Known = MutableMapping[str, Validators]
"""The answers that are at hand, by the addresses that gave them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service gave."""

    url: str  # where it was found at last
    body: bytes
    kind: str  # its media type, in lower case and without parameters
    charset: str  # as the service has it; empty where it says nothing
    is_new: bool = True  # False: it is what is at hand already, and the body is empty


@dataclass(slots=True)
class _Question:
    """What is asked for, and how long and how much of it."""

    service: str
    url: httpx.URL
    headers: dict[str, str]
    to: BinaryIO
    most: int
    until: float  # on the monotonic clock; later by the time that is spent waiting for turns
    known: Mapping[str, Validators] = field(default_factory=dict)
    is_given: bool = False  # whether a paper came with the address; else it is the reader's own
    progress: Progress | None = None
    why: answers.Why | None = None

    @property
    def accept(self) -> str:
        return self.headers["Accept"]

    def conditions(self, url: httpx.URL) -> dict[str, str]:
        """What is told to the address that gave an answer which is at hand, and to no other."""
        etag, modified = self.known.get(str(url), Validators())
        said = {"If-None-Match": etag, "If-Modified-Since": modified}
        return {name: value for name, value in said.items() if value}


class Http:
    """Asks services, for one errand. A context; safe to use from several threads.

    ``stop`` is looked at in every wait and between the pieces of an answer: where it says so, and
    once the context is left, StoppedError is raised. Every method raises ServiceError. A service
    that hangs costs an errand the time of ``SILENCES`` questions: it is not asked the others.
    """

    def __init__(self, services: Services, *, stop: Stop = never) -> None:
        self._services = services
        self._is_left = threading.Event()
        self._silences: Counter[str] = Counter()  # of each service, in a row
        self._stop: Stop = lambda: self._is_left.is_set() or stop()

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_left.set()

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
        why: answers.Why | None = None,
    ) -> Answer:
        """What is at an address. ``service`` names the setting whose pause is kept.

        With ``known``, an answer that is at hand is not sent again, and where one is sent its
        validators come into ``known``: whoever asks keeps them once the answer is used. A web page
        is refused unless ``accept`` speaks of HTML or of anything (``*/*``). ``why`` reads what the
        service itself says of a question that it does not accept.
        """
        asked = parse(url)
        asked = asked.copy_merge_params(params) if params else asked
        headers = {"Accept": accept, "Accept-Encoding": "gzip"}
        body = io.BytesIO()
        question = _Question(
            service, asked, headers, body, most, self._until(), known or {}, why=why
        )
        answer, found = self._ask(question)
        if known is not None and answer.is_new:
            known.pop(answer.url, None)
            if any(found):
                known[answer.url] = found
        return replace(answer, body=body.getvalue())

    def download(
        self,
        url: str,
        to: BinaryIO,
        *,
        service: str = "web",
        most: int,
        accept: str = "*/*",
        progress: Progress | None = None,
    ) -> Answer:
        """Write what is at an address to a file that is open and empty; the answer has no body.

        The address is one that a paper came with: into the reader's own network it leads only
        where the settings allow that. Where the service breaks off, the file is written anew.
        """
        headers = {"Accept": accept, "Accept-Encoding": "identity"}  # a PDF is packed already
        asked = _Question(
            service, parse(url), headers, to, most, self._until(), is_given=True, progress=progress
        )
        return self._ask(asked)[0]

    def _until(self) -> float:
        return time.monotonic() + self._services.patience

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        import httpx

        return httpx.create_ssl_context()

    def _own_headers(self, service: str) -> dict[str, str]:
        contact = quote(self._services.contact, safe="@+")
        said = f" (mailto:{contact})" if contact and service != "web" else ""
        return {"User-Agent": f"carrel/{version('carrel')}{said}", "Connection": "close"}

    def _ask(self, asked: _Question) -> tuple[Answer, Validators]:
        """Ask, and again where it may help."""
        for attempt in itertools.count(1):
            try:
                return self._follow(asked)
            except answers.PassingError as error:
                seconds = error.after
                if seconds is None:
                    seconds = FIRST_WAIT * 2 ** (attempt - 1) * random.uniform(0.5, 1)  # noqa: S311
                if attempt == ATTEMPTS or time.monotonic() + seconds > asked.until:
                    raise ServiceError(str(error) + answers.when(error.after)) from None
                wait(seconds, self._stop)
        raise AssertionError

    def _follow(self, asked: _Question) -> tuple[Answer, Validators]:
        """Ask once, and go where the answer leads."""
        from index.sources.connecting import Reach

        is_shut = asked.is_given and not self._services.web.inner
        url, innermost = asked.url, Reach.WORLD if is_shut else Reach.MACHINE
        first = _called(asked.service, url)
        for hop in range(REDIRECTS + 1):
            service = self._service_at(url, asked.service) if hop else asked.service
            who = _called(service, url)
            # Where a service is, the reader's settings say; what else is led to may be a trap.
            most_inner = Reach.MACHINE if service != "web" else innermost
            told = asked.conditions(url)
            with self._response(asked, url, service, who, most_inner, told) as (response, reach):
                if response.status_code in _REDIRECTS:
                    url = next_hop(url, response.headers.get("location", ""), who)
                    innermost = min(innermost, reach)
                    continue
                if response.status_code == 304 and told:
                    return _answer(response, url, is_new=False), Validators()
                answers.see_status(response, who, asked.why)
                asked.to.seek(0)
                asked.to.truncate()
                for piece in answers.pieces(
                    response, who, accept=asked.accept, most=asked.most, progress=asked.progress
                ):
                    asked.to.write(piece)
                found = (response.headers.get(key, "") for key in ("etag", "last-modified"))
                return _answer(response, url), Validators(*map(_kept, found))
        raise ServiceError(f"{first} leads from one address to another without end.")

    def _service_at(self, url: httpx.URL, likely: str) -> str:
        """The service whose address this is at; ``web``: none."""
        for service in sorted(_NAMES, key=lambda name: name != likely):
            if origin(parse(self.address(service))) == origin(url):
                return service
        return "web"

    @contextmanager
    def _response(
        self,
        asked: _Question,
        url: httpx.URL,
        service: str,
        who: str,
        innermost: Reach,
        conditions: Mapping[str, str],
    ) -> Iterator[tuple[httpx.Response, Reach]]:
        """Be answered, in turn; with it, from where whoever answers can be reached."""
        import httpx

        from index.sources.connecting import UNREACHED, Connection, Watch
        from index.sources.failures import told

        pause = float(getattr(self._services, service).pause)
        whom = f"{service} {url.netloc.decode('ascii')}"
        way = lane(whom)

        def stop() -> bool:  # also while others have their turns
            if self._silences[whom] >= SILENCES:
                raise ServiceError(
                    f"{who} did not answer in time {SILENCES} times in a row "
                    "and was not asked again; try again later."
                )
            return self._stop()

        request = httpx.Request(
            "GET",
            url,
            headers=self._own_headers(service) | asked.headers | dict(conditions),
            extensions={"timeout": httpx.Timeout(self._services.timeout).as_dict()},
        )
        leader = "" if url == asked.url else _called(asked.service, asked.url)
        port = url.port if service == "web" else None  # a service is known by its name
        with told(who, leader, self._services.timeout, port) as phase:
            try:
                patience = self._services.patience
                with way.turn(pause, patience, stop, UNREACHED) as waited:
                    asked.until += waited
                    watch = Watch(self._stop, asked.until, innermost)
                    with (
                        self._listening(whom),
                        Connection(url, watch, self._tls) as connection,
                        closing(connection.handle_request(request)) as response,
                    ):
                        phase.is_answered = True
                        yield response, watch.reach
            except answers.PassingError as error:
                way.hold(error.after or 0)  # for everybody's questions
                raise

    @contextmanager
    def _listening(self, whom: str) -> Iterator[None]:
        """Note whether a question is answered in time, be it with a refusal."""
        from index.sources.connecting import SILENT

        silent = False
        try:
            yield
        except SILENT:
            silent = True
            raise
        finally:
            self._silences[whom] = self._silences[whom] + 1 if silent else 0


def _called(service: str, url: httpx.URL) -> str:
    """Whom a sentence is about, as people call it."""
    return _NAMES.get(service) or shown(url.host)


def _answer(response: httpx.Response, url: httpx.URL, *, is_new: bool = True) -> Answer:
    charset = response.charset_encoding or ""
    return Answer(str(url), b"", answers.kind(response), charset, is_new)


def _kept(validator: str) -> str:
    """A validator as it may be sent back; empty where it is none that can be."""
    return validator if len(validator) < 1000 and validator.isascii() else ""
