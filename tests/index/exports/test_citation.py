"""Papers as they are copied into other texts."""

from __future__ import annotations

from typing import Any

import pytest

from index.exports.citation import Form, citation, copied_as
from tests.index.exports.papers import full, item


def test_a_reference_names_who_when_what_and_where() -> None:
    assert citation(full()) == (
        "Müller, A., van der Berg, J., & OpenAI Team. (2024). Naïve {BERT}: O(n²) for 50% & more. "
        "Journal of Trials. https://doi.org/10.1000/a_b1"
    )


@pytest.mark.parametrize(
    ("fields", "reference"),
    [
        ({}, "A title. (n.d.)."),
        ({"authors": ("Plato",)}, "Plato. (n.d.). A title."),
        ({"authors": ("Ada Lovelace", "Bo Li")}, "Lovelace, A., & Li, B. (n.d.). A title."),
        (
            {"authors": ("Martin Luther King Jr.",), "published": "1963-08"},
            "King, M. L., Jr. (1963). A title.",
        ),
        (
            {"identifiers": (("arxiv", "1706.03762"),)},
            "A title. (n.d.). arXiv:1706.03762. https://arxiv.org/abs/1706.03762",
        ),
        ({"venue": "NeurIPS"}, "A title. (n.d.). NeurIPS."),
    ],
)
def test_what_is_not_known_is_left_out(fields: dict[str, Any], reference: str) -> None:
    assert citation(item(**fields)) == reference


def test_a_question_needs_no_full_stop() -> None:
    assert citation(item("Why?")) == "Why? (n.d.)."


def test_of_many_authors_the_first_and_the_last_are_named() -> None:
    authors = tuple(f"A Name{number}" for number in range(30))
    found = citation(item(authors=authors))
    assert "Name18, A., … Name29, A." in found
    assert "Name19," not in found
    assert "… " not in citation(item(authors=authors[:20]))
    assert ", & Name19, A." in citation(item(authors=authors[:20]))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("title", "Naïve {BERT}: O(n²) for 50% & more"),
        ("link", "https://x.y/a_b%20c"),
        ("markdown", "[Naïve {BERT}: O(n²) for 50% & more](https://x.y/a_b%20c)"),
        ("key", "muller2024naive1"),
    ],
)
def test_a_paper_is_copied_in_a_form(form: Form, text: str) -> None:
    assert copied_as(full(), form) == text


def test_an_entry_is_copied_without_its_abstract() -> None:
    found = copied_as(full(), "bibtex")
    assert found.startswith("@article{muller2024naive1,\n")
    assert found.endswith("}\n")
    assert "abstract" not in found


def test_without_a_link_there_is_none_to_copy() -> None:
    assert copied_as(item("[a]"), "link") == ""
    assert copied_as(item("[a]"), "markdown") == "\\[a\\]"
