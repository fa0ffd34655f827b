"""Names of authors, in the forms that sources give them."""

from __future__ import annotations

import pytest

from index.authors import family_name, may_be_by_one


@pytest.mark.parametrize(
    ("author", "family"),
    [
        ("Ana Díaz", "Díaz"),
        ("Díaz, Ana", "Díaz"),
        ("Laurens van der Maaten", "van der Maaten"),
        ("Martin Luther King Jr.", "King"),
        ("Plato", "Plato"),
    ],
)
def test_family_names(author: str, family: str) -> None:
    assert family_name(author) == family


def test_two_lists_of_authors_may_be_of_one_paper() -> None:
    assert may_be_by_one(("Bo Li",), ("Li B", "Ana Díaz"))
    assert may_be_by_one(("Díaz, Ana",), ("A. Diaz",))
    assert may_be_by_one(("李 飞",), ("李飞", "李"))
    assert may_be_by_one((), ("Bo Li",))
    assert not may_be_by_one(("Bo Li",), ("Ana Díaz", "B. Song"))
