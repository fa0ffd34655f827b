"""The names of authors, taken apart as reference lists want them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PARTICLES = frozenset(
    "van von vom der den de del della di da dal dos du la le ter ten zu zum".split()
)
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_BODIES = re.compile(
    r"\b(?:team|collaboration|consortium|group|inc|ltd|llc|gmbh|university|institute|labs?|network"
    r"|research|foundation|society|association|organi[sz]ation|committee|initiative|project)\.?$"
    r"|^the\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(r"([^\W\d_])[\w'’]*\.?")
_RUN_ON = re.compile(r"\.(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Name:
    """An author's name. A body that signs as one, and a name of one word, is its family name."""

    family: str
    given: str = ""
    particle: str = ""  # "van der", as it stands before the family name
    suffix: str = ""  # "Jr."

    @property
    def initials(self) -> str:
        """The given names by their first letters: ``J.-P. M.``."""
        return _RUN_ON.sub(". ", _GIVEN.sub(lambda name: f"{name[1].upper()}.", self.given))


def parse_name(author: str) -> Name:
    """Take apart a name written ``Given Family``, ``Family, Given`` or ``Family, Jr., Given``.

    Particles in small letters belong to the family name: ``Ludwig van Beethoven``. What stands in
    braces, and what reads as a body, is no person's name and stays whole.
    """
    if author[0] + author[-1] == "{}":
        return Name(author[1:-1])
    if _BODIES.search(author):
        return Name(author)
    parts = [part.strip() for part in author.split(",")]
    if len(parts) in (2, 3) and all(parts):
        if _is_suffix(parts[-1]) and len(parts) == 2:  # Martin Luther King, Jr.
            return _with_suffix(parse_name(parts[0]), parts[1])
        particle, family = _particle(parts[0].split())
        suffix = parts[1] if len(parts) == 3 else ""
        return Name(family, parts[-1], particle, suffix)
    words = author.split()
    if len(words) > 2 and _is_suffix(words[-1]):
        return _with_suffix(parse_name(" ".join(words[:-1])), words[-1])
    if len(words) < 2 or "," in author:
        return Name(author)
    start = len(words) - 1
    while start > 1 and words[start - 1] in _PARTICLES:
        start -= 1
    particle, family = _particle(words[start:])
    return Name(family, " ".join(words[:start]), particle)


def _particle(words: list[str]) -> tuple[str, str]:
    """The particle that a family name begins with, and the rest."""
    end = 0
    while end < len(words) - 1 and words[end] in _PARTICLES:
        end += 1
    return " ".join(words[:end]), " ".join(words[end:])


def _is_suffix(word: str) -> bool:
    return word.rstrip(".").lower() in _SUFFIXES


def _with_suffix(name: Name, suffix: str) -> Name:
    return Name(name.family, name.given, name.particle, suffix) if name.given else name
