"""Turns: however many ask, a service is asked one question at a time, with pauses between."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from index.errors import StoppedError
from index.settings import Service, Web
from index.sources import http as http_module
from index.sources.http import Http
from tests.index.sources.serving import Reply, Request, Server, redirect

PAUSE = 0.1


def paused(server: Server) -> Http:
    slow = Service(address=f"{server.address}/arxiv", pause=PAUSE)
    return Http(server.services(arxiv=slow))


def gaps(server: Server) -> list[float]:
    return [after.at - before.at for before, after in pairwise(server.requests)]


def test_no_service_is_asked_faster_than_its_pause(server: Server) -> None:
    server.on("/arxiv", Reply())
    # Two errands with three threads each are no faster than one.
    with paused(server) as one, paused(server) as other, ThreadPoolExecutor(6) as threads:
        asked = [
            threads.submit(http.get, "arxiv", http.address("arxiv"))
            for http in (one, other)
            for _ in range(3)
        ]
        for each in asked:
            each.result()
    assert len(gaps(server)) == 5
    assert min(gaps(server)) >= PAUSE


def test_no_service_is_asked_two_questions_at_once(server: Server, http: Http) -> None:
    under_way, most = 0, 0
    lock = threading.Lock()

    def answer(request: Request) -> Reply:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        server.released.wait(0.02)
        with lock:
            under_way -= 1
        return Reply()

    server.on("/arxiv", answer)
    with ThreadPoolExecutor(4) as threads:
        for each in [threads.submit(http.get, "arxiv", http.address("arxiv")) for _ in range(8)]:
            each.result()
    assert most == 1


def test_redirects_and_second_tries_keep_the_pause_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_module, "FIRST_WAIT", 0.001)
    server.on("/arxiv", Reply(status=503), redirect("/arxiv"), Reply())
    with paused(server) as http:
        http.get("arxiv", http.address("arxiv"))
    assert len(gaps(server)) == 2
    assert min(gaps(server)) >= PAUSE


def test_each_host_of_the_web_has_a_pause_of_its_own(server: Server) -> None:
    server.on("/feed", Reply())
    other = server.address.replace("127.0.0.1", "localhost")
    # Hosts that waited for each other would make the second wait for longer than anybody would.
    services = server.services(patience=5.0).model_copy(update={"web": Web(pause=3600)})
    with Http(services) as http:
        for address in ("http://127.0.0.1:", "http://localhost:"):
            http.get("web", address + other.rpartition(":")[2] + "/feed")
    assert len(server.requests) == 2


def test_waiting_for_turns_is_no_part_of_the_patience(server: Server) -> None:
    server.on("/arxiv", Reply())
    slow = Service(address=f"{server.address}/arxiv", pause=0.3)
    with Http(server.services(arxiv=slow, patience=0.5)) as http, ThreadPoolExecutor(4) as threads:
        for each in [threads.submit(http.get, "arxiv", http.address("arxiv")) for _ in range(4)]:
            assert each.result().is_new


def wait_for_the_pause(server: Server, http: Http) -> None:
    server.on("/arxiv", Reply())
    http.get("arxiv", http.address("arxiv"))


def hang(server: Server, http: Http) -> None:
    server.on("/arxiv", server.hanging())


def drip(server: Server, http: Http) -> None:
    server.on("/arxiv", server.dripping(bytes(100_000)))


def try_again(server: Server, http: Http) -> None:
    server.on("/arxiv", Reply(status=429, headers={"Retry-After": "3000"}))


@pytest.mark.parametrize("begin", [wait_for_the_pause, hang, drip, try_again])
@pytest.mark.parametrize("leaving", [False, True])
def test_every_wait_can_be_broken_off(
    server: Server, begin: Callable[[Server, Http], None], leaving: bool
) -> None:
    stop = threading.Event()
    slow = Service(address=f"{server.address}/arxiv", pause=3000)
    services = server.services(arxiv=slow, timeout=3000, patience=3600)
    with ThreadPoolExecutor(1) as threads:
        with Http(services, stop=stop.is_set) as http:
            begin(server, http)
            asked = threads.submit(http.get, "arxiv", http.address("arxiv"))
            while not server.requests:
                assert not asked.done()
            if not leaving:
                stop.set()
                with pytest.raises(StoppedError):
                    asked.result(timeout=30)
        with pytest.raises(StoppedError):
            asked.result(timeout=30)


def test_what_is_stopped_asks_nothing(server: Server) -> None:
    with Http(server.services(), stop=lambda: True) as http, pytest.raises(StoppedError):
        http.get("arxiv", http.address("arxiv"))
    assert server.requests == []
