"""Atom and RSS in all their versions: the bytes of an answer become entries.

feedparser reads them, from the bytes and never from an address, and forgives much. What would do
it harm is taken out before: declarations of entities, references to no character, words without
end.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from email.utils import parsedate
from typing import Any, NamedTuple

from index.paper import Paper
from index.sources.base import Record
from index.sources.fields import Fields, date
from index.sources.lines import LONGEST_RECORD
from index.text import clean_line
from index.views import Reject

_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARED = re.compile(rb"""\s*<\?xml[^<>]*?\sencoding\s*=\s*["']([\w-]{1,30})["']""")
_ENCODING = re.compile(r"(utf|iso|latin|windows|cp|koi|gb|big5|euc|shift|mac)[\w-]*", re.I)

_PROLOG = re.compile(r"(?:\ufeff|\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[]*>)*+", re.I | re.S)
_PAGE = re.compile(r"<(?:html|head|body)[\s>]", re.I)
_LONGEST_END = 10_000  # characters from the end of a feed to that of its text
_ROOT = re.compile(r"<([\w:.-]+)(?:\s[^<>]{0,10000})?>")
_MARK = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
    r"|<(?:[\w.-]+:)?(?P<begins>item|entry)(?=[\s/>])[^<>]*?(?P<empty>/)?>"
    r"|</(?:[\w.-]+:)?(?P<ends>item|entry)\s*>",
    re.I | re.S,
)
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]+)|([0-9]+));?", re.I)
_ENDLESS = re.compile(r"([\w.+-]{500})[\w.+-]+")


class Entry(NamedTuple):
    """An entry: its fields as feedparser names them, and its XML as it came."""

    fields: Fields
    raw: str
    is_whole: bool  # else the feed broke off within it


class Feed(NamedTuple):
    """A feed: its own fields as feedparser names them, and its entries in their order."""

    fields: Fields
    entries: tuple[Entry, ...]
    is_whole: bool  # else it broke off, within an entry or between two


def parse_feed(body: bytes, charset: str = "", url: str = "") -> Feed:
    """Read a feed; ``charset`` and ``url`` are what the answer said of itself.

    Raises ValueError with a few words where it is none, or is too broken to hold an entry.
    """
    text = _decoded(body, charset)
    prolog = _PROLOG.match(text)
    text = text[prolog.end() :] if prolog else text
    if not text:
        raise ValueError("it is empty")
    if text[:9].upper() == "<!DOCTYPE":
        raise ValueError("it declares entities of its own")
    if _PAGE.match(text):
        raise ValueError("it is a web page")
    try:
        parsed = _parsed(text, url)
    except ValueError:
        return _piecemeal(text, url)
    if not parsed["entries"] and (parsed["bozo"] or not parsed.get("version")):
        raise ValueError("it is neither Atom nor RSS")
    entries = tuple(_entries(parsed["entries"], text))
    return Feed(dict(parsed["feed"]), entries, _is_whole(text))


def papers(
    feed: Feed, paper: Callable[[Fields], Paper], file: str, first: int = 1
) -> Iterator[Record | Reject]:
    """The papers of a feed by their positions, the first of which is ``first``.

    ``paper`` raises ValueError for an entry that is none.
    """
    for position, entry in enumerate(feed.entries, first):
        try:
            if not entry.is_whole:
                raise ValueError("the answer breaks off within it")
            if not entry.fields:
                raise ValueError("nothing in it can be read")
            if len(entry.raw) > LONGEST_RECORD:
                raise ValueError(f"the entry is longer than {LONGEST_RECORD >> 20} MB")
            yield Record(paper(entry.fields), position, file=file, raw=entry.raw)
        except ValueError as error:
            yield Reject(file, position, str(error))


def said(fields: Fields, key: str) -> str:
    """A field's text; empty where it is absent. An element of any name may be of any kind."""
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def parts(fields: Fields, key: str) -> list[Fields]:
    """What a field holds that is there several times: authors, links, tags."""
    value = fields.get(key)
    return [part for part in value if isinstance(part, dict)] if isinstance(value, list) else []


def people(fields: Fields) -> list[str]:
    """The names of the authors of an entry."""
    names = (said(person, "name") for person in parts(fields, "authors"))
    return [_read_again(name) for name in names if name]


def categories(fields: Fields) -> list[str]:
    """What an entry is filed under."""
    return [said(tag, "term") for tag in parts(fields, "tags")]


def day(fields: Fields) -> str | None:
    """The day that an entry was published, where it was; if that is not said, changed."""
    for key in ("published", "created", "updated"):
        if found := _as_said(said(fields, key)):
            return found
        if isinstance(moment := fields.get(f"{key}_parsed"), time.struct_time):
            return _date(moment)  # of any other form; there, the day in Greenwich
    return None


def _as_said(moment: str) -> str | None:
    """The day of a moment, however far from Greenwich."""
    if re.match(r"[12]\d{3}-\d\d", moment):
        return date({"day": moment}, "day")
    try:
        parsed = parsedate(moment)
    except (ValueError, IndexError, TypeError):
        parsed = None
    return _date(parsed) if parsed else None


def _date(parts: Sequence[int]) -> str | None:
    return date({"day": "{:04}-{:02}-{:02}".format(*parts[:3])}, "day")


def _decoded(body: bytes, charset: str) -> str:
    """The text of a feed: what it is, rather than what it says to be, where the two differ."""
    declared = _DECLARED.match(body)
    named = (declared[1].decode("ascii") if declared else "", charset)
    for encoding in (_WIDE.get(body[:2], "utf-8"), *filter(_ENCODING.fullmatch, named)):
        try:
            return body.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return body.decode("utf-8", "windows-1252")


def _parsed(text: str, url: str) -> Mapping[str, Any]:
    import feedparser

    text = _REFERENCE.sub(_to_a_character, _UNFIT.sub("", text))
    # An author's e-mail address is looked for in the square of the length of a word.
    text = _ENDLESS.sub(r"\1", text)
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        parsed: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,  # what is left of HTML is its text alone
        )
    except Exception:  # it means to raise none, but the worst of feeds find some
        raise ValueError("it is too broken to be read") from None
    return parsed


def _is_whole(text: str) -> bool:
    """Whether the element that holds all the others ends."""
    root = _ROOT.match(text)
    return not root or root[0].endswith("/>") or f"</{root[1]}" in text[-_LONGEST_END:]


def _piecemeal(text: str, url: str) -> Feed:
    """Read the entries each by itself, so that one that cannot be read costs no other.

    Raises ValueError where there are none.
    """
    root, pieces = _ROOT.match(text), list(_pieces(text))
    if not root or not pieces:
        raise ValueError("it is too broken to be read")
    begins, ends = root[0], f"</{root[1]}>"
    fields: Fields = {}
    with suppress(ValueError):
        fields = dict(_parsed(text[: text.index(pieces[0][0])], url)["feed"])
    entries = (Entry(_alone(begins + raw + ends, url), raw, is_whole) for raw, is_whole in pieces)
    return Feed(fields, tuple(entries), _is_whole(text))


def _alone(text: str, url: str) -> Fields:
    """The fields of the entry of a feed that has no other; empty where it cannot be read."""
    try:
        return next((dict(entry) for entry in _parsed(text, url)["entries"]), {})
    except ValueError:
        return {}


def _to_a_character(reference: re.Match[str]) -> str:
    digits = reference[1] or reference[2]
    code = int(digits, 16 if reference[1] else 10) if len(digits) <= 7 else 0
    return reference[0] if code <= 0x10FFFF and not _UNFIT.match(chr(code)) else ""


def _entries(found: list[Mapping[str, Any]], text: str) -> Iterator[Entry]:
    pieces = list(_pieces(text))
    if len(pieces) != len(found):  # where a feed is so broken that the two see different entries
        pieces = [(json.dumps(entry, default=str, ensure_ascii=False), True) for entry in found]
    for entry, (raw, is_whole) in zip(found, pieces, strict=True):
        yield Entry(dict(entry), raw, is_whole)


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The entries of a feed as they came, and whether they are whole."""
    start = depth = 0
    for mark in _MARK.finditer(text):
        if mark["begins"]:
            start = start if depth else mark.start()
            depth += 1
        if depth and (mark["ends"] or mark["empty"]):
            depth -= 1
            if not depth:
                yield text[start : mark.end()], True
    if depth:
        yield text[start:], False


def _read_again(name: str) -> str:
    """A name that was read as Latin-1 and is UTF-8; feedparser does so with all but names."""
    try:
        return clean_line(name.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return clean_line(name)
