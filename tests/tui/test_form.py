"""The form of a paper's fields: what is written in it comes back, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import EditError
from index.text import clean_line, clean_text
from tui.form import LABELS, changes, written

TEXTS = {
    "title": "Ash: A Survey",
    "published": "2024",
    "venue": "",
    "key": "ash2024ash",
    "authors": "Ann Ash\nBo Li",
    "categories": "",
    "identifiers": "doi:10.1000/x",
    "links": "",
    "abstract": "One.\n\n# Two\nTitle: three",
}


def test_a_form_as_it_was_changes_nothing() -> None:
    assert changes(TEXTS, written(TEXTS)) == {}
    assert changes(TEXTS, clean_text(written(TEXTS))) == {}, "as it comes back from an editor"


def test_what_is_changed_is_told_by_its_field() -> None:
    form = written(TEXTS).replace("Title: Ash: A Survey", "Title: Ash")
    form = form.replace("  Bo Li", "  Bo Li\nCy Song\n").replace("Date: 2024", "Date:")
    form = form.replace("Venue:", "Venue: A long\n  name").replace("One.", "First.")
    assert changes(TEXTS, form) == {
        "title": "Ash",
        "published": "",
        "venue": "A long\nname",
        "authors": "Ann Ash\nBo Li\nCy Song",
        "abstract": "First.\n\n# Two\nTitle: three",
    }


def test_a_field_that_is_not_in_the_form_stays() -> None:
    assert changes(TEXTS, "Venue: ICLR") == {"venue": "ICLR"}
    assert changes(TEXTS, "") == {}


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("Titel: Ash", "Line 1, “Titel: Ash”, belongs to no field."),
        ("Title: Ash\nVenu: ICLR", "Line 2, “Venu: ICLR”, belongs to no field."),
        ("Title: Ash\nTitle: Elm", "Line 2: Title is there twice."),
    ],
)
def test_a_line_of_no_field_is_said(form: str, said: str) -> None:
    with pytest.raises(EditError) as error:
        changes(TEXTS, form)
    assert str(error.value) == said


HEADS = tuple(f"{label}:" for label in LABELS.values())
LINE = st.text(max_size=20).map(clean_line).filter(lambda line: not line.startswith(HEADS))
LINES = st.lists(LINE.filter(bool), max_size=3).map("\n".join)


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("title", "published", "venue", "key"), LINE)
        | dict.fromkeys(("authors", "categories", "identifiers", "links"), LINES)
        | {"abstract": st.text(max_size=60).map(clean_text)}
    )
)
def test_any_fields_come_back_as_they_went_out(texts: dict[str, str]) -> None:
    nothing = dict.fromkeys(LABELS, "")
    assert changes(texts, clean_text(written(texts))) == {}
    assert changes(nothing, written(texts)) == {n: text for n, text in texts.items() if text}
