"""JSON Lines: one paper a line, an object whose fields bear the names of ``Paper``'s.

An array of such objects is read too, also as the ``items``, ``references``, ``data`` or ``results``
of an object (``json_text`` has all the names).

Only ``title`` is required; what an object holds besides is ignored. These are read:

- ``title``, ``abstract``, ``venue``, ``source``: text.
- ``authors``: a list of names, or of objects with a ``name`` or ``fullname``; or one text, its
  names set apart by semicolons, by "and" or by commas.
- ``published``, ``date``, ``year``: a number, or a text that a date stands in. The finest counts.
- ``categories``: a list, or a text with blanks between.
- ``doi``, ``arxiv`` or ``arxiv_id``, ``acl``, ``openreview``; ``identifiers``, an object of these
  or a list of (scheme, value); ``id`` and ``url`` where they can be recognised.
- ``url`` (the paper's page), ``pdf``, ``code``: an address or a list of them; ``links``: a list of
  addresses or of objects with ``kind`` and ``url``.
- ``upvotes``, ``version``: a number.
- ``carrel``: what another library knew of the paper (``index.state.PaperState``); in an object
  without a title, what it held besides (``LibraryState``). ``index.exports.jsonl`` writes both.

A field of the wrong type rejects its record: perhaps the fields mean something else there. A date,
identifier or address that cannot be understood is left out, for the paper is worth more than it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from pydantic import ValidationError

from index.identifiers import Scheme, arxiv_version, parse_identifier
from index.paper import Link, LinkKind, Paper
from index.sources.base import LibraryRecord, Record, Unread, make_paper, reason
from index.sources.fields import Fields, date, names, number, text, texts
from index.sources.json_text import by_line, dialect, parse, unread
from index.sources.lines import Lines
from index.sources.links import kind_of, make_link
from index.state import LibraryState, PaperState
from index.text import clean_line
from index.views import Reject

name = "jsonl"

_STATE = "carrel"
_MAY_HAVE_STATE = re.compile(r'"carrel"|\\u00[67]')  # its letters may be written as escapes
_SCHEMES: dict[str, Scheme] = {scheme: scheme for scheme in get_args(Scheme)} | {
    "arxiv_id": "arxiv"
}
_KINDS: dict[str, LinkKind] = {kind: kind for kind in get_args(LinkKind)}


def recognise(head: str) -> bool:
    """Whether most lines of a text begin as a JSON object does, or it is a list of papers."""
    return dialect(head) == name


def read(lines: Lines) -> Iterator[Record | Unread | LibraryRecord | Reject]:
    """The papers of a file; empty lines are passed over."""
    for item in unread(lines, by_line(lines), name, _paper):
        if isinstance(item, Unread) and _MAY_HAVE_STATE.search(item.raw):
            try:
                yield _record(item.raw, item.line)
            except ValueError as error:
                yield lines.reject(item.line, str(error), item.raw)
        else:
            yield item


def _record(raw: str, line: int) -> Record | LibraryRecord:
    fields = parse(raw)
    state = fields.get(_STATE)
    if not isinstance(state, dict):
        return Record(_paper(fields), line, raw=raw)
    try:
        if "title" not in fields:
            return LibraryRecord(LibraryState.model_validate(state), line)
        return Record(_paper(fields), line, PaperState.model_validate(state), raw=raw)
    except ValidationError as error:
        raise ValueError(f"{_STATE}: {reason(error)}") from None


def _paper(fields: Fields) -> Paper:
    named = [
        (value, parse_identifier(clean_line(value), scheme)) for value, scheme in _named(fields)
    ]
    versions = [arxiv_version(value) for value, found in named if found and found.scheme == "arxiv"]
    dates = [date(fields, key) or "" for key in ("published", "date", "year")]
    return make_paper(
        title=text(fields, "title"),
        abstract=text(fields, "abstract"),
        authors=names(fields, "authors"),
        published=max(dates, key=len) or None,
        venue=text(fields, "venue"),
        categories=_categories(fields),
        identifiers=tuple(dict.fromkeys(found for _, found in named if found)),
        version=number(fields, "version") or max(versions, default=0),
        links=_links(fields),
        upvotes=number(fields, "upvotes"),
        source=text(fields, "source") or name,
    )


def _categories(fields: Fields) -> list[str]:
    value = fields.get("categories")
    return re.split(r"[\s,;]+", value) if isinstance(value, str) else texts(fields, "categories")


def _named(fields: Fields) -> Iterator[tuple[str, Scheme | None]]:
    """What may identify the paper, each with its scheme where that is said."""
    for key, scheme in _SCHEMES.items():
        for value in texts(fields, key):
            yield value, scheme
    given = fields.get("identifiers") or []
    if not isinstance(given, dict | list):
        raise ValueError("identifiers: not an object of schemes and values")
    for pair in given.items() if isinstance(given, dict) else given:
        match pair:
            case [str(key), str(value)]:
                if key in _SCHEMES:
                    yield value, _SCHEMES[key]
            case _:
                raise ValueError("identifiers: not an object of schemes and values")
    if isinstance(fields.get("id"), str):  # a number is the key of some table
        yield fields["id"], None
    for value in texts(fields, "url"):
        yield value, None


def _links(fields: Fields) -> tuple[Link, ...]:
    """The links of a record, each address once, by the kind it is given first."""
    given: list[tuple[str, LinkKind]] = []
    given += [(url, "pdf" if kind_of(url) == "pdf" else "page") for url in texts(fields, "url")]
    given += [(url, "pdf") for url in texts(fields, "pdf")]
    given += [(url, "code") for url in texts(fields, "code")]
    listed = fields.get("links") or []
    if not isinstance(listed, list):
        raise ValueError("links: not a list of addresses")
    for item in listed:
        match item:
            case str(url):
                given.append((url, kind_of(url)))
            case {"url": str(url)}:
                given.append((url, _KINDS.get(str(item.get("kind"))) or kind_of(url)))
            case _:
                raise ValueError("links: not a list of addresses")
    links: dict[str, Link] = {}
    for url, kind in given:
        if link := make_link(url, kind):
            links.setdefault(link.url, link)
    return tuple(links.values())
