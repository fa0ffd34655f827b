"""JSON Lines with everything: what goes out and comes in again is the same library."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import NamingError
from index.library import Library
from index.naming import proper_name, tag_path
from index.text import clean_text
from index.views import ImportReport

PAPERS: list[dict[str, Any]] = [
    {
        "title": 'Na\\"ive Pooling for $O(n^2)$ Graphs',
        "abstract": "We pool 50\\% of the nodes.",
        "authors": ['Ada M\\"uller', "Bo Li"],
        "published": "2024-03-07",
        "venue": "ICLR",
        "categories": ["cs.LG"],
        "doi": "10.1000/a_b",
        "arxiv": "2402.14393v2",
        "links": [{"kind": "code", "url": "https://git.example/a"}],
        "upvotes": 12,
    },
    {
        "title": "日本語 [/foo] & more",
        "arxiv": "1706.03762",
        "authors": ["Kō Abe"],
        "source": "a page",
    },
    {"title": "Untouched"},
    {"title": "Unwanted", "arxiv": "2401.00001"},
    {"title": "Pooling Twice", "authors": ["Ada Muller"]},
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    yield from opened(tmp_path / "library")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Library]:
    yield from opened(tmp_path / "other")


def opened(folder: Path) -> Iterator[Library]:
    found = Library.open(folder)
    yield found
    found.close()


def take(library: Library, text: str) -> ImportReport:
    """Import a text; nothing of it may be rejected."""
    report = library.import_files([None], format="jsonl", stdin=io.BytesIO(text.encode()))
    assert not report.rejects
    return report


def lines(*objects: dict[str, Any]) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def everything(library: Library, **options: Any) -> str:
    return "".join(library.export(format="jsonl", **options))


@pytest.fixture
def rich(library: Library) -> Library:
    """A library in which the reader has done everything there is to do."""
    take(library, lines(*PAPERS))
    one, two, _, unwanted, twice = sorted(library.search("").ids)
    library.marks.star([one])
    library.marks.read([one])
    library.marks.rate([one], 4)
    library.marks.skip([two])
    library.marks.open(two)
    library.tags.add([one, two], "ml/gnn")
    library.tags.add([two], "C++ & more")
    library.tags.colour("ml/gnn", "green")
    library.lists.add("thesis", [two, one])
    library.lists.status("thesis", [two], "reading")
    library.lists.note("thesis", two, "for *chapter* 2")
    library.lists.sort("thesis", "title")
    library.lists.new("empty")
    library.lists.add("old / done", [one])
    library.lists.archive("old / done")
    library.notes.write(one, "Reads *well*.\n\n- [x] x_i ≤ 1")
    library.saved.save("mine", "tag:ml is:unread", "date")
    library.follows.add("arxiv", "cs.cl")
    library.follows.add("feed", "https://example.org/feed.xml", "A feed")
    library.duplicates.apart(one, two)
    library.duplicates.merge(one, [twice])
    library.papers.delete([unwanted])
    take(
        library, lines({"title": "日本語", "arxiv": "1706.03762", "venue": "V", "source": "arxiv"})
    )
    library.papers.edit(two, {"title": "Mine", "authors": "", "categories": "a\nb", "key": "mine"})
    return library


def test_a_paper_goes_out_with_all_that_is_known_of_it(rich: Library) -> None:
    library, deleted, *papers = map(json.loads, everything(rich).splitlines())
    state = library.pop("carrel")
    assert library == {}
    assert [(one["name"], one["sort"]) for one in state["lists"]] == [
        ("empty", "hand"),
        ("old / done", "hand"),
        ("thesis", "title"),
    ]
    assert state["lists"][1]["archived"]
    assert state["tags"] == [{"name": "ml/gnn", "colour": "green"}]
    assert [(one["name"], one["query"]) for one in state["saved"]] == [("mine", "tag:ml is:unread")]
    assert [(one["kind"], one["what"], one.get("title")) for one in state["follows"]] == [
        ("arxiv", "cs.CL", None),
        ("feed", "https://example.org/feed.xml", "A feed"),
    ]
    named = [names["names"] for names in deleted["carrel"]["deleted"]]
    assert [["arxiv", "2401.00001"], ["key", "unwanted"], ["title", "unwanted"]] in named
    assert [["key", "muller2024pooling"]] in named or [["key", "mullerpooling"]] in named
    paper = next(one for one in papers if "Pooling" in one["title"])
    assert paper["title"] == PAPERS[0]["title"]
    assert paper["authors"] == PAPERS[0]["authors"]
    state = paper["carrel"]
    assert state["key"] == "muller2024naive"
    assert state["marks"]["rating"]["value"] == 4
    assert set(state["marks"]) == {"starred", "read", "rating"}
    assert state["note"]["text"].startswith("Reads *well*.\n\n")
    assert [place["list"] for place in state["lists"]] == ["old / done", "thesis"]
    assert list(state["upvotes"].values()) == [12]
    assert {origin["file"] for origin in state["origins"]} == {"standard input"}
    assert state["aliases"] == ["pooling twice"]  # of the paper that was merged into it


def test_an_empty_library_becomes_the_same(rich: Library, other: Library, tmp_path: Path) -> None:
    before = everything(rich)
    file = tmp_path / "all.jsonl"
    file.write_text(before, "utf-8")
    report = other.import_files([file])
    assert (report.added, report.restored) == (3, 2)
    assert everything(other) == before
    for mine, copy in zip(shown(rich), shown(other), strict=True):
        assert mine == copy
    assert take(other, lines(*PAPERS)).deleted == 1


def shown(library: Library) -> list[tuple[object, ...]]:
    """What the reader sees of each paper."""
    return [
        (one.key, one.title, one.added, one.starred, one.read, one.skipped, one.rating, one.opened)
        + (one.tags, one.items, one.note, one.origins, one.upvotes, one.links)
        for one in library.details(library.search("").ids)
    ]


def test_an_edited_paper_is_edited_elsewhere_too(rich: Library, other: Library) -> None:
    take(other, everything(rich))
    (paper,) = (one for one in other.details(other.search("").ids) if one.key == "mine")
    assert (paper.title, paper.authors, paper.categories) == ("Mine", (), ("a", "b"))
    assert paper.edited == ("title", "authors", "categories")
    found = other.provenance(paper.id)
    assert dict(found.fields)["venue"] == "arxiv"
    (mine,) = (one for one in rich.details(rich.search("").ids) if one.key == "mine")
    whole = rich.provenance(mine.id)
    assert [(one.place, one.day) for one in found.origins] == [
        (one.place, one.day) for one in whole.origins
    ]
    assert any(one.raw for one in whole.origins)
    assert not any(one.raw for one in found.origins), "records stay where they came in"
    take(other, lines({"title": "Theirs", "arxiv": "1706.03762", "authors": ["A"]}))
    assert other.detail(paper.id).title == "Mine"
    other.papers.unedit(paper.id, ["title", "categories"])
    assert other.detail(paper.id).title == "日本語", "of the better source, that was overlooked"
    assert other.detail(paper.id).categories == ()


def test_an_edit_comes_to_a_paper_that_is_there_as_an_action(rich: Library, other: Library) -> None:
    take(other, lines(*PAPERS))
    two = next(one.id for one in other.details(other.search("").ids) if "日" in one.title)
    other.papers.edit(two, {"authors": "My Own"})
    take(other, everything(rich))
    assert (other.detail(two).title, other.detail(two).authors) == ("Mine", ("My Own",))
    assert other.detail(two).edited == ("title", "authors", "categories")
    other.history.undo()
    assert other.detail(two).edited == ("authors",)
    assert "日本語" in other.detail(two).title


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({"fields": {"colour": "reader"}}, "carrel: fields: "),
        ({"overlooked": [{"field": "links", "source": "x", "value": ["pdf ftp://x"]}]}, ""),
        ({"overlooked": [{"field": "published", "source": "x", "value": "soon"}]}, ""),
        ({"overlooked": [{"field": "identifiers", "source": "x", "value": ["foo"]}]}, ""),
        ({"overlooked": [{"field": "title", "source": "x", "value": ["a"]}]}, ""),
    ],
)
def test_what_sources_said_passes_the_gate(
    library: Library, state: dict[str, Any], reason: str
) -> None:
    known = {"key": "x", "added": "2024-05-01T00:00:00Z"}
    text = lines({"title": "A", "carrel": known | state})
    report = library.import_files([None], format="jsonl", stdin=io.BytesIO(text.encode()))
    (reject,) = report.rejects
    assert reject.reason.startswith(reason or "carrel: overlooked: ")


def test_what_sources_said_is_cleaned(library: Library) -> None:
    said = {"field": "title", "source": "a\x1b[1m", "value": "B\x1b]0;x\x07"}
    state = {"fields": {"title": "reader"}, "overlooked": [said]}
    state |= {"key": "x", "added": "2024-05-01T00:00:00Z"}
    take(library, lines({"title": "A", "carrel": state}))
    (one,) = library.search("").ids
    library.papers.unedit(one, ["title"])
    assert library.detail(one).title == "B]0;x"
    assert dict(library.provenance(one).fields)["title"] == "a[1m"


def test_of_what_a_source_said_twice_the_first_counts(library: Library) -> None:
    said = [{"field": "venue", "source": "x", "value": value} for value in ("One", "Two")]
    state = {"key": "x", "added": "2024-05-01T00:00:00Z", "fields": {"venue": "reader"}}
    take(library, lines({"title": "A", "venue": "Mine", "carrel": state | {"overlooked": said}}))
    (one,) = library.search("").ids
    library.papers.unedit(one, ["venue"])
    assert library.detail(one).venue == "One"


def test_importing_it_again_changes_nothing(rich: Library) -> None:
    before = everything(rich)
    report = take(rich, before)
    assert (report.added, report.updated, report.restored, report.unchanged) == (0, 0, 0, 3)
    assert everything(rich) == before
    assert "import" not in rich.history.undo().message


def test_papers_that_were_two_stay_two(library: Library, other: Library) -> None:
    take(library, lines({"title": "Editorial"}, {"title": "To the reader"}))
    library.papers.edit(2, {"title": "Editorial"})
    library.notes.write(1, "Of the first.")
    library.notes.write(2, "Of the second.")
    exported = everything(library)
    assert take(other, exported).added == 2
    assert everything(other) == exported
    assert take(other, exported).unchanged == 2
    backwards = "".join(reversed(exported.splitlines(keepends=True)))
    assert take(other, backwards).unchanged == 2
    assert take(other, exported + exported).unchanged == 4
    assert everything(other) == exported


def test_papers_that_are_there_keep_what_was_decided(rich: Library, other: Library) -> None:
    take(other, lines(*PAPERS))
    one, two, three, *_ = sorted(other.search("").ids)
    other.notes.write(one, "My own.")
    other.marks.rate([one], 1)
    other.marks.read([two])
    other.tags.add([one], "mine")
    other.lists.add("thesis", [one, three])
    assert take(other, everything(rich)).restored == 2
    first, second = other.detail(one), other.detail(two)
    assert first.note == "My own."
    assert first.rating == 1
    assert first.starred
    assert set(first.tags) == {"mine", "ml/gnn"}
    assert second.read
    assert not second.skipped
    assert [item.status for item in second.items] == ["reading"]
    shelf = other.lists.shelf("thesis")
    assert shelf.order == "hand"  # as it is here
    assert list(other.search("", shelf=shelf.query).ids) == [one, three, two]


def test_what_came_can_be_undone_and_the_import_too(rich: Library, other: Library) -> None:
    take(other, lines(*PAPERS))
    one = min(other.search("").ids)
    other.notes.write(one, "My own.")
    before = everything(other)
    take(other, everything(rich))
    assert everything(other) != before
    undone = other.history.undo()
    assert "tags, lists and notes" in undone.message
    paper = other.detail(one)
    assert (paper.tags, paper.items, paper.starred, paper.note) == ((), (), False, "My own.")
    assert other.overview().lists == ()
    assert other.saved.all() == ()
    assert other.follows.all() == ()


def test_an_import_with_what_was_decided_is_taken_back_in_two_steps(
    rich: Library, other: Library
) -> None:
    take(other, everything(rich))
    other.history.undo()
    assert len(other.search("").ids) == 3
    other.history.undo()
    assert len(other.search("").ids) == 0


def test_some_papers_go_out_without_what_belongs_to_none(rich: Library) -> None:
    one = min(rich.search("").ids)
    (line,) = everything(rich, ids=[one]).splitlines()
    assert json.loads(line)["title"] == PAPERS[0]["title"]


def test_a_library_without_papers_has_lists(library: Library, other: Library) -> None:
    library.lists.new("plans")
    text = everything(library)
    take(other, text)
    assert [shelf.name for shelf in other.overview().lists] == ["plans"]


def test_a_citation_key_that_is_taken_gets_a_number(rich: Library, other: Library) -> None:
    take(other, lines({"title": "Naive Bayes", "authors": ["Cy Muller"], "year": 2024}))
    take(other, everything(rich))
    keys = {paper.title: paper.key for paper in other.details(other.search("").ids)}
    assert keys["Naive Bayes"] == "muller2024naive"
    assert keys["Naïve Pooling for O(n²) Graphs"] == "muller2024naive-2"


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ({}, "carrel: key: field required"),
        ({"key": "../x", "added": "2024-05-01T00:00:00+00:00"}, "carrel: key: "),
        ({"key": "x", "added": "yesterday"}, "carrel: added: "),
        ({"key": "x", "added": "2024-05-01T00:00:00"}, "carrel: added: a moment needs its time"),
        (
            {"key": "x", "added": "2024-05-01T00:00:00Z", "tags": [{"name": "a" * 200}]},
            "carrel: tags: the name of a tag has at most 100 characters",
        ),
        (
            {"key": "x", "added": "2024-05-01T00:00:00Z", "marks": {"rating": {"value": 9}}},
            "carrel: marks: ",
        ),
    ],
)
def test_a_state_that_makes_no_sense_is_rejected(
    library: Library, state: dict[str, Any], reason: str
) -> None:
    text = lines({"title": "A", "carrel": state}, {"title": "B"})
    report = library.import_files([None], format="jsonl", stdin=io.BytesIO(text.encode()))
    (reject,) = report.rejects
    assert reject.line == 1
    assert reject.reason.startswith(reason)
    assert report.added == 1


def test_what_somebody_else_calls_carrel_is_passed_over(library: Library) -> None:
    take(library, lines({"title": "A", "carrel": "a desk in a library"}))
    assert len(library.search("").ids) == 1


def test_hostile_states_are_cleaned(library: Library) -> None:
    moment = "2024-05-01T10:00:00+02:00"
    state = {
        "key": "x",
        "added": moment,
        "tags": [{"name": "#ml /\x1b[31m“gnn”\u202e"}],
        "note": {"text": "one\x00\x9b31m", "changed": moment},
        "lists": [{"list": " thesis\n2 ", "position": 1, "added": moment, "note": "\x07x"}],
    }
    take(library, lines({"title": "A", "carrel": state}))
    (paper,) = library.details(library.search("").ids)
    assert paper.tags == ("ml/[31m'gnn'",)
    assert paper.note == "one›31m"
    assert paper.items[0].list == "thesis 2"
    assert paper.items[0].note == "x"


def is_borne(name: str) -> bool:
    """Whether a list and a tag can have a name."""
    try:
        return bool(proper_name(name, "list") and tag_path(name))
    except NamingError:
        return False


NAMES = st.text(max_size=12).filter(is_borne)
TEXTS = st.text(min_size=1, max_size=30).filter(clean_text)
MOMENTS = st.integers(0, 4_000_000_000).map(
    lambda seconds: dt.datetime.fromtimestamp(seconds, dt.UTC).isoformat()
)
MAYBE = st.none() | MOMENTS
COLOURS = st.sampled_from(["red", "green", "", "[/x] \x1b[31m"])
PLACES = st.fixed_dictionaries(
    {"list": NAMES, "position": st.integers(-5, 5), "added": MOMENTS},
    optional={
        "status": st.sampled_from(["to read", "reading", "done", "skipped"]),
        "note": st.text(max_size=20),
    },
)
STATES = st.fixed_dictionaries(
    {"key": st.from_regex(r"[a-z0-9-]{1,12}", fullmatch=True), "added": MOMENTS},
    optional={
        "marks": st.fixed_dictionaries(
            {"starred": MAYBE, "read": MAYBE, "skipped": MAYBE},
            optional={"rating": st.fixed_dictionaries({"value": st.integers(1, 5), "at": MOMENTS})},
        ),
        "tags": st.lists(st.fixed_dictionaries({"name": NAMES, "colour": COLOURS}), max_size=3),
        "lists": st.lists(PLACES, max_size=3),
        "note": st.fixed_dictionaries({"text": TEXTS, "changed": MOMENTS}),
        "opened": st.fixed_dictionaries({"last": MOMENTS, "times": st.integers(1, 99)}),
        "upvotes": st.dictionaries(
            st.dates().map(dt.date.isoformat), st.integers(0, 999), max_size=3
        ),
        "origins": st.lists(
            st.fixed_dictionaries({"source": TEXTS, "file": TEXTS, "line": st.integers(0, 99)}),
            max_size=3,
        ),
    },
)
LIBRARIES = st.fixed_dictionaries(
    {
        "lists": st.lists(
            st.fixed_dictionaries(
                {"name": NAMES, "sort": st.sampled_from(["hand", "title"]), "archived": MAYBE}
            ),
            max_size=3,
        ),
        "saved": st.lists(
            st.fixed_dictionaries({"name": NAMES, "query": TEXTS, "at": MOMENTS}), max_size=2
        ),
        "follows": st.lists(
            st.fixed_dictionaries(
                {"kind": st.just("author"), "what": st.from_regex("[a-z]{1,9}", fullmatch=True)}
                | {"at": MOMENTS, "title": TEXTS}
            ),
            max_size=2,
        ),
        "deleted": st.lists(
            st.tuples(st.from_regex(r"[a-z]{3}", fullmatch=True), TEXTS), unique_by=itemgetter(0)
        ).map(lambda pairs: [{"names": [["key", key], ["title", one]]} for key, one in pairs]),
    }
)


@settings(max_examples=20, deadline=None)
@given(LIBRARIES, st.lists(STATES, max_size=5))
def test_any_library_becomes_the_same(
    tmp_path_factory: pytest.TempPathFactory, library: dict[str, Any], states: list[dict[str, Any]]
) -> None:
    papers = ({"title": f"Paper {n}", "carrel": state} for n, state in enumerate(states))
    folder = tmp_path_factory.mktemp("libraries")
    one, other = Library.open(folder / "one"), Library.open(folder / "other")
    try:
        take(one, lines({"carrel": library}, *papers))
        before = everything(one)
        take(other, before)
        assert everything(other) == before
        take(other, before)
        assert everything(other) == before
        found = [json.loads(line) for line in before.split("\n")[:-1]]
        found = [paper["carrel"] for paper in found if "title" in paper]
        for state, known in zip(states, found, strict=True):
            assert known["added"] == state["added"]
            assert known["key"].startswith(state["key"])
            assert known.get("opened") == state.get("opened")
            assert ("note" in known) == ("note" in state)
            assert bool(known.get("tags")) == bool(state.get("tags"))
            assert bool(known.get("lists")) == bool(state.get("lists"))
            assert known.get("upvotes", {}) == state.get("upvotes", {})
    finally:
        one.close()
        other.close()
