"""CSL-JSON, read back as JSON and held against what the format allows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from index.exports import Exported
from tests.index.exports.papers import exported, full, item

# From csl-data.json of CSL 1.0.2: the variables that are used, and what they hold.
TYPES = {"article", "article-journal", "paper-conference", "document"}
TEXTS = set(
    "id citation-key type title container-title publisher number DOI URL abstract keyword"
    " note".split()
)
NAME_PARTS = {"family", "given", "non-dropping-particle", "suffix", "literal"}


def read(*items: Exported, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(exported("csl-json", *items, **options))
    for one in found:
        assert one.keys() <= TEXTS | {"author", "issued"}
        assert one["type"] in TYPES
        assert all(isinstance(one[name], str) and one[name] for name in TEXTS & one.keys())
        for author in one.get("author", []):
            assert author.keys() <= NAME_PARTS
            assert "literal" in author or {"family", "given"} <= author.keys()
    return found


def test_a_paper_in_full() -> None:
    (found,) = read(full())
    assert found == {
        "id": "muller2024naive1",
        "citation-key": "muller2024naive1",
        "type": "article-journal",
        "title": "Naïve {BERT}: O(n²) for 50% & more",
        "author": [
            {"family": "Müller", "given": "Ada"},
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"literal": "OpenAI Team"},
        ],
        "issued": {"date-parts": [[2024, 3, 7]]},
        "container-title": "Journal of Trials",
        "number": "arXiv:2402.14001",
        "DOI": "10.1000/a_b1",
        "URL": "https://x.y/a_b%20c",
        "abstract": "We try x₁ & find 50% more.\n\nThen we stop.",
        "keyword": "ml/gnn, to do",
        "note": "Reads *well*.\n\n@article{no, }",
    }


@pytest.mark.parametrize(
    ("published", "parts"), [("2024", [2024]), ("2024-03", [2024, 3]), ("2024-03-07", [2024, 3, 7])]
)
def test_a_date_has_the_parts_that_are_known(published: str, parts: list[int]) -> None:
    (found,) = read(item(published=published))
    assert found["issued"] == {"date-parts": [parts]}


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("Journal of Trials", "article-journal"),
        ("NeurIPS", "paper-conference"),
        ("arXiv", "article"),
        ("Some Place", "document"),
    ],
)
def test_the_type_tells_what_is_known(venue: str, kind: str) -> None:
    (found,) = read(item(venue=venue))
    assert found["type"] == kind


def test_no_papers_are_an_empty_array() -> None:
    assert read() == []


def test_abstracts_may_be_left_out() -> None:
    (found,) = read(full(), abstracts="none")
    assert "abstract" not in found
