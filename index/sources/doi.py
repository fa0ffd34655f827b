"""DOIs: doi.org asks whoever registered one, Crossref or DataCite, for what it is the name of.

The answer is CSL-JSON, one object.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from index.errors import ServiceError
from index.identifiers import parse_identifier
from index.paper import Link, Paper
from index.sources.base import Record
from index.sources.csl_json import paper_of
from index.sources.json_text import parse
from index.views import Reject

if TYPE_CHECKING:
    from index.sources.http import Http, Known

name = "doi"

LARGEST = 4 << 20
"""Bytes of the largest answer that is read: some list thousands of references."""

_CSL = "application/vnd.citationstyles.csl+json"
_ARXIV = "10.48550/arxiv."


def recognise(what: str) -> bool:
    """Whether a text is a DOI, by itself or as an address of doi.org."""
    return bool(_doi(what))


def read(http: Http, what: str, known: Known | None = None) -> Iterator[Record | Reject]:
    """The paper that bears a DOI. Raises ServiceError, with ``gone`` where there is no such DOI."""
    doi = _doi(what)
    if not doi:
        raise ServiceError("That is no DOI.", gone=True)
    url = f"{http.address('doi')}/{quote(doi, safe='/:;()')}"
    try:
        answer = http.get("doi", url, accept=_CSL, known=known, most=LARGEST)
    except ServiceError as error:
        if error.gone:
            raise ServiceError(f"doi.org knows no DOI {doi}.", gone=True) from None
        raise
    if not answer.is_new:
        return
    try:
        raw = answer.body.decode("utf-8-sig")
        fields = parse(raw)
    except ValueError:
        raise ServiceError(f"doi.org's answer about {doi} cannot be read.") from None
    try:
        yield Record(_named(paper_of(fields, name), doi), 1, file=f"DOI {doi}", raw=raw)
    except ValueError as error:
        yield Reject(f"DOI {doi}", 1, str(error))


def _named(paper: Paper, doi: str) -> Paper:
    """What is described bears the DOI that was asked for; to another, of its own, it has a link."""
    asked = [name for name in [parse_identifier(doi, "doi")] if name]
    others = [name for name in paper.identifiers if name.scheme == "doi" and name not in asked]
    rest = [name for name in paper.identifiers if name not in (*asked, *others)]
    links = (*paper.links, *(Link(kind="page", url=name.url) for name in others))
    return paper.model_copy(update={"identifiers": (*asked, *rest), "links": links})


def _doi(what: str) -> str:
    """The DOI that a text is, arXiv's own too; empty where it is none."""
    match parse_identifier(what, "doi"):
        case ("doi", str(doi)):
            return doi
        case ("arxiv", str(number)) if _ARXIV in what.lower():
            return _ARXIV + number
    return ""
