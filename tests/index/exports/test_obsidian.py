"""A folder for Obsidian: its notes, its pages, and the links between them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given

from index.exports import Exported, ExportOptions
from index.exports.folders import _OURS
from index.exports.obsidian import write
from index.views import Detail, Item
from tests.index.exports.papers import HOSTILE, NASTY, full, item

LINK = re.compile(r"\]\(([^()\s]+\.md)\)")


def files(*items: Exported, **options: Any) -> dict[str, str]:
    found = list(write(items, ExportOptions(**options)))
    assert len({name.lower() for name, _ in found}) == len(found)
    return dict(found)


def front_matter(text: str) -> dict[str, Any]:
    """The properties of a note, each of which is JSON."""
    head = text.removeprefix("---\n").partition("\n---\n")[0]
    return {
        name: json.loads(value)
        for name, _, value in (line.partition(": ") for line in head.split("\n"))
    }


def listed(paper_id: int, title: str, *places: Item) -> Exported:
    return item(title, paper_id, items=places)


def test_a_paper_in_full() -> None:
    paper = full()
    place = Item("thesis", "reading", "2024-05-02", note="first")
    text = files(Exported(paper.paper, replace_items(paper.detail, place)))[
        "papers/muller2024naive1.md"
    ]
    assert front_matter(text) == {
        "carrel": "muller2024naive1",
        "title": "Naïve {BERT}: O(n²) for 50% & more",
        "aliases": ["Naïve {BERT}: O(n²) for 50% & more"],
        "authors": ["Ada Müller", "Jan van der Berg", "OpenAI Team"],
        "year": 2024,
        "published": "2024-03-07",
        "venue": "Journal of Trials",
        "doi": "10.1000/a_b1",
        "arxiv": "2402.14001",
        "url": "https://x.y/a_b%20c",
        "tags": ["ml/gnn", "to-do"],
        "status": "unread",
        "starred": True,
        "lists": ["thesis"],
        "added": "2024-05-01",
    }
    assert text.partition("\n---\n\n")[2] == (
        "# Naïve {BERT}: O(n²) for 50% & more\n\n"
        "Ada Müller, Jan van der Berg, OpenAI Team\n\n"
        "[page](https://x.y/a_b%20c) · [code](https://git.example/a)\n\n"
        "## Abstract\n\nWe try x₁ & find 50% more.\n\nThen we stop.\n\n"
        "## Lists\n\n- [thesis](../lists/thesis.md)\n\n"
        "## Note\n\nReads *well*.\n\n@article{no, }\n"
    )


def replace_items(detail: Detail, *items: Item) -> Detail:
    return replace(detail, items=items)


def test_a_list_is_a_page_with_check_boxes_in_its_order() -> None:
    papers = [
        listed(1, "One", Item("thesis", "done", "", note="the *first*")),
        listed(2, "Two", Item("thesis", "to read", "")),
        listed(3, "Three", Item("thesis", "reading", ""), Item("other", "to read", "")),
        listed(4, "Four", Item("thesis", "skipped", "")),
    ]
    found = files(*papers, orders={"thesis": (4, 2, 9, 1, 3), "other": (3,)})
    assert found["lists/thesis.md"].partition("\n---\n\n")[2] == (
        "# thesis\n\n"
        "- [-] [Four](../papers/key4.md)\n"
        "- [ ] [Two](../papers/key2.md)\n"
        "- [x] [One](../papers/key1.md) — the \\*first\\*\n"
        "- [/] [Three](../papers/key3.md)\n"
    )
    assert front_matter(found["lists/thesis.md"])["carrel"] == "reading list"
    assert "lists/other.md" in found


def test_similar_papers_are_linked() -> None:
    one, two = item("One"), item("Two *and* more", 2)
    found = files(one, two, similar=lambda paper_id: [two.detail] if paper_id == 1 else [])
    assert "## Similar\n\n- [Two \\*and\\* more](key2.md)\n" in found["papers/key1.md"]
    assert "## Similar" not in found["papers/key2.md"]


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("ml/gnn", "ml/gnn"),
        ("to do", "to-do"),
        ("C++", "C"),
        ("2024", "_2024"),
        ("a//b/", "a/b"),
        ("日本語", "日本語"),
    ],
)
def test_tags_are_as_obsidian_takes_them(tag: str, written: str) -> None:
    found = files(item(tags=(tag, tag)))
    assert front_matter(found["papers/key1.md"])["tags"] == [written]


def test_a_tag_that_has_no_letters_is_left_out() -> None:
    assert "tags" not in front_matter(files(item(tags=("!?",)))["papers/key1.md"])


@pytest.mark.parametrize("name", HOSTILE)
def test_every_link_leads_to_a_file(name: str) -> None:
    places = (Item(name, "to read", ""), Item(f"{name}.", "done", "", note=name))
    paper = item(name, items=places, tags=(name,), note="", venue=name)
    found = files(paper, similar=lambda _: [paper.detail], orders={name: (1,)})
    links = 0
    for file, text in found.items():
        for target in LINK.findall(text):
            folder = file.rpartition("/")[0]
            path = f"{folder}/{unquote(target)}".replace(f"{folder}/../", "")
            assert path in found
            links += 1
    assert links >= 4


def test_lists_whose_names_make_one_file_name_keep_apart() -> None:
    places = tuple(Item(name, "to read", "") for name in ("a/b", "A-B", "a:b"))
    found = files(item(items=places), orders={"a/b": (1,), "A-B": (1,), "a:b": (1,)})
    assert sorted(name for name in found if name.startswith("lists/")) == [
        "lists/A-B.md",
        "lists/a-b 2.md",
        "lists/a-b 3.md",
    ]


@given(NASTY)
def test_front_matter_survives_any_text(text: str) -> None:
    paper = item("T", venue=text[:50], authors=(text,), items=(Item(text, "done", "", text),))
    for name, held in files(paper).items():
        found = front_matter(held)
        assert found["carrel"]
        assert _OURS.match(held.encode("utf-8", "replace"))
        if name == "papers/key1.md":
            assert found["title"] == "T"
            assert found["lists"] == [text]
