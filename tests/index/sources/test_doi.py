from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

import pytest

from index.errors import ServiceError
from index.identifiers import Identifier
from index.paper import Link, Paper
from index.sources import doi
from index.sources.http import Http
from tests.index.sources.samples import records, rejects
from tests.index.sources.serving import Reply, Server, redirect


def described(**fields: Any) -> Reply:
    """What doi.org answers; at Crossref some texts are lists."""
    said = {"type": "journal-article", "DOI": "10.5555/toys.1", "title": "Toys", **fields}
    kind = {"Content-Type": "application/vnd.citationstyles.csl+json"}
    return Reply(json.dumps(said).encode(), headers=kind)


def test_a_paper_has_all_that_is_said_of_it(server: Server, http: Http) -> None:
    reply = described(
        DOI="10.5555/TOYS.1",
        title="Of <i>E. coli</i> &amp; Toys",
        author=[
            {"given": "Ada", "family": "Song", "sequence": "first", "affiliation": []},
            {"name": "The Toy Team", "sequence": "additional"},
        ],
        abstract="<jats:title>Abstract</jats:title><jats:p>We <jats:b>play</jats:b>.</jats:p>",
        issued={"date-parts": [[2025, 3]]},
        URL="http://dx.doi.org/10.5555/toys.1",
        **{"container-title": "Journal of Toys", "is-referenced-by-count": 7, "ISSN": ["1"]},
    )
    server.on("/doi/10.5555/toys.1", redirect("/v1/works/transform"))
    server.on("/v1/works/transform", reply)
    (record,) = records(doi.read(http, "10.5555/Toys.1"))
    assert record.paper == Paper(
        title="Of E. coli & Toys",
        abstract="We play.",
        authors=("Ada Song", "The Toy Team"),
        published="2025-03",
        venue="Journal of Toys",
        identifiers=(Identifier("doi", "10.5555/toys.1"),),
        source="doi",
    )
    assert (record.file, record.line, record.raw) == ("DOI 10.5555/toys.1", 1, reply.body.decode())
    asked = [request.headers["accept"] for request in server.requests]
    assert asked == ["application/vnd.citationstyles.csl+json"] * 2


@pytest.mark.parametrize(
    "what",
    [
        "10.48550/arXiv.2402.14393",
        "doi:10.48550/arxiv.2402.14393",
        "https://doi.org/10.48550/arXiv.2402.14393",
    ],
)
def test_arxivs_own_dois_are_arxiv_ids(server: Server, http: Http, what: str) -> None:
    # DataCite, where they are registered, names arXiv as the publisher.
    reply = described(DOI="10.48550/ARXIV.2402.14393", publisher="arXiv", type="article")
    server.on("/doi/10.48550/arxiv.2402.14393", reply)
    assert doi.recognise(what)
    (record,) = records(doi.read(http, what))
    assert record.paper.identifiers == (Identifier("arxiv", "2402.14393"),)
    assert record.paper.venue == ""


@pytest.mark.parametrize(
    "what", ["10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O", "10.5555/a#b?c=d%41"]
)
def test_every_sign_of_a_doi_is_sent(server: Server, http: Http, what: str) -> None:
    with pytest.raises(ServiceError):
        list(doi.read(http, what))
    (request,) = server.requests
    assert unquote(request.path) == f"/doi/{what.lower()}"
    assert request.query == {}


@pytest.mark.parametrize(
    "what",
    ["2402.14393", "arXiv:2402.14393", "https://arxiv.org/abs/2402.14393", "10.5555", "doi:"],
)
def test_what_is_no_doi_is_not_asked_for(server: Server, http: Http, what: str) -> None:
    assert not doi.recognise(what)
    with pytest.raises(ServiceError, match=r"^That is no DOI\.$"):
        list(doi.read(http, what))
    assert server.requests == []


def test_a_doi_that_nobody_registered(http: Http) -> None:
    with pytest.raises(ServiceError) as error:
        list(doi.read(http, "10.5555/toys.1"))
    assert str(error.value) == "doi.org knows no DOI 10.5555/toys.1."
    assert error.value.gone


def test_a_description_without_a_doi_is_of_the_one_that_was_asked_for(
    server: Server, http: Http
) -> None:
    server.on("/doi/10.5555/toys.1", Reply(b'\xef\xbb\xbf{"title": ["Toys"]}'))
    (record,) = records(doi.read(http, "10.5555/toys.1"))
    assert record.paper.identifiers == (Identifier("doi", "10.5555/toys.1"),)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": []}, "the title is missing"),
        ({"author": "Ada"}, "author: not a list of names"),
        ({"title": {"main": "Toys"}}, "title: not a text"),
    ],
)
def test_a_description_of_no_paper(
    server: Server, http: Http, fields: dict[str, Any], reason: str
) -> None:
    server.on("/doi/10.5555/toys.1", described(**fields))
    assert rejects(list(doi.read(http, "10.5555/toys.1"))) == [(1, reason)]


def test_the_page_of_a_paper_is_a_link(server: Server, http: Http) -> None:
    server.on("/doi/10.5555/toys.1", described(URL="https://toys.example/1"))
    (record,) = records(doi.read(http, "10.5555/toys.1"))
    assert record.paper.links == (Link(kind="page", url="https://toys.example/1"),)
