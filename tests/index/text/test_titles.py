"""Titles that tell whose they are, and titles that do not."""

from __future__ import annotations

import pytest

from index.text import fold_title, tells_little, tells_nothing


@pytest.mark.parametrize(
    "title", ["Editorial", "Author Index", "Message from the Chairs", "Errata"]
)
def test_titles_that_any_number_of_works_bear(title: str) -> None:
    assert tells_nothing(fold_title(title))


@pytest.mark.parametrize("title", ["Overview of Slow Lamps", "Longformer", "Attention"])
def test_titles_that_tell_whose_they_are(title: str) -> None:
    assert not tells_nothing(fold_title(title))


@pytest.mark.parametrize("title", ["Slow Lamps", "Longformer", "Message from the Chairs", "Part 2"])
def test_titles_that_others_may_well_bear(title: str) -> None:
    assert tells_little(fold_title(title))


@pytest.mark.parametrize("title", ["Overview of Slow Lamps", "Rings of Rain"])
def test_titles_of_three_words_tell_something(title: str) -> None:
    assert not tells_little(fold_title(title))
