"""Sameness: whether what is told of two papers bears out that they are one."""

from __future__ import annotations

from index.authors import may_be_by_one
from index.paper import Paper
from index.text import fold, likeness, tells_little, tells_nothing

FAR_APART = 3
"""Years after which papers of one title are rather two works."""

LIKE_ABSTRACTS = 0.7
"""Two abstracts that have nothing to do with each other come to 0.45. Above this are versions of
one abstract, and works of a series, which their numbers tell apart."""

OPENING = 1000
"""The characters of an abstract that are compared."""


def bears_out(paper: Paper, record: Paper) -> bool:
    """Whether what is known of a paper bears out that a record is it, besides the record's title.

    Where both name authors, these decide. Else like abstracts are enough; and else the years, which
    may not lie far apart. For a title that tells little they must be equal, and for one that tells
    nothing (“Preface”) they are not enough.
    """
    if paper.authors and record.authors:
        return may_be_by_one(paper.authors, record.authors)
    if like_abstracts(paper, record):
        return True
    if tells_nothing(record.title_key):
        return False
    if paper.year is None or record.year is None:
        return not tells_little(record.title_key)
    return abs(paper.year - record.year) <= (0 if tells_little(record.title_key) else FAR_APART)


def like_abstracts(one: Paper, other: Paper) -> bool:
    """Whether both have abstracts, and these are versions of one."""
    first, second = (fold(paper.abstract[:OPENING]) for paper in (one, other))
    return bool(first and second) and likeness(first, second) >= LIKE_ABSTRACTS
