"""Whether two papers are one, and what says so."""

from __future__ import annotations

import re
from functools import lru_cache

from index.authors import family_name, may_be_by_one
from index.duplicates.titles import is_part_of, same_but_for_writing
from index.identifiers import Identifier, Scheme, parse_identifier
from index.paper import Paper
from index.sameness import FAR_APART, like_abstracts
from index.text import fold, fold_title, likeness, tells_nothing
from index.views import Sameness

SAME_AUTHORS = 0.5
"""The share of the shorter list of authors that must stand on the longer one too."""

LIKE_TITLES = 0.5
"""What joins a paper to the identifier it links to, where the authors of one are not known."""

DOUBTFUL = 0.9
"""The likeness of papers with one title and one set of authors, but identifiers that differ."""

_ACL_DOI = re.compile(r"10\.(?:18653/v1|3115/v1)/(.+)")


def judge(one: Paper, other: Paper) -> tuple[Sameness, float] | None:
    """Why two papers are the same, and how alike they are (0 to 1); None where they are not."""
    first, second = fold_title(one.title), fold_title(other.title)
    authors = shared_authors(one, other)
    if _names_the_other(one, other) and _may_be(first, second, authors):
        return "identifier", 1.0
    if first == second:
        return _by_title(one, other, first, authors)
    return _by_near_title(one, other, first, second, authors)


def names(paper: Paper) -> frozenset[Identifier]:
    """All that a paper is known by: its identifiers, those of its own pages, ACL ids in DOIs."""
    pages = (link.url for link in paper.links if link.kind in ("page", "pdf"))
    linked = filter(None, map(parse_identifier, pages))
    acl = (
        parse_identifier(match[1], "acl")
        for scheme, value in paper.identifiers
        if scheme == "doi" and (match := _ACL_DOI.fullmatch(value))
    )
    return frozenset((*paper.identifiers, *linked, *filter(None, acl)))


def shared_authors(one: Paper, other: Paper) -> float | None:
    """The share of the shorter list of authors on the longer; None where one is not known."""
    if not one.authors or not other.authors:
        return None
    first, second = _families(one.authors), _families(other.authors)
    return len(first & second) / min(len(first), len(second))


def clash(one: Paper, other: Paper, scheme: Scheme | None = None) -> bool:
    """Whether identifiers of one scheme, or of the scheme given, tell two papers apart.

    DOIs do so only where one publisher gave both: a preprint's DOI and the journal's may differ.
    """
    return any(
        mine and theirs and not mine & theirs
        for mine, theirs in (
            (_values(one, space), _values(other, space))
            for space in {_space(name) for name in one.identifiers}
            if scheme in (None, space[0])
        )
    )


def _space(name: Identifier) -> tuple[Scheme, str]:
    """Where a value is given to one paper alone."""
    return name.scheme, name.value.partition("/")[0] if name.scheme == "doi" else ""


def _values(paper: Paper, space: tuple[Scheme, str]) -> set[str]:
    return {name.value for name in paper.identifiers if _space(name) == space}


def _names_the_other(one: Paper, other: Paper) -> bool:
    shared = names(one) & names(other)
    return any(not clash(one, other, name.scheme) for name in shared)


def _may_be(first: str, second: str, authors: float | None) -> bool:
    """Whether a link may be taken at its word: papers link to the work of others too."""
    if authors is not None:
        return authors > 0
    return likeness(first, second) >= LIKE_TITLES


def _by_title(
    one: Paper, other: Paper, title: str, authors: float | None
) -> tuple[Sameness, float] | None:
    parted, same = clash(one, other), authors is not None and authors >= SAME_AUTHORS
    years = abs(one.year - other.year) if one.year and other.year else 0
    if tells_nothing(title):
        return ("title", 1.0) if same and not parted and not years else None
    if parted or years > FAR_APART:
        return ("near", DOUBTFUL) if same and years <= FAR_APART else None
    return ("title", 1.0) if may_be_by_one(one.authors, other.authors) else None


def _by_near_title(
    one: Paper, other: Paper, first: str, second: str, authors: float | None
) -> tuple[Sameness, float] | None:
    if (authors is not None and authors < SAME_AUTHORS) or clash(one, other):
        return None
    if same_but_for_writing(first, second):
        if authors is None and not like_abstracts(one, other):
            return None
    elif not (is_part_of(*sorted((first, second), key=len)) and like_abstracts(one, other)):
        return None
    return "near", likeness(first, second)


@lru_cache(maxsize=4096)
def _families(authors: tuple[str, ...]) -> frozenset[str]:
    return frozenset(fold(family_name(author)) for author in authors)
