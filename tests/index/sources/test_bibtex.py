from __future__ import annotations

from typing import Any

import pytest

from index.identifiers import Identifier
from index.paper import Link, Paper
from index.sources import bibtex
from index.sources.lines import CHUNK
from tests.index.sources.samples import read, records, rejects


def papers(text: str) -> list[Paper]:
    items = read(text, "bibtex")
    assert rejects(items) == []
    return [record.paper for record in records(items)]


def paper(body: str, kind: str = "article") -> Paper:
    (found,) = papers(f"@{kind}{{key, title = {{A Title}}, {body}}}")
    return found


def test_every_field_is_read() -> None:
    found = paper(
        r"""
        author = {van der Berg, Jan and M{\"u}ller, Ada and {The Cat Team} and others},
        abstract = {We attend to cats.
          It helps.},
        journal = {Journal of {Cats}}, year = 2024, month = mar,
        doi = {https://doi.org/10.1234/ABC\_D}, eprint = {2402.14393v2}, archiveprefix = {arXiv},
        primaryclass = {cs.CL}, url = {https://example.org/a\_b}, keywords = {cats, dogs}
        """
    )
    assert found == Paper(
        title="A Title",
        abstract="We attend to cats.\n          It helps.",
        authors=("Jan van der Berg", 'Ada M{\\"u}ller', "The Cat Team"),
        published="2024-03",
        venue="Journal of Cats",
        categories=("cs.CL", "cats", "dogs"),
        identifiers=(Identifier("doi", "10.1234/abc_d"), Identifier("arxiv", "2402.14393")),
        version=2,
        links=(Link(kind="page", url="https://example.org/a_b"),),
        source="bibtex",
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("{Plain}", "Plain"),
        ('"Quoted"', "Quoted"),
        ('"A {"}Quoted{"} Word"', 'A "Quoted" Word'),
        ("{{All of it}}", "All of it"),
        ("{{BERT} and {GPT-4}}", "BERT and GPT-4"),
        (r"{Na{\"\i}ve {\'E}t{\'{e}}s}", r"Na{\"\i}ve {\'E}t{\'{e}}s"),
        (r"{\'{E}t\'{e} in {R}\&{D}}", r"\'{E}t\'{e} in R\&D"),
        (r"{On {$O(n^{2})$} and $\mathrm{x}_{i}$}", r"On $O(n^{2})$ and $\mathrm{x}_{i}$"),
        (r"{\emph{Really} {\textbf{new}}}", r"\emph{Really} {\textbf{new}}"),
        ("{Nets~for Cats}", "Nets for Cats"),
        ("{Cats &amp; Dogs \\&amp; &eacute;}", "Cats & Dogs & é"),
        ("{Over\n   lines}", "Over lines"),
        ("{Held } # acl # { on} # 7", "Held Association of Cats on7"),
        ("acl", "Association of Cats"),
        ("ACL", "Association of Cats"),
        ("cats", "Association of Cats and Dogs"),
        ("unknown", "unknown"),
        ("2024", "2024"),
        ("bare words   here", "bare words here"),
        (r"{{$\alpha$}{$\geq$}5 {\v{S}}{K}}", r"$\alpha$$\geq$5 {\v{S}}K"),
        (r"{\frac{a}{b} and \href{u}{{T}}}", r"\frac{a}{b} and \href{u}{T}"),
    ],
)
def test_values(written: str, title: str) -> None:
    macros = '@string{acl = "Association of {Cats}"}\n@STRING(cats = acl # { and Dogs})\n'
    (found,) = papers(f"{macros}@misc{{key, title = {written}}}")
    assert found.title == title


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Byron and Alan Turing", ("Ada Byron", "Alan Turing")),
        ("Byron, Ada\n  and\n  Turing, Alan", ("Ada Byron", "Alan Turing")),
        ("King, Jr., Martin Luther", ("Martin Luther King Jr.",)),
        ("de la Vall{\\'e}e Poussin, Charles", ("Charles de la Vall{\\'e}e Poussin",)),
        ("{Barnes and Noble} and Li, Bo", ("Barnes and Noble", "Bo Li")),
        ("Li, Bo and others", ("Bo Li",)),
        ("family=Berg, given=Jan, prefix={van der}", ("Jan van der Berg",)),
        ("Plato", ("Plato",)),
        ("Ada Byron, Alan M. Turing, Bo Li", ("Ada Byron", "Alan M. Turing", "Bo Li")),
        ("family=de Berg, given=Jan P., prefix=van der", ("Jan P. van der de Berg",)),
        ("Too, Many, Commas, Here", ("Commas Here Too Many",)),
        ("Open {Brace", ("Open Brace",)),
        ("", ()),
    ],
)
def test_authors(written: str, names: tuple[str, ...]) -> None:
    closing = "}" * (written.count("{") - written.count("}"))
    assert paper(f"author = {{{written}{closing}}}").authors == names


@pytest.mark.parametrize(
    ("written", "categories"),
    [
        ("cats, {dogs, big}, {BERT} pools", ("cats", "dogs, big", "BERT pools")),
        ("cats; dogs, big; law &amp; order", ("cats", "dogs, big", "law & order")),
        ("cats\ndogs", ("cats", "dogs")),
        ("a, " * 400_000 + "b", ("a", "b")),
    ],
)
def test_keywords(written: str, categories: tuple[str, ...]) -> None:
    assert paper(f"keywords = {{{written}}}").categories == categories


@pytest.mark.parametrize(
    ("body", "published"),
    [
        ("year = 2024", "2024"),
        ("year = {c. 2024}", "2024"),
        ("year = 2024, month = dec", "2024-12"),
        ("year = 2024, month = {December}", "2024-12"),
        ("year = 2024, month = 3", "2024-03"),
        ('year = 2024, month = "8~" # jan', "2024-01"),
        ("year = 2024, month = {soon}", "2024"),
        ("date = {2024-03-07}", "2024-03-07"),
        ("date = {2023-12/2024-01}", "2023-12"),
        ("date = {2024-03}, year = 2020", "2024-03"),
        ("year = {in press}", None),
    ],
)
def test_dates(body: str, published: str | None) -> None:
    assert paper(body).published == published


@pytest.mark.parametrize(
    ("body", "identifiers", "venue"),
    [
        ("journal = {arXiv preprint arXiv:2402.14393}", ["2402.14393"], ""),
        ("journal = {CoRR}, volume = {abs/2402.14393}", ["2402.14393"], ""),
        ("eprint = {cs/0112017}, eprinttype = {arxiv}", ["cs/0112017"], ""),
        ("eprint = {12345678}, eprinttype = {pubmed}", [], ""),
        ("url = {https://aclanthology.org/2024.cats-1.2}", ["2024.cats-1.2"], ""),
        (r"howpublished = {\url{https://a.org}}", [], ""),
        ("institution = {Cat University}", [], "Cat University"),
        ("journaltitle = {Cats}, booktitle = {Dogs}", [], "Cats"),
        ("doi = {none}, eprint = {?}, url = {later}", [], ""),
    ],
)
def test_what_names_a_paper(body: str, identifiers: list[str], venue: str) -> None:
    found = paper(body)
    assert [one.value for one in found.identifiers] == identifiers
    assert found.venue == venue
    assert found.links == ()


CHILD = "@inproceedings{child, title = {The Child}, crossref = {Parent}, xdata = {both, none}}\n"
PARENT = "@proceedings{parent, title = {The Proceedings}, year = 2024, crossref = {child}, url={https://a.org}}\n"
DATA = "@xdata{both, keywords = {cats}, xdata = {both}}\n"


@pytest.mark.parametrize("text", [CHILD + PARENT + DATA, DATA + PARENT + CHILD])
def test_entries_inherit_from_those_before_and_after_them(text: str) -> None:
    found = {one.title: one for one in papers(text)}
    assert sorted(found) == ["The Child", "The Proceedings"]
    child = found["The Child"]
    assert (child.venue, child.published) == ("The Proceedings", "2024")
    assert (child.categories, child.links) == (("cats",), ())


@pytest.mark.parametrize(
    "noise",
    [
        "% a comment: @article{no, title = {No}}",
        "Written to ada@example.org {with} a brace",
        "% @article{no,\n%  title = {No}}",
        "@comment{jabref-meta: {databaseType:bibtex;}}",
        "@comment jabref-entrytype: Cat: req[title] opt[]",
        '@preamble{"\\newcommand{\\x}{y}"}',
        "@string{x = {y}}",
        "}",
    ],
)
def test_what_is_no_entry_is_passed_over(noise: str) -> None:
    text = f"@misc{{a, title = {{One}}}}\n{noise}\n@misc(b, title = {{Two (of 2)}})"
    assert [one.title for one in papers(text)] == ["One", "Two (of 2)"]


@pytest.mark.parametrize(
    "entry",
    [
        "@misc\n{b, title = {Two}}",
        "@misc \n  ( b, title = {Two})",
        "@misc{\n  b,\n  title = {Two}}",
        ", @misc{b, title = {Two}}",
        "} @misc{b, title = {Two}}",
        "1. Cite it as @misc{b, title = {Two}}",
        "@misc{c, title = {Three}} and, @misc\n{b, title = {Two}}",
    ],
)
def test_an_entry_is_read_wherever_its_parts_stand(entry: str) -> None:
    found = [one.title for one in papers(f"@misc{{a, title = {{One}}}}\n{entry}\n")]
    assert (found[0], found[-1]) == ("One", "Two")
    assert bibtex.recognise(entry) or not entry.startswith("@")


def test_the_line_of_an_entry_is_that_of_its_at_sign() -> None:
    found = records(read("@misc\n{a, title = {One}}\n\n@misc\n{b, title = {Two}}\n", "bibtex"))
    assert [record.line for record in found] == [1, 4]
    assert found[1].raw == "@misc{b, title = {Two}}"


def test_an_entry_that_is_not_closed_ends_where_the_next_begins_without_its_brace() -> None:
    items = read("@misc{a, title = {One}\n@misc\n{b, title = {Two}}\n", "bibtex")
    assert [record.paper.title for record in records(items)] == ["Two"]
    assert rejects(items) == [(1, "@misc: its braces are not closed")]


@pytest.mark.parametrize("space", range(0, 60, 5))
def test_all_entries_of_one_long_line_are_read(space: int) -> None:
    long = "x" * (2 * CHUNK - 60 - space)
    text = f"@misc{{a, title = {{One}}, note = {{{long}}}}}"
    text += " @misc{b, title = {Two}}" * 4
    assert [one.title for one in papers(text)] == ["One", *["Two"] * 4]


BROKEN: dict[str, tuple[str, str]] = {
    "unclosed": ("@misc{x, title = {Never", "@misc: its braces are not closed"),
    "unclosed quote": ('@misc{x, title = "Never\n}', "not BibTeX"),
    "no equals": ("@misc{x, title {A}}", "not BibTeX: Expected a `=`"),
    "no comma": ("@misc{x, title = {A} author = {B}}", "title: not a value of BibTeX: a comma"),
    "no comma after a word": ("@misc{x, title = {A}, year = 1999 note = {B}}", "year: not a value"),
    "no key": ("@misc{title = {A}}", "not BibTeX: Expected comma after entry key"),
    "no brace": ("@misc x,\n title = {A}}", "@misc: no entry of BibTeX begins like this"),
    "no brace after it": ("@misc\nx, title = {A}}", "@misc: no entry of BibTeX begins like"),
    "an odd kind": ("@in-book{x,\n title = {A}}", "@in: no entry of BibTeX begins like this"),
    "two at signs": ("@@misc{x,\n title = {A}}", "@misc: no entry of BibTeX begins like this"),
    "no brace, and a parent": ("@misc x, crossref = {a}}", "@misc: no entry of BibTeX begins"),
    "there twice": ("@misc{x, title = {A}, title = {B}}", "title: there twice"),
    "no title": ("@misc{x, author = {Ada Byron}}", "the title is missing"),
    "too long": ("@misc{x, title = {" + "word " * 1000 + "}}", "title: too long"),
    "50 MB": (
        "@misc{x, title = {" + "a line of words\n" * (50 << 16) + "}}",
        "the entry is longer than 4 MB",
    ),
    "50 MB in a line": (
        "@misc{x, title = {" + "a" * (50 << 20) + "}}",
        "the entry is longer than 4 MB",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_entry_costs_only_itself(kind: str) -> None:
    text, why = BROKEN[kind]
    items = read(f"@misc{{a, title = {{One}}}}\n{text}\n@misc{{b, title = {{Two}}}}\n", "bibtex")
    assert [record.paper.title for record in records(items)] == ["One", "Two"]
    ((line, reason),) = rejects(items)
    assert line == 2
    assert reason.startswith(why)


def test_macros_of_macros_are_no_bomb() -> None:
    text = "@misc{a, title = {One}}\n@string{s0 = {some ten or more}}\n"
    text += "".join(f"@string{{s{at + 1} = s{at} # s{at}}}\n" for at in range(60))
    items = read(f"{text}@misc{{b, title = {{Two}}, note = s17 # s17, month = s0}}\n", "bibtex")
    assert [record.paper.title for record in records(items)] == ["One", "Two"]
    reasons = [why for _, why in rejects(items)]
    assert len(reasons) > 40
    assert set(reasons) == {"the macros are longer than 4 MB"}
    often = "@string{s = {" + "x" * 400_000 + "}}\n"
    for body in ("note = " + "s # " * 20 + "s", ", ".join(f"f{at} = s # s" for at in range(9))):
        ((line, why),) = rejects(read(f"{often}@misc{{a, title = {{One}}, {body}}}\n", "bibtex"))
        assert (line, why.partition(": ")[2]) == (2, "its macros make it longer than 4 MB")


def test_large_entries_that_wait_are_not_all_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex, "HELD", 1_000_000)
    large = "x" * 90_000
    text = ""
    for at in range(30):
        text += f"@misc{{c, title = {{Child {at}}}, note = {{{large}}}, crossref = {{late}}}}\n"
        text += f"@book{{b{at}, title = {{Book {at}}}, note = {{{large}}}}}\n"
    found = papers(text + "@proceedings{late, title = {Late}}\n")
    venues = [one.venue for one in found if one.title.startswith("Child")]
    assert venues == [""] * 19 + ["Late"] * 11  # a million characters wait to the end


def test_many_entries_to_inherit_from_are_read_in_one_go() -> None:
    each = [f"{letter}{number}" for letter in "abcdefgh" for number in range(20)]
    text = "@misc{x, title = {One}, xdata = {a0}}\n" + "".join(
        f"@xdata{{{key}, year = 2024, xdata = {{{','.join(each)}}}}}\n" for key in each
    )
    (found,) = papers(text)
    assert (found.title, found.published) == ("One", "2024")


def test_many_formulas_and_braces_are_read_in_one_go() -> None:
    text = "@misc{a, title = {One}, note = {" + "$a$ {b} " * 200_000 + "}}"
    assert [one.title for one in papers(text)] == ["One"]


def test_entries_with_one_key_are_two_papers() -> None:
    text = "@misc{a, title = {One}}\n" * 2 + "@misc{a, title = {Two}}"
    assert [one.title for one in papers(text)] == ["One", "One", "Two"]


def test_the_parser_says_nothing_of_its_own(caplog: Any, capfd: Any) -> None:
    read("@misc{x, title {A}}\n@misc{b, title = {Two}}", "bibtex")
    assert caplog.text == ""
    assert capfd.readouterr() == ("", "")
