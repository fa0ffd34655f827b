"""What holds for every service that papers come from, whatever it answers."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from index.errors import ServiceError, StoppedError
from index.sources import http as http_module
from index.sources.base import Record
from index.sources.http import Http, Known
from index.sources.services import SERVICES
from index.views import Reject
from tests.index.sources.asking import ASKING, Asking
from tests.index.sources.samples import is_inert
from tests.index.sources.serving import (
    LOGIN,
    Answering,
    Reply,
    Server,
    bomb,
    cut_short,
    half_chunked,
    redirect,
    truncated,
    versioned,
)

services = pytest.mark.parametrize("asking", ASKING, ids=lambda asking: asking.service.name)


@pytest.fixture(autouse=True)
def _shortly(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a second before it asks again."""
    monkeypatch.setattr(http_module, "FIRST_WAIT", 0.01)


def ask(
    asking: Asking,
    server: Server,
    http: Http,
    *replies: Reply | Answering,
    known: Known | None = None,
) -> list[Record | Reject]:
    """What a service's papers are when it answers so."""
    if replies:
        server.on(asking.path, *replies)
    return list(asking.service.read(http, asking.what(server), known))


def titles(items: list[Record | Reject]) -> list[str]:
    assert not [item for item in items if isinstance(item, Reject)]
    return [item.paper.title for item in items if isinstance(item, Record)]


def complaint(asking: Asking, server: Server, http: Http, reply: Reply) -> str:
    """The one sentence that is said of an answer."""
    with pytest.raises(ServiceError) as error:
        ask(asking, server, http, reply)
    said = str(error.value)
    # Whoever fetches a feed names it, for it has no other name than its address.
    assert asking.called in said or said.startswith("This is no feed: ")
    assert said.endswith(".")
    assert is_inert(said)
    assert len(said) < 200
    return said


def good(asking: Asking) -> Reply:
    return Reply(asking.answer.encode())


def test_every_service_is_asked() -> None:
    assert {asking.service.name for asking in ASKING} == {service.name for service in SERVICES}


@services
def test_a_service_recognises_its_question_and_no_other(asking: Asking, server: Server) -> None:
    for other in ASKING:
        assert asking.service.recognise(other.what(server)) == (other is asking)
    for text in ("", " ", "knitting", "\0", "file:///etc/passwd"):
        assert not asking.service.recognise(text)


@services
def test_papers_come_in_order_with_question_and_text(
    asking: Asking, server: Server, http: Http
) -> None:
    items = ask(asking, server, http, good(asking))
    assert titles(items) == asking.titles
    for line, item in enumerate(items, 1):
        assert isinstance(item, Record)
        assert (item.paper.source, item.line) == (asking.service.name, line)
        assert item.paper.title.split()[0] in item.raw
        assert (item.paper.abstract, item.paper.authors) == ("We knit.", ("Ada Song",))
        assert item.paper.published == "2025-03-04"
        assert item.paper.identifiers
    files = {item.file for item in items if isinstance(item, Record)}
    assert len(files) == 1
    assert is_inert(files.pop())


@services
def test_nothing_is_asked_before_a_paper_is_wanted(
    asking: Asking, server: Server, http: Http
) -> None:
    asking.service.read(http, asking.what(server))
    assert server.requests == []


@services
def test_304_gives_nothing_again(asking: Asking, server: Server, http: Http) -> None:
    known: Known = {}
    answer = versioned(asking.answer.encode())
    assert titles(ask(asking, server, http, answer, known=known)) == asking.titles
    assert ask(asking, server, http, known=known) == []
    assert len(server.requests) == 2
    assert titles(ask(asking, server, http, versioned(asking.answer.encode(), '"2"'), known=known))


@services
@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_passes_costs_nothing(asking: Asking, server: Server, http: Http, status: int) -> None:
    assert titles(ask(asking, server, http, Reply(status=status), good(asking))) == asking.titles


BAD = {
    "429 for an hour": Reply(status=429, headers={"Retry-After": "3600"}),
    "500": Reply(b"<h1>Oh no</h1>", 500, {"Content-Type": "text/html"}),
    "403": Reply(status=403),
    "404": Reply(status=404),
    "418": Reply(status=418),
    "a login page": LOGIN,
    "a login page of no kind": Reply(LOGIN.body),
    "nonsense": Reply(bytes(range(256)) * 20),
    "nothing": Reply(),
    "blanks": Reply(b" \n \n"),
    "a text": Reply(b"Rate exceeded."),
    "null": Reply(b"null", headers={"Content-Type": "application/json"}),
    "a number": Reply(b"7", headers={"Content-Type": "application/json"}),
    "another object": Reply(b'["a"', headers={"Content-Type": "application/json"}),
    "nested": Reply(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "entities": Reply(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "a bomb": bomb(1 << 27),
    "a file": redirect("file:///etc/passwd"),
    "a circle": redirect("?"),
}


@services
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_answer_is_one_sentence(asking: Asking, server: Server, bad: str) -> None:
    with Http(server.services()) as http:
        complaint(asking, server, http, BAD[bad])


@services
def test_a_service_that_says_nothing(asking: Asking, server: Server) -> None:
    with Http(server.services(timeout=0.2)) as http:
        said = complaint(asking, server, http, server.hanging())
    assert said == f"{asking.called} did not answer within 0.2 seconds; try again later."


@services
def test_a_service_that_takes_for_ever(asking: Asking, server: Server) -> None:
    with Http(server.services(patience=0.3)) as http:
        said = complaint(asking, server, http, server.dripping(asking.answer.encode()))
    assert said == f"{asking.called} answers too slowly at the moment; try again later."


@services
@pytest.mark.parametrize("broken", [truncated, half_chunked])
def test_an_answer_that_is_truncated(
    asking: Asking, server: Server, http: Http, broken: Callable[[bytes], Reply]
) -> None:
    half = asking.answer.encode()[: len(asking.answer) // 2]
    said = complaint(asking, server, http, broken(half))
    assert said == f"{asking.called} broke off in the middle of its answer; try again later."
    assert titles(ask(asking, server, http, broken(half), good(asking))) == asking.titles


@services
def test_a_length_that_is_a_lie_is_never_silent(asking: Asking, server: Server, http: Http) -> None:
    body = asking.answer.encode()
    for length in range(10, len(body) - 20, 97):
        try:
            items = ask(asking, server, http, cut_short(body, length))
        except ServiceError:
            continue
        # Of a feed comes what is whole, and what is not is told or asked for again.
        assert asking.answer.startswith("<")
        assert [item for item in items if isinstance(item, Reject)] or len(server.requests) > 1


@pytest.mark.parametrize(
    "asking", [one for one in ASKING if one.empty], ids=lambda asking: asking.service.name
)
def test_an_answer_without_papers(asking: Asking, server: Server, http: Http) -> None:
    assert ask(asking, server, http, Reply(asking.empty.encode())) == []


@services
def test_hostile_text_is_plain_text(asking: Asking, server: Server, http: Http) -> None:
    hostile = "[/foo] [Re] \x9b31m \u202egnp.exe"
    written = hostile if asking.answer.startswith("<") else json.dumps(hostile)[1:-1]
    text = asking.answer.replace("Knitting Graphs", written)
    first = next(iter(ask(asking, server, http, Reply(text.encode()))))
    assert isinstance(first, Record)
    assert first.paper.title.startswith("[/foo] [Re]")
    assert is_inert(first.paper.title)


@services
def test_a_paper_without_a_title_costs_only_itself(
    asking: Asking, server: Server, http: Http
) -> None:
    text = asking.answer.replace("Knitting Graphs", "")
    items = ask(asking, server, http, Reply(text.encode()))
    ((line, reason),) = [(item.line, item.reason) for item in items if isinstance(item, Reject)]
    assert (line, reason) == (1, "the title is missing")
    assert [item.paper.title for item in items if isinstance(item, Record)] == asking.titles[1:]


@services
def test_stopping_leaves_at_once(asking: Asking, server: Server) -> None:
    server.on(asking.path, good(asking))
    with Http(server.services(), stop=lambda: True) as http, pytest.raises(StoppedError):
        list(asking.service.read(http, asking.what(server)))
    assert server.requests == []
