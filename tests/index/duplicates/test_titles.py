"""Titles that are one title written twice, and titles that only look so."""

from __future__ import annotations

import pytest

from index.duplicates.titles import (
    is_part_of,
    number_in,
    numbers,
    same_but_for_writing,
)
from index.text import fold_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Pre-training of Deep Parsers", "Pretraining of Deep Parsers"),
        ("A Survey on the Parsing of Trees", "Survey of Parsing of Trees"),
        ("Graph Neural Network for Rain", "Graph Neural Networks for Rain"),
        ("Optimising Slow Lamps", "Optimizing Slow Lamps"),
        ("Learning to Recieve Signals", "Learning to Receive Signals"),
        ("Trees and Forests", "Treesand Forests"),
        ("Lamps, Part II", "Lamps, Part 2"),
        ("GANs for Soup", "GAN for Soup"),
    ],
)
def test_one_title_written_twice(one: str, other: str) -> None:
    assert same_but_for_writing(fold_title(one), fold_title(other))
    assert same_but_for_writing(fold_title(other), fold_title(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Findings of the WMT 2020 Shared Task", "Findings of the WMT 2021 Shared Task"),
        ("On Slow Lamps, Part I", "On Slow Lamps, Part II"),
        ("The Third Workshop on Soup", "The Fourth Workshop on Soup"),
        (
            "News Translation by the Lamp Team at WMT20",
            "News Translation by the Lamp Team at WMT21",
        ),
        ("Supervised Parsing of Trees", "Unsupervised Parsing of Trees"),
        ("Entity Coreference in Kitchens", "Event Coreference in Kitchens"),
        ("Reading Rings with a CNN", "Reading Rings with an RNN"),
        ("Cost Weighting for Translation", "Instance Weighting for Translation"),
        ("Parsing Trees", "Improved Parsing of Trees"),
    ],
)
def test_two_works_whose_titles_are_alike(one: str, other: str) -> None:
    assert not same_but_for_writing(fold_title(one), fold_title(other))
    assert not same_but_for_writing(fold_title(other), fold_title(one))


def test_numbers_are_read_however_they_are_written() -> None:
    assert [number_in(word) for word in ("wmt20", "second", "ii", "3d", "gpt", "2b3")] == [
        *("20", "2", "2", "3", "", "2-3")
    ]
    assert numbers("the second iwslt 2010 part iv") == ["2", "2010", "4"]


def test_a_name_in_front_and_a_subtitle_behind_make_a_title_part_of_another() -> None:
    part = "slow lamps remember rain"
    assert is_part_of(part, f"lampnet {part}")
    assert is_part_of(part, f"{part} a study in kitchens")
    assert not is_part_of(part, f"{part} 2"), "the second of a series"
    assert not is_part_of(part, f"correction to {part}")
    assert not is_part_of("lamps", "slow lamps"), "too little to tell"
    assert not is_part_of(part, "bright lamps remember rain")
