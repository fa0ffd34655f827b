"""Publishers' addresses: the DOI that stands in that of a paper's page or PDF."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

_DOI = re.compile(r"(?:^|/)(10\.\d{4,9}/.+)")
_TAIL = re.compile(
    r"/+$|[/.](?:full|fulltext|full-text|abstract|abs|short|summary|meta|html?|e?pdf|epub)$", re.I
)  # which view of the paper it is, as in …/full, ….full.pdf or …/meta
_PREPRINT = re.compile(r"(10\.1101/.+?)v\d{1,3}", re.I)  # a version at bioRxiv or medRxiv


def doi_in(address: str) -> str:
    """The DOI in the path of an address, or in its ``id`` or ``doi``; empty where there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https"):
        return ""
    asked = parse_qs(parts.query)
    for text in (unquote(parts.path), *asked.get("id", ()), *asked.get("doi", ())):
        if found := _DOI.search(text):
            return _without_view(found[1])
    return ""


def _without_view(doi: str) -> str:
    while (shorter := _TAIL.sub("", doi)) != doi:
        doi = shorter
    preprint = _PREPRINT.fullmatch(doi)
    return preprint[1] if preprint else doi
