"""Web addresses: found in an abstract, and told apart by what they lead to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from pydantic import ValidationError

from index.paper import Link, LinkKind

_CODE = re.compile(
    r"(^|\.)(github\.com|git\.io|gitlab\.[\w.-]+|bitbucket\.org|codeberg\.org|gitee\.com"
    r"|huggingface\.co|sourceforge\.net|anonymous\.4open\.science)$"
)
_PDF = re.compile(r"\.pdf$|^/pdf(/|$)", re.IGNORECASE)
_PAPER_PAGES = re.compile(
    r"(doi\.org/10\.|arxiv\.org/abs/|huggingface\.co/papers/|aclanthology\.org/.|openreview\.net/forum)"
)

# RFC 3986 but for blanks and braces, which are LaTeX's in an abstract; LaTeX writes \_ for _. An
# address that ends in a hyphen was broken there at the end of a line. The next may follow at once.
# The bound is a little above what a Link may hold: trimming a longer one would take for ever.
_ADDRESS = re.compile(
    r"""(?: https?:// | (?<![\w@./-]) (?= www\.[\w-]+\.\w
                                      | (?:github|gitlab)\.com/
                                      | huggingface\.co/
                                      | [\w-]+\.github\.io\b ) )
        (?: (?!https?://) [\w.~:/?#\[\]@!$&'()*+,;=%-] | \\[_%#&~$] | (?<=-)[ ](?=\w) ){1,2100}
    """,
    re.VERBOSE | re.ASCII | re.IGNORECASE,
)
_HINTS = ("://", "www.", ".com/", ".co/", ".github.io")  # an address holds one; looking is quick
_PAIRS = {")": "(", "]": "["}


def links_in(text: str) -> tuple[Link, ...]:
    """The addresses in a text, in their order, each once; those without a scheme get ``https``.

    What is code or a PDF is marked as such. None is taken for the page of the paper itself: an
    abstract may name any other's.
    """
    if not any(hint in text for hint in _HINTS):
        return ()
    urls = dict.fromkeys(_trimmed(match[0]) for match in _ADDRESS.finditer(text))
    kinds = ((url, kind_of(url)) for url in urls)
    links = (make_link(url, "other" if kind == "page" else kind) for url, kind in kinds)
    return tuple(link for link in links if link)


def make_link(url: str, kind: LinkKind) -> Link | None:
    """A link to an address; None where it is not an http or https address that can be followed."""
    try:
        return Link(kind=kind, url=url)
    except ValidationError:
        return None


def kind_of(url: str) -> LinkKind:
    """What an address leads to: a PDF, code, the page of a paper, or something else."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return "other"
    host = (parts.hostname or "").removeprefix("www.")
    if _PDF.search(parts.path):
        return "pdf"
    if _PAPER_PAGES.match(host + parts.path):
        return "page"
    return "code" if _CODE.search(host) else "other"


def _trimmed(url: str) -> str:
    """An address without LaTeX's escapes and the punctuation of the sentence it stands in."""
    url = re.sub(r"\\(.)|[ ]", r"\1", url)
    while url[-1] in ".,;:!?'$*" or (
        url[-1] in _PAIRS and url.count(url[-1]) > url.count(_PAIRS[url[-1]])
    ):
        url = url[:-1]
    return url if url.lower().startswith("http") else f"https://{url}"
