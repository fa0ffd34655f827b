"""The connection of one request: made for it, watched while it runs, closed with it.

httpx takes care of what is said over it. Its own connections wait for a byte at a time, so that a
service which sends one now and then is never late; here the whole has an end, the reader can break
off any wait, and what was really connected to is looked at before a word is said.
"""

from __future__ import annotations

import ipaddress
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import IntEnum
from socket import gaierror
from types import TracebackType
from typing import cast
from urllib.request import getproxies, proxy_bypass

import httpcore
import httpx

from index.errors import ServiceError
from index.progress import Stop
from index.sources.pacing import GLANCE, go_on

SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


SLOWEST = 32 << 10
"""Bytes a second that a long answer has to come with, on the whole, so as not to be given up."""


class TooSlowError(Exception):
    """An answer that was not whole when its time was up."""


class NoSuchHostError(Exception):
    """A name that stands for no host, or none that can be asked for it."""


UNREACHED = (NoSuchHostError, httpcore.ConnectError)
"""The errors of a host that has heard nothing of the question."""


SILENT = (httpcore.ReadTimeout, httpcore.ConnectTimeout, TooSlowError)
"""The errors of a host that lets whoever asks wait until the time is up."""


class UntrustedError(Exception):
    """A host that cannot prove that it is the one that was asked."""


class InwardError(Exception):
    """A way from the web into a network that is closed to it."""


class Reach(IntEnum):
    """From where a host can be reached: the further in, the more."""

    WORLD = 0
    NETWORK = 1
    MACHINE = 2


def reach_of(host: str) -> Reach:
    """From where an address can be reached; of a name only ``localhost`` is known."""
    if host == "localhost" or host.endswith(".localhost"):
        return Reach.MACHINE
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return Reach.WORLD
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if address.is_loopback or address.is_link_local or address.is_unspecified:
        return Reach.MACHINE
    return Reach.WORLD if address.is_global else Reach.NETWORK


class Watch:
    """What a request is watched for: its end in time, the reader, and how far in it leads."""

    def __init__(self, stop: Stop, until: float, innermost: Reach = Reach.MACHINE) -> None:
        self.until = until  # on the monotonic clock
        self.reach = Reach.WORLD  # of what is connected
        self._stop = stop
        self._innermost = innermost

    def left(self) -> float:
        """Seconds that it may still take. Raises StoppedError and TooSlowError."""
        go_on(self._stop)
        left = self.until - time.monotonic()
        if left <= 0:
            raise TooSlowError
        return left

    def enter(self, host: str) -> None:
        """Note what is connected. Raises InwardError where that is too far in."""
        self.reach = reach_of(host)
        if self.reach > self._innermost:
            raise InwardError


class Connection(httpx.BaseTransport):
    """A way to a host for one request, through the proxy that the environment names, if any.

    Of the environment nothing else is used: no password of a ``.netrc``. Raises the errors of
    httpcore, those of Watch, and ServiceError for a proxy that cannot be used.
    """

    def __init__(self, url: httpx.URL, watch: Watch, tls: ssl.SSLContext) -> None:
        proxies = getproxies()
        proxy = proxies.get(url.scheme) or proxies.get("all")
        is_near = reach_of(url.host) is Reach.MACHINE  # what is on this machine, a proxy has not
        watch.enter(url.host)  # what a name stands for is seen later, and behind a proxy never
        if proxy and not is_near and not proxy_bypass(url.host):
            through = _proxy(proxy if "://" in proxy else f"http://{proxy}")
            self._pool: httpcore.ConnectionPool = httpcore.HTTPProxy(
                str(through.url),
                proxy_auth=through.raw_auth,
                ssl_context=tls,
                network_backend=_Network(watch, is_looking=False),
            )
        else:
            network = _Network(watch, is_looking=True)
            self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=network)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        given = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(given.status, headers=given.headers, stream=_Body(given))

    def close(self) -> None:
        self._pool.close()

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        self.close()


def _proxy(address: str) -> httpx.Proxy:
    with suppress(ValueError, httpx.InvalidURL):
        proxy = httpx.Proxy(address)
        if proxy.url.scheme in ("http", "https") and proxy.url.host:
            return proxy
    raise ServiceError("The proxy that the environment names is neither http nor https.")


class _Body(httpx.SyncByteStream):
    """The bytes of an answer as they come."""

    def __init__(self, given: httpcore.Response) -> None:
        self._given = given

    def __iter__(self) -> Iterator[bytes]:
        return self._given.iter_stream()

    def close(self) -> None:
        self._given.close()


class _Network(httpcore.NetworkBackend):
    def __init__(self, watch: Watch, *, is_looking: bool) -> None:
        self._network = httpcore.SyncBackend()
        self._watch = watch
        self._is_looking = is_looking  # at what is connected; a proxy is where the reader says

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.NetworkStream:
        seconds = self._watch.left() if timeout is None else min(timeout, self._watch.left())
        try:
            stream = self._network.connect_tcp(host, port, seconds, local_address, socket_options)
        except httpcore.ConnectError as error:
            raise NoSuchHostError if isinstance(error.__cause__, gaierror) else error from None
        if self._is_looking:
            try:
                self._watch.enter(cast(str, stream.get_extra_info("server_addr")[0]))
            except BaseException:
                stream.close()
                raise
        return _Stream(stream, self._watch)


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, watch: Watch) -> None:
        self._stream = stream
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        until = time.monotonic() + (self._watch.left() if timeout is None else timeout)
        while True:
            left = min(self._watch.left(), until - time.monotonic())
            if left <= 0:
                raise httpcore.ReadTimeout
            try:
                found = self._stream.read(max_bytes, min(left, GLANCE))
            except httpcore.ReadTimeout:
                continue  # nothing is lost: the next read goes on
            self._watch.until += len(found) / SLOWEST
            return found

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = self._watch.left()
        self._stream.write(buffer, left if timeout is None else min(timeout, left))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        left = self._watch.left()
        seconds = left if timeout is None else min(timeout, left)
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, seconds)
        except httpcore.ConnectError as error:
            is_unproven = isinstance(error.__cause__, ssl.SSLCertVerificationError)
            raise UntrustedError if is_unproven else error from None
        return _Stream(stream, self._watch)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
