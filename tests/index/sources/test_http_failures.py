"""What comes of services that are down, slow, lying or asking for a rest: one sentence each."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import time
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from email.utils import format_datetime

import pytest

from index.errors import ServiceError
from index.settings import Service
from index.sources import http as http_module
from index.sources.answers import when
from index.sources.http import ATTEMPTS, SILENCES, Http
from tests.index.sources.serving import (
    LOGIN,
    Reply,
    Request,
    Server,
    bomb,
    closed_port,
    cut_short,
    endless,
    half_chunked,
    truncated,
)

GOOD = Reply(b'{"papers": []}')


@pytest.fixture(autouse=True)
def _shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a second before it asks again."""
    monkeypatch.setattr(http_module, "FIRST_WAIT", 0.01)


def complaint(http: Http, accept: str = "application/json", most: int = 1 << 20) -> str:
    """What is said when arXiv is asked."""
    with pytest.raises(ServiceError) as error:
        http.get("arxiv", http.address("arxiv"), accept=accept, most=most)
    said = str(error.value)
    assert said.startswith("arXiv ")
    assert said.endswith(".")
    assert "\n" not in said
    return said


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_asked_again(server: Server, http: Http, status: int) -> None:
    server.on("/arxiv", Reply(b"no", status), Reply(status=status), GOOD)
    assert http.get("arxiv", http.address("arxiv")).body == GOOD.body
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (429, "arXiv asks for a rest (429); try again later."),
        (503, "arXiv is in trouble (503); try again later."),
    ],
)
def test_what_does_not_pass_is_told(server: Server, http: Http, status: int, says: str) -> None:
    server.on("/arxiv", Reply(status=status))
    assert complaint(http) == says
    assert len(server.requests) == ATTEMPTS


@pytest.mark.parametrize(
    ("status", "says", "gone"),
    [
        (404, "arXiv has nothing at this address (404).", True),
        (410, "arXiv has nothing at this address (410).", True),
        (401, "arXiv does not let carrel in (401).", False),
        (403, "arXiv does not let carrel in (403).", False),
        (400, "arXiv does not accept the question (400).", False),
        (206, "arXiv gave an answer that carrel does not understand (206).", False),
        (204, "arXiv gave an answer that carrel does not understand (204).", False),
        (501, "arXiv gave an answer that carrel does not understand (501).", False),
    ],
)
def test_what_stays_is_told_at_once(
    server: Server, http: Http, status: int, says: str, gone: bool
) -> None:
    server.on("/arxiv", Reply(status=status))
    with pytest.raises(ServiceError) as error:
        http.get("arxiv", http.address("arxiv"))
    assert (str(error.value), error.value.gone) == (says, gone)
    assert len(server.requests) == 1


def in_a_second() -> str:
    """A moment as HTTP has it, at least a second from now."""
    return format_datetime(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2), usegmt=True)


@pytest.mark.parametrize("as_date", [False, True])
def test_a_rest_that_is_asked_for_is_given(server: Server, http: Http, as_date: bool) -> None:
    def rest(request: Request) -> Reply:
        return Reply(status=429, headers={"Retry-After": in_a_second() if as_date else "1"})

    server.on("/arxiv", rest, GOOD)
    http.get("arxiv", http.address("arxiv"))
    first, second = server.requests
    assert second.at - first.at >= 1


@pytest.mark.parametrize(
    "after",
    [
        "-5",
        "soon",
        "",
        "0",
        "Wed, 21 Oct 2015 07:28:00 GMT",
        "Wed, 21 Oct 2015 07:28:00 -0000",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Wed, 99 Oct 99999 99:99:99 GMT",
    ],
)
def test_a_rest_that_is_none_is_passed_over(server: Server, http: Http, after: str) -> None:
    server.on("/arxiv", Reply(status=503, headers={"Retry-After": after}), GOOD)
    assert http.get("arxiv", http.address("arxiv")).body == GOOD.body


@pytest.mark.parametrize(
    "after", ["90", "3600", "9" * 500, "Fri, 31 Dec 9999 23:59:59 GMT", "31 Dec 9999 23:59 -2359"]
)
def test_a_rest_longer_than_patience_is_for_everybody(server: Server, after: str) -> None:
    server.on("/arxiv", Reply(status=429, headers={"Retry-After": after}))
    for _ in range(2):
        with Http(server.services()) as http:
            assert complaint(http).startswith("arXiv asks for a rest")
    assert len(server.requests) == 1


def test_when_to_try_again_is_said() -> None:
    assert when(None) == when(0) == "; try again later."
    assert when(90) == "; try again in 90 seconds."
    moment = dt.datetime.now().astimezone() + dt.timedelta(hours=1)
    near = {f"{moment + dt.timedelta(minutes=more):%H:%M}" for more in (1, 2)}
    assert when(3600) in {f"; try again after {one}." for one in near}
    assert "day, " in when(80_000)


def test_nobody_at_home(server: Server) -> None:
    away = Service(address=f"http://127.0.0.1:{closed_port()}", pause=0)
    with Http(server.services(arxiv=away)) as http:
        assert complaint(http) == "arXiv cannot be reached; try again later."


@pytest.mark.parametrize("address", ["http://127.0.0.1:{}", "http://toys.invalid"])
def test_who_hears_nothing_is_not_given_a_rest(server: Server, address: str) -> None:
    """Without a network all that is followed at arXiv is told at once, not one after the other."""
    away = Service(address=address.format(closed_port()), pause=3600)
    until = time.monotonic() + 20
    with Http(server.services(arxiv=away), stop=lambda: time.monotonic() > until) as http:
        complaint(http)


def test_a_name_that_nobody_has(server: Server) -> None:
    away = Service(address="http://toys.invalid/", pause=0)
    with Http(server.services(arxiv=away)) as http:
        assert complaint(http).startswith("arXiv cannot be found")


def test_a_service_that_hangs(server: Server) -> None:
    server.on("/arxiv", server.hanging())
    with Http(server.services(timeout=0.3)) as http:
        assert complaint(http) == "arXiv did not answer within 0.3 seconds; try again later."
    assert len(server.requests) == 1


LEFT_OUT = (
    f"arXiv did not answer in time {SILENCES} times in a row "
    "and was not asked again; try again later."
)


def test_a_service_that_does_not_answer_is_soon_left_out_of_an_errand(server: Server) -> None:
    server.on("/arxiv", server.hanging())
    server.on("/papers", GOOD)
    services = server.services(timeout=0.2)
    with Http(services) as http:
        said = [complaint(http) for _ in range(SILENCES + 2)]
        assert http.get("papers", http.address("papers")).body == GOOD.body
    assert said[SILENCES:] == [LEFT_OUT] * 2
    assert len(server.asked("/arxiv")) == SILENCES
    with Http(services) as another:
        assert "did not answer within" in complaint(another)


def test_whoever_waits_for_a_service_that_is_left_out_waits_no_longer(server: Server) -> None:
    server.on("/arxiv", server.hanging())
    with Http(server.services(timeout=0.2)) as http, ThreadPoolExecutor(6) as pool:
        told = [one.result() for one in [pool.submit(complaint, http) for _ in range(6)]]
    assert told.count(LEFT_OUT) == 6 - SILENCES


@pytest.mark.parametrize(
    "reply",
    [GOOD, Reply(status=404), Reply(status=503), Reply(status=429)],
    ids="200 404 503 429".split(),
)
def test_a_service_that_answers_now_and_then_is_not_left_out(server: Server, reply: Reply) -> None:
    with Http(server.services(timeout=0.2)) as http:
        for _ in range(SILENCES + 1):
            server.on("/arxiv", server.hanging())
            assert "did not answer within" in complaint(http)
            server.on("/arxiv", reply)
            with suppress(ServiceError):
                http.get("arxiv", http.address("arxiv"))


@pytest.mark.parametrize("from_head", [False, True])
def test_a_slow_drip_has_an_end(server: Server, from_head: bool) -> None:
    server.on("/arxiv", server.dripping(bytes(10_000), from_head=from_head))
    with Http(server.services(patience=0.5)) as http:
        assert complaint(http) == "arXiv answers too slowly at the moment; try again later."


def test_a_long_answer_may_take_longer_than_patience(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.sources.connecting.SLOWEST", 10)
    server.on("/arxiv", server.dripping(b"a long one" * 2))
    with Http(server.services(patience=0.3)) as http:
        assert http.get("arxiv", http.address("arxiv")).body == b"a long one" * 2


@pytest.mark.parametrize(
    "broken",
    [
        truncated(b'{"papers"'),
        half_chunked(b'{"papers"'),
        Reply(gzip.compress(bytes(9999))[:-9], headers={"Content-Encoding": "gzip"}),
    ],
    ids=["length", "chunk", "packing"],
)
def test_an_answer_that_breaks_off(server: Server, http: Http, broken: Reply) -> None:
    server.on("/arxiv", broken)
    assert complaint(http) == "arXiv broke off in the middle of its answer; try again later."
    server.on("/arxiv", broken, GOOD)
    assert http.get("arxiv", http.address("arxiv")).body == GOOD.body


@pytest.mark.parametrize(
    "words",
    [b"", b"\0\xff" * 500, b"HTTP/9 lies\r\n\r\n", b"HTTP/1.1 200 OK\r\nA: " + b"b" * (1 << 18)],
    ids=["nothing", "noise", "a lie", "an endless head"],
)
def test_what_is_no_answer(server: Server, http: Http, words: bytes) -> None:
    server.on("/arxiv", Reply(write=lambda file: file.write(words)))
    assert complaint(http) == "arXiv gave no answer; try again later."


def test_what_is_left_of_one_answer_is_not_in_the_next(server: Server, http: Http) -> None:
    server.on("/arxiv", cut_short(b"HTTP/1.1 200 OK\r\n\r\nsecret", 4), GOOD)
    assert http.get("arxiv", http.address("arxiv")).body == b"HTTP"
    assert http.get("arxiv", http.address("arxiv")).body == GOOD.body


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
PACKED = CHUNKED + b"Content-Encoding: gzip\r\n"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(bytes(1 << 21)),
        endless(CHUNKED + b"\r\n", b"1000\r\n" + bytes(4096) + b"\r\n"),
        bomb(1 << 26),
        # In packing, a name comes before what is packed.
        endless(
            PACKED + b"\r\na\r\n\x1f\x8b\x08\x08" + bytes(6) + b"\r\n",
            b"400\r\n" + b"a" * 1024 + b"\r\n",
        ),
    ],
    ids=["said", "endless", "a bomb", "an endless name"],
)
def test_an_answer_that_is_too_large(server: Server, http: Http, reply: Reply) -> None:
    server.on("/arxiv", reply)
    tracemalloc.start()
    said = complaint(http)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "arXiv sends more than 1 MB, which is too much for what was asked."
    assert peak < 16 << 20
    assert len(server.requests) == 1


def test_an_answer_that_says_it_is_too_large_is_not_waited_for(server: Server, http: Http) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n"
    server.on("/arxiv", Reply(write=lambda file: file.write(head) and server.released.wait(30)))
    assert complaint(http).startswith("arXiv sends more than 1 MB")


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", b"x"),
        ("gzip, gzip", b"x"),
        ("gzip", b"not packed"),
        ("gzip", gzip.compress(b"") * 200),
    ],
    ids=["another way", "twice", "not packed", "nothings"],
)
def test_packing_that_cannot_be_undone(
    server: Server, http: Http, encoding: str, body: bytes
) -> None:
    server.on("/arxiv", Reply(body, headers={"Content-Encoding": encoding}))
    assert complaint(http) == "arXiv packed its answer in a way that cannot be undone."


@pytest.mark.parametrize(
    "page", [LOGIN, Reply(b"\xef\xbb\xbf \n<!DOCTYPE HTML>", headers={"Content-Type": "text/json"})]
)
def test_a_login_page(server: Server, http: Http, page: Reply) -> None:
    server.on("/arxiv", page)
    assert complaint(http) == "arXiv gave a web page instead, maybe one that asks for a login."
    for accept in ("*/*", "text/html"):
        assert http.get("arxiv", http.address("arxiv"), accept=accept).body == page.body


def test_papers_that_are_served_as_a_page_are_papers(server: Server, http: Http) -> None:
    feed = Reply(b"<?xml version='1.0'?><feed/>", headers={"Content-Type": "text/html"})
    server.on("/arxiv", feed)
    accept = "application/atom+xml"
    assert http.get("arxiv", http.address("arxiv"), accept=accept).body == feed.body


def test_a_download_that_breaks_off_begins_anew(server: Server, http: Http) -> None:
    server.on("/a.pdf", truncated(b"%PDF and a lot more"), Reply(b"%PDF"))
    to = io.BytesIO()
    http.download(f"{server.address}/a.pdf", to, most=1000)
    assert to.getvalue() == b"%PDF"


def test_a_sentence_names_the_host_that_failed(server: Server, http: Http) -> None:
    other = server.address.replace("127.0.0.1", "localhost")
    server.on("/feed", Reply(status=302, headers={"Location": f"{other}/broken"}))
    server.on("/broken", Reply(status=403))
    with pytest.raises(ServiceError, match=r"^localhost does not let carrel in \(403\)\.$"):
        http.get("web", f"{server.address}/feed")
