"""A web server that plays the services, and the way to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.sources.http import Http
from tests.index.sources.serving import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def http(server: Server) -> Iterator[Http]:
    with Http(server.services()) as asking:
        yield asking
