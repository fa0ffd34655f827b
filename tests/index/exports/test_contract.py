"""What holds for every format that papers leave in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given, settings
from markdown_it import MarkdownIt

from index.errors import ExportError
from index.exports import (
    FORMATS,
    Abstracts,
    Exported,
    ExportOptions,
    Format,
    exporter,
    folder_exporter,
    format_named,
)
from index.exports.table import unguarded
from tests.index.exports.papers import HOSTILE, TITLES, full, item

Pieces = Iterator[str] | Iterator[tuple[str, str]]

formats = pytest.mark.parametrize("form", FORMATS.values(), ids=lambda form: form.name)


def pieces(form: Format, items: Iterator[Exported] | Sequence[Exported]) -> Pieces:
    return (folder_exporter if form.is_folder else exporter)(form)(items, ExportOptions("All"))


def text(form: Format, *items: Exported, abstracts: Abstracts = "folded") -> str:
    """All that an export writes: of a folder, each file by its name and text."""
    options = ExportOptions("All", abstracts)
    if form.is_folder:
        return "".join(f"{name}\n{held}" for name, held in folder_exporter(form)(items, options))
    return "".join(exporter(form)(items, options))


def markdown_titles(text: str) -> list[str]:
    tokens = MarkdownIt().parse(text)
    titles = []
    for heading, inline in pairwise(tokens):
        if heading.tag == "h2" and heading.nesting == 1:
            children = inline.children or []
            titles.append("".join(child.content for child in children))
    return titles


def bibtex_titles(text: str) -> list[str]:
    library = parse_string(text)
    assert not library.failed_blocks
    return [entry["title"] for entry in library.entries]


def csl_titles(text: str) -> list[str]:
    return [str(found["title"]) for found in json.loads(text)]


def jsonl_titles(text: str) -> list[str]:
    return [str(json.loads(line)["title"]) for line in text.split("\n")[:-1]]


def csv_titles(text: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return [unguarded(row["title"]) for row in rows]


def obsidian_titles(text: str) -> list[str]:
    lines = [line.removeprefix("title: ") for line in text.split("\n") if line.startswith("title:")]
    return [str(json.loads(line)) for line in lines]


READERS: dict[str, Callable[[str], list[str]]] = {
    "markdown": markdown_titles,
    "bibtex": bibtex_titles,
    "csl-json": csl_titles,
    "jsonl": jsonl_titles,
    "csv": csv_titles,
    "obsidian": obsidian_titles,
}
"""For each format, the titles that a reader which is not carrel finds in an export."""


def test_every_format_has_a_reader_and_says_what_it_is() -> None:
    assert list(READERS) == list(FORMATS)
    for name, form in FORMATS.items():
        assert form.name == name
        assert form.description
        assert form.is_folder == (form.suffix == "")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(
        ExportError, match=r"^There is no export format “docx”\. Choose of: .*markdown.*\.$"
    ):
        format_named("docx\x1b")


@formats
@pytest.mark.parametrize("abstracts", ["folded", "full", "none"])
def test_papers_come_in_their_order(form: Format, abstracts: Abstracts) -> None:
    papers = (item("Alpha", abstract="The first abstract."), item("Beta", 2, abstract="Another."))
    found = text(form, *papers, abstracts=abstracts)
    assert READERS[form.name](found) == ["Alpha", "Beta"]
    assert ("first abstract" in found) == (abstracts != "none")
    assert found.endswith("\n")
    assert "\x00" not in found


@formats
def test_the_same_papers_give_the_same_text(form: Format) -> None:
    assert text(form, full(), full(2)) == text(form, full(), full(2))


@formats
def test_an_empty_export_is_one_too(form: Format) -> None:
    assert READERS[form.name](text(form)) == []


@formats
def test_a_paper_with_nothing_but_a_title(form: Format) -> None:
    found = text(form, item("Alone"))
    assert READERS[form.name](found) == ["Alone"]
    assert "None" not in found


@formats
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_one_title(form: Format, title: str) -> None:
    paper = item(
        title, abstract=title, authors=(title,), venue=title, note=title, tags=(title[:100],)
    )
    titles = READERS[form.name](text(form, paper, item("The next", 2)))
    assert len(titles) == 2
    assert titles[1] == "The next"
    if form.name not in ("bibtex", "jsonl"):  # which keep LaTeX
        assert titles[0] == paper.detail.title


@formats
@settings(deadline=None)
@given(TITLES)
def test_any_text_stays_in_its_place(form: Format, title: str) -> None:
    paper = item(title, abstract=title, authors=(title,), note=title, tags=(title,))
    titles = READERS[form.name](text(form, paper, item("The next", 2)))
    assert len(titles) == 2
    assert titles[1] == "The next"


@formats
def test_very_long_texts_are_whole(form: Format) -> None:
    name, tag = "N" * 10_000, "t" * 10_000
    paper = item("T" * 2000, abstract="a" * 100_000, authors=(name, "Bo Li"), tags=(tag,))
    found = text(form, paper)
    assert READERS[form.name](found)[0].strip("{}") == "T" * 2000
    assert "a" * 100_000 in found
    assert name in found
    assert tag in found or form.is_complete  # which has it from the paper's state


@formats
def test_an_export_streams(form: Format) -> None:
    def endless() -> Iterator[Exported]:
        number = 0
        while True:
            number += 1
            yield item(f"Paper {number}", number)

    made = pieces(form, endless())
    head = [next(made) for _ in range(5)]
    assert "Paper 3" in str(head)
    assert "Paper 7" not in str(head)
