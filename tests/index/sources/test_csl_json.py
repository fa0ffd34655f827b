from __future__ import annotations

import json
from typing import Any

import pytest

from index.identifiers import Identifier
from index.paper import Link, Paper
from index.sources import csl_json
from index.views import Reject
from tests.index.sources.samples import read, records, rejects


def paper(**fields: Any) -> Paper:
    text = json.dumps([{"id": "x", "type": "article-journal", "title": "A Title"} | fields])
    items = read(text, "csl_json")
    assert rejects(items) == []
    return records(items)[0].paper


def test_every_field_is_read() -> None:
    found = paper(
        title="Nets for <i>Felis catus</i> &amp; H<sub>2</sub>O",
        author=[
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"family": "Davis", "given": "Sammy", "suffix": "Jr."},
            {"literal": "The Cat Team"},
        ],
        issued={"date-parts": [[2024, 3, 7]]},
        DOI="10.1234/ABC",
        URL="https://example.org/x",
        number="arXiv:2402.14393v2",
        abstract="<jats:title>Abstract</jats:title><jats:p>We go.</jats:p><jats:p>End.</jats:p>",
        keyword="cats, dogs",
        **{"container-title": "Journal of Cats"},
    )
    assert found == Paper(
        title="Nets for Felis catus & H2O",
        abstract="We go.\n\nEnd.",
        authors=("Jan van der Berg", "Sammy Davis Jr.", "The Cat Team"),
        published="2024-03-07",
        venue="Journal of Cats",
        categories=("cats", "dogs"),
        identifiers=(Identifier("doi", "10.1234/abc"), Identifier("arxiv", "2402.14393")),
        version=2,
        links=(Link(kind="page", url="https://example.org/x"),),
        source="csl_json",
    )


@pytest.mark.parametrize(
    ("issued", "published"),
    [
        ({"date-parts": [["2024", "3"]]}, "2024-03"),
        ({"date-parts": [[2024], [2025]]}, "2024"),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({"raw": "2024-03-07"}, "2024-03-07"),
        ({"literal": "March 2024"}, "2024-03"),
        ("2024/3/7", "2024-03-07"),
        ({"season": 1}, None),
        (None, None),
    ],
)
def test_dates(issued: object, published: str | None) -> None:
    assert paper(issued=issued).published == published


def test_crossref_gives_lists_of_one() -> None:
    found = paper(title=["A Title"], **{"container-title": ["Cats", "J. Cats"]})
    assert (found.title, found.venue) == ("A Title", "Cats")


def test_arxiv_is_no_venue() -> None:
    assert paper(**{"container-title": "arXiv.org"}).venue == ""


FORMS = {
    "an array in lines": "[\n%s,\n%s,\n%s\n]\n",
    "an array in one line": "[%s,%s,%s]",
    "items of an object": '{"total": 3, "items": [%s,\n%s,\n%s], "more": [{"a": 1}]}',
    "an object a line": "%s\n%s\n%s\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_arrays_and_rows_of_objects_are_read(form: str) -> None:
    text = FORMS[form] % tuple(
        json.dumps({"type": "article", "title": f'{{"{n}\\" ]}}', "author": [{"family": "{"}]})
        for n in range(3)
    )
    assert csl_json.recognise(text)
    items = read(text)
    assert rejects(items) == []
    assert [record.paper.title for record in records(items)] == [f'{{"{n}\\" ]}}' for n in range(3)]


BROKEN = {
    "unclosed object": ('{"title": "A", "author": [{"family": "B"}', "not JSON: the object is not"),
    "unclosed string": ('{"title": "A}', "not JSON"),
    "a stray comma": ('{"title": "A",}', "not JSON"),
    "there twice": ('{"title": "A", "title": "B"}', "title: there twice"),
    "no title": ('{"type": "article"}', "the title is missing"),
    "a wrong type": ('{"title": {"main": "A"}}', "title: not a text"),
    "names as text": ('{"title": "A", "author": "Ada Byron"}', "author: not a list of names"),
    "nested deeply": ('{"title": ' + '{"a":' * 10_000 + "1" + "}" * 10_001, "nested too deeply"),
    "50 MB": ('{"title": "' + "a" * (50 << 20) + '"}', "the object is longer than 4 MB"),
    "no beginning": ('"type": "article",\n"title": "A"}', "not JSON: this is in no object"),
    "a stray quote": ('"\n', "not JSON: this is in no object"),
    "a bare word": ("... and 17 more", "not JSON: this is in no object"),
    "escaped to the end": ('{"title": "' + "\\\\" * (3 << 20) + '"}', "the object is longer"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_object_costs_only_itself(kind: str) -> None:
    text, why = BROKEN[kind]
    items = read(f'[\n{{"title": "One"}},\n{text},\n{{"title": "Two"}}\n]', "csl_json")
    assert [record.paper.title for record in records(items)] == ["One", "Two"]
    ((line, reason),) = rejects(items)
    assert line == 3
    assert reason.startswith(why)


def test_a_stray_quote_in_an_array_of_one_line_costs_nothing_else() -> None:
    items = read('[{"title": "One"}, "{"title": "Two"}, "{"title": "Three"}]', "csl_json")
    assert [record.paper.title for record in records(items)] == ["One", "Two", "Three"]
    assert rejects(items) == [(1, "not JSON: this is in no object")] * 2


def test_what_is_in_no_object_is_given_as_it_came() -> None:
    stray = '"title": "A",\n "author": []\n}'
    items = read(f'[\n {{"title": "One"}},\n\n {stray},\n {{"title": "Two"}}\n]', "csl_json")
    (reject,) = (item for item in items if isinstance(item, Reject))
    assert (reject.line, reject.raw) == (4, stray)
    long = "x" * (5 << 20)
    items = read(f'[{{"title": "One"}}, {long}, {{"title": "Two"}}]', "csl_json")
    assert len(records(items)) == 2
    assert rejects(items) == [(1, "not JSON: this is in no object")]
