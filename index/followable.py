"""What can be followed: how a reader says it, and as it is kept."""

from __future__ import annotations

import re
from glob import escape
from urllib.parse import urlsplit

from index.errors import FollowingError
from index.identifiers import web_address
from index.text import clean_line, quoted
from index.views import FollowKind

LONGEST = 1000
"""Characters of an address or a query."""

SPANS = ("daily", "week", "month")
"""What of Hugging Face Papers can be followed: the latest, or the best of a span of time."""

_SPAN_NAMES = {"week": "????-W??", "month": "????-??"}
_ARCHIVES = frozenset(
    "astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex"
    " nucl-th physics q-bio q-fin quant-ph stat".split()
)
_DIVIDED = frozenset("astro-ph cond-mat cs econ eess math nlin physics q-bio q-fin stat".split())
_CATEGORY = re.compile(r"([a-z-]+)(?:\.([a-z-]+|\*))?", re.I)
_QUERY = re.compile(r"[\s(]*(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):\s*[^\s)]", re.I)


def followable(kind: FollowKind, what: str) -> str:
    """What is to be followed, as it is kept. Raises FollowingError where nothing can be."""
    what = clean_line(what)
    if len(what) > LONGEST:
        raise FollowingError(f"What is followed has at most {LONGEST:,} characters.")
    return {"arxiv": _arxiv, "hf": _span, "feed": _feed, "author": _author}[kind](what)


def arxiv_query(what: str) -> str:
    """The query in arXiv's own words: a category stands for its papers, and all those in it."""
    if _QUERY.match(what):
        return what
    return f"cat:{what}.*" if what in _DIVIDED else f"cat:{what}"


def author_query(author: str) -> str:
    """The query in arXiv's own words for the papers of an author."""
    return 'au:"{}"'.format(" ".join(re.findall(r"[^\W_]+", author)))


def place(kind: FollowKind, what: str) -> str:
    """Where the records stand that fetching brings, as their origins have it: a GLOB pattern."""
    match kind:
        case "arxiv":
            return escape(f"arXiv {arxiv_query(what)}")
        case "author":
            return escape(f"arXiv {author_query(what)}")
        case "feed":
            return escape(what)
        case "hf":
            return f"Hugging Face {_SPAN_NAMES.get(what, what)}"


def _arxiv(what: str) -> str:
    if _QUERY.match(what):
        return what
    found = _CATEGORY.fullmatch(what)
    if not found or found[1].lower() not in _ARCHIVES:
        raise FollowingError(
            f"{quoted(what)} is neither a category of arXiv, as cs.CL is, nor a query in "
            "its words, as all:pooling is."
        )
    archive, subject = found[1].lower(), found[2]
    if not subject:
        return archive
    # Subjects of two letters are written large, cs.CL, others small, cond-mat.str-el.
    return f"{archive}.{subject.upper() if len(subject) == 2 else subject.lower()}"


def _span(what: str) -> str:
    if what.lower() not in SPANS:
        raise FollowingError(
            f"Hugging Face Papers are followed by {', '.join(SPANS[:-1])} or {SPANS[-1]}, not by "
            f"{quoted(what)}."
        )
    return what.lower()


def _feed(what: str) -> str:
    try:
        address = web_address(what)
    except ValueError:
        raise FollowingError(
            f"{quoted(what)} is no address of a feed: it begins with https:// or http://."
        ) from None
    if "@" in urlsplit(address).netloc:  # it would be told, exported, and never asked
        raise FollowingError("An address with a password in it is not followed.")
    return address


def _author(what: str) -> str:
    name = " ".join(re.findall(r"[^\s\"“”„]+", what))
    if not re.search(r"[^\W\d_]", name):
        raise FollowingError("An author needs a name.")
    return name
