"""Paper and its identity: what every other room speaks of.

A paper is known by its identifiers, and by its folded title where it has none. Records come from
outside, so pydantic checks and cleans every field here, at the door.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Annotated, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from index.text import (
    clean_line,
    clean_text,
    fold,
    fold_title,
    likeness,
    tells_little,
    tells_nothing,
    to_unicode,
)

Scheme = Literal["doi", "arxiv", "acl", "openreview"]
LinkKind = Literal["page", "pdf", "code", "other"]

READER = "reader"
"""Who a field is from that was edited here: no record's source bears that name."""

FAR_APART = 3
"""Years after which papers of one title are rather two works."""

LIKE_ABSTRACTS = 0.7
"""Two abstracts that have nothing to do with each other come to 0.45. Above this are versions of
one abstract, and works of a series, which their numbers tell apart."""

OPENING = 1000
"""The characters of an abstract that are compared."""

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


def partial_date(text: str) -> str:
    """Return a year, month or day as ISO 8601 (``2024``, ``2024-03``, ``2024-03-07``).

    Raises ValueError where it is none, or lies outside the years 1000 to 2999.
    """
    text = str(text).strip()
    if not re.fullmatch(r"[12]\d{3}(-\d{2}(-\d{2})?)?", text):
        raise ValueError(f"{clean_line(text)[:40]!r} is not a year, a month or a day")
    try:
        dt.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar") from None
    return text


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _source(name: str) -> str:
    return "" if name == READER else name


Line = Annotated[str, AfterValidator(clean_line)]
Lines = Annotated[tuple[Line, ...], AfterValidator(_once)]
PartialDate = Annotated[str, BeforeValidator(partial_date)]


class Link(BaseModel):
    """An address that belongs to a paper. Only http and https are let in."""

    model_config = ConfigDict(frozen=True)

    kind: LinkKind = "other"
    url: Annotated[str, AfterValidator(web_address), Field(max_length=2000)]


class Paper(BaseModel):
    """A paper as a source describes it. LaTeX stays as it came (see ``index.text.to_unicode``)."""

    model_config = ConfigDict(frozen=True)

    title: Annotated[str, AfterValidator(clean_line), Field(min_length=1, max_length=2000)]
    abstract: Annotated[str, AfterValidator(clean_text), Field(max_length=100_000)] = ""
    authors: Annotated[Lines, Field(max_length=10_000)] = ()
    published: PartialDate | None = None
    venue: Annotated[Line, Field(max_length=1000)] = ""
    categories: Lines = ()
    identifiers: tuple[Identifier, ...] = ()
    # Of the preprint that the abstract is from; 0 is unknown.
    version: Annotated[int, Field(ge=0, lt=10_000)] = 0
    links: tuple[Link, ...] = ()
    upvotes: Annotated[int, Field(ge=0, lt=10**12)] | None = None
    source: Annotated[Line, AfterValidator(_source)] = ""  # format or service: "hf_page"

    @property
    def title_key(self) -> str:
        """The title folded to letters and digits: what a paper without identifiers is known by."""
        return fold_title(self.title)

    @property
    def year(self) -> int | None:
        """The year of publication, where it is known."""
        return int(self.published[:4]) if self.published else None


_SMALL_WORDS = frozenset("a an and are as at by for from in is of on or the to via with".split())
_PARTICLES = frozenset("van von der den de del della di da la le ter ten".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())


def citation_key(paper: Paper) -> str:
    """A readable key in ASCII letters and digits: ``vaswani2017attention``.

    Family name of the first author, year, first telling word of the title; a paper without authors
    is named by the first three telling words (``graphparsingnetworks``). The store makes it unique.
    """
    words = re.findall(r"[a-z0-9]+", fold(to_unicode(paper.title)))
    telling = [word for word in words if word not in _SMALL_WORDS] or words or ["paper"]
    if not paper.authors:
        return "".join(telling[:3])[:40]
    family = re.sub(r"[^a-z0-9]", "", fold(family_name(paper.authors[0]))) or "anon"
    return f"{family[:20]}{paper.year or ''}{telling[0][:20]}"


def family_name(author: str) -> str:
    """The family name of an author written ``Given Family`` or ``Family, Given``."""
    author = to_unicode(author)
    if "," in author:
        return author.partition(",")[0].strip()
    words = author.split()
    while len(words) > 1 and words[-1].rstrip(".").lower() in _SUFFIXES:
        words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def may_be_by_one(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two lists of authors may be of one paper: they share a name, or one is not known.

    Any name, not the family name alone: some write ``Li B`` for Bo Li.
    """
    return not one or not other or bool(_names(one) & _names(other))


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


def _names(authors: tuple[str, ...]) -> set[str]:
    words = re.split(r"[\W\d_]+", fold(to_unicode(" ".join(authors))))
    return {word for word in words if len(word) > 1 or not word.isascii()} or set(words)


def short_authors(authors: tuple[str, ...]) -> str:
    """The authors in short: ``Song``, ``Song & Li`` or ``Song et al.``; empty without any."""
    names = [family_name(author) for author in authors[:2]]
    if len(authors) > 2:
        return f"{names[0]} et al."
    return " & ".join(names)
