"""The services that papers come from, and which of them has what a person pasted."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

from index.errors import SourceError
from index.followable import arxiv_query
from index.identifiers import Identifier, arxiv_version, parse_identifier
from index.pasted import bare, is_query
from index.sources import arxiv, crossref, doi, feed, hf_papers, plugins
from index.sources.base import Service
from index.sources.publishers import doi_in
from index.text import clean_line, shortened

SERVICES: tuple[Service, ...] = (arxiv, hf_papers, doi, crossref, feed)

WHAT_CAN_BE_ADDED = (
    "arXiv ids, DOIs, and the addresses of papers at arxiv.org, doi.org, huggingface.co/papers "
    "and aclanthology.org can be added, and at publishers those that hold a DOI"
)

_HOSTS = re.compile(
    r"(?:www\.|dx\.)?(?:arxiv\.org|doi\.org|huggingface\.co|aclanthology\.org)/", re.IGNORECASE
)
_HF_LIST = re.compile(r"papers(?:/(?:date|week|month)/([\w-]+))?/?")
_ARXIV_LIST = re.compile(
    r"https?://(?:www\.|export\.)?arxiv\.org/list/([a-z-]+(?:\.[A-Za-z-]+)?)(?:/\w*)?(?:\?.*)?"
)
# Of the Anthology's old ids, those of the meetings and years that have DOIs of this form.
_ACL_WITH_DOI = re.compile(r"[DEKNPSW]1[6-9]-\d{4}|\d{4}\.[\w-]+\.\d+", re.IGNORECASE)


def service_for(what: str) -> tuple[Service, str]:
    """The service for what was pasted, an id or an address, and the question to read from it.

    What none of carrel's own has may be for one that another package brings. Raises SourceError,
    which says what can be added, where no service has it.
    """
    pasted = _alone(what)
    if found := _at_hugging_face(pasted):
        return hf_papers, found
    if found := _listed_at_arxiv(pasted):
        return arxiv, found
    known = parse_identifier(pasted)
    match known:
        case Identifier("arxiv", number):
            version = arxiv_version(pasted)
            return arxiv, f"{number}v{version}" if version else number
        case Identifier("doi", value):
            return doi, value
        case Identifier("acl", value) if _ACL_WITH_DOI.fullmatch(value):
            return doi, f"10.18653/v1/{value.lower()}"
    others = plugins.services()
    for service in others.found:
        if service.recognise(pasted):
            return service, pasted
    if not known and (found := doi_in(pasted)):
        return doi, found
    raise SourceError(" ".join([_complaint(pasted, known), *others.complaints]))


def _alone(what: str) -> str:
    """What was pasted, by itself; an address also where its beginning was left out."""
    text = bare(what)
    return f"https://{text}" if _HOSTS.match(text) else text


def _at_hugging_face(pasted: str) -> str:
    """The question for a page of Hugging Face's papers; empty where it is none."""
    try:
        parts = urlsplit(pasted)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or parts.hostname != "huggingface.co":
        return ""
    path = unquote(parts.path).strip("/")
    if path == "papers" and (sought := parse_qs(parts.query).get("q")):
        return f"search:{clean_line(sought[0])}"
    if listed := _HF_LIST.fullmatch(path):
        span = listed[1] or "daily"
        return span if hf_papers.recognise(span) else ""
    known = parse_identifier(pasted)
    return f"paper:{known.value}" if known else ""


def _listed_at_arxiv(pasted: str) -> str:
    """The question for a list of arXiv's, or one in its own words; empty where it is neither."""
    if listed := _ARXIV_LIST.fullmatch(pasted):
        return arxiv_query(listed[1])
    return pasted if is_query(pasted) else ""


def _complaint(pasted: str, known: Identifier | None) -> str:
    shown = shortened(pasted, 80)
    if known:
        return f"{shown} cannot be looked up at {known.url.split('/')[2]}; {WHAT_CAN_BE_ADDED}."
    if feed.recognise(pasted):
        return f"{shown} is no paper's address that is known; {WHAT_CAN_BE_ADDED}."
    return f"“{shown}” is neither an id nor an address; {WHAT_CAN_BE_ADDED}."
