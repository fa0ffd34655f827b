"""Authors: the names that papers bear."""

from __future__ import annotations

import re

from index.text import fold, to_unicode

_PARTICLES = frozenset("van von der den de del della di da la le ter ten".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())


def family_name(author: str) -> str:
    """The family name of an author written ``Given Family`` or ``Family, Given``."""
    author = to_unicode(author)
    if "," in author:
        return author.partition(",")[0].strip()
    words = author.split()
    while len(words) > 1 and words[-1].rstrip(".").lower() in _SUFFIXES:
        words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def may_be_by_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of authors may be of one paper: they share a name, or one is not known.

    Any name, not the family name alone: some write ``Li B`` for Bo Li.
    """
    return not one or not other or bool(_names(one) & _names(other))


def short_authors(authors: tuple[str, ...]) -> str:
    """The authors in short: ``Song``, ``Song & Li`` or ``Song et al.``; empty without any."""
    names = [family_name(author) for author in authors[:2]]
    if len(authors) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)


def _names(authors: tuple[str, ...]) -> set[str]:
    words = re.split(r"[\W\d_]+", fold(to_unicode(" ".join(authors))))
    return {word for word in words if len(word) > 1 or not word.isascii()} or set(words)
