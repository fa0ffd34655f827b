"""How alike two texts are."""

from __future__ import annotations


def likeness(one: str, other: str) -> float:
    """How alike two texts are, 0 to 1: the share of characters in their common subsequence."""
    from rapidfuzz.fuzz import ratio

    return float(ratio(one, other)) / 100


def part_likeness(part: str, whole: str) -> float:
    """How alike a text is to the part of a longer one that is most like it, 0 to 1."""
    from rapidfuzz.fuzz import partial_ratio

    return float(partial_ratio(part, whole)) / 100 if len(part) <= len(whole) else 0.0


def title_likeness(one: str, other: str) -> float:
    """How alike two folded titles are, 0 to 1, whatever the order of their words.

    1.0 where one has all words of the other. Of a hundred pairs that have nothing to do with each
    other, ninety-nine come to less than 0.56.
    """
    from rapidfuzz.fuzz import token_set_ratio

    return float(token_set_ratio(one, other)) / 100
