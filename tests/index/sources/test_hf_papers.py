from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import ServiceError
from index.identifiers import Identifier
from index.sources import hf_papers
from index.sources.http import Http, Known
from tests.index.sources.samples import records, rejects
from tests.index.sources.serving import Reply, Request, Server, versioned

DAILY = "/papers/daily_papers"


def given(number: str = "2611.00001", title: str = "Toys", **more: Any) -> dict[str, Any]:
    """An entry of a list, as the service gives it."""
    paper = {
        "id": number,
        "authors": [
            {"_id": "1", "name": "Ada Song", "hidden": False, "user": {"fullname": "A. S."}},
            {"_id": "2", "name": "Nobody", "hidden": True},
            {"_id": "3", "name": "Bo Li"},
        ],
        "publishedAt": "2026-11-19T00:00:00.000Z",
        "submittedOnDailyAt": "2026-11-20T00:00:00.000Z",
        "title": title,
        "summary": "We play.",
        "upvotes": 7,
        **more,
    }
    return {
        "paper": paper,
        "publishedAt": "2026-11-18T20:00:00.000Z",
        "title": title,
        "summary": "We play.",
        "numComments": 2,
        "isAuthorParticipating": True,
    }


def reply(value: Any) -> Reply:
    return Reply(json.dumps(value).encode())


def test_a_paper_has_all_that_the_service_says_of_it(server: Server, http: Http) -> None:
    entry = given(
        title="Σ Toys",
        githubRepo="https://github.com/toys/code",
        projectPage="https://toys.org/",
        ai_keywords=["toys"],
    )
    server.on(DAILY, reply([entry]))
    (record,) = records(hf_papers.read(http, "2026-11-20"))
    paper = record.paper
    assert paper.title == "Σ Toys"
    assert paper.abstract == "We play."
    assert paper.authors == ("Ada Song", "Bo Li")
    assert paper.published == "2026-11-19"
    assert paper.upvotes == 7
    assert paper.source == "hf_papers"
    assert paper.identifiers == (Identifier("arxiv", "2611.00001"),)
    assert [(link.kind, link.url) for link in paper.links] == [
        ("code", "https://github.com/toys/code"),
        ("other", "https://toys.org/"),
    ]
    assert (record.file, record.line) == ("Hugging Face 2026-11-20", 1)
    assert json.loads(record.raw) == entry
    assert "Σ" in record.raw


@pytest.mark.parametrize(
    ("what", "question"),
    [
        ("daily", {}),
        ("2026-11-20", {"date": "2026-11-20"}),
        ("2026-W47", {"week": "2026-W47"}),
        ("2026-11", {"month": "2026-11"}),
    ],
)
def test_a_span_of_time_is_asked_for(
    server: Server, http: Http, what: str, question: dict[str, str]
) -> None:
    server.on(DAILY, reply([given()]))
    assert len(list(hf_papers.read(http, what))) == 1
    (request,) = server.requests
    assert request.query == {**question, "p": "0", "limit": "100"}


def paged(server: Server, size: int) -> None:
    def page(request: Request) -> Reply:
        start = int(request.query["p"]) * 100
        numbers = range(start, min(start + 100, size))
        return reply([given(f"2611.{number:05}", f"Toy {number}") for number in numbers])

    server.on(DAILY, page)


def test_all_pages_of_a_month_come(server: Server, http: Http) -> None:
    paged(server, 230)
    found = hf_papers.read(http, "2026-11")
    first = records(next(found) for _ in range(100))
    assert len(server.requests) == 1
    everything = first + records(found)
    assert [record.paper.title for record in everything] == [f"Toy {n}" for n in range(230)]
    assert [record.line for record in everything] == list(range(1, 231))
    assert len(server.requests) == 3


def test_the_latest_papers_do_not_go_back_for_ever(server: Server, http: Http) -> None:
    paged(server, 100_000)
    assert len(records(hf_papers.read(http, "daily"))) == 300


def test_a_search_asks_once(server: Server, http: Http) -> None:
    server.on("/papers/papers/search", reply([given()] * 120))
    found = records(hf_papers.read(http, "search: graph pooling "))
    assert len(found) == 120
    assert found[0].file == "Hugging Face search: graph pooling"
    (request,) = server.requests
    assert request.query == {"q": "graph pooling"}


def test_one_paper_comes_by_its_id(server: Server, http: Http) -> None:
    paper = given("2402.14393", "Alone")["paper"]
    server.on("/papers/papers/2402.14393", reply(paper))
    (record,) = records(hf_papers.read(http, "paper:2402.14393v2"))
    assert record.paper.title == "Alone"
    assert record.paper.upvotes == 7
    assert json.loads(record.raw) == paper


def test_a_paper_that_is_not_there_is_gone(server: Server, http: Http) -> None:
    with pytest.raises(ServiceError) as error:
        list(hf_papers.read(http, "paper:2402.14393"))
    assert error.value.gone


def test_what_did_not_change_is_not_given_again(server: Server, http: Http) -> None:
    server.on(DAILY, versioned(json.dumps([given()]).encode()))
    known: Known = {}
    assert len(list(hf_papers.read(http, "daily", known))) == 1
    assert list(hf_papers.read(http, "daily", known)) == []


@pytest.mark.parametrize(
    "more",
    [
        {"authors": None},
        {"authors": []},
        {"authors": [{"hidden": False}, {"name": None}]},
        {"summary": None, "publishedAt": None},
        {"upvotes": None},
        {"githubRepo": None, "projectPage": None},
        {"githubRepo": "", "projectPage": "javascript:alert(1)"},
        {"publishedAt": "soon"},
        {"id": None},
        {"organization": {"name": ["?"]}, "mediaUrls": 3, "new": {"a": []}},
    ],
)
def test_what_is_absent_or_strange_is_left_out(
    server: Server, http: Http, more: dict[str, Any]
) -> None:
    server.on(DAILY, reply([given(**more)]))
    items = list(hf_papers.read(http, "daily"))
    assert not rejects(items)
    assert records(items)[0].paper.title == "Toys"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("no object", "not a JSON object"),
        (None, "not a JSON object"),
        ({"paper": {"id": "2611.00001"}}, "title: field required"),
        (given(title=""), "the title is missing"),
        (given(upvotes=-1), "upvotes: input should be greater than or equal to 0"),
        (given(upvotes=["many"]), "upvotes: input should be a valid integer"),
        (given(authors="Ada Song"), "authors: input should be a valid list"),
        (given(title="\ud800"), "the title is missing"),
    ],
)
def test_an_entry_that_is_no_paper_costs_only_itself(
    server: Server, http: Http, bad: Any, reason: str
) -> None:
    server.on(DAILY, reply([given(), bad, given("2611.00002")]))
    items = list(hf_papers.read(http, "daily"))
    assert [record.line for record in records(items)] == [1, 3]
    ((line, said),) = rejects(items)
    assert line == 2
    assert said.startswith(reason)


def test_lone_halves_of_characters_come_to_no_harm(server: Server, http: Http) -> None:
    server.on(DAILY, reply([given(thumbnail="\ud800")]))
    (record,) = records(hf_papers.read(http, "daily"))
    assert record.raw.encode()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"<html>Please sign in</html>",
        b'[{"paper": {"title": "Cut',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"\xff\xfe\x00",
        b"9" * 10_000,
        b'{"error": "no"}',
        b'"text"',
    ],
    ids=range(10),
)
def test_what_is_no_list_of_papers_is_one_sentence(server: Server, http: Http, body: bytes) -> None:
    server.on(DAILY, Reply(body))
    with pytest.raises(ServiceError) as error:
        list(hf_papers.read(http, "daily"))
    assert "Hugging Face" in str(error.value)
    assert str(error.value).count(". ") == 0


def test_a_title_is_looked_up_by_the_search(server: Server, http: Http) -> None:
    server.on("/papers/papers/search", reply([given(title="Graph Toys"), {}]))
    (record,) = hf_papers.look_up(http, "Graph\n Toys")
    assert record.paper.title == "Graph Toys"
    (request,) = server.requests
    assert request.query == {"q": "Graph Toys"}
    assert list(hf_papers.look_up(http, " ")) == []


@pytest.mark.parametrize(
    ("what", "recognised"),
    [
        ("daily", True),
        ("2026-11-20", True),
        ("2026-W47", True),
        ("2026-11", True),
        ("search:toys", True),
        ("paper:2402.14393", True),
        ("2026-13", False),
        ("2026-02-30", False),
        ("2026-W60", False),
        ("search: ", False),
        ("paper:toys", False),
        ("2402.14393", False),
        ("https://huggingface.co/papers", False),
        ("", False),
    ],
)
def test_a_question_for_hugging_face_is_recognised(what: str, recognised: bool) -> None:
    assert hf_papers.recognise(what) == recognised


def test_a_true_answer_is_read_whole(server: Server, http: Http, shared: Path) -> None:
    answer = (shared / "services" / "hf-daily-papers.json").read_bytes()
    server.on(DAILY, Reply(answer))
    items = list(hf_papers.read(http, "daily"))
    found = records(items)
    assert len(found) == len(items) == 5
    for record, given in zip(found, json.loads(answer), strict=True):
        paper, said = record.paper, given["paper"]
        assert paper.title == said["title"]
        assert paper.abstract == said["summary"]
        assert list(paper.authors) == [one["name"] for one in said["authors"]]
        assert paper.published == said["publishedAt"][:10]
        assert paper.upvotes == said["upvotes"]
        assert paper.identifiers == (Identifier("arxiv", said["id"]),)
        assert [(link.kind, link.url) for link in paper.links] == [
            (kind, said[key])
            for kind, key in (("code", "githubRepo"), ("other", "projectPage"))
            if key in said
        ]
