"""A web server that plays the services, and the way to it."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from index.sources.http import Http
from tests.index.sources.serving import Server, serving


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test goes through a proxy of the person who runs it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def http(server: Server) -> Iterator[Http]:
    with Http(server.services()) as asking:
        yield asking


@pytest.fixture
def own_address() -> str:
    """An address of this machine in the network that it is in; skips where it is in none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(("192.0.2.1", 9))  # sends nothing, but finds the way
        except OSError:
            pytest.skip("no network to be in")
        found: str = asking.getsockname()[0]
    if found.startswith("127."):
        pytest.skip("no network to be in")
    return found
