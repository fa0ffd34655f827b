"""Identifiers: what papers are known by everywhere, and the addresses that hold them."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from index.text import clean_line

Scheme = Literal["doi", "arxiv", "acl", "openreview"]

_ARXIV = re.compile(
    r"(\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|([a-z-]+)(?:\.[a-z]{2})?(/\d{7}))(?:v\d+)?(?:\.pdf)?",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ACL = re.compile(r"[A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+", re.IGNORECASE)
SCHEMES: tuple[Scheme, ...] = ("doi", "arxiv", "acl", "openreview")
_PAGES: dict[Scheme, str] = {
    "arxiv": "https://arxiv.org/abs/{}",
    "acl": "https://aclanthology.org/{}",
    "openreview": "https://openreview.net/forum?id={}",
    "doi": "https://doi.org/{}",
}
_PDFS: dict[Scheme, str] = {
    "arxiv": "https://arxiv.org/pdf/{}",
    "acl": "https://aclanthology.org/{}.pdf",
    "openreview": "https://openreview.net/pdf?id={}",
}


class Identifier(NamedTuple):
    """A name that one paper bears and no other: ``value`` is in its scheme's normal form."""

    scheme: Scheme
    value: str

    @property
    def url(self) -> str:
        """The page of the paper at the scheme's own site."""
        return _PAGES[self.scheme].format(self.value)

    @property
    def pdf(self) -> str:
        """The address of the paper's PDF at the scheme's own site; empty where it has none."""
        return _PDFS.get(self.scheme, "").format(self.value)


def parse_identifier(text: str, scheme: Scheme | None = None) -> Identifier | None:
    """Read an identifier, or the address of a paper's page, in its normal form.

    ``scheme`` says what the text is; without it DOIs, arXiv ids and the addresses of doi.org,
    arxiv.org, huggingface.co/papers, aclanthology.org and openreview.net are recognised. DOIs are
    lower-cased, arXiv ids lose their version, and arXiv's own DOIs become arXiv ids. None where the
    text is no identifier.
    """
    text = clean_line(text)
    if text.lower().startswith(("http://", "https://")):
        return _from_address(text)
    prefix, _, rest = text.partition(":")
    if rest and prefix.lower() in _PAGES:
        scheme, text = prefix.lower(), rest.strip()  # type: ignore[assignment]
    if scheme in (None, "doi") and _DOI.fullmatch(text):
        doi = text.lower()
        own = doi.removeprefix("10.48550/arxiv.")
        return Identifier("doi", doi) if own == doi else parse_identifier(own, "arxiv")
    if scheme in (None, "arxiv") and (match := _ARXIV.fullmatch(text)):
        archive, number = match[2], match[3]  # of the old form, math.GT/0309136
        return Identifier("arxiv", (archive + number if archive else match[1]).lower())
    if scheme == "acl" and _ACL.fullmatch(text):
        return Identifier("acl", text.upper() if text[0].isalpha() else text.lower())
    if scheme == "openreview" and re.fullmatch(r"[\w-]{6,32}", text):
        return Identifier("openreview", text)
    return None


def _from_address(url: str) -> Identifier | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("dx.")
    path = unquote(parts.path).strip("/")
    if host == "doi.org":
        return parse_identifier(path, "doi")
    if host.endswith("arxiv.org"):
        return parse_identifier(re.sub(r"^(abs|pdf|html)/", "", path), "arxiv")
    if host == "huggingface.co" and path.startswith("papers/"):
        return parse_identifier(path.removeprefix("papers/"), "arxiv")
    if host == "aclanthology.org":
        return parse_identifier(path.removesuffix(".pdf"), "acl")
    if host == "openreview.net" and (match := re.search(r"(?:^|&)id=([\w-]+)", parts.query)):
        return parse_identifier(match[1], "openreview")
    return None


def arxiv_version(text: str) -> int:
    """The version at the end of an arXiv id or address (``2402.14393v2`` is 2), or 0."""
    match = re.search(r"(?:\d{4}\.\d{4,5}|/\d{7})v(\d{1,4})(?:\.pdf)?$", text.strip())
    return int(match[1]) if match else 0


def web_address(text: str) -> str:
    """Return an http or https address, cleaned; raise ValueError for any other."""
    url = clean_line(text)
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or " " in url:
        raise ValueError("only http and https addresses are kept")
    return url
