"""The names of authors, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given

from index.exports.names import Name, parse_name
from tests.index.exports.papers import TITLES


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Ada Lovelace", Name("Lovelace", "Ada")),
        ("Jean-Pierre M. Serre", Name("Serre", "Jean-Pierre M.")),
        ("Lovelace, Ada", Name("Lovelace", "Ada")),
        ("Ludwig van Beethoven", Name("Beethoven", "Ludwig", "van")),
        ("van der Berg, Jan", Name("Berg", "Jan", "van der")),
        ("Martin Luther King Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("Martin Luther King, Jr.", Name("King", "Martin Luther", "", "Jr.")),
        ("King, III, Martin Luther", Name("King", "Martin Luther", "", "III")),
        ("Plato", Name("Plato")),
        ("van Gogh", Name("Gogh", "van")),
        ("ATLAS Collaboration", Name("ATLAS Collaboration")),
        ("The Alan Turing People", Name("The Alan Turing People")),
        ("{Barnes and Noble}", Name("Barnes and Noble")),
        ("a, b, c, d", Name("a, b, c, d")),
        (",", Name(",")),
        ("王 小明", Name("小明", "王")),
    ],
)
def test_a_name_is_taken_apart(author: str, name: Name) -> None:
    assert parse_name(author) == name


@pytest.mark.parametrize(
    ("given", "initials"),
    [
        ("Ada", "A."),
        ("Jean-Pierre M.", "J.-P. M."),
        ("J.P.", "J. P."),
        ("ada byron", "A. B."),
        ("D’Arcy", "D."),
        ("Élodie", "É."),
        ("", ""),
    ],
)
def test_given_names_have_initials(given: str, initials: str) -> None:
    assert Name("X", given).initials == initials


@given(TITLES)
def test_no_name_is_lost(author: str) -> None:
    name = parse_name(author)
    assert name.family or author == "{}"
    parts = (name.given, name.particle, name.family, name.suffix)
    assert (
        sorted("".join(parts).replace(" ", ""))
        == sorted(
            author.strip("{}" if name == Name(author[1:-1]) else "")
            .replace(" ", "")
            .replace(",", "")
        )
        or not name.given
    )
