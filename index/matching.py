"""Answers of services: which is about the paper that was asked for, and what it told of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from index.paper import SCHEMES, Paper, Scheme, may_be_by_one
from index.sources import Record

_SCHEMES: dict[Scheme, str] = {
    "doi": "DOI",
    "arxiv": "arXiv id",
    "acl": "ACL id",
    "openreview": "OpenReview id",
}


def named(paper: Paper, answers: Sequence[Record], scheme: Scheme) -> Record | None:
    """The answer that bears an identifier of the paper."""
    own = {name for name in paper.identifiers if name.scheme == scheme}
    return next((one for one in answers if own & set(one.paper.identifiers)), None)


def titled(paper: Paper, answers: Sequence[Record]) -> Record | None:
    """The answer that is about the paper, known by its title; none where it may be one of several.

    The folded titles are equal, and neither identifiers nor authors say otherwise. Several are one
    where each two share an identifier or a name, as the versions of one paper do.
    """
    fitting = [one for one in answers if _fits(paper, one.paper)]
    if all(_are_one(one.paper, other.paper) for one, other in combinations(fitting, 2)):
        return next(iter(fitting), None)
    return None


def _fits(paper: Paper, answer: Paper) -> bool:
    return (
        answer.title_key == paper.title_key
        and may_be_by_one(paper.authors, answer.authors)
        and not _are_told_apart(paper, answer)
    )


def _are_told_apart(one: Paper, other: Paper) -> bool:
    """Whether both hold identifiers of one scheme, and none in common."""
    both = {name.scheme for name in one.identifiers} & {name.scheme for name in other.identifiers}
    return bool(both) and not set(one.identifiers) & set(other.identifiers)


def _are_one(one: Paper, other: Paper) -> bool:
    if set(one.identifiers) & set(other.identifiers):
        return True
    return bool(one.authors and other.authors) and may_be_by_one(one.authors, other.authors)


def gained(before: Paper, after: Paper) -> tuple[str, ...]:
    """What a paper has that it had not, in words: “authors”, “year”, “arXiv id”, “links”."""
    named = {name.scheme for name in set(after.identifiers) - set(before.identifiers)}
    changed = {
        "title": after.title != before.title,
        "authors": after.authors != before.authors,
        "year": after.year != before.year,
        "date": after.published != before.published and after.year == before.year,
        "venue": after.venue != before.venue,
        "abstract": after.abstract != before.abstract,
        "categories": after.categories != before.categories,
        **{_SCHEMES[scheme]: scheme in named for scheme in SCHEMES},
        "links": after.links != before.links,
        "upvotes": after.upvotes != before.upvotes,
    }
    return tuple(field for field, is_so in changed.items() if is_so)
