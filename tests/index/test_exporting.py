"""The way out of a real library: what is chosen, in which order, and what is copied."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import ExportError, NotFoundError
from index.library import Library

PAPERS = (
    {
        "title": "Graph Pooling by Example",
        "abstract": "We pool the nodes of graphs and show which of them are lost in pooling.",
        "authors": ["Ada Lovelace"],
        "year": 2024,
        "arxiv": "2402.14393",
    },
    {
        "title": "Graph Pooling by Rule",
        "abstract": "We pool the nodes of graphs by a rule, and none of them is lost in pooling.",
        "authors": ["Bo Li"],
        "year": 2023,
        "doi": "10.1000/a_b",
    },
    {"title": "Baking Bread"},
)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    found = Library.open(tmp_path / "library")
    text = "".join(json.dumps(paper) + "\n" for paper in PAPERS)
    found.import_files([None], format="jsonl", stdin=io.BytesIO(text.encode()))
    yield found
    found.close()


def headings(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if line.startswith("## "))
    return [line.removeprefix("## ").removeprefix("[").partition("]")[0] for line in lines]


def test_marked_papers_come_in_the_order_of_their_marks(library: Library) -> None:
    text = "".join(library.export(ids=[3, 1]))
    assert headings(text) == ["Baking Bread", "Graph Pooling by Example"]


def test_what_a_query_finds_comes_in_its_order(library: Library) -> None:
    text = "".join(library.export("pooling", sort="date"))
    assert headings(text) == ["Graph Pooling by Example", "Graph Pooling by Rule"]


def test_an_export_is_saved_as_what_it_is(library: Library, tmp_path: Path) -> None:
    library.export(format="bibtex").save(tmp_path / "papers.bib")
    assert (tmp_path / "papers.bib").read_text("utf-8").count("\n@") == 3
    made = library.export(format="obsidian")
    assert made.is_folder
    made.save(tmp_path / "vault")
    assert len(list((tmp_path / "vault/papers").iterdir())) == 3
    with pytest.raises(ExportError, match="name a folder"):
        list(library.export(format="obsidian"))


def test_a_folder_has_lists_in_their_own_order_and_similar_papers(
    library: Library, tmp_path: Path
) -> None:
    library.lists.add("thesis", [1, 2])
    library.lists.sort("thesis", "title")
    library.lists.add("other", [2, 1])
    library.lists.archive("other")
    library.marks.read([2])
    library.export(format="obsidian").save(tmp_path / "vault")
    thesis = (tmp_path / "vault/lists/thesis.md").read_text("utf-8")
    assert thesis.index("- [ ] [Graph Pooling by Example]") < thesis.index("- [x] [Graph")
    other = (tmp_path / "vault/lists/other.md").read_text("utf-8")
    assert other.index("by Rule]") < other.index("by Example]")
    note = (tmp_path / "vault/papers/lovelace2024graph.md").read_text("utf-8")
    assert "## Similar\n\n- [Graph Pooling by Rule](li2023graph.md)\n" in note


def test_a_file_that_is_there_stays_until_the_whole_is_written(
    library: Library, tmp_path: Path
) -> None:
    target = tmp_path / "papers.md"
    target.write_text("mine")
    template = tmp_path / "broken.jinja"
    template.write_text("{% for p in papers %}{{ p.title }}{% endfor %}{{ nothing }}")
    with pytest.raises(ExportError, match=r"broken\.jinja, line 1: 'nothing' is undefined\.$"):
        library.export(template=str(template)).save(target, force=True)
    assert target.read_text() == "mine"


def test_there_must_be_papers(library: Library) -> None:
    with pytest.raises(ExportError, match="no papers"):
        library.export("zebra")
    with pytest.raises(ExportError, match="no papers"):
        library.export(ids=[])
    with pytest.raises(NotFoundError, match="no paper 9"):
        library.export(ids=[1, 9])


def test_papers_are_copied_one_after_the_other(library: Library) -> None:
    one, two = "Graph Pooling by Example", "Graph Pooling by Rule"
    links = ("https://arxiv.org/abs/2402.14393", "https://doi.org/10.1000/a_b")
    assert library.copied([1, 2], "title") == f"{one}\n{two}"
    assert library.copied([2, 1], "link") == f"{links[1]}\n{links[0]}"
    assert library.copied([1, 3], "markdown") == f"[{one}]({links[0]})\nBaking Bread"
    assert library.copied([1, 2], "key") == "lovelace2024graph, li2023graph"
    assert library.copied([1, 2], "citation") == (
        f"Lovelace, A. (2024). {one}. arXiv:2402.14393. {links[0]}\n\n"
        f"Li, B. (2023). {two}. {links[1]}"
    )
    entries = library.copied([1, 2], "bibtex")
    assert entries.startswith("@misc{lovelace2024graph,\n")
    assert "\n}\n\n@misc{li2023graph,\n" in entries


def test_what_is_not_there_cannot_be_copied(library: Library) -> None:
    assert library.copied([1, 3], "link") == "https://arxiv.org/abs/2402.14393"
    with pytest.raises(ExportError, match=r"^No link is known of this paper\.$"):
        library.copied([3], "link")
    with pytest.raises(NotFoundError):
        library.copied([99], "title")
    with pytest.raises(NotFoundError):
        library.copied([], "title")


def test_an_export_tells_how_far_it_is_while_it_is_written(library: Library) -> None:
    told: list[tuple[int, int]] = []
    made = library.export(format="jsonl", progress=lambda done, total: told.append((done, total)))
    assert told == []
    "".join(made)
    assert told == [(0, 3), (3, 3)]
