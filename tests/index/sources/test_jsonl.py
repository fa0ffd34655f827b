from __future__ import annotations

import gzip
import io
import itertools
import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.identifiers import Identifier
from index.paper import Link, Paper
from index.sources import jsonl, read_source
from tests.index.sources.samples import read, records, rejects


def paper(**fields: Any) -> Paper:
    """The paper that a line with a title and these fields makes."""
    items = read(json.dumps({"title": "A Title"} | fields), "jsonl")
    assert rejects(items) == []
    return records(items)[0].paper


def reason(line: str | dict[str, Any]) -> str:
    """Why a line is rejected; its neighbours come in."""
    text = line if isinstance(line, str) else json.dumps({"title": "A Title"} | line)
    items = read(f'{{"title": "Before"}}\n{text}\n{{"title": "After"}}\n', "jsonl")
    assert [record.paper.title for record in records(items)] == ["Before", "After"]
    ((number, why),) = rejects(items)
    assert number == 2
    return why


def test_every_field_is_read() -> None:
    found = paper(
        title="Attention for Cats",
        abstract="Cats attend.",
        authors=["Ada Byron", "Alan Turing"],
        published="2024-03-07",
        venue="ICLR",
        categories=["cs.CL", "cs.LG"],
        doi="10.1234/ABC",
        arxiv="2402.14393v2",
        url="https://aclanthology.org/2024.cats-1.2",
        pdf="https://a.org/paper.pdf",
        code="https://a.org/code",
        links=["https://github.com/a/b", {"kind": "other", "url": "https://a.org/talk"}],
        upvotes=12,
        source="a feed",
        color="ignored",
    )
    assert found == Paper(
        title="Attention for Cats",
        abstract="Cats attend.",
        authors=("Ada Byron", "Alan Turing"),
        published="2024-03-07",
        venue="ICLR",
        categories=("cs.CL", "cs.LG"),
        identifiers=(
            Identifier("doi", "10.1234/abc"),
            Identifier("arxiv", "2402.14393"),
            Identifier("acl", "2024.cats-1.2"),
        ),
        version=2,
        links=(
            Link(kind="page", url="https://aclanthology.org/2024.cats-1.2"),
            Link(kind="pdf", url="https://a.org/paper.pdf"),
            Link(kind="code", url="https://a.org/code"),
            Link(kind="code", url="https://github.com/a/b"),
            Link(kind="other", url="https://a.org/talk"),
        ),
        upvotes=12,
        source="a feed",
    )


def test_a_title_is_enough_and_null_is_absent() -> None:
    bare = Paper(title="A Title", source="jsonl")
    nothing = dict.fromkeys(
        "abstract authors published date year venue categories doi arxiv arxiv_id acl openreview "
        "identifiers id url pdf code links upvotes version source".split()
    )
    assert paper() == paper(**nothing) == bare
    assert paper(authors=[], doi="", url="", year="", venue="", links=[], upvotes="") == bare


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["Ada Byron", " Alan  Turing ", ""], ("Ada Byron", "Alan Turing")),
        ([{"name": "Ada Byron"}, {"fullname": "A. T.", "id": 1}], ("Ada Byron", "A. T.")),
        ("Ada Byron", ("Ada Byron",)),
        ("Ada Byron and Alan Turing", ("Ada Byron", "Alan Turing")),
        ("Byron, Ada and Turing, Alan", ("Byron, Ada", "Turing, Alan")),
        ("Byron, Ada; Turing, Alan", ("Byron, Ada", "Turing, Alan")),
        ("Ada Byron, Alan Turing, and Kurt Gödel", ("Ada Byron", "Alan Turing", "Kurt Gödel")),
        ("Ferdinand Brandt", ("Ferdinand Brandt",)),
        ("", ()),
    ],
)  # fmt: skip
def test_authors(given: object, names: tuple[str, ...]) -> None:
    assert paper(authors=given).authors == names


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ({"year": 2024}, "2024"),
        ({"year": "2024"}, "2024"),
        ({"year": 2024.0}, "2024"),
        ({"published": "2024-03-07T20:00:00.000Z"}, "2024-03-07"),
        ({"date": "2024/3/7"}, "2024-03-07"),
        ({"date": "2024-03"}, "2024-03"),
        ({"date": "March 2024"}, "2024-03"),
        ({"date": "7.3.2024"}, "2024"),
        ({"date": "2010-2012"}, "2010"),
        ({"date": "2024-02-31"}, "2024-02"),
        ({"date": "2024-13-01"}, "2024"),
        ({"year": 2023, "published": "2024-03-07"}, "2024-03-07"),
        ({"year": "in press"}, None),
        ({"year": 0}, None),
        ({"year": 1709251200}, None),
        ({"year": 10**400}, None),
        ({"year": "٢٠٢٤"}, None),
    ],
)
def test_dates_are_read_where_they_can_be(fields: dict[str, Any], published: str | None) -> None:
    assert paper(**fields).published == published


@pytest.mark.parametrize(
    ("fields", "identifiers"),
    [
        ({"doi": "https://doi.org/10.1234/ABC"}, [("doi", "10.1234/abc")]),
        ({"doi": "doi:10.1234/abc"}, [("doi", "10.1234/abc")]),
        ({"doi": "10.48550/arXiv.2402.14393"}, [("arxiv", "2402.14393")]),
        ({"arxiv_id": "cs/0112017"}, [("arxiv", "cs/0112017")]),
        ({"acl": "W18-0531"}, [("acl", "W18-0531")]),
        ({"openreview": "hv3SklibkL"}, [("openreview", "hv3SklibkL")]),
        ({"id": "2402.14393"}, [("arxiv", "2402.14393")]),
        ({"id": "chevelu-etal-2010"}, []),
        ({"id": 17}, []),
        ({"url": "https://arxiv.org/abs/2402.14393v3"}, [("arxiv", "2402.14393")]),
        ({"arxiv": "2402.14393", "id": "2402.14393v1"}, [("arxiv", "2402.14393")]),
        ({"identifiers": {"doi": "10.1234/abc", "pubmed": "1"}}, [("doi", "10.1234/abc")]),
        ({"identifiers": [["arxiv", "2402.14393"], ["s2", "x"]]}, [("arxiv", "2402.14393")]),
        ({"doi": "n/a", "arxiv": "none", "acl": "?", "openreview": "-"}, []),
        ({"doi": "10.1234/a\x1b]0;x\x07\u202eb\ud800"}, [("doi", "10.1234/a]0;xb")]),
    ],
)  # fmt: skip
def test_identifiers_are_taken_where_they_are_recognised(
    fields: dict[str, Any], identifiers: list[tuple[str, str]]
) -> None:
    assert [tuple(found) for found in paper(**fields).identifiers] == identifiers


def test_the_version_is_that_of_the_preprint() -> None:
    assert paper(url="https://arxiv.org/abs/2402.14393v3").version == 3
    assert paper(arxiv="2402.14393v2", url="https://arxiv.org/abs/2402.14393v3").version == 3
    assert paper(arxiv="2402.14393", version=4).version == 4
    assert paper(doi="10.1234/2402.14393v2").version == 0


@pytest.mark.parametrize(
    ("fields", "links"),
    [
        ({"url": "https://a.org/x"}, [("page", "https://a.org/x")]),
        ({"url": "https://a.org/x.pdf"}, [("pdf", "https://a.org/x.pdf")]),
        ({"url": ["https://a.org", "https://b.org"]}, [("page", "https://a.org"), ("page", "https://b.org")]),
        ({"links": [{"url": "https://github.com/a/b"}]}, [("code", "https://github.com/a/b")]),
        ({"links": [{"kind": "blog", "url": "https://a.org"}]}, [("other", "https://a.org")]),
        ({"url": "https://a.org", "links": [{"kind": "other", "url": "https://a.org"}]}, [("page", "https://a.org")]),
        ({"abstract": "See https://a.org.", "code": "https://a.org"}, [("code", "https://a.org")]),
        ({"url": "javascript:alert(1)", "pdf": "ftp://a.org/b", "code": "on request"}, []),
        ({"url": "https://" + "a" * 3000}, []),
    ],
)  # fmt: skip
def test_links_are_kept_each_once_if_they_lead_to_the_web(
    fields: dict[str, Any], links: list[tuple[str, str]]
) -> None:
    assert [(link.kind, link.url) for link in paper(**fields).links] == links


def test_categories_may_be_one_text() -> None:
    assert paper(categories="cs.CL cs.LG,stat.ML").categories == ("cs.CL", "cs.LG", "stat.ML")


@pytest.mark.parametrize(("given", "upvotes"), [(3, 3), ("3", 3), (3.0, 3), ("3.0", 3), (0, 0)])
def test_upvotes_may_be_written_as_text(given: object, upvotes: int) -> None:
    assert paper(upvotes=given).upvotes == upvotes


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"abstract": "An abstract."}', "the title is missing"),
        ({"title": None}, "the title is missing"),
        ({"title": " \x07 "}, "the title is missing"),
        ({"title": ["A Title"]}, "title: not a text"),
        ({"title": 3}, "title: not a text"),
        ({"title": "a" * 2001}, "title: too long (at most 2,000)"),
        ({"abstract": {"text": "An abstract."}}, "abstract: not a text"),
        ({"authors": 3}, "authors: not a list of names"),
        ({"authors": [["Ada", "Byron"]]}, "authors: not a list of names"),
        ({"authors": [{"given": "Ada"}]}, "authors: not a list of names"),
        ({"authors": {"name": "Ada"}}, "authors: not a list of names"),
        ({"year": [2024]}, "year: not a date"),
        ({"year": True}, "year: not a date"),
        ({"venue": 7}, "venue: not a text"),
        ({"categories": {"cs": "CL"}}, "categories: not a text or a list of texts"),
        ({"categories": [1]}, "categories: not a text or a list of texts"),
        ({"arxiv": 1706.0376}, "arxiv: not a text or a list of texts"),
        ({"identifiers": "10.1234/abc"}, "identifiers: not an object of schemes and values"),
        ({"identifiers": {"doi": 3}}, "identifiers: not an object of schemes and values"),
        ({"identifiers": [["doi"]]}, "identifiers: not an object of schemes and values"),
        ({"links": "https://a.org"}, "links: not a list of addresses"),
        ({"links": [{"href": "https://a.org"}]}, "links: not a list of addresses"),
        ({"links": [3]}, "links: not a list of addresses"),
        ({"url": 3}, "url: not a text or a list of texts"),
        ({"upvotes": "many"}, "upvotes: not a whole number"),
        ({"upvotes": 2.5}, "upvotes: not a whole number"),
        ({"upvotes": True}, "upvotes: not a whole number"),
        ({"upvotes": 10**30}, "upvotes: not a whole number"),
        ('{"title": "A", "upvotes": 1' + "0" * 5000 + "}", "upvotes: not a whole number"),
        ({"upvotes": -1}, "upvotes: input should be greater than or equal to 0"),
        ('{"title": "A", "year": NaN}', "not JSON: NaN"),
        ('{"title": "A", "year": -Infinity}', "not JSON: -Infinity"),
        ('{"title": "A", "title": "B"}', "title: there twice"),
        ('{"title": "A", "x": {"\\u001b[2Ja": 1, "\\u001b[2Ja": 2}}', "[2Ja: there twice"),
        ('{"title": "A", "extra": ' + "[" * 10_000, "nested too deeply"),
        ("[" * 100_000, "nested too deeply"),
        ('{"title": "A"', "not JSON: expecting ',' delimiter at character 14"),
        ('{"title": "A"},', "not JSON: extra data at character 15"),
        ('["A Title"]', "not a JSON object"),
        ("3", "not a JSON object"),
        ("some text", "not JSON: expecting value at character 1"),
    ],
)  # fmt: skip
def test_a_bad_line_is_rejected_with_its_reason_and_the_rest_comes_in(
    line: str | dict[str, Any], why: str
) -> None:
    assert reason(line) == why


def test_huge_numbers_that_are_not_ours_do_no_harm() -> None:
    items = read(f'{{"title": "A Title", "checksum": {"9" * 10_000}}}')
    assert len(records(items)) == 1


MANY = 1_000_000


@pytest.mark.parametrize(
    "line",
    [
        json.dumps({"title": "A", "authors": "a " + " " * MANY + "b"}),
        json.dumps({"title": "A", "authors": ["a"] * (MANY // 2)}),
        json.dumps({"title": "A", "abstract": "https://a.org/" + ")" * 90_000}),
        json.dumps({"title": "A", "abstract": "www." * 24_000}),
        json.dumps({"title": "A", "abstract": "a-" * 49_000}),
        json.dumps({"title": "A", "year": "1" * MANY, "upvotes": " " * MANY}),
        json.dumps({"title": "A", "doi": "10.1234/" + " " * MANY, "categories": ", " * MANY}),
        "{" + ",".join(f'"{number}": 1' for number in range(300_000)) + ', "299999": 2}',
        "[" * MANY,
        '"' * MANY,
    ],
    ids="blanks names brackets www hyphens digits identifiers keys depth quotes".split(),
)
def test_long_runs_of_anything_are_read_in_one_go(line: str) -> None:
    items = read(f'{line}\n{{"title": "After"}}\n', "jsonl")
    assert len(items) == 2
    assert records(items)[-1].paper.title == "After"


def test_half_a_surrogate_pair_does_no_harm() -> None:
    items = read(r'{"title": "A \ud800Title", "authors": ["\udc00"]}')
    assert records(items)[0].paper.title == "A Title"


@pytest.mark.parametrize(
    ("text", "recognised"),
    [
        ('{"title": "A"}', True),
        ('\n\n  {"title": "A"}\n', True),
        ('{ "title": "A"}\n{}\n', True),
        ('not one\n{"title": "A"}\n{"title": "B"}\n', True),
        ('{"title": "' + "a" * 70_000, True),
        ('{\n  "title": "A"\n}\n', False),
        ('[\n{"title": "A"}\n]', True),
        ("@article{a,\n  title = {A}\n}", False),
        ("A Title\nAn abstract.\n", False),
    ],
)
def test_lines_of_objects_are_recognised(text: str, recognised: bool) -> None:
    assert jsonl.recognise(text) == recognised


_LINES = st.text(max_size=40)
_PAPERS = st.builds(
    Paper,
    title=st.text(max_size=79).map(lambda text: f"t{text}"),
    abstract=st.text(max_size=200).filter(lambda text: "/" not in text and "." not in text),
    authors=st.lists(_LINES, max_size=4),
    published=st.sampled_from(["2024", "2024-03", None])
    | st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str),
    venue=_LINES,
    categories=st.lists(_LINES, max_size=3),
    identifiers=st.lists(
        st.sampled_from(
            [
                Identifier("doi", "10.1234/abc"),
                Identifier("arxiv", "cs/0112017"),
                Identifier("acl", "W18-0531"),
                Identifier("openreview", "hv3SklibkL"),
            ]
        ),
        unique=True,
    ),
    version=st.integers(0, 99),
    links=st.lists(
        st.builds(
            Link,
            kind=st.sampled_from(["page", "pdf", "code", "other"]),
            url=st.sampled_from(
                ["https://a.org/b", "https://b.org/c.pdf", "https://github.com/a/b"]
            ),
        ),
        unique_by=lambda link: link.url,
    ),
    upvotes=st.none() | st.integers(0, 10**12 - 1),
    source=_LINES.map(lambda text: f"s{text}"),
)


@settings(max_examples=200, deadline=None)
@given(papers=st.lists(_PAPERS, min_size=1, max_size=3))
def test_what_is_written_as_json_lines_is_read_back(papers: list[Paper]) -> None:
    text = "".join(f"{paper.model_dump_json()}\n" for paper in papers)
    items = read(text, "jsonl")
    assert [record.paper for record in records(items)] == papers
    assert [record.line for record in records(items)] == list(range(1, len(papers) + 1))


def test_a_real_collection_is_read_whole(shared: Path) -> None:
    with gzip.open(shared / "papers" / "acl-20k.jsonl.gz") as stream:
        items = list(read_source(None, stdin=io.BytesIO(stream.read())))
    papers = [record.paper for record in records(items)]
    assert len(papers) == len(items) == 20_000
    assert all(paper.published and paper.abstract for paper in papers)
    schemes = Counter(found.scheme for paper in papers for found in paper.identifiers)
    assert schemes["acl"] > 17_000
    assert schemes["doi"] > 10_000


LIST = [{"title": "One", "year": 2024, "doi": "10.1234/a"}, {"title": "Two [{", "authors": ["A B"]}]
WRAPPED: dict[str, object] = {
    "an array": LIST,
    "items": {"items": LIST},
    "references": {"name": "thesis", "references": LIST},
    "data": {
        "total": 2,
        "data": LIST,
        "next": 2,
        "meta": {"papers": 2, "authors": [{"name": "x"}]},
    },
    "results": {"meta": {"count": 2, "by": [{"key": "x"}]}, "results": LIST, "group_by": []},
    "two lists": {"items": LIST[:1], "total": 2, "papers": LIST[1:]},
    "deeper": {"status": "ok", "message": {"facets": {}, "items": LIST}},
}


@pytest.mark.parametrize("indent", [None, 0, 2])
@pytest.mark.parametrize("form", WRAPPED)
def test_a_list_of_papers_is_read(form: str, indent: int | None) -> None:
    text = json.dumps(WRAPPED[form], indent=indent)
    assert jsonl.recognise(text)
    items = read(text)
    assert rejects(items) == []
    assert [record.paper.title for record in records(items)] == ["One", "Two [{"]
    assert records(items)[0].paper.published == "2024"
    assert [json.loads(record.raw) for record in records(items)] == LIST
    assert len(records(read(f"{text}\n{text}"))) == 4
    assert len(records(read("\n".join(record.raw for record in records(items)), "jsonl"))) == 2


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("many", [1, 3])
def test_a_paper_with_a_list_of_references_is_a_paper(many: int, indent: int | None) -> None:
    whole = {"id": "x", "references": [{"title": "Another"}], "title": "One"}
    for text in (
        json.dumps([whole] * many, indent=indent),
        "\n".join([json.dumps(whole)] * many),
        json.dumps({"data": [whole] * many}, indent=indent),
    ):
        assert [one.paper.title for one in records(read(text, "jsonl"))] == ["One"] * many


def test_a_paper_without_its_title_makes_no_list_of_those_after_it() -> None:
    items = read('{"references": [{"title": "Another"}]}\n{"title": "One"}\n{"title": "Two"}\n')
    assert [record.paper.title for record in records(items)] == ["One", "Two"]
    assert len(rejects(items)) == 1


@pytest.mark.parametrize("indent", [None, 1])
def test_a_broken_object_of_a_list_costs_only_itself(indent: int | None) -> None:
    text = json.dumps({"items": [LIST[0], {"title": 7}, LIST[1]], "next": None}, indent=indent)
    items = read(text)
    assert len(records(items)) == 2
    assert [reason for _, reason in rejects(items)] == ["title: not a text"]
    items = read(text.replace(": 7}", ": 7,}").replace(": 7\n", ": 7,\n"))
    assert len(records(items)) == 2
    assert [reason[:8] for _, reason in rejects(items)] == ["not JSON"]


def test_a_long_list_is_read_as_it_comes() -> None:
    def text() -> Iterator[bytes]:
        yield b'{"items": [{"title": "One"}'
        while True:
            yield b', {"title": "More"}' * 10_000

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self._text, self._left = text(), b""

        def read(self, size: int = -1) -> bytes:
            self._left = self._left or next(self._text)
            given, self._left = self._left[:size], self._left[size:]
            return given

    found = itertools.islice(read_source(None, stdin=cast(BinaryIO, Endless())), 100_000)
    assert len(records(found)) == 100_000


def test_a_list_of_another_name_is_refused_with_the_names_that_are_read() -> None:
    why = "stuff: a list of papers, which is read where it is called items, references, data, "
    ((line, reason),) = rejects(read(json.dumps({"stuff": LIST})))
    assert (line, reason.startswith(why)) == (1, True), reason
    ((line, reason),) = rejects(read(json.dumps({"stuff": LIST}, indent=1), "jsonl"))
    assert (line, reason.startswith(why)) == (1, True), reason


@pytest.mark.parametrize("text", ['[{"name": "x"}]', "[1, 2]", "[]", '{"items": [1]}\n{', "[[["])
def test_json_without_a_title_is_no_list_of_papers(text: str) -> None:
    assert not jsonl.recognise(text)
