"""Which source a field is from: never the one that came first, always the one that knows best."""

from __future__ import annotations

from functools import reduce
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import FIELDS, SINGLE, Field, Value, value
from index.paper import READER, Paper
from index.precedence import RANKED, Sourced, edit, merge, rank, settled, take_over, unedit


def record(source: str, title: str = "Pooling", **fields: Any) -> Sourced:
    return Sourced(Paper.model_validate({"title": title, "source": source, **fields}))


def joined(*records: Sourced) -> Sourced:
    return reduce(merge, records)


def single(known: Sourced) -> dict[Field, Value]:
    return {name: value(known.paper, name) for name in SINGLE}


def whose(known: Sourced) -> dict[Field, str]:
    """The source of each field that has a value."""
    return {name: known.source(name) for name in SINGLE if value(known.paper, name)}


def test_sources_have_an_order() -> None:
    assert [rank(name) for name in (READER, "crossref", "arxiv", "bibtex", "feed", "theirs")] == [
        *(0, 1, 2, 3, 4, 4),
    ]


def test_no_record_speaks_for_the_reader() -> None:
    assert Paper(title="A", source=READER).source == ""


def test_a_better_source_replaces_and_a_worse_one_fills_in() -> None:
    known = joined(
        record("hf_page", "pooling…", abstract="Page.", venue="Page"),
        record("bibtex", "Pooling", abstract="Kept.", published="2023"),
        record("doi", "Pooling by Trees", published="2024"),
        record("feed", "POOLING", abstract="Feed.", authors=["A B"]),
    )
    assert (known.paper.title, known.paper.published) == ("Pooling by Trees", "2024")
    assert (known.paper.abstract, known.paper.authors) == ("Kept.", ("A B",))
    assert whose(known) == {
        "title": "doi",
        "authors": "feed",
        "published": "doi",
        "venue": "hf_page",
        "abstract": "bibtex",
    }


def test_of_equals_the_first_stays_and_nothing_never_replaces() -> None:
    known = joined(record("csv", venue="One"), record("ris", venue="Two"), record("doi"))
    assert (known.paper.venue, known.source("venue")) == ("One", "csv")


def test_what_a_source_says_anew_replaces_what_it_said_but_not_by_an_older_version() -> None:
    said = joined(record("arxiv", venue="A", version=2, abstract="Two."), record("doi", venue="D"))
    anew = merge(said, record("arxiv", "Pools", venue="B", version=2, abstract="Other."), anew=True)
    assert (anew.paper.title, anew.paper.abstract) == ("Pooling", "Other.")
    assert [one.value for one in anew.overlooked["venue"]] == ["B"]
    older = merge(anew, record("arxiv", venue="C", version=1, abstract="One."), anew=True)
    assert older == anew
    assert merge(anew, record("arxiv"), anew=True).paper == anew.paper


def test_a_finer_date_of_the_same_year_is_the_better_sources_too() -> None:
    records = [
        record("doi", published="2024"),
        record("arxiv", published="2023-05-01"),
        record("bibtex", published="2024-03"),
    ]
    for order in (records, records[::-1], [records[2], records[0], records[1]]):
        known = joined(*order)
        assert (known.paper.published, known.source("published")) == ("2024-03", "bibtex")


def test_the_newest_version_of_a_preprint_gives_the_abstract() -> None:
    first = record("arxiv", abstract="First.", version=1)
    newest = record("hf_papers", abstract="Second.", version=2)
    published = record("crossref", abstract="Published.")
    for known in (joined(first, newest), joined(newest, first)):
        assert (known.paper.abstract, known.paper.version) == ("Second.", 2)
    for known in (joined(published, newest), joined(newest, first, published)):
        assert (known.paper.abstract, known.paper.version) == ("Published.", 0)


@pytest.mark.parametrize("dots", ["…", "...", " [...]", " […]"])
def test_what_is_cut_short_is_whole_from_wherever(dots: str) -> None:
    names = ["Ana Díaz", "Bo Li", "Cy Song"]
    cut = record("doi", abstract=f"We pool graphs{dots}", authors=["Díaz, Ana"])
    whole = record("feed", abstract="We pool graphs by trees.", authors=names)
    for known in (joined(cut, whole), joined(whole, cut)):
        assert known.paper.abstract == "We pool graphs by trees."
        assert known.paper.authors == tuple(names)
    other = joined(record("doi", authors=["Bo Li"], abstract="We pool."), whole)
    assert (other.paper.authors, other.paper.abstract) == (("Bo Li",), "We pool.")


def test_of_abstracts_that_go_on_a_whole_one_is_shown_wherever_it_came() -> None:
    records = [
        record("doi", abstract="We pool…"),
        record("arxiv", abstract="Other.", version=2),
        record("bibtex", abstract="We pool graphs by…"),
        record("feed", abstract="We pool graphs by trees.", version=1),
    ]
    for order in permutations(records):
        assert joined(*order).paper.abstract == "We pool graphs by…", "the feed's is an older one"
    for order in permutations((*records[:1], *records[2:])):
        assert joined(*order).paper.abstract == "We pool graphs by trees."


def test_lists_are_united_unless_they_are_edited() -> None:
    one = record("bibtex", identifiers=[("doi", "10.1/x")], categories=["a"])
    two = record(
        "arxiv",
        identifiers=[("arxiv", "2402.14393")],
        categories=["b"],
        links=[{"kind": "page", "url": "https://example.org"}],
    )
    three = record("feed", links=[{"kind": "pdf", "url": "https://example.org"}], categories=["c"])
    known = joined(one, two, three)
    assert value(known.paper, "identifiers") == ("doi:10.1/x", "arxiv:2402.14393")
    assert value(known.paper, "links") == ("page https://example.org",)
    edited = joined(edit(one, {"categories": ("mine",), "links": ()}), two, three)
    assert edited.paper.categories == ("mine",)
    assert edited.paper.links == ()
    assert edited.edited == ("categories", "links")
    spoken = unedit(edited, ["categories", "links"])
    assert spoken.paper.categories == known.paper.categories
    assert spoken.paper.links == known.paper.links
    assert not spoken.edited


def test_an_edit_wins_until_it_is_taken_back() -> None:
    known = edit(record("arxiv", venue="Theirs", published="2023"), {"venue": "", "published": ""})
    later = joined(known, record("doi", venue="Published", published="2024-01"))
    assert (later.paper.venue, later.paper.published) == ("", None)
    assert unedit(later, ["venue"]).paper.venue == "Published", "also what came since the edit"
    assert unedit(later, ["venue"]).edited == ("published",)
    assert unedit(known, FIELDS) == record("arxiv", venue="Theirs", published="2023")


def test_a_paper_that_takes_another_in_keeps_what_it_has() -> None:
    kept = edit(record("bibtex", "Ours", venue="Ours", published="2024"), {"authors": ("Mine M",)})
    other = record("doi", "Theirs", venue="Theirs", published="2024-02", authors=["A B"])
    other = edit(other, {"abstract": "As they had it.", "title": "As they had it"})
    known = take_over(kept, other)
    assert single(known) == {
        "title": "Ours",
        "authors": ("Mine M",),
        "published": "2024-02",
        "venue": "Ours",
        "abstract": "As they had it.",
    }
    assert known.edited == ("authors", "abstract")


WORDS = st.sampled_from(["Pooling", "Pooling…", "Pooling by Trees", "Trees", ""])
RECORDS = st.builds(
    lambda source, title, abstract, authors, published, venue, version: Sourced(
        Paper(
            title=title,
            abstract=abstract,
            authors=authors,
            published=published,
            venue=venue,
            version=version,
            source=source,
        )
    ),
    source=st.sampled_from([*(names[0] for names in RANKED[1:]), "feed"]),
    title=WORDS.filter(bool),
    abstract=WORDS,
    authors=st.lists(st.sampled_from(["Ana Díaz", "Díaz, Ana", "Bo Li"]), max_size=2).map(tuple),
    published=st.none() | st.sampled_from(["2023", "2024", "2024-03", "2024-03-07", "2024-04"]),
    venue=WORDS,
    version=st.integers(0, 3),
)
EDITS: st.SearchStrategy[dict[Field, Value]] = st.fixed_dictionaries(
    {},
    optional={
        "title": WORDS.filter(bool),
        "abstract": WORDS,
        "authors": st.just(("Mine M",)),
        "published": st.sampled_from(["", "2022"]),
        "venue": WORDS,
    },
)
ONE_A_RANK = st.lists(RECORDS, min_size=1, unique_by=lambda one: one.paper.source)


@given(ONE_A_RANK.flatmap(lambda records: st.tuples(st.just(records), st.permutations(records))))
def test_the_order_in_which_records_come_changes_no_value(
    orders: tuple[list[Sourced], list[Sourced]],
) -> None:
    one, other = (joined(*order) for order in orders)
    assert single(one) == single(other)
    assert whose(one) == whose(other)


@given(st.lists(RECORDS, min_size=1, max_size=6), EDITS)
def test_what_is_settled_is_settled(records: list[Sourced], edits: dict[Field, Value]) -> None:
    known = joined(*records)
    assert settled(known) == known
    assert settled(edit(known, edits)) == edit(known, edits)


@given(st.lists(RECORDS, min_size=1, max_size=6))
def test_the_same_records_again_change_no_value(records: list[Sourced]) -> None:
    known = joined(*records)
    assert joined(known, *records).paper == known.paper


@given(RECORDS, EDITS, st.lists(RECORDS, max_size=4))
def test_an_edit_survives_any_record_and_sources_speak_again_as_if_it_had_never_been(
    first: Sourced, edits: dict[Field, Value], records: list[Sourced]
) -> None:
    edited = joined(edit(first, edits), *records)
    for name, own in edits.items():
        assert value(edited.paper, name) == own
        assert edited.source(name) == READER
    assert single(unedit(edited, FIELDS)) == single(joined(first, *records))


@given(st.lists(RECORDS, min_size=1, max_size=5))
def test_what_is_shown_is_what_one_of_the_records_says(records: list[Sourced]) -> None:
    known = joined(*records)
    for name in SINGLE:
        said = [one for one in records if value(one.paper, name)]
        shown = value(known.paper, name)
        assert shown in [value(one.paper, name) for one in said] if said else not shown


@pytest.mark.parametrize("name", SINGLE)
def test_a_field_that_no_source_speaks_of_is_empty_again_without_an_edit(name: Field) -> None:
    mine: Value = ("Mine M",) if name == "authors" else "2024" if name == "published" else "Mine"
    first = record("arxiv")
    assert unedit(edit(first, {name: mine}), [name]) == first
