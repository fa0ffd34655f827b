"""What several formats say of a paper: where it is, what it is, and when it came out."""

from __future__ import annotations

import re
from typing import Literal

from index.exports.escape import address
from index.identifiers import parse_identifier
from index.views import Detail

Kind = Literal["article", "conference", "preprint", "other"]

_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|reviews?|magazine|annals|bulletin|nature|science|frontiers"
    r"|plos|jmlr|tacl|tmlr|jair)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:proceedings|proc|conference|workshop|symposium|findings|congress|meeting|neurips|nips"
    r"|advances in neural|iclr|icml|acl|emnlp|naacl|eacl|coling|cvpr|iccv|eccv|aaai|ijcai|kdd"
    r"|sigir|interspeech|icassp|chi|uai|aistats|colm|corl|icra|miccai|wacv|bmvc)\b",
    re.IGNORECASE,
)
_PREPRINTS = re.compile(r"\b(?:arxiv|corr|biorxiv|medrxiv|preprint)\b", re.IGNORECASE)


def page(paper: Detail) -> str:
    """The best address of a paper, safe in a link; "" where none is known."""
    found = [link.url for kind in ("page", "pdf") for link in paper.links if link.kind == kind]
    known = [parse_identifier(f"{scheme}:{value}") for scheme, value in paper.identifiers]
    found += [identifier.url for identifier in known if identifier]
    return next(filter(None, map(address, found)), "")


def identifier(paper: Detail, scheme: str) -> str:
    """The paper's first identifier of a scheme; "" where it has none."""
    return next((value for own, value in paper.identifiers if own == scheme), "")


def kind(paper: Detail) -> Kind:
    """What a paper is, as far as its venue and its identifiers tell.

    ``other``: nothing tells, or its venue is no journal and no meeting that is known.
    """
    venue = paper.venue
    if venue and not _PREPRINTS.search(venue):
        if _JOURNAL.search(venue):
            return "article"
        if _MEETING.search(venue) or identifier(paper, "acl"):
            return "conference"
        return "article" if identifier(paper, "doi") else "other"
    return "preprint" if identifier(paper, "arxiv") or venue else "other"


def date_parts(paper: Detail) -> list[int]:
    """Year, month and day of publication, as many as are known."""
    return [int(part) for part in paper.published.split("-")] if paper.published else []


def status(paper: Detail) -> str:
    """How far the reader is with a paper: ``read``, ``skipped``, ``opened`` or ``unread``."""
    if paper.read:
        return "read"
    if paper.skipped:
        return "skipped"
    return "opened" if paper.opened else "unread"
