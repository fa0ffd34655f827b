"""Answers of services: which is about the paper that was asked for, and what it told of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from index.authors import may_be_by_one
from index.identifiers import SCHEMES, Scheme
from index.paper import Paper
from index.sameness import bears_out, like_abstracts
from index.sources import Record
from index.text import tells_little, title_likeness

LIKE_TITLES = 0.6
"""What the titles of an article and its preprint come to, even where it was given another name."""

SCHEME_WORDS: dict[Scheme, str] = {
    "doi": "DOI",
    "arxiv": "arXiv id",
    "acl": "ACL id",
    "openreview": "OpenReview id",
}
"""What people call the identifiers."""


def named(paper: Paper, answers: Sequence[Record], scheme: Scheme) -> Record | None:
    """The answer that bears an identifier of the paper."""
    own = {name for name in paper.identifiers if name.scheme == scheme}
    return next((one for one in answers if own & set(one.paper.identifiers)), None)


def is_doubtful(paper: Paper, answer: Paper) -> bool:
    """Whether an answer that bears the paper's identifier is rather about another paper.

    Their titles are unlike, no author says that they are one, and neither do the abstracts: then
    the identifier is wrong.
    """
    if title_likeness(paper.title_key, answer.title_key) >= LIKE_TITLES:
        return False
    if paper.authors and answer.authors and may_be_by_one(paper.authors, answer.authors):
        return False
    return not like_abstracts(paper, answer)


def titled(paper: Paper, answers: Sequence[Record]) -> Record | None:
    """The answer that is about the paper, known by its title; none where it may be one of several.

    The folded titles are equal, and neither identifiers nor authors say otherwise; a title that
    tells little must be borne out by more (``paper.bears_out``). Several are one where each two
    share an identifier or a name, as the versions of one paper do.
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
        and (not tells_little(paper.title_key) or bears_out(paper, answer))
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
        **{SCHEME_WORDS[scheme]: scheme in named for scheme in SCHEMES},
        "links": after.links != before.links,
        "upvotes": after.upvotes != before.upvotes,
    }
    return tuple(field for field, is_so in changed.items() if is_so)
