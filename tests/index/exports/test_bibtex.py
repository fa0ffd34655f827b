"""BibTeX, read back by bibtexparser and printed by LaTeX."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from bibtexparser.model import Entry
from hypothesis import given, settings
from hypothesis import strategies as st

from index.exports import Exported
from index.exports.bibtex import author
from index.exports.latex import _table as macros_of_characters
from tests.index.exports.papers import HOSTILE, LATEX, TITLES, exported, full, item


def entries(text: str) -> list[Entry]:
    """What a file holds, each with its fields; nothing in it may be amiss."""
    library = parse_string(text)
    assert not library.failed_blocks
    assert [block.comment for block in library.comments] == ["% Papers from carrel"]
    return library.entries


def fields(found: Entry) -> dict[str, str]:
    return {field.key: field.value for field in found.fields}


def read(*items: Exported) -> list[dict[str, str]]:
    return [fields(entry) for entry in entries(exported("bibtex", *items))]


def test_a_paper_in_full() -> None:
    (entry,) = entries(exported("bibtex", full()))
    assert (entry.entry_type, entry.key) == ("article", "muller2024naive1")
    assert fields(entry) == {
        "title": 'Na{\\"\\i}ve {{BERT}}: {$O(n^2)$} for 50\\% \\& more',
        "author": 'M{\\"u}ller, Ada and van der Berg, Jan and {OpenAI Team}',
        "journal": "Journal of Trials",
        "year": "2024",
        "doi": "10.1000/a_b1",
        "eprint": "2402.14001",
        "archiveprefix": "arXiv",
        "primaryclass": "cs.LG",
        "url": "https://x.y/a_b%20c",
        "keywords": "ml/gnn, to do",
        "abstract": "We try {$x_1$} \\& find 50\\% more. Then we stop.",
        "annote": "Reads *well*.\n\n{@}article{\\textbraceleft}no, {\\textbraceright}",
        "month": "mar",
    }


def test_an_entry_is_written_for_people_too() -> None:
    assert exported("bibtex", item(authors=("Ada Lovelace",), published="1843-09")) == (
        "% Papers from carrel\n\n"
        "@misc{key1,\n"
        "  title = {A title},\n"
        "  author = {Lovelace, Ada},\n"
        "  year = {1843},\n"
        "  month = sep,\n"
        "}\n"
    )


def test_abstracts_may_be_left_out() -> None:
    assert "abstract" not in exported("bibtex", full(), abstracts="none")


@pytest.mark.parametrize(
    ("venue", "identifiers", "kind", "place"),
    [
        ("Journal of Trials", (), "article", "journal"),
        ("NeurIPS", (("arxiv", "1706.03762"),), "inproceedings", "booktitle"),
        ("Findings of ACL 2023", (), "inproceedings", "booktitle"),
        ("Some Place", (("acl", "2023.foo-long.1"),), "inproceedings", "booktitle"),
        ("Some Place", (("doi", "10.1000/1"),), "article", "journal"),
        ("Some Place", (), "misc", "howpublished"),
        ("arXiv", (("arxiv", "1706.03762"),), "misc", ""),
        ("", (("arxiv", "1706.03762"),), "misc", ""),
        ("", (), "misc", ""),
    ],
)
def test_the_type_tells_what_is_known(
    venue: str, identifiers: tuple[tuple[str, str], ...], kind: str, place: str
) -> None:
    (entry,) = entries(exported("bibtex", item(venue=venue, identifiers=identifiers)))
    assert entry.entry_type == kind
    found = {"journal", "booktitle", "howpublished"} & fields(entry).keys()
    assert found == ({place} if place else set())


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Lovelace, Ada", "Lovelace, Ada"),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig"),
        ("Martin Luther King Jr.", "King, Jr., Martin Luther"),
        ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
        ("Plato", "{Plato}"),
        ("ATLAS Collaboration", "{ATLAS Collaboration}"),
        ("Smith and Sons", "Sons, {Smith and}"),
        ("{Barnes and Noble}", "{Barnes and Noble}"),
        ("others", "{others}"),
        ("Émile É. Œ", "{\\OE}, {\\'E}mile {\\'E}."),
        ("{ ,} \\", "{\\textbraceleft}, {\\textbraceright} {\\textbackslash}"),
        (",", "{,}"),
    ],
)
def test_names_are_turned_round(name: str, written: str) -> None:
    assert author(name) == written


@given(TITLES, TITLES)
def test_as_many_authors_come_back_as_went_out(one: str, other: str) -> None:
    text = exported("bibtex", item(authors=(one, other)))
    names = [SeparateCoAuthors(), SplitNameParts()]
    library = parse_string(text, append_middleware=names)
    assert not library.failed_blocks
    assert len(library.entries[0]["author"]) == len({one, other})


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_in_its_field(text: str) -> None:
    first = item(text, 1, abstract=text, venue=text, authors=(text,), note=text, tags=(text,))
    one, two = read(first, item("The next", 2))
    assert set(one) >= {"title", "abstract", "author", "keywords", "annote"}
    assert two == {"title": "The next", "key": "key2"}


@settings(deadline=None)
@given(TITLES | LATEX)
def test_any_text_stays_in_its_field(text: str) -> None:
    first = item(text, 1, abstract=text, venue=text, note=f"{text}\n{text}")
    one, two = read(first, item("The next", 2))
    assert {"title", "abstract", "annote"} <= one.keys()
    assert two == {"title": "The next", "key": "key2"}


def test_addresses_hold_no_braces() -> None:
    one = item(
        identifiers=(("doi", "10.1000/{a}\\b%20"),),
        links=({"kind": "page", "url": "https://x.y/{z}%20_"},),
    )
    (found,) = read(one)
    assert found["doi"] == "10.1000/%7Ba%7D%5Cb%20"
    assert found["url"] == "https://x.y/%7Bz%7D%20_"


DOCUMENT = r"""
\documentclass{article}
\usepackage[T1]{fontenc}
\usepackage{amssymb}
\usepackage[numbers]{natbib}
\usepackage{url}
\begin{document}
\nocite{*}
\bibliographystyle{%s}
\bibliography{papers}
\end{document}
"""

latex = pytest.mark.skipif(
    not (shutil.which("pdflatex") and shutil.which("bibtex")), reason="there is no LaTeX here"
)


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    said = done.stdout.decode("utf-8", "replace")
    assert not done.returncode, said[-3000:]
    return said


def printed(folder: Path, text: str, style: str = "plainnat") -> str:
    """What bibtex makes of a file; LaTeX has printed it without a complaint."""
    (folder / "papers.bib").write_text(text, "utf-8")
    (folder / "page.tex").write_text(DOCUMENT % style, "utf-8")
    tex = ("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "page")
    run(folder, *tex)
    said = run(folder, "bibtex", "page")
    assert "error message" not in said, said
    run(folder, *tex)
    run(folder, *tex)
    return (folder / "page.bbl").read_text("utf-8")


def in_latin(text: str) -> bool:
    """Whether pdfLaTeX has all the characters of a text."""
    return all(sign.isascii() or ord(sign) in macros_of_characters() for sign in text)


@latex
@pytest.mark.parametrize("style", ["plainnat", "alpha", "abbrv"])
def test_latex_prints_papers(tmp_path: Path, style: str) -> None:
    hostile = [
        item(
            text, number, abstract=text, venue=text, authors=(text[:200], "Ada Lovelace"), note=text
        )
        for number, text in enumerate(filter(in_latin, HOSTILE), 10)
    ]
    made = printed(tmp_path, exported("bibtex", full(), *hostile), style)
    assert made.count("\\bibitem") == 1 + len(hostile)
    whole = re.sub(r"\s+", " ", made)
    assert 'Na{\\"\\i}ve {{BERT}}: {$O(n^2)$} for 50\\% \\& more' in whole


@latex
def test_latex_knows_every_macro_that_is_written(tmp_path: Path) -> None:
    known = sorted(code for code in macros_of_characters() if code > 127)
    rows = [known[start : start + 40] for start in range(0, len(known), 40)]
    papers = [
        item("x " + " ".join(map(chr, row)), number, published="2024")
        for number, row in enumerate(rows)
    ]
    made = printed(tmp_path, exported("bibtex", *papers))
    assert made.count("\\bibitem") == len(rows)


@latex
def test_latex_prints_formulas_that_are_kept(tmp_path: Path) -> None:
    formulas = (
        r"$O(n^2)$ $\mathbb{R}^{d \times d}$ $\{a, b\}$ $x_i^{2^{k}}$ $\frac{a}{b}$ $\hat{x}$"
    )
    found = printed(tmp_path, exported("bibtex", item(f"On {formulas} and \\emph{{more}}")))
    assert "{$O(n^2)$}" in found
    assert "\\emph{more}" in found


@latex
@settings(max_examples=3, deadline=None)
@given(titles=st.lists(LATEX, min_size=50, max_size=50))
def test_latex_prints_what_is_no_latex(
    tmp_path_factory: pytest.TempPathFactory, titles: list[str]
) -> None:
    papers = [
        item(f"x {title}", number, authors=(f"Author{number}",))
        for number, title in enumerate(titles)
    ]
    made = printed(tmp_path_factory.mktemp("tex"), exported("bibtex", *papers))
    assert made.count("\\bibitem") == len(papers)
