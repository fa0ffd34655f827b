"""The papers of what is followed are found: ``follow:`` knows the places that records came from."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.followable import author_query
from index.library import Library
from index.views import FollowKind
from tests.index.sources.serving import Reply, Request, Server, serving
from tests.index.sources.test_arxiv import entry, feed

RSS = """<rss version="2.0"><channel><title>Toys “of” Today</title>
<item><title>A toy feed</title><link>https://toys.org/1</link></item></channel></rss>"""


@pytest.fixture
def server() -> Iterator[Server]:
    """Answers any question to a service with one paper, called by the question."""

    def arxiv(request: Request) -> Reply:
        asked = request.query["search_query"]
        number = 1 + sum(map(ord, asked)) % 9999
        return Reply(feed([entry(f"2001.{number:05}v1", f"Toy {asked}")]).encode())

    def papers(request: Request) -> Reply:
        asked = "".join(request.query.get(key, "") for key in ("date", "week", "month"))
        number = 1 + sum(map(ord, asked)) % 9999
        paper = {"id": f"2002.{number:05}", "title": f"Toy {asked}"}
        return Reply(json.dumps([{"paper": paper}]).encode())

    with serving() as running:
        running.on("/arxiv", arxiv)
        running.on("/papers/daily_papers", papers)
        running.on("/feed[1]*", Reply(RSS.encode(), headers={"Content-Type": "text/xml"}))
        yield running


@pytest.fixture
def library(tmp_path: Path, server: Server) -> Iterator[Library]:
    library = Library(tmp_path / "library", server.services())
    yield library
    library.close()


def titles(library: Library, query: str) -> list[str]:
    library.catch_up()
    return sorted(row.title for row in library.rows(library.search(query).ids))


@pytest.fixture
def follow(library: Library, server: Server) -> Library:
    """A library that follows one thing of each kind, and two that lie near them."""
    wanted: tuple[tuple[FollowKind, str], ...] = (
        ("arxiv", "cs.CL"),
        ("arxiv", "cs.*"),
        ("arxiv", 'abs:"toy lamps"'),
        ("author", "Ada Søng"),
        ("hf", "daily"),
        ("hf", "week"),
        ("hf", "month"),
        ("feed", f"{server.address}/feed[1]*"),
    )
    for kind, what in wanted:
        library.follows.add(kind, what)
    assert len(library.follows.fetch()) == len(wanted)
    assert not [one.result for one in library.follows.all() if one.failed]
    return library


def test_what_is_followed_is_found_by_its_name_its_kind_or_its_number(follow: Library) -> None:
    today = dt.datetime.now(dt.UTC).date()
    week, month = f"Toy {today:%G-W%V}", f"Toy {today:%Y-%m}"
    assert titles(follow, "follow:cs.CL") == ["Toy cat:cs.CL"]
    assert titles(follow, 'follow:"arxiv cs.cl"') == ["Toy cat:cs.CL"]
    assert titles(follow, "follow:1") == ["Toy cat:cs.CL"]
    assert titles(follow, 'follow:"cs.*"') == ["Toy cat:cs.*"]
    assert titles(follow, 'follow:"abs:toy lamps"') == ['Toy abs:"toy lamps"']
    assert titles(follow, 'follow:"ada song"') == ['Toy au:"Ada Søng"']
    assert titles(follow, "follow:author") == ['Toy au:"Ada Søng"']
    assert titles(follow, "follow:daily") == ["Toy"]
    assert titles(follow, "follow:week") == [week]
    assert titles(follow, "follow:month") == [month]
    assert titles(follow, "follow:hf") == sorted(["Toy", week, month])
    assert titles(follow, 'follow:"toys of today"') == ["A toy feed"]
    assert len(titles(follow, "follow:arxiv")) == 3
    assert len(titles(follow, "follow:cs*")) == 2
    assert len(titles(follow, "follow:*")) == 8
    assert titles(follow, "follow:cs") == titles(follow, "follow:9") == []


def test_the_names_are_offered(follow: Library) -> None:
    offered = follow.complete("follow:to", 9)
    assert offered
    assert offered.candidates == ('"Toys of Today"', '"arxiv abs:toy lamps"')


def test_a_paper_that_was_here_before_is_found_too(library: Library) -> None:
    library.add(["cat:cs.CL"])
    library.follows.add("arxiv", "cs.CL")
    assert titles(library, "follow:cs.CL") == ["Toy cat:cs.CL"]
    library.follows.fetch()
    assert titles(library, "follow:cs.CL") == ["Toy cat:cs.CL"]
    library.follows.remove([1])
    assert titles(library, "follow:cs.CL") == []
    library.follows.add("arxiv", "cs.CL")
    assert titles(library, "follow:cs.CL") == ["Toy cat:cs.CL"]


def test_an_author_is_made_safe_for_a_query() -> None:
    assert author_query('Søng, "Ada" B.') == 'au:"Søng Ada B"'
