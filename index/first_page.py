"""First pages: what the text of a PDF's first page tells of whose paper it is.

Titles and identifiers are guessed from it, and it cites other papers. So a paper is taken for the
PDF's own only where the page bears that out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from index.authors import family_name
from index.text import fold_title, likeness, part_likeness

SHOWN = 0.8
"""How much of a title stands on its page, even where formulas and ligatures came out wrong. Titles
that have nothing to do with a page come to less than 0.75."""

ALIKE = 0.9
"""What two copies of one page come to. Two theses of one university may come to 0.7."""

OPENING = 2000
"""The characters of two pages that are compared."""

_REFERENCES = re.compile(r"^\W*(references|bibliography|literature cited)\W*$", re.I | re.M)


def shows_title(page: str, title: str) -> bool:
    """Whether a title stands on a page, above the works that it cites."""
    own = _REFERENCES.split(page, maxsplit=1)[0]
    return part_likeness(fold_title(title), fold_title(own)) >= SHOWN


def shows_author(page: str, authors: Iterable[str]) -> bool:
    """Whether any of the authors is named on a page, be it with blanks between the letters."""
    words = fold_title(page).split()
    run_together = "".join(words)
    names = [fold_title(family_name(author)).replace(" ", "") for author in authors]
    return any(name in words or (len(name) > 3 and name in run_together) for name in names)


def are_alike(page: str, other: str) -> bool:
    """Whether two pages are copies of one."""
    return likeness(fold_title(page[:OPENING]), fold_title(other[:OPENING])) >= ALIKE
