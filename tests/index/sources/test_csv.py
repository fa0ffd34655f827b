from __future__ import annotations

import pytest

from index.identifiers import Identifier
from index.paper import Link, Paper
from index.sources import csv_table
from tests.index.sources.samples import read, records, rejects

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
    '"Abstract Note","Date","Manual Tags"\n'
    '"AB12","journalArticle","2024","van der Berg, Jan; Byron, Ada","Nets &amp; Cats","Cats",'
    '"10.1234/ABC","https://arxiv.org/abs/2402.14393v2","One ""line"",\nand another.","2024-03-07",'
    '"cats; dogs"\n'
)


def papers(text: str) -> list[Paper]:
    items = read(text, "csv")
    assert rejects(items) == []
    return [record.paper for record in records(items)]


def test_a_table_of_zotero_is_read() -> None:
    assert csv_table.recognise(ZOTERO)
    assert papers(ZOTERO) == [
        Paper(
            title="Nets & Cats",
            abstract='One "line",\nand another.',
            authors=("Jan van der Berg", "Ada Byron"),
            published="2024-03-07",
            venue="Cats",
            categories=("cats", "dogs"),
            identifiers=(Identifier("doi", "10.1234/abc"), Identifier("arxiv", "2402.14393")),
            version=2,
            links=(Link(kind="page", url="https://arxiv.org/abs/2402.14393v2"),),
            source="csv",
        )
    ]


def test_a_table_of_scopus_is_read() -> None:
    (found,) = papers(
        "\ufeffAuthors,Author full names,Title,Year,Source title,Link,Author Keywords\n"
        '"Berg J.","Berg, Jan (57200000001); Byron, Ada (7)",Nets,2024,Cats,https://a.org,x; y\n'
    )
    assert found.authors == ("Jan Berg", "Ada Byron")
    assert (found.venue, found.published, found.categories) == ("Cats", "2024", ("x", "y"))


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Curie M., van Dam B.-J.", ("M. Curie", "B.-J. van Dam")),
        ("Smith JA, Doe J, van Dam B.", ("JA Smith", "J Doe", "B. van Dam")),
        ("Brown T.B.; Mann B.", ("T.B. Brown", "B. Mann")),
        ("Bo LI; Wei ZHANG", ("Bo LI", "Wei ZHANG")),
        ("Ada Byron and Alan Turing", ("Ada Byron", "Alan Turing")),
        ("OpenAI", ("OpenAI",)),
        ("X", ("X",)),
    ],
)
def test_authors_with_their_initials_behind(cell: str, authors: tuple[str, ...]) -> None:
    assert papers(f'title,authors\nNets,"{cell}"\n')[0].authors == authors


def test_marks_of_type_in_a_title_are_left_out() -> None:
    text = "<i>Nets</i> in H<sub>2</sub>O where a<b"
    assert papers(f"title,year\n{text},2024\n")[0].title == "Nets in H2O where a<b"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_are_set_apart_by_what_the_header_shows(delimiter: str) -> None:
    text = f"year{delimiter}TITLE{delimiter}colour\n2024{delimiter}Nets{delimiter}red\n"
    assert csv_table.recognise(text)
    (found,) = papers(text)
    assert (found.title, found.published) == ("Nets", "2024")


@pytest.mark.parametrize(
    ("first", "delimiter"),
    [("sep=;", ";"), ("sep=,", ","), ("SEP=\t", "\t"), ('"sep=;"', ";"), ("\ufeffsep=; ", ";")],
)
def test_the_line_by_which_excel_is_told_what_sets_cells_apart(first: str, delimiter: str) -> None:
    cells = ("TITLE", "year", "note"), ("Nets; or, Cats", "2024", "red")
    table = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in cells)
    text = f"{first}\r\n{table}\r\n"
    assert csv_table.recognise(text.removeprefix("\ufeff"))
    items = read(text)
    assert rejects(items) == []
    (record,) = records(items)
    assert (record.paper.title, record.paper.published) == ("Nets; or, Cats", "2024")
    assert record.line == 3
    (again,) = records(read(record.raw))
    assert again.paper == record.paper


def test_cells_may_be_set_apart_by_any_sign_that_excel_is_told() -> None:
    assert papers("sep=|\ntitle|year\nNets, Cats|2024\n")[0].title == "Nets, Cats"


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nname;year\nNets;2024\n",
        "title\nNets\n",
        "name,year\nNets,2024\n",
        "Dear reader, the title of year\n",
        '"title,year\n',
    ],
)
def test_what_has_no_header_is_not_recognised(text: str) -> None:
    assert not csv_table.recognise(text)


def test_a_header_without_a_title_is_told() -> None:
    assert rejects(read("name,year\nNets,2024\n", "csv")) == [
        (1, "no column of the header is a title")
    ]


def test_rows_may_be_short_long_or_empty_and_the_header_may_come_again() -> None:
    text = "title,year\nOne\n\n,\ntitle,year\nTwo,2024,more\n"
    assert [(one.title, one.published) for one in papers(text)] == [("One", None), ("Two", "2024")]


@pytest.mark.parametrize("cell", ["=1+1", "'=x", "''-1", "+a", "@b", "'plain'"])
def test_a_cell_of_our_own_loses_the_guard_against_spreadsheets(cell: str) -> None:
    from index.exports.table import guarded

    header = "key,title,published,openreview,status,starred,lists,added"
    assert papers(f"{header}\nk,{guarded(cell)}\n")[0].title == cell
    assert papers("key,title,year\nk,'=x\n")[0].title == "'=x"


BROKEN = {
    "unclosed quote": ('x,"never', "a quotation mark is not closed"),
    "a quote within": ('5" disks,2024', "a quotation mark is not closed"),
    "no title": (",2024", "the title is missing"),
    "a huge cell": ("a" * 200_000 + ",2024", "not CSV: a cell is longer than 128 KB"),
    "50 MB": ("a" * (50 << 20) + ",2024", "the line is longer than 4 MB"),
    "a million lines in quotes": (
        '"' + "\n" * (1 << 20) + ",2024",
        "a quotation mark is not closed",
    ),
    "a bad number": ("Nets,2024,many", "upvotes: not a whole number"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_row_costs_only_itself(kind: str) -> None:
    text, why = BROKEN[kind]
    items = read(f'title,year,upvotes\nOne,2023,1\n{text}\nTwo,2024,2\n"Three","2024"\n', "csv")
    titles = [record.paper.title for record in records(items) if record.paper.title != "line"]
    assert titles == ["One", "Two", "Three"]
    line, reason = rejects(items)[0]
    assert (line, reason) == (3, why)
