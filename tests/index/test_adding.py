"""Adding papers by what is pasted: asked of a real server, each name failing by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Library
from index.views import Added
from tests.index.sources.serving import Reply, Request, Server, serving
from tests.index.sources.test_arxiv import archive, entry, feed

DAILY = [
    {"paper": {"id": f"2611.0000{number}", "title": f"Daily {number}", "upvotes": 7}}
    for number in range(3)
]
CSL = {"type": "article-journal", "title": "Rings & Rain", "DOI": "10.1234/abc.5"}


@pytest.fixture
def server() -> Iterator[Server]:
    """An arXiv that has what it is asked for, but for numbers that end in 9; a DOI; a day."""

    def by_id(request: Request) -> Reply:
        ids = [one for one in request.query["id_list"].split(",") if not one.endswith("9")]
        versioned = [one if "v" in one else f"{one}v1" for one in ids]
        return Reply(feed(entry(one, f"Toy [{one[:10]}] $\\alpha$") for one in versioned).encode())

    with serving() as running:
        running.on("/arxiv", by_id)
        running.on("/papers/daily_papers", Reply(json.dumps(DAILY).encode()))
        running.on(
            "/doi/10.1234/abc.5",
            Reply(
                json.dumps(CSL).encode(),
                headers={"Content-Type": "application/vnd.citationstyles.csl+json"},
            ),
        )
        yield running


@pytest.fixture
def library(tmp_path: Path, server: Server) -> Iterator[Library]:
    library = Library(tmp_path / "library", server.services())
    yield library
    library.close()


def told(added: tuple[Added, ...]) -> list[tuple[str, str, int]]:
    return [(one.name, one.outcome, one.id) for one in added]


def test_several_come_in_one_request_one_batch_and_one_entry(
    library: Library, server: Server
) -> None:
    names = ["2402.00001 https://arxiv.org/abs/2402.00002v3", "arXiv: 2402.00003", "2402.00001"]
    seen: list[Added] = []
    added = library.add(names, on_result=seen.append)
    assert told(added) == [
        ("2402.00001", "added", 1),
        ("https://arxiv.org/abs/2402.00002v3", "added", 2),
        ("arXiv:2402.00003", "added", 3),
    ]
    assert tuple(seen) == added
    assert added[0].title == "Toy [2402.00001] α"
    assert len(server.asked("/arxiv")) == 1
    (imported,) = library.history.entries()
    assert (imported.label, imported.papers, imported.kind) == ("added 3 papers", 3, "import")
    assert library.history.undo().changed == 3
    library.add(["2402.00001"])
    library.add(["https://ada:secret@arxiv.org/abs/2402.00001"])
    assert library.history.entries()[0].label == "added “Toy [2402.00001] α”"


def test_the_history_says_what_came_and_not_what_was_named(library: Library) -> None:
    library.add(["2402.00001v1 2402.00002v1"])
    library.add(["2402.00001v1 2402.00002v1 2402.00003v1 2402.00009 toys"])
    entry = library.history.entries()[0]
    assert (entry.label, entry.papers) == ("added “Toy [2402.00003] α”", 1)
    library.add(["2402.00001v2"])
    assert library.history.entries()[0].label == "updated “Toy [2402.00001] α”"
    library.add(["2402.00002v2 2402.00004 2402.00005"])
    assert library.history.entries()[0].label == "added 2 papers and updated 1 paper"


def test_a_paper_that_comes_from_two_sources_is_one_in_the_history(library: Library) -> None:
    added = library.add(["2611.00001 https://huggingface.co/papers/date/2026-11-20"])
    assert [one.outcome for one in added] == ["added", "added", "updated", "added"]
    assert library.history.entries()[0].label == "added 3 papers"


def test_two_names_of_one_paper_are_both_told(library: Library) -> None:
    added = library.add(["2402.00001", "https://arxiv.org/pdf/2402.00001"])
    assert told(added) == [
        ("2402.00001", "added", 1),
        ("https://arxiv.org/pdf/2402.00001", "unchanged", 1),
    ]


def test_each_fails_by_itself(library: Library) -> None:
    names = "2402.00009 toys 2402.00001 10.1234/gone 10.1234/abc.5 https://toys.org/paper"
    added = {one.name: one for one in library.add([names])}
    assert [(name, one.outcome) for name, one in added.items()] == [
        ("2402.00009", "failed"),
        ("toys", "failed"),
        ("2402.00001", "added"),
        ("10.1234/gone", "failed"),
        ("10.1234/abc.5", "added"),
        ("https://toys.org/paper", "failed"),
    ]
    assert added["2402.00009"].problem == "arXiv has no paper of this number."
    assert "neither an id nor an address" in added["toys"].problem
    assert "10.1234/gone" in added["10.1234/gone"].problem
    assert added["10.1234/abc.5"].title == "Rings & Rain"
    assert all(one.problem.count("\n") == 0 for one in added.values())


def test_a_doi_stays_the_one_that_was_asked_for(library: Library, server: Server) -> None:
    answer = {**CSL, "DOI": "10.9999/Other", "URL": "https://doi.org/10.9999/other"}
    server.on("/doi/10.1234/y", Reply(json.dumps(answer).encode()))
    assert told(library.add(["10.1234/y"])) == [("10.1234/y", "added", 1)]
    detail = library.detail(1)
    assert detail.identifiers == (("doi", "10.1234/y"),)
    assert [link.url for link in detail.links] == ["https://doi.org/10.9999/other"]
    assert told(library.add(["10.1234/y"])) == [("10.1234/y", "unchanged", 1)]


def test_a_service_that_fails_leaves_the_others(library: Library, server: Server) -> None:
    server.on("/arxiv", Reply(b"<html>Sign in</html>"))
    first, second, third = library.add(["2402.00001 2402.00002 10.1234/abc.5"])
    assert first.problem == second.problem != ""
    assert first.problem.startswith("arXiv")
    assert third.outcome == "added"


def test_what_is_known_says_which_paper_it_is(library: Library, server: Server) -> None:
    library.add(["2402.00001v1"])
    assert told(library.add(["2402.00001v1"])) == [("2402.00001v1", "unchanged", 1)]
    assert len(library.history.entries()) == 1
    assert told(library.add(["2402.00001v2"])) == [("2402.00001v2", "updated", 1)]
    library.papers.delete([1])
    (deleted,) = library.add(["2402.00001"])
    assert (deleted.outcome, deleted.id, deleted.title) == ("deleted", 0, "Toy [2402.00001] α")
    assert told(library.add(["2402.00001"], restore=True)) == [("2402.00001", "added", 2)]


def test_a_page_of_papers_brings_them_all(library: Library) -> None:
    page = "https://huggingface.co/papers/date/2026-11-20"
    assert told(library.add([page])) == [(page, "added", number) for number in (1, 2, 3)]


def test_what_came_before_it_was_stopped_is_given_back(library: Library, server: Server) -> None:
    server.on("/doi/10.1234/abc.5", server.hanging())
    names = "10.1234/abc.5 10.1234/abc.6 2402.00001"
    added = library.add([names], stop=lambda: bool(server.asked("/doi/10.1234/abc.5")))
    assert told(added) == [("2402.00001", "added", 1)]
    assert not server.asked("/doi/10.1234/abc.6")


def test_nothing_named_asks_nobody(library: Library, server: Server) -> None:
    assert library.add([" \n", ""]) == ()
    assert server.requests == []
    assert library.history.entries() == ()


def test_a_query_of_several_words_is_one_question(library: Library, server: Server) -> None:
    query = '(cat:cs.CL OR cat:cs.LG) AND ti:"graph pooling"'
    library.add([query])
    assert {request.query["search_query"] for request in server.asked("/arxiv")} == {query}


def test_of_a_list_at_arxiv_the_newest_hundred_come(library: Library, server: Server) -> None:
    archive(server, 250)
    added = library.add(["https://arxiv.org/list/cs.CL/recent"])
    assert len(added) == 100
    assert {one.outcome for one in added} == {"added"}
    assert len(server.asked("/arxiv")) == 1
