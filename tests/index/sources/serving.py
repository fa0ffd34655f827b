"""A real web server on loopback that answers as a test says, also badly."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from index.settings import Service, Services, Web


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked."""

    path: str  # without the query
    query: Mapping[str, str]  # the last value of each name
    headers: Mapping[str, str]  # names in lower case
    at: float  # ``time.monotonic``


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered. ``write`` replaces all of it: it is given the open socket's file."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    write: Callable[[Any], object] | None = None


Answering = Callable[[Request], Reply]


class _Listener(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: whoever asked went away."""


class Server:
    """A running server. ``routes`` are by path; a path that is not there is a 404.

    With a ``certificate``, a PEM file that holds its key as well, it speaks TLS.
    """

    def __init__(self, host: str = "127.0.0.1", certificate: Path | None = None) -> None:
        self.routes: dict[str, Answering] = {}
        self.requests: list[Request] = []
        self.released = threading.Event()  # ends every answer that hangs
        self._server = _Listener((host, 0), self._handler())
        self._scheme, self._host = "https" if certificate else "http", host
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def address(self) -> str:
        """``http://127.0.0.1:…``"""
        return f"{self._scheme}://{self._host}:{self._server.server_port}"

    def on(self, path: str, *replies: Reply | Answering) -> None:
        """Answer a path with one reply after the other; the last one from then on."""
        left = list(replies)

        def answer(request: Request) -> Reply:
            reply = left.pop(0) if len(left) > 1 else left[0]
            return reply if isinstance(reply, Reply) else reply(request)

        self.routes[path] = answer

    def asked(self, path: str) -> list[Request]:
        """The requests to a path."""
        return [request for request in self.requests if request.path == path]

    def services(self, **more: Any) -> Services:
        """Settings in which every service is this server: ``/arxiv``, ``/papers`` and so on.

        Links of papers may lead to it. ``more``: timeout, patience, contact, web.
        """
        named: dict[str, Any] = {
            name: Service(address=f"{self.address}/{name}", pause=0)
            for name in ("arxiv", "papers", "doi", "crossref")
        }
        common: dict[str, Any] = {"timeout": 5.0, "patience": 10.0, "web": Web(pause=0, inner=True)}
        return Services(**common | named | more)

    def settings(self, timeout: float = 5.0, patience: float = 10.0) -> str:
        """The same as a settings file has it."""
        named = "".join(
            f'{name} = {{ address = "{self.address}/{name}", pause = 0 }}\n'
            for name in ("arxiv", "papers", "doi", "crossref")
        )
        return (
            f"[services]\ntimeout = {timeout}\npatience = {patience}\n{named}"
            "web = { pause = 0, inner = true }\n"
        )

    def close(self) -> None:
        """End it, and every answer that hangs."""
        self.released.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    # Bad answers.

    def hanging(self) -> Reply:
        """Says nothing until the server is closed or ``released`` is set."""
        return Reply(write=lambda file: self.released.wait(30))

    def dripping(self, body: bytes, pause: float = 0.05, *, from_head: bool = False) -> Reply:
        """Sends its body a byte at a time, or all of it ``from_head`` on."""

        def write(file: Any) -> None:
            head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            file.write(b"" if from_head else head)
            for byte in (head if from_head else b"") + body:
                file.write(bytes([byte]))
                file.flush()
                if self.released.wait(pause):
                    return

        return Reply(write=write)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
                headers = {key.lower(): value for key, value in self.headers.items()}
                request = Request(parts.path, query, headers, time.monotonic())
                server.requests.append(request)
                answer = server.routes.get(parts.path)
                reply = answer(request) if answer else Reply(status=404)
                with suppress(OSError):
                    if reply.write:
                        self.close_connection = True
                        reply.write(self.wfile)
                        return
                    self.send_response(reply.status)
                    length = {"Content-Length": str(len(reply.body))}
                    for name, value in (length | dict(reply.headers)).items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(reply.body)

            def log_message(self, *args: Any) -> None:
                """Say nothing."""

        return Handler


def versioned(
    body: bytes, etag: str = '"1"', headers: Mapping[str, str] | None = None
) -> Answering:
    """Sends what is new, and 304 to whoever has it."""

    def answer(request: Request) -> Reply:
        said = {"ETag": etag} | dict(headers or {})
        if request.headers.get("if-none-match") == etag:
            return Reply(status=304, headers=said)
        return Reply(body, headers=said)

    return answer


def truncated(body: bytes) -> Reply:
    """Promises more than it sends."""

    def write(file: Any) -> None:
        file.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body) + 100}\r\n\r\n".encode() + body)

    return Reply(write=write)


def half_chunked(body: bytes) -> Reply:
    """Breaks off within a chunk."""

    def write(file: Any) -> None:
        head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        file.write(head + f"{len(body) + 10:x}\r\n".encode() + body)

    return Reply(write=write)


def cut_short(body: bytes, length: int) -> Reply:
    """Promises less than it sends."""

    def write(file: Any) -> None:
        file.write(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode() + body)

    return Reply(write=write)


def endless(head: bytes, piece: bytes) -> Reply:
    """Sends a piece again and again, as long as it is read."""

    def write(file: Any) -> None:
        file.write(head)
        while True:
            file.write(piece)

    return Reply(write=write)


def redirect(location: str, status: int = 302) -> Reply:
    """Sends elsewhere."""
    return Reply(status=status, headers={"Location": location})


def bomb(size: int) -> Reply:
    """As many bytes, packed."""
    return Reply(gzip.compress(bytes(size)), headers={"Content-Encoding": "gzip"})


LOGIN = Reply(
    b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Sign in</body></html>",
    headers={"Content-Type": "text/html; charset=utf-8"},
)
"""What a network gives that wants a password first."""


@contextmanager
def serving(host: str = "127.0.0.1", certificate: Path | None = None) -> Iterator[Server]:
    """A server for the time of a test."""
    server = Server(host, certificate)
    try:
        yield server
    finally:
        server.close()


def closed_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port
