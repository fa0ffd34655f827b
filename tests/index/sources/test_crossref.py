from __future__ import annotations

import json
from typing import Any

import pytest

from index.identifiers import Identifier
from index.paper import Paper
from index.sources import crossref
from index.sources.http import Http
from tests.index.sources.samples import records, rejects
from tests.index.sources.serving import Reply, Server


def work(**fields: Any) -> dict[str, Any]:
    return {
        "DOI": "10.5555/TOYS.1",
        "type": "proceedings-article",
        "title": ["Knitting Graphs"],
        "URL": "https://doi.org/10.5555/toys.1",
        **fields,
    }


def works(*found: Any) -> Reply:
    message = {"total-results": 1_000_000, "items": list(found), "query": {}}
    return Reply(
        json.dumps({"status": "ok", "message-type": "work-list", "message": message}).encode()
    )


def test_a_title_is_looked_up(server: Server, http: Http) -> None:
    found = work(
        author=[{"given": "Ada", "family": "Song"}],
        issued={"date-parts": [[2025, 3, 4]]},
        abstract="<jats:p>We knit.</jats:p>",
        event={"name": "Toys '25"},
        **{"container-title": ["Proceedings of Toys"]},
    )
    server.on("/crossref/works", works(found, work(title=["Other"], DOI="10.5555/2")))
    first, second = crossref.look_up(http, "Knitting  Graphs\n")
    assert first.paper == Paper(
        title="Knitting Graphs",
        abstract="We knit.",
        authors=("Ada Song",),
        published="2025-03-04",
        venue="Proceedings of Toys",
        identifiers=(Identifier("doi", "10.5555/toys.1"),),
        source="crossref",
    )
    assert (first.file, first.line, second.line) == ("Crossref Knitting Graphs", 1, 2)
    assert json.loads(first.raw) == found
    (request,) = server.requests
    assert request.query["query.bibliographic"] == "Knitting Graphs"
    assert request.query["rows"] == "5"
    assert "reference" not in request.query["select"].split(",")


@pytest.mark.parametrize(
    ("title", "subtitle", "whole"),
    [
        (["Toys"], ["A Survey"], "Toys: A Survey"),
        (["Toys:"], ["A Survey"], "Toys: A Survey"),
        (["Toys: A survey"], ["A Survey"], "Toys: A survey"),
        (["Toys"], [], "Toys"),
        (["Toys", "Zwei"], ["A Survey", "B"], "Toys: A Survey"),
    ],
)
def test_a_subtitle_belongs_to_the_title(
    server: Server, http: Http, title: list[str], subtitle: list[str], whole: str
) -> None:
    server.on("/crossref/works", works(work(title=title, subtitle=subtitle)))
    (record,) = crossref.look_up(http, "Toys")
    assert record.paper.title == whole


def test_a_work_that_is_no_paper_costs_only_itself(server: Server, http: Http) -> None:
    server.on("/crossref/works", works(work(title=[]), 7, None, work(author=[{"name": "\ud800"}])))
    items = list(crossref.read(http, "title:Toys"))
    assert [reason for _, reason in rejects(items)] == [
        "the title is missing",
        "not a JSON object",
        "not a JSON object",
    ]
    assert [record.line for record in records(items)] == [4]
    assert len(list(crossref.look_up(http, "Toys"))) == 1


@pytest.mark.parametrize("title", ["", "  ", "\n\x1b"])
def test_no_title_is_not_looked_up(server: Server, http: Http, title: str) -> None:
    assert list(crossref.look_up(http, title)) == []
    assert server.requests == []
