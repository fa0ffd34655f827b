"""Parts of sentences: numbers agree with what they count, and words are put in a row."""

from __future__ import annotations

import pytest

from index.text import capital, counted, quoted, series, shortened


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 papers"), (1, "1 paper"), (2, "2 papers"), (2000, "2,000 papers")]
)
def test_a_number_agrees_with_what_it_counts(number: int, said: str) -> None:
    assert counted(number) == said


def test_anything_can_be_counted() -> None:
    assert counted(3, "line") == "3 lines"


def test_only_the_first_letter_of_a_sentence_is_made_large() -> None:
    assert capital("merged BERT into GPT") == "Merged BERT into GPT"
    assert capital("“slow Lamps” has another PDF") == "“slow Lamps” has another PDF"
    assert capital("") == ""


def test_words_are_put_in_a_row() -> None:
    assert series(["the title"]) == "the title"
    assert series(["the title", "the date"]) == "the title and the date"
    assert series(["the title", "the date", "the links"]) == "the title, the date and the links"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("Graph Parsing Networks", 22) == "Graph Parsing Networks"
    assert shortened("Graph Parsing Networks", 21) == "Graph Parsing…"
    assert quoted("Graph Parsing Networks", 21) == "“Graph Parsing…”"
