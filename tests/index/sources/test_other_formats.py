"""RIS, arXiv's metadata, BEIR, the ACL Anthology, and the HTML of a Hugging Face Papers page."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from index.identifiers import Identifier
from index.paper import Link, Paper
from index.sources import FORMATS
from index.sources.lines import CHUNK
from tests.index.sources.samples import read, records, rejects


def paper(text: str, form: str) -> Paper:
    items = read(text, form)
    assert rejects(items) == []
    (record,) = records(items)
    return record.paper


def test_ris() -> None:
    text = (
        "TY  - JOUR\nTI  - <i>Nets</i> &amp; Cats\nAU  - van der Berg, Jan\n"
        "AU  - Davis, Sammy, Jr.\n"
        "AU  - The Cat Team\nPY  - 2024\nDA  - 2024/03/07/\nJO  - Journal of Cats\n"
        "AB  - We attend\nto cats.\nDO  - 10.1234/ABC\nUR  - https://example.org/x\n"
        "L1  - https://example.org/x.pdf\nKW  - cats\nKW  - dogs\nN1  - arXiv: 2402.14393v2\n"
        "ZZ  - ?\n"
        "ER  - \n"
    )
    assert paper(text, "ris") == Paper(
        title="Nets & Cats",
        abstract="We attend to cats.",
        authors=("Jan van der Berg", "Sammy Davis Jr.", "The Cat Team"),
        published="2024-03-07",
        venue="Journal of Cats",
        categories=("cats", "dogs"),
        identifiers=(Identifier("doi", "10.1234/abc"), Identifier("arxiv", "2402.14393")),
        version=2,
        links=(
            Link(kind="page", url="https://example.org/x"),
            Link(kind="pdf", url="https://example.org/x.pdf"),
        ),
        source="ris",
    )


def test_older_ris() -> None:
    text = (
        "TY  - CONF\nT1  - Nets\nA1  - Li, Bo\nY1  - 1999///\nN2  - Short.\nT2  - Cats '99\nER  -"
    )
    found = paper(text, "ris")
    assert (found.title, found.authors, found.published) == ("Nets", ("Bo Li",), "1999")
    assert (found.abstract, found.venue) == ("Short.", "Cats '99")


def test_ris_with_a_header_as_jstor_has_it() -> None:
    text = "Provider: JSTOR http://www.jstor.org\nContent: text/plain\n\n\nTY  - JOUR\nTI  - Nets\n"
    assert next(one for one in FORMATS if one.recognise(text)).name == "ris"
    assert paper(text, "ris").title == "Nets"


def test_ris_with_one_blank_before_its_dashes() -> None:
    text = "TY - JOUR\nTI - Nets\nAU - Li, Bo\nER - \n"
    assert next(one for one in FORMATS if one.recognise(text)).name == "ris"
    assert paper(text, "ris").authors == ("Bo Li",)
    strict = "TY  - JOUR\nTI  - Nets\nAB  - Of the\nUK - based nets.\nER  - \n"
    assert paper(strict, "ris").abstract == "Of the UK - based nets."


def test_paragraphs_of_ris_stay_and_keywords_may_be_a_line_each() -> None:
    text = "TY  - JOUR\nTI  - Nets\n for Cats\nAB  - One\nline.\n \n\nTwo.\nKW  - cats\ndogs\nER  -"
    found = paper(text, "ris")
    assert (found.title, found.abstract) == ("Nets for Cats", "One line.\n\nTwo.")
    assert found.categories == ("cats", "dogs")


def test_a_record_of_ris_may_have_very_many_lines() -> None:
    text = "TY  - JOUR\nTI  - Nets\nAB  - " + "a\n" * 1_900_000 + "ER  - \n"
    assert rejects(read(text, "ris")) == [(1, "abstract: too long (at most 100,000)")]


def test_a_record_of_ris_without_its_beginning_is_told_once() -> None:
    headless = "AU  - Li, Bo\nTI  - Lost\nER  - \n"
    whole = "TY  - JOUR\nTI  - Nets\nER  - \n\n"
    items = read(whole + headless + headless + whole, "ris")
    assert [record.line for record in records(items)] == [1, 11]
    why = "no TY before it, which begins a record"
    assert rejects(items) == [(5, why), (8, why)]


def test_a_line_of_50_mb_costs_its_record_of_ris_and_no_other() -> None:
    whole = "TY  - JOUR\nTI  - Nets\nER  - \n"
    broken = f"TY  - JOUR\nTI  - Lost\nAB  - {'a' * (50 << 20)}\nKW  - cats\nER  - \n"
    items = read(whole + broken + whole, "ris")
    assert [record.line for record in records(items)] == [1, 9]
    assert rejects(items) == [(4, "the record is longer than 4 MB")]


DUMP: dict[str, Any] = {
    "id": "2402.14393",
    "submitter": "Jan",
    "authors": "Jan van der Berg and Ada Byron",
    "title": "Nets\n  for Cats",
    "comments": "12 pages",
    "journal-ref": "J. Cats 3 (2024)",
    "doi": "10.1234/ABC 10.1234/DEF",
    "categories": "cs.CL cs.LG",
    "abstract": "  We attend\nto cats.\n  And stop.\n",
    "versions": [
        {"version": "v1", "created": "Thu, 7 Mar 2024 19:18:42 GMT"},
        {"version": "v2", "created": "Fri, 8 Mar 2024 19:18:42 GMT"},
    ],
    "update_date": "2024-03-09",
    "authors_parsed": [["van der Berg", "Jan", ""], ["Byron", "Ada", "Jr.", "Cambridge"]],
}


def test_arxiv_dump() -> None:
    assert paper(json.dumps(DUMP), "arxiv_dump") == Paper(
        title="Nets for Cats",
        abstract="We attend to cats.\n  And stop.",
        authors=("Jan van der Berg", "Ada Byron Jr."),
        published="2024-03-07",
        venue="J. Cats 3 (2024)",
        categories=("cs.CL", "cs.LG"),
        identifiers=(
            Identifier("arxiv", "2402.14393"),
            Identifier("doi", "10.1234/abc"),
            Identifier("doi", "10.1234/def"),
        ),
        version=2,
        source="arxiv_dump",
    )


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ({"versions": []}, "2024-03-09"),
        ({"versions": [{"created": "Thu, 7 Foo 2024"}]}, "2024"),
        ({"versions": [{}], "update_date": None}, None),
    ],
)
def test_dates_of_the_arxiv_dump(fields: dict[str, Any], published: str | None) -> None:
    assert paper(json.dumps(DUMP | fields), "arxiv_dump").published == published


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"authors_parsed": [["Berg"]]}, "authors_parsed: not a list of names in parts"),
        ({"authors_parsed": "Berg"}, "authors_parsed: not a list of names in parts"),
        ({"versions": "v1"}, "versions: not a list"),
        ({"title": ""}, "the title is missing"),
        ({"doi": 7}, "doi: not a text"),
    ],
)
def test_bad_records_of_the_arxiv_dump(fields: dict[str, Any], why: str) -> None:
    items = read("\n".join(map(json.dumps, [DUMP, DUMP | fields, DUMP])))
    assert len(records(items)) == 2
    assert rejects(items) == [(2, why)]


def test_beir() -> None:
    fields = {
        "_id": "10.1234/ABC",
        "title": "Nets",
        "text": "We attend.",
        "metadata": {"year": 2024},
    }
    found = paper(json.dumps(fields), "beir")
    assert (found.title, found.abstract, found.published) == ("Nets", "We attend.", "2024")
    assert found.identifiers == (Identifier("doi", "10.1234/abc"),)


ANTHOLOGY = """<?xml version='1.0' encoding='UTF-8'?>
<!-- <paper id="0"><title>Hidden?</title></paper> -->
<collection id="%s">
  <volume id="%s" ingest-date="2024-05-12" type="proceedings">
    <meta><booktitle>Proceedings of <fixed-case>C</fixed-case>ats</booktitle>
      <month>July</month><year>2024</year></meta>
    <frontmatter><url>2024.cats-long.0</url></frontmatter>
    <paper id="7">
      <title><fixed-case>BERT</fixed-case> &amp; <tex-math>O(n^2)</tex-math> <i>Nets</i></title>
      <author><first>Jan</first><last>van der Berg</last></author>
      <author><last>Plato</last></author>
      <editor><first>No</first><last>Author</last></editor>
      <abstract>We attend to <b>cats</b>.</abstract>
      %s
      <doi>10.1234/ABC</doi>
    </paper>
  </volume>
</collection>
"""


def test_acl_xml() -> None:
    url = '<url hash="1">2024.cats-long.7</url>'
    text = ANTHOLOGY.replace("<!-- <paper", "<!-- <pap") % ("2024.cats", "long", url)
    assert paper(text, "acl_xml") == Paper(
        title="BERT & $O(n^2)$ Nets",
        abstract="We attend to cats.",
        authors=("Jan van der Berg", "Plato"),
        published="2024-07",
        venue="Proceedings of Cats",
        identifiers=(Identifier("acl", "2024.cats-long.7"), Identifier("doi", "10.1234/abc")),
        source="acl_xml",
    )


def test_what_is_in_a_comment_is_no_paper() -> None:
    text = ANTHOLOGY % ("2024.cats", "long", "")
    assert paper(text, "acl_xml").title == "BERT & $O(n^2)$ Nets"


@pytest.mark.parametrize(
    ("collection", "volume", "value"),
    [
        ("P19", "1", "P19-1007"),
        ("W19", "12", "W19-1207"),
        ("2024.cats", "long", "2024.cats-long.7"),
    ],
)
def test_ids_of_the_anthology_are_made_where_none_is_said(
    collection: str, volume: str, value: str
) -> None:
    found = paper(ANTHOLOGY % (collection, volume, ""), "acl_xml")
    assert found.identifiers[0] == Identifier("acl", value)


LOL = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
BROKEN = {
    "unclosed paper": ("<paper id='1'><title>Never</title>", "not XML"),
    "unclosed meta": ("<meta><year>2024", "not XML"),
    "unclosed title": ("<paper id='1'><title>Never</paper>", "not XML: mismatched tag"),
    "no beginning": ("papr id='1'>\n<title>Never</title></paper>", "not XML: the end of a paper"),
    "another name": ("<papers id='1'><title>Never</title></paper >", "not XML: the end of a paper"),
    "a bomb": ("<paper id='1'><title>&lol9;</title></paper>", "not XML: undefined entity"),
    "a declaration": ("<paper id='1'><!DOCTYPE a []><title>A</title></paper>", "not XML"),
    "no title": ("<paper id='1'><abstract>A</abstract></paper>", "the title is missing"),
    "nested deeply": (
        "<paper id='1'><title>" + "<i>" * 10_000 + "</i>" * 10_000 + "</title></paper>",
        "nested too deeply",
    ),
    "50 MB": (
        "<paper id='1'><title>" + "a" * (50 << 20) + "</title></paper>",
        "the paper is longer than 4 MB",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_paper_of_the_anthology_costs_only_itself(kind: str) -> None:
    text, why = BROKEN[kind]
    items = read(
        f"<?xml version='1.0'?><!DOCTYPE collection [<!ENTITY lol0 'lol'>{LOL}]>\n"
        "<collection id='2024.cats'><volume id='1'>\n<paper id='0'><title>One</title></paper>\n"
        f"{text}\n<paper id='2'><title>Two</title></paper>\n</volume></collection>"
    )
    assert [record.paper.title for record in records(items)] == ["One", "Two"]
    ((line, reason),) = rejects(items)
    assert line == 4
    assert reason.startswith(why)


def test_a_comment_of_the_anthology_that_is_not_closed_is_told() -> None:
    paper_ = "<paper id='{0}'><title>Nets {0}</title></paper>"
    items = read(
        f"<collection id='2024.cats'>\n{paper_.format(0)}\n<!--\n{paper_.format(1)}\n-->\n"
        f"{paper_.format(2)}\n<!-- {paper_.format(3)}\n</collection>",
        "acl_xml",
    )
    assert [record.paper.title for record in records(items)] == ["Nets 0", "Nets 2"]
    assert rejects(items) == [(7, "not XML: the comment is not closed")]


def page(props: object, before: str = "") -> str:
    carried = escape(props if isinstance(props, str) else json.dumps(props))
    return (
        f"<!doctype html>\n<html><head><title>Daily Papers</title></head><body>{before}\n"
        f'<div class="SVELTE" data-target="DailyPapers" data-props="{carried}"><h3>x</h3></div>'
    )


def test_a_paper_of_a_page_without_its_title_is_told() -> None:
    listed = [
        {"paper": {"title": "Nets", "summary": "S"}},
        {"papr": {"title": "Cats", "summary": "S"}},
        {"paper": {"titel": "Dogs", "summary": "S"}},
    ]
    items = read(page({"dailyPapers": listed}), "hf_page_html")
    assert [record.paper.title for record in records(items)] == ["Nets"]
    assert rejects(items) == [(3, "the title is missing")] * 2


def test_hf_page_html(shared: Path) -> None:
    daily = json.loads((shared / "services" / "hf-daily-papers.json").read_text(encoding="utf-8"))
    items = read(page({"dailyPapers": daily, "date": "2026-07-31"}))
    assert rejects(items) == []
    found = [record.paper for record in records(items)]
    assert [one.title for one in found] == [" ".join(one["title"].split()) for one in daily]
    assert all(one.authors and one.abstract and one.published and one.identifiers for one in found)
    assert found[0].links[0] == Link(kind="code", url=daily[0]["paper"]["githubRepo"])
    assert found[0].upvotes == daily[0]["paper"]["upvotes"]


def test_the_page_of_one_paper() -> None:
    found = paper(
        page({"paper": {"id": "2402.14393", "title": "Nets", "summary": "S"}}), "hf_page_html"
    )
    assert (found.title, found.identifiers) == ("Nets", (Identifier("arxiv", "2402.14393"),))


@pytest.mark.parametrize(
    ("props", "why"),
    [
        ('{"dailyPapers": [', "not JSON"),
        ({"paper": {"title": 3}}, "title: not a text"),
        ('{"paper": ' + "[" * 10_000, "nested too deeply"),
    ],
)
def test_a_page_with_broken_json(props: object, why: str) -> None:
    ((line, reason),) = rejects(read(page(props), "hf_page_html"))
    assert (line, reason[: len(why)]) == (3, why)


def test_an_element_of_50_mb_is_left_out() -> None:
    text = page({"paper": {"title": "a" * (50 << 20)}})
    items = read(text + page({"paper": {"title": "Nets", "summary": "S"}}), "hf_page_html")
    assert rejects(items) == [(3, "an element is longer than 4 MB")]
    assert [record.paper.title for record in records(items)] == ["Nets"]


def test_a_page_that_breaks_off_says_so() -> None:
    whole = page({"paper": {"title": "Nets", "summary": "S"}})
    items = read(whole + "\n" + whole[:-40], "hf_page_html")
    assert len(records(items)) == 1
    assert rejects(items) == [(6, "its papers break off")]


def test_the_attribute_may_be_divided_between_two_pieces() -> None:
    text = page({"paper": {"title": "Nets", "summary": "S"}}).replace("\n", "")
    start = text.index(" data-props")
    for cut in range(-2, 16):  # a piece ends so many characters after the beginning of it
        long = text.replace("<body>", "<body>" + "x" * (2 * CHUNK - start - cut))
        items = read(long, "hf_page_html")
        assert [record.paper.title for record in records(items)] == ["Nets"]


@pytest.mark.parametrize("noise", ["<div\n", '<div data-props="', "<!-- ", "<"])
def test_elements_that_are_not_closed_are_read_in_one_go(noise: str) -> None:
    text = page({"paper": {"title": "Nets", "summary": "S"}}) + noise * 700_000
    assert [record.paper.title for record in records(read(text))] == ["Nets"]


@pytest.mark.parametrize("source", FORMATS, ids=lambda source: source.name)
def test_a_web_page_of_anything_else_is_recognised_by_none(source: Any) -> None:
    html = "<!DOCTYPE html>\n<html><head><title>Not found</title></head><body>404</body></html>\n"
    assert not source.recognise(html)
    assert not source.recognise("<?xml version='1.0'?><rss><item><title>x</title></item></rss>")
