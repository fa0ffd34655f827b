"""Any RSS or Atom feed: the papers of a journal, of arXiv's own feeds, the entries of a blog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.errors import ServiceError
from index.identifiers import Scheme, web_address
from index.paper import Paper
from index.sources.atom_rss import Feed, categories, day, papers, parse_feed, parts, people, said
from index.sources.base import Record, make_paper
from index.sources.fields import Fields, date, given_first, split_names
from index.sources.html_text import plain
from index.sources.naming import names_of
from index.sources.publishers import doi_in
from index.text import clean_line, shortened
from index.views import Reject

if TYPE_CHECKING:
    from index.sources.http import Answer, Http, Known

name = "feed"

LARGEST = 16 << 20
"""Bytes of the largest feed that is read."""

_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"
)
_LONGEST_SUMMARY = 20_000  # characters; what is longer is a whole article
_ANNOUNCED = re.compile(
    r"\s*arXiv:(?P<id>\S+)\s+Announce Type:\s*(?P<type>\S+)\s*(?:Abstract:\s*)?", re.I
)  # how a summary begins in arXiv's own feeds
_PREFIX = re.compile(r"(?:oai:arxiv\.org:|info:doi/|urn:doi:|doi:\s*)", re.I)


def recognise(what: str) -> bool:
    """Whether a text is an http or https address."""
    try:
        return bool(web_address(what))
    except ValueError:
        return False


def read(http: Http, what: str, known: Known | None = None) -> Iterator[Record | Reject]:
    """The entries of the feed at an address, in its order.

    Raises ServiceError; where the feed breaks off, once what is whole was given.
    """
    answer = _fetched(http, what, known)
    if not answer.is_new:
        return
    found = _feed(answer)
    yield from papers(found, _paper, clean_line(what))
    if not found.is_whole:
        raise ServiceError("The feed breaks off in the middle; try again later.")


def title(http: Http, what: str) -> str:
    """What the feed at an address calls itself; the address where it has no name.

    Raises ServiceError where there is no feed.
    """
    feed = _feed(_fetched(http, what))
    called = clean_line(_plain(feed.fields, "title"))
    return shortened(called, 100) if called else clean_line(what)


def _fetched(http: Http, what: str, known: Known | None = None) -> Answer:
    return http.get("web", what, accept=_ACCEPT, known=known, most=LARGEST)


def _feed(answer: Answer) -> Feed:
    try:
        return parse_feed(answer.body, answer.charset, answer.url)
    except ValueError as error:
        raise ServiceError(f"This is no feed: {error}.") from None


def _paper(fields: Fields) -> Paper:
    if announced := _ANNOUNCED.match(said(fields, "summary")):
        return _announced(fields, announced)
    return _made(
        fields,
        abstract=shortened(_plain(fields, "summary"), _LONGEST_SUMMARY),
        authors=_authors(fields),
        published=day(fields) or date({"day": said(fields, "prism_publicationdate")}, "day"),
        venue=plain(said(fields, "prism_publicationname")),
    )


def _announced(fields: Fields, announced: re.Match[str]) -> Paper:
    """A paper of arXiv's own feeds: the day is that of its announcement, maybe of a version."""
    creators = re.sub(r"\([^()]*\)", "", ",".join(people(fields)))
    return _made(
        fields,
        announced["id"],
        abstract=announced.string[announced.end() :],
        authors=plain(creators).split(","),
        published=day(fields) if announced["type"].lower() in ("new", "cross") else None,
        venue=said(fields, "arxiv_journal_reference"),
    )


def _made(fields: Fields, arxiv_id: str = "", **more: Any) -> Paper:
    named = names_of(_named(fields, arxiv_id), _pages(fields))
    return make_paper(
        title=_plain(fields, "title"),
        categories=categories(fields),
        identifiers=named.identifiers,
        version=named.version,
        links=named.links,
        source=name,
        **more,
    )


def _plain(fields: Fields, key: str) -> str:
    """A field as plain text; feedparser says where it is no HTML."""
    detail = fields.get(f"{key}_detail")
    is_text = isinstance(detail, dict) and detail.get("type") == "text/plain"
    return said(fields, key) if is_text else plain(said(fields, key))


def _authors(fields: Fields) -> list[str]:
    """The authors: each in a field of its own, or all in one."""
    found = [plain(one) for one in people(fields)]
    return [given_first(one) for one in (split_names(found[0]) if len(found) == 1 else found)]


def _pages(fields: Fields) -> list[str]:
    """The addresses of the entry itself, not of what it speaks of."""
    links = parts(fields, "links")
    return [said(link, "href") for link in links if link.get("rel") == "alternate"]


def _named(fields: Fields, arxiv_id: str) -> Iterator[tuple[str, Scheme | None]]:
    yield arxiv_id, "arxiv"
    for key in ("prism_doi", "arxiv_doi"):
        yield _PREFIX.sub("", said(fields, key)), "doi"
    for key in ("dc_identifier", "id"):
        yield _PREFIX.sub("", said(fields, key)), None
    for page in _pages(fields):
        yield doi_in(page), "doi"
