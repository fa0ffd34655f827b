"""Papers that lack something are looked up, and what fits joins them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.errors import NotFoundError
from index.keeping.completing import RESTING_DAYS
from index.library import Library
from index.views import Completed, CompleteReport, Detail
from tests.index.sources.knowing import Entry, after, know, refuse
from tests.index.sources.pdf_bytes import pdf
from tests.index.sources.serving import Reply, Server, serving

ARXIV, HUGGING_FACE, CROSSREF = "/arxiv", "/papers/papers/search", "/crossref/works"
RINGS = Entry("Rings of Rain", number="2402.14393")
RINGS_PRINTED = Entry("Rings of rain.", doi="10.1234/rings")
LAMPS = Entry("Slow Lamps at Sea", number="2402.00002")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        know(running)
        yield running


@pytest.fixture
def library(tmp_path: Path, server: Server) -> Iterator[Library]:
    library = Library(tmp_path / "library", server.services())
    yield library
    library.close()


def put(library: Library, *records: dict[str, Any]) -> None:
    """Papers 1, 2 and so on."""
    file = library.folder / "papers.jsonl"
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    library.import_files([file])


def bring(library: Library, file: Path, content: bytes) -> None:
    """A paper from a PDF."""
    file.write_bytes(content)
    assert library.import_files([file]).rejected == 0


def complete(
    library: Library, ids: list[int] | None = None, **more: Any
) -> tuple[list[Completed], CompleteReport]:
    told: list[Completed] = []
    report = library.completing.complete(ids, on_result=told.append, **more)
    return told, report


def details(library: Library, count: int) -> list[Detail]:
    return list(library.details(range(1, count + 1)))


def test_saved_pages_give_papers_that_lack_all(library: Library, shared: Path) -> None:
    page = sorted((shared / "papers").glob("*.txt"))[0]
    added = library.import_files([page]).added
    assert added > 100
    assert len(library.completing.lacking()) == added
    assert library.completing.expected()[0] == added


def test_a_paper_is_found_by_its_title(library: Library, server: Server) -> None:
    put(library, {"title": "Rings of {R}ain", "abstract": "It rains."})
    know(server, arxiv=[LAMPS, RINGS])
    told, report = complete(library)
    assert told == [
        Completed(
            1,
            title="Rings of Rain",
            found=("title", "authors", "year", "arXiv id"),
            services=("arXiv",),
        )
    ]
    assert report == CompleteReport(asked=1, changed=1)
    detail = library.detail(1)
    assert (detail.authors, detail.published) == (("Jo Moss", "Ada Li"), "2024-03-07")
    assert detail.identifiers == (("arxiv", "2402.14393"),)
    assert detail.abstract == "It rains."
    assert library.completing.lacking() == []
    assert [request.path for request in server.requests] == [ARXIV]  # nothing lacks any more
    origin = library.provenance(1).origins[-1]
    assert origin.source == "arxiv"
    assert "<title>Rings of Rain</title>" in origin.raw


def test_services_are_asked_in_turn_until_nothing_lacks(library: Library, server: Server) -> None:
    put(
        library,
        {"title": "Rings of Rain"},
        {"title": "Slow Lamps at Sea"},
        {"title": "Dry Wells of Ash"},
    )
    know(server, hugging_face=[RINGS, LAMPS], crossref=[RINGS_PRINTED, Entry("Wet Wells of Ash")])
    told, report = complete(library)
    assert [one.services for one in told] == [("Hugging Face",), ("Hugging Face",), ()]
    assert told[0].found == ("authors", "year", "arXiv id", "links")
    assert told[2] == Completed(3, title="Dry Wells of Ash")
    assert (report.asked, report.changed, report.unknown) == (3, 2, 1)
    assert len(server.asked(ARXIV)) == 3
    assert len(server.asked(CROSSREF)) == 1


@pytest.mark.parametrize(
    "lacking",
    [
        {"title": "Rings of Rain", "authors": ["Otto Ek"]},
        {"title": "Rings of Rain and Snow"},
        {"title": "Ring of Rain"},
    ],
)
def test_another_paper_is_not_taken(
    library: Library, server: Server, lacking: dict[str, Any]
) -> None:
    put(library, lacking)
    know(server, arxiv=[RINGS], hugging_face=[RINGS], crossref=[RINGS_PRINTED])
    before = details(library, 1)
    told, report = complete(library)
    assert told == [Completed(1, title=lacking["title"])]
    assert (report.changed, report.unknown) == (0, 1)
    assert details(library, 1) == before
    assert [entry.kind for entry in library.history.entries()] == ["import"]


@pytest.mark.parametrize(
    ("more", "is_taken"),
    [
        ({}, False),
        ({"year": 2024}, False),
        ({"abstract": "A handbook of frogs has many chapters, and this is the first."}, False),
        ({"abstract": "It rains on rings, and we count the drops."}, True),
        ({"authors": ["Moss, Jo"]}, True),
    ],
)
def test_a_title_that_tells_nothing_is_not_enough(
    library: Library, server: Server, more: dict[str, Any], is_taken: bool
) -> None:
    put(library, {"title": "Introduction", **more})
    summary = "It rains on rings, and we count its drops."
    know(server, arxiv=[replace(RINGS, title="Introduction", abstract=summary)])
    complete(library)
    assert library.detail(1).identifiers == ((("arxiv", RINGS.number),) if is_taken else ())


def test_a_title_of_two_words_needs_the_same_year(library: Library, server: Server) -> None:
    put(library, {"title": "Slow Lamps", "year": 2024}, {"title": "Slow Soup", "year": 2023})
    numbers = ("2402.00001", "2402.00002")
    titles = ("Slow Lamps", "Slow Soup")
    know(server, arxiv=[Entry(*pair) for pair in zip(titles, numbers, strict=True)])
    told, _ = complete(library)
    assert [one.services for one in told] == [("arXiv",), ()]


def test_an_identifier_that_is_of_something_else_is_told_and_nothing_is_taken(
    library: Library, server: Server
) -> None:
    put(
        library,
        {"title": "Graph Knitting in Depth", "year": 2020, "doi": "10.1234/frogs"},
        {"title": "Rings of Rain", "authors": ["Otto Ek"], "arxiv_id": "2402.00001"},
    )
    frogs = Entry("A wholly different paper on frogs", doi="10.1234/frogs")
    know(server, doi=[frogs], arxiv=[Entry("Slow Soup", number="2402.00001")])
    before = details(library, 2)
    told, report = complete(library)
    assert {one.id: one.doubt for one in told} == {
        1: "doi.org knows 10.1234/frogs as “A wholly different paper on frogs”: is the DOI right?",
        2: "arXiv knows 2402.00001 as “Slow Soup”: is the arXiv id right?",
    }
    assert all(not one.found and not one.services for one in told)
    assert (report.changed, report.unknown, report.problems) == (0, 2, ())
    assert details(library, 2) == before
    assert [entry.kind for entry in library.history.entries()] == ["import"]
    library.papers.edit(1, {"identifiers": "10.1234/knitting"})
    know(server, doi=[Entry("Graph knitting, in depth", doi="10.1234/knitting")])
    assert complete(library, [1])[0][0].services == ("doi.org",), "it is asked at once"


@pytest.mark.parametrize(
    "more",
    [
        {"title": "Rings", "doi": "10.1234/rings"},
        {"title": "Counting Drops", "authors": ["Moss, J."], "doi": "10.1234/rings"},
        {"title": "Counting Drops", "abstract": "It rains on rings.", "doi": "10.1234/rings"},
    ],
)
def test_a_paper_that_was_given_another_name_is_known_by_its_doi(
    library: Library, server: Server, more: dict[str, Any]
) -> None:
    put(library, more)
    know(server, doi=[replace(RINGS_PRINTED, abstract="It rains on rings.")])
    told, _ = complete(library)
    assert told[0].services == ("doi.org",)
    assert library.detail(1).published == "2024"


@pytest.mark.parametrize(
    "lines",
    [
        ("Rings of Rain", "Jo Moss", "https://doi.org/10.1234/rings"),
        ("Published as an Article", "Rings of R ain", "Jo Moss", "doi:10.1234/rings"),
    ],
)
def test_a_pdf_is_known_by_the_doi_on_its_page_whatever_title_was_read(
    library: Library, server: Server, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    bring(library, tmp_path / "rings.pdf", pdf(*lines))
    know(server, doi=[RINGS_PRINTED])
    told, _ = complete(library)
    assert (told[0].services, told[0].doubt) == (("doi.org",), "")
    assert library.detail(1).title == RINGS_PRINTED.title


def test_a_doi_that_a_pdf_only_cites_is_left_and_it_is_asked_for_by_its_title(
    library: Library, server: Server, tmp_path: Path
) -> None:
    cites = ("We follow a study of frogs (doi:10.1234/frogs) wherever that can be done.",)
    bring(library, tmp_path / "rings.pdf", pdf("Rings of Rain", *cites))
    references = ("Text.", "References", "[1] J. Moss. Newts and their ponds. doi:10.1234/newts")
    bring(library, tmp_path / "snow.pdf", pdf("Snow upon Snow", *references))
    before = details(library, 2)
    assert before[0].identifiers == (("doi", "10.1234/frogs"),), "as far as is known here"
    frogs = Entry("A wholly different paper on frogs", doi="10.1234/frogs")
    newts = Entry("Newts and their ponds", doi="10.1234/newts")
    know(server, doi=[frogs, newts], crossref=[RINGS_PRINTED])
    told, report = complete(library)
    assert (told[0].services, report.changed, report.unknown) == (("Crossref",), 1, 1)
    assert [one.doubt for one in told] == [
        "its PDF only cites 10.1234/frogs, which is “A wholly different paper on frogs”",
        "its PDF only cites 10.1234/newts, which is “Newts and their ponds”",
    ]
    assert [one.identifiers for one in details(library, 2)] == [(("doi", "10.1234/rings"),), ()]
    library.history.undo()
    assert details(library, 2) == before


def test_a_doi_that_the_reader_gave_a_pdf_is_asked_about(
    library: Library, server: Server, tmp_path: Path
) -> None:
    bring(library, tmp_path / "rings.pdf", pdf("Rings of Rain"))
    library.papers.edit(1, {"identifiers": "10.1234/frogs"})
    know(server, doi=[Entry("A wholly different paper on frogs", doi="10.1234/frogs")])
    complete(library)
    assert library.detail(1).identifiers == (("doi", "10.1234/frogs"),)


def test_what_bears_another_doi_than_was_asked_for_is_known_by_its_title(
    library: Library, server: Server
) -> None:
    put(
        library,
        {"title": "Rings of Rain", "doi": "10.1234/old"},
        {"title": "Dry Soup", "doi": "10.1234/wet"},
    )
    know(server, doi=[RINGS_PRINTED])
    answer = server.routes["/doi/10.1234/rings"]
    for doi in ("old", "wet"):
        server.on(f"/doi/10.1234/{doi}", answer)
    told, _ = complete(library)
    assert [bool(one.found) for one in told] == [True, False]
    assert "is the DOI right?" in told[1].doubt
    detail = library.detail(1)
    assert detail.identifiers == (("doi", "10.1234/old"),)
    assert "https://doi.org/10.1234/rings" in [link.url for link in detail.links]


def test_arxiv_ids_are_asked_about_a_hundred_at_a_time(library: Library, server: Server) -> None:
    entries = [Entry(f"Ash {number}", number=f"2402.{number:05}") for number in range(1, 131)]
    put(library, *({"title": f"ash {one.number[5:]}", "arxiv_id": one.number} for one in entries))
    know(server, arxiv=entries[:-1])
    progress: list[tuple[int, int]] = []
    told, report = complete(library, progress=lambda *two: progress.append(two))
    asked = [request.query["id_list"].count(",") + 1 for request in server.asked(ARXIV)]
    assert asked == [100, 30]
    assert len(server.requests) == 2
    assert (report.asked, report.changed, report.unknown) == (130, 129, 1)
    assert progress == [(done, 130) for done in range(131)]
    assert told[-1].found == ()
    assert library.detail(1).title == "Ash 1"


def test_a_doi_is_asked_for_where_arxiv_leaves_something_open(
    library: Library, server: Server
) -> None:
    doi = "10.1234/rings"
    put(
        library,
        {"title": "Rings of Rain", "doi": doi},
        {"title": "Slow Lamps at Sea", "arxiv_id": LAMPS.number, "doi": "10.1234/lamps"},
        {"title": "Gone", "doi": "10.1234/gone"},
    )
    bare = Entry("Slow Lamps at Sea", number=LAMPS.number, authors=())
    know(server, arxiv=[bare], doi=[RINGS_PRINTED, Entry("Slow Lamps at Sea", doi="10.1234/lamps")])
    told, report = complete(library)
    assert {one.id: one.services for one in told} == {
        1: ("doi.org",),
        2: ("arXiv", "doi.org"),
        3: (),
    }
    assert (report.changed, report.unknown, report.problems) == (2, 1, ())
    assert library.detail(1).venue == "Journal of Rain"
    assert not server.asked(CROSSREF)  # who has a DOI is not looked for by title


def test_what_is_of_another_paper_as_well_is_told_and_not_taken(
    library: Library, server: Server
) -> None:
    whole = {"title": "Rings of Rain", "authors": ["Jo Moss"], "year": 2024}
    put(library, {**whole, "arxiv_id": RINGS.number}, {"title": "Rings of Hail"})
    library.papers.edit(2, {"title": "Rings of Rain"})
    know(server, arxiv=[RINGS], crossref=[RINGS_PRINTED])
    before = details(library, 2)
    told, report = complete(library)
    assert told == [Completed(2, title="Rings of Rain", services=("arXiv",), twin=1)]
    assert (report.changed, report.unknown) == (0, 1)
    assert details(library, 2) == before
    assert not server.asked(CROSSREF)
    (pair,) = library.duplicates.find()
    assert {pair.one, pair.other} == {1, 2}


def test_the_paper_that_was_asked_about_is_the_one_that_is_joined(
    library: Library, server: Server
) -> None:
    # By its title alone the record would be the first paper's.
    put(library, {"title": "Rings of Rain", "authors": ["Jo Moss"]}, {"title": "Rings of Hail"})
    library.papers.edit(2, {"title": "Rings of Rain"})
    know(server, arxiv=[RINGS])
    complete(library, [2])
    assert library.detail(2).identifiers == (("arxiv", RINGS.number),)
    assert library.detail(1).identifiers == ()


def test_what_the_reader_edited_stays(library: Library, server: Server) -> None:
    put(library, {"title": "Rings of Rain"})
    library.papers.edit(1, {"authors": ["Jo Moss", "A. N. Other"]})
    know(server, arxiv=[RINGS])
    told, _ = complete(library)
    assert told[0].found == ("year", "arXiv id")
    assert library.detail(1).authors == ("Jo Moss", "A. N. Other")


def test_a_run_is_undone_and_redone_as_a_whole(library: Library, server: Server) -> None:
    put(
        library,
        {"title": "Rings of Rain"},
        {"title": "slow lamps at sea", "arxiv_id": LAMPS.number},
        {"title": "Dry Wells of Ash"},
    )
    know(server, arxiv=[RINGS, LAMPS])
    before = details(library, 3)
    complete(library)
    after_it = details(library, 3)
    assert after_it != before
    (entry, _) = library.history.entries()
    assert (entry.label, entry.papers, entry.kind) == ("completed 2 papers", 2, "action")
    assert library.history.undo().message == "Undone: completed 2 papers."
    assert details(library, 3) == before
    assert library.completing.lacking() == [1, 2, 3]
    # It is forgotten, but not that services were asked: only “again” asks them.
    assert library.completing.expected() == (0, 0)
    assert library.completing.expected(again=True)[0] == 3
    library.history.redo()
    assert details(library, 3) == after_it


def test_a_run_about_one_paper_bears_its_title(library: Library, server: Server) -> None:
    put(library, {"title": "Rings of Rain"}, {"title": "Slow Lamps at Sea"})
    know(server, arxiv=[RINGS, LAMPS])
    complete(library, [1])
    assert library.history.entries()[0].label == "completed “Rings of Rain”"
    assert library.completing.lacking() == [2]


def test_what_the_reader_does_meanwhile_can_be_undone_by_itself(
    library: Library, server: Server
) -> None:
    put(library, {"title": "Rings of Rain"}, {"title": "Slow Lamps at Sea"})
    know(server, arxiv=[RINGS, LAMPS])
    library.completing.complete(on_result=lambda one: library.marks.star(one.id))
    labels = [entry.label for entry in library.history.entries()]
    assert labels[:3] == [
        "starred “Slow Lamps at Sea”",
        "starred “Rings of Rain”",
        "completed 2 papers",
    ]
    library.history.undo(library.history.entries()[2].id)
    assert [paper.authors for paper in details(library, 2)] == [(), ()]
    assert all(paper.starred for paper in details(library, 2))


def test_who_was_asked_is_not_asked_again_for_some_days(library: Library, server: Server) -> None:
    put(library, {"title": "Dry Wells of Ash"})
    complete(library)
    assert len(server.requests) == 3
    told, report = complete(library)
    assert (told, report) == ([], CompleteReport(recent=1))
    assert len(server.requests) == 3
    complete(library, again=True)
    assert len(server.requests) == 6
    with library._store.writing() as db:
        db.execute("UPDATE lookups SET at = datetime('now', ?)", (f"-{RESTING_DAYS + 1} days",))
    complete(library)
    assert len(server.requests) == 9


def test_a_service_that_fails_does_not_count_as_asked(library: Library, server: Server) -> None:
    put(library, {"title": "Dry Wells of Ash"})
    refuse(server, HUGGING_FACE)
    told, report = complete(library)
    problem = "Hugging Face does not let carrel in (403)."
    assert told == [Completed(1, title="Dry Wells of Ash", problem=problem)]
    assert report == CompleteReport(asked=1, failed=1, problems=(problem,))
    know(server, hugging_face=[Entry("Dry Wells of Ash", number="2402.00009")])
    told, report = complete(library)
    assert told[0].services == ("Hugging Face",)
    assert [len(server.asked(path)) for path in (ARXIV, HUGGING_FACE, CROSSREF)] == [1, 2, 1]


def test_a_service_is_left_out_after_three_failures_in_a_row(
    library: Library, server: Server
) -> None:
    put(library, *({"title": f"Wells of Ash {number}"} for number in range(6)))
    know(server, hugging_face=[Entry("Wells of Ash 5", number="2402.00009")])
    refuse(server, ARXIV)
    told, report = complete(library)
    assert len(server.asked(ARXIV)) == 3
    assert len(server.asked(HUGGING_FACE)) == 6
    assert [bool(one.problem) for one in told] == [True] * 3 + [False] * 3
    assert "3 times in a row" in told[2].problem
    assert (report.asked, report.changed, report.failed) == (6, 1, 5)
    assert report.problems == (told[2].problem,)


def test_a_service_that_asks_for_a_rest_is_told_once(library: Library, server: Server) -> None:
    put(library, {"title": "Dry Wells of Ash"}, {"title": "Wet Wells of Ash"})
    server.on(ARXIV, Reply(status=429, headers={"Retry-After": "3600"}))
    _, report = complete(library)
    (problem,) = report.problems
    assert problem.startswith("arXiv asks for a rest")
    assert len(server.asked(ARXIV)) == 1


def test_failures_that_are_not_in_a_row_leave_no_service_out(
    library: Library, server: Server
) -> None:
    put(library, *({"title": f"Wells of Ash {number}"} for number in range(6)))
    answer = server.routes[ARXIV]
    refused = Reply(status=403)
    server.on(ARXIV, refused, refused, answer, refused, refused, answer)
    _, report = complete(library)
    assert len(server.asked(ARXIV)) == 6
    assert (report.asked, report.unknown, report.failed) == (6, 2, 4)


def test_where_no_service_is_left_the_papers_wait(library: Library, server: Server) -> None:
    put(library, *({"title": f"Wells of Ash {number}"} for number in range(5)))
    refuse(server, ARXIV, HUGGING_FACE, CROSSREF)
    told, report = complete(library)
    assert len(told) == 3
    assert (report.asked, report.failed, report.left) == (3, 3, 2)
    know(server)
    assert complete(library)[1].asked == 5


def test_a_run_that_is_stopped_goes_on_later(library: Library, server: Server) -> None:
    put(
        library,
        {"title": "Rings of Rain"},
        {"title": "Slow Lamps at Sea"},
        {"title": "Dry Wells of Ash"},
    )
    know(server, arxiv=[RINGS, LAMPS])
    told: list[Completed] = []
    report = library.completing.complete(on_result=told.append, stop=lambda: bool(told))
    assert [one.id for one in told] == [1]
    assert report == CompleteReport(asked=1, changed=1, left=2, stopped=True)
    assert library.detail(1).authors
    told, report = complete(library)
    assert [one.id for one in told] == [2, 3]
    assert len(server.asked(ARXIV)) == 3


def test_what_was_answered_together_before_a_stop_is_told(library: Library, server: Server) -> None:
    numbers = [{"title": f"Of {one}", "arxiv_id": f"2402.0000{one}"} for one in (1, 2)]
    put(library, *({**one, "doi": f"10.1234/{row}"} for row, one in enumerate(numbers)))
    know(server, arxiv=[Entry("Of 2", number="2402.00002", authors=())])
    told: list[Completed] = []
    report = library.completing.complete(
        on_result=told.append, stop=lambda: bool(server.asked(ARXIV)) and _is_kept(library, 2)
    )
    assert [(one.id, one.found) for one in told] == [(2, ("year",))]
    assert (report.asked, report.left, report.stopped) == (1, 1, True)


def test_a_paper_that_goes_meanwhile_is_passed_over(library: Library, server: Server) -> None:
    put(library, {"title": "Rings of Rain"}, {"title": "Slow Lamps at Sea"})
    know(server, arxiv=[RINGS, LAMPS])
    after(server, ARXIV, lambda: library.papers.delete([1, 2]) if details(library, 2) else None)
    told, report = complete(library)
    assert [(one.id, one.found) for one in told] == [(1, ())]
    assert (report.asked, report.changed) == (1, 0)
    assert not details(library, 2)


def test_what_is_not_there_or_lacks_nothing_is_not_asked_about(
    library: Library, server: Server
) -> None:
    whole = {"title": "Rings", "authors": ["Jo Moss"], "year": 2024, "doi": "10.1234/5"}
    put(library, whole)
    assert complete(library, [1]) == ([], CompleteReport())
    assert complete(library, []) == ([], CompleteReport())
    with pytest.raises(NotFoundError, match="no paper 9"):
        complete(library, [9])
    assert not server.requests


def _is_kept(library: Library, paper: int) -> bool:
    return library.detail(paper).published != ""
