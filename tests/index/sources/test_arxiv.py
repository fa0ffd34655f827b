from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from index.errors import ServiceError
from index.identifiers import Identifier
from index.paper import Paper
from index.sources import arxiv
from index.sources.http import Http, Known
from index.views import Reject
from tests.index.sources.samples import records, rejects
from tests.index.sources.serving import Reply, Request, Server, versioned

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns="http://www.w3.org/2005/Atom"
 xmlns:arxiv="http://arxiv.org/schemas/atom">
  <id>https://arxiv.org/api/toys</id>
  <title>arXiv Query: toys</title>
  <updated>2026-11-20T22:09:25Z</updated>
  <opensearch:itemsPerPage>{page}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}
</feed>
"""
ENTRY = """  <entry>
    <id>http://arxiv.org/abs/{number}</id>
    <title>{title}</title>
    <updated>2026-11-19T16:07:14Z</updated>
    <link href="https://arxiv.org/abs/{number}" rel="alternate" type="text/html"/>
    <link href="https://arxiv.org/pdf/{number}" rel="related" type="application/pdf" title="pdf"/>
    <summary>{abstract}</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="stat.ML" scheme="http://arxiv.org/schemas/atom"/>
    <published>2024-02-22T09:08:07Z</published>
    <arxiv:primary_category term="cs.LG"/>
    <author>
      <name>Ada Søng</name>
      <arxiv:affiliation>Toy University</arxiv:affiliation>
    </author>
    <author>
      <name>Bo Li</name>
    </author>{more}
  </entry>
"""
ERROR = """  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_1</id>
    <title>Error</title>
    <summary>incorrect id format for 1.</summary>
  </entry>
"""


def entry(number: str, title: str = "Toys", abstract: str = "We play.", more: str = "") -> str:
    return ENTRY.format(number=number, title=escape(title), abstract=escape(abstract), more=more)


def feed(entries: Iterable[str], total: int | None = None, start: int = 0, page: int = 100) -> str:
    listed = list(entries)
    found = len(listed) if total is None else total
    return FEED.format(entries="".join(listed), total=found, start=start, page=page)


def serve(server: Server, *answers: str) -> None:
    """Let arXiv give these answers, one after another."""
    server.on("/arxiv", *(Reply(answer.encode()) for answer in answers))


def archive(server: Server, size: int) -> None:
    """Let arXiv have so many papers, 2001.00000 the newest of them."""

    def page(request: Request) -> Reply:
        start, most = int(request.query["start"]), int(request.query["max_results"])
        numbers = range(start, min(start + most, size))
        entries = (entry(f"2001.{number:05}v1", f"Toy {number}") for number in numbers)
        return Reply(feed(entries, total=size, start=start).encode())

    server.on("/arxiv", page)


def test_a_paper_has_all_that_arxiv_says_of_it(server: Server, http: Http) -> None:
    more = """
    <arxiv:comment>8 pages, code at https://github.com/toys/code</arxiv:comment>
    <arxiv:journal_ref>J. Toys 3 (2025) 1-8</arxiv:journal_ref>
    <arxiv:doi>10.1234/ABC.5 10.1234/abc.6</arxiv:doi>
    <link rel="related" href="https://doi.org/10.1234/ABC.5" title="doi"/>"""
    abstract = "We show $a<b$ and \\emph{more} for R\\&D,\nin two lines; see https://toys.org."
    title = 'On $O(n^2)$ & <b>\n  Na\\"ive Toys'
    serve(server, feed([entry("2402.14393v2", title, abstract, more)]))
    (record,) = records(arxiv.read(http, "cat:cs.LG"))
    paper = record.paper
    assert paper.title == 'On $O(n^2)$ & <b> Na\\"ive Toys'
    assert paper.abstract == abstract.replace("\n", " ")
    assert paper.authors == ("Ada Søng", "Bo Li")
    assert paper.published == "2024-02-22"
    assert paper.venue == "J. Toys 3 (2025) 1-8"
    assert paper.categories == ("cs.LG", "stat.ML")
    assert paper.version == 2
    assert paper.source == "arxiv"
    assert paper.identifiers == (
        Identifier("arxiv", "2402.14393"),
        Identifier("doi", "10.1234/abc.5"),
        Identifier("doi", "10.1234/abc.6"),
    )
    assert [(link.kind, link.url) for link in paper.links] == [
        ("code", "https://github.com/toys/code"),
        ("other", "https://toys.org"),
    ]
    assert (record.file, record.line) == ("arXiv cat:cs.LG", 1)
    assert record.raw == entry("2402.14393v2", title, abstract, more).strip()


def test_a_query_is_asked_newest_first(server: Server, http: Http) -> None:
    serve(server, feed([entry("2402.14393v2")]))
    assert len(list(arxiv.read(http, 'au:"Ada Søng" AND cat:cs.LG'))) == 1
    (request,) = server.requests
    assert request.query == {
        "search_query": 'au:"Ada Søng" AND cat:cs.LG',
        "start": "0",
        "max_results": "100",
        "sortBy": "lastUpdatedDate",
        "sortOrder": "descending",
    }


def test_all_pages_of_an_answer_come(server: Server, http: Http) -> None:
    archive(server, 230)
    found = records(arxiv.read(http, "cat:cs.LG"))
    assert [record.paper.title for record in found] == [f"Toy {number}" for number in range(230)]
    assert [record.line for record in found] == list(range(1, 231))
    assert [request.query["start"] for request in server.requests] == ["0", "100", "200"]


def test_no_page_is_asked_for_before_it_is_needed(server: Server, http: Http) -> None:
    archive(server, 1_000_000)
    found = arxiv.read(http, "all:toys")
    for _ in range(100):
        next(found)
    assert len(server.requests) == 1
    next(found)
    assert len(server.requests) == 2


def test_no_more_is_asked_for_than_arxiv_gives(
    server: Server, http: Http, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arxiv, "MOST", 200)
    archive(server, 1_000_000)
    found = arxiv.read(http, "all:toys")
    assert len([next(found) for _ in range(200)]) == 200
    with pytest.raises(ServiceError, match="no more than 200 papers of one query"):
        next(found)


def test_an_empty_page_in_between_is_asked_for_again(server: Server, http: Http) -> None:
    first = feed([entry(f"2001.{number:05}v1") for number in range(100)], total=101)
    empty = feed([], total=101, start=100)
    serve(server, first, empty, feed([entry("2001.00100v1")], total=101, start=100))
    assert len(records(arxiv.read(http, "all:toys"))) == 101
    assert [request.query["start"] for request in server.requests] == ["0", "100", "100"]


def test_pages_that_stay_empty_are_told(server: Server, http: Http) -> None:
    serve(server, feed([], total=101))
    with pytest.raises(ServiceError, match="arXiv left out a part of its answer"):
        list(arxiv.read(http, "all:toys"))
    assert len(server.requests) == 2


def test_an_empty_page_is_not_taken_for_what_is_known(server: Server, http: Http) -> None:
    server.on("/arxiv", versioned(feed([], total=101).encode()))
    known: Known = {}
    with pytest.raises(ServiceError, match="arXiv left out a part of its answer"):
        list(arxiv.read(http, "all:toys", known))


def test_a_query_that_finds_nothing_is_no_error(server: Server, http: Http) -> None:
    serve(server, feed([]))
    assert list(arxiv.read(http, "all:toys")) == []


def test_ids_are_asked_for_together(server: Server, http: Http) -> None:
    serve(server, feed([entry("hep-th/9901001v3", "Old"), entry("2104.12255v1", "New")]))
    found = records(arxiv.read(http, "hep-th/9901001 2104.12255v1"))
    assert [(record.file, record.line) for record in found] == [
        ("arXiv hep-th/9901001", 1),
        ("arXiv 2104.12255v1", 1),
    ]
    assert [record.paper.version for record in found] == [3, 1]
    assert found[0].paper.identifiers == (Identifier("arxiv", "hep-th/9901001"),)
    (request,) = server.requests
    assert request.query == {"id_list": "hep-th/9901001,2104.12255v1", "max_results": "100"}


def test_many_ids_are_asked_for_a_hundred_at_a_time(server: Server, http: Http) -> None:
    def batch(request: Request) -> Reply:
        ids = request.query["id_list"].split(",")
        return Reply(feed([entry(f"{number}v1") for number in ids]).encode())

    server.on("/arxiv", batch)
    ids = [f"2001.{number:05}" for number in range(250)]
    found = records(arxiv.read(http, " ".join([*ids, ids[0]])))
    assert [record.file for record in found] == [f"arXiv {number}" for number in ids]
    assert len(server.requests) == 3


def test_an_id_that_arxiv_does_not_know_costs_only_itself(server: Server, http: Http) -> None:
    serve(server, feed([entry("2104.12255v1")]))
    items = list(arxiv.read(http, "2104.12255 2001.00000"))
    assert [record.file for record in records(items)] == ["arXiv 2104.12255"]
    assert rejects(items) == [(0, "arXiv has no paper of this number")]


@pytest.mark.parametrize("status", [200, 400])
def test_an_id_that_arxiv_takes_for_none_costs_only_itself(
    server: Server, http: Http, status: int
) -> None:
    """It refuses all ids that were asked for together, and names the first that is wrong."""

    def answer(request: Request) -> Reply:
        ids = request.query["id_list"].split(",")
        if wrong := [one for one in ids if one.startswith("toys/")]:
            said = ERROR.replace("for 1.", f"for {wrong[0]}")
            return Reply(feed([said]).encode(), status=status)
        return Reply(feed([entry(f"{one}v1", f"Toy {one}") for one in ids]).encode())

    server.on("/arxiv", answer)
    items = list(arxiv.read(http, "2104.12255 toys/0309136 2001.00000 toys/0309137"))
    assert [one.file for one in records(items)] == ["arXiv 2104.12255", "arXiv 2001.00000"]
    assert [one.file for one in items if isinstance(one, Reject)] == [
        "arXiv toys/0309136",
        "arXiv toys/0309137",
    ]
    assert len(server.requests) == 3
    assert rejects(arxiv.read(http, "toys/0309136")) == [(0, "arXiv has no paper of this number")]


def test_what_arxiv_says_of_a_wrong_question_is_passed_on(server: Server, http: Http) -> None:
    serve(server, feed([ERROR]))
    with pytest.raises(ServiceError) as error:
        list(arxiv.read(http, "all:toys"))
    assert str(error.value) == (
        "arXiv does not understand the question: incorrect id format for 1."
    )


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (feed([ERROR]), ": incorrect id format for 1"),
        (feed([ERROR.replace("incorrect id format for 1.", "")]), ": it does not say why"),
        (feed([]), ""),
        (feed([ERROR]) + " " * (64 << 10), ""),
        ("<!DOCTYPE html><html><body>Bad Request</body></html>", ""),
        ("", ""),
    ],
)
def test_why_arxiv_does_not_accept_a_question_is_passed_on(
    server: Server, http: Http, body: str, words: str
) -> None:
    server.on("/arxiv", Reply(body.encode(), status=400))
    with pytest.raises(ServiceError) as error:
        list(arxiv.read(http, "all:toys"))
    assert str(error.value) == f"arXiv does not accept the question (400){words}."
    assert len(server.requests) == 1


def test_a_refusal_that_cannot_be_unpacked_is_a_refusal(server: Server, http: Http) -> None:
    packed = Reply(b"nonsense", status=400, headers={"Content-Encoding": "gzip"})
    server.on("/arxiv", packed)
    with pytest.raises(ServiceError, match=r"^arXiv does not accept the question \(400\)\.$"):
        list(arxiv.read(http, "all:toys"))


def test_what_did_not_change_is_not_given_again(server: Server, http: Http) -> None:
    server.on("/arxiv", versioned(feed([entry("2104.12255v1")]).encode()))
    known: Known = {}
    assert len(list(arxiv.read(http, "cat:cs.LG", known))) == 1
    assert list(arxiv.read(http, "cat:cs.LG", known)) == []
    assert len(list(arxiv.read(http, "cat:cs.CL", known))) == 1


def test_an_entry_without_a_title_costs_only_itself(server: Server, http: Http) -> None:
    serve(server, feed([entry("2001.00000v1", ""), entry("2001.00001v1", "Two")]))
    items = list(arxiv.read(http, "all:toys"))
    assert [record.line for record in records(items)] == [2]
    assert rejects(items) == [(1, "the title is missing")]


def test_of_an_answer_that_breaks_off_the_rest_is_asked_for(server: Server, http: Http) -> None:
    whole = feed([entry("2001.00000v1", "One"), entry("2001.00001v1", "Two")])
    rest = feed([entry("2001.00001v1", "Two")], total=2, start=1)
    serve(server, whole[: whole.index("Two") + 2], rest)
    found = records(arxiv.read(http, "all:toys"))
    assert [(record.line, record.paper.title) for record in found] == [(1, "One"), (2, "Two")]


def test_of_an_answer_that_breaks_off_no_id_is_called_unknown(server: Server, http: Http) -> None:
    whole = feed([entry("2001.00000v1", "One"), entry("2001.00001v1", "Two")])
    second = whole.index("<entry>", whole.index("</entry>"))
    for cut in (whole.index("Two"), second):
        serve(server, whole[:cut])
        with pytest.raises(ServiceError, match="arXiv left out a part of its answer"):
            list(arxiv.read(http, "2001.00000 2001.00001"))


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><body>Please sign in</body></html>",
        '<!DOCTYPE feed [<!ENTITY a "b">]>' + feed([entry("2001.00000v1")]),
        '{"error": "no"}',
        feed([entry("2001.00000v1")])[:100],
    ],
)
@pytest.mark.parametrize("what", ["all:toys", "2001.00000"])
def test_what_is_no_answer_is_one_sentence(
    server: Server, http: Http, body: str, what: str
) -> None:
    serve(server, body)
    with pytest.raises(ServiceError) as error:
        list(arxiv.read(http, what))
    assert str(error.value).startswith("arXiv")
    assert str(error.value).count(". ") == 0


def test_a_title_is_looked_up_by_its_plain_words(server: Server, http: Http) -> None:
    serve(server, feed([entry("2001.00000v1", "Toys: A Survey"), ERROR.replace("errors", "x")]))
    found = list(arxiv.look_up(http, 'Toys: A "Survey" (OR Not)'))
    assert [record.paper.title for record in found] == ["Toys: A Survey", "Error"]
    (request,) = server.requests
    assert request.query == {
        "search_query": 'ti:"Toys A Survey OR Not"',
        "max_results": "10",
    }


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Graph Parsing Networks", 'ti:"Graph Parsing Networks"'),
        ("BERT: Pre-training of Toys", 'ti:"BERT Pre training of Toys"'),
        (r"On $\alpha$-Toys, and More", 'ti:"Toys and More"'),
        (r"Large Toys of $O(n)$ for Small Minds", 'ti:"Large Toys of" AND ti:"for Small Minds"'),
        (r"Poincar\'e Toys", 'ti:"Toys"'),
        ("Étude für Toys", 'ti:"Toys"'),
        ("{BERT}oys", 'ti:"BERToys"'),
        ("So Be It", 'ti:"So Be It"'),
        ("$x$", ""),
        ("数据", ""),
    ],
)
def test_a_title_is_made_safe_for_a_query(title: str, query: str) -> None:
    assert arxiv.by_title(title) == query


def test_a_title_without_plain_words_is_not_asked_for(server: Server, http: Http) -> None:
    assert list(arxiv.look_up(http, "$x$")) == []
    assert not server.requests


@pytest.mark.parametrize(
    ("what", "recognised"),
    [
        ("2402.14393", True),
        ("2402.14393v2 hep-th/9901001", True),
        ("cat:cs.CL", True),
        ('(au:"Ada Song" OR ti:toys) ANDNOT cat:cs.CL', True),
        ("cs.CL", False),
        ("10.1234/abc", False),
        ("https://arxiv.org/abs/2402.14393", False),
        ("daily", False),
        ("", False),
    ],
)
def test_a_question_for_arxiv_is_recognised(what: str, recognised: bool) -> None:
    assert arxiv.recognise(what) == recognised


@pytest.mark.parametrize("name", ["arxiv-query", "arxiv-one-id"])
def test_true_answers_are_read_whole(server: Server, http: Http, shared: Path, name: str) -> None:
    answer = (shared / "services" / f"{name}.atom.xml").read_text(encoding="utf-8")
    serve(server, answer)
    given = fromstring(answer.encode()).findall("{*}entry")
    assert given
    found = records(islice(arxiv.read(http, "all:testing"), len(given)))
    assert [said_of(record.paper) for record in found] == [said_by(entry) for entry in given]
    assert all(record.paper.abstract for record in found)
    assert all(record.raw.startswith("<entry>") for record in found)


def said_of(paper: Paper) -> list[object]:
    """A paper in the order of ``said_by``."""
    named = {one.scheme: one.value for one in paper.identifiers}
    return [
        f"http://arxiv.org/abs/{named['arxiv']}v{paper.version}",
        paper.title,
        list(paper.authors),
        paper.published,
        list(paper.categories),
        named.get("doi", ""),
        paper.venue,
    ]


def said_by(entry: Element) -> list[object]:
    """What arXiv's XML says, whose names are misread UTF-8."""
    names = [
        (one.text or "").encode("latin-1").decode() for one in entry.findall("{*}author/{*}name")
    ]
    return [
        entry.findtext("{*}id"),
        entry.findtext("{*}title"),
        names,
        (entry.findtext("{*}published") or "")[:10],
        [one.get("term") for one in entry.findall("{*}category")],
        (entry.findtext("{*}doi") or "").lower(),
        entry.findtext("{*}journal_ref") or "",
    ]


def test_a_true_answer_to_an_unknown_id_is_understood(
    server: Server, http: Http, shared: Path
) -> None:
    answer = shared / "services" / "arxiv-unknown-id.atom.xml"
    serve(server, answer.read_text(encoding="utf-8"))
    assert rejects(arxiv.read(http, "0001.00000")) == [(0, "arXiv has no paper of this number")]
