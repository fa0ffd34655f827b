"""Parts of the sentences that the reader is told."""

from __future__ import annotations

from collections.abc import Sequence

LONGEST_QUOTE = 60
"""Characters of a title or a name within a sentence."""


def shortened(text: str, length: int) -> str:
    """The text, cut at a word with an ellipsis where it is longer than ``length`` characters."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def quoted(text: str, length: int = LONGEST_QUOTE) -> str:
    """A title or a name in quotation marks, shortened to ``length`` characters."""
    return f"“{shortened(text, length)}”"


def capital(sentence: str) -> str:
    """A sentence with its first letter large; the others stay as they are."""
    return sentence[:1].upper() + sentence[1:]


def counted(number: int, what: str = "paper") -> str:
    """``1 paper``, ``2,000 papers``"""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def series(words: Sequence[str]) -> str:
    """``the title, the date and the links``; at least one."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
