"""OPML: lists of feeds, as programs that read them give each other. They are to be followed.

What counts are the tags of its outlines, in whatever folders. Each is read by itself, so one that
is broken costs only itself; no XML is parsed, so nothing that is declared has any effect, and an
address with a bare ``&``, as many programs write it, is an address all the same.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from index.errors import FollowingError, SourceError
from index.followable import followable
from index.sources.base import FeedToFollow
from index.sources.lines import LONGEST_RECORD, Lines
from index.text import clean_line
from index.views import Reject

name = "opml"

_BEFORE = re.compile(
    r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*+", re.S | re.I
)
_OUTLINE = re.compile(r"outline(?![\w:.-])", re.I)
_TAG = re.compile(r"""outline(?P<attributes>(?:[\s/](?:[^"'>]|"[^"]*"|'[^']*')*+)?)>""", re.I)
_ATTRIBUTE = re.compile(r"""\s([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")
_ADDRESS = re.compile(r"\sxmlUrl\s{0,9}=", re.I)
_LONGEST_TITLE = 300


def recognise(head: str) -> bool:
    """Whether a text is XML that begins with ``<opml>``."""
    start = _BEFORE.match(head)
    return bool(re.match(r"<opml[\s>]", head[start.end() if start else 0 :], re.I))


def read(lines: Lines) -> Iterator[FeedToFollow | Reject]:
    """The feeds of a file, each by the line that its outline begins on."""
    is_empty = True
    for line, tag in _outlines(lines):
        try:
            if len(tag) > LONGEST_RECORD:
                raise ValueError(f"the outline is longer than {LONGEST_RECORD >> 20} MB")
            feed = _feed(tag, line)
        except ValueError as error:
            is_empty = False
            yield lines.reject(line, str(error), f"<{tag}" if len(tag) <= LONGEST_RECORD else "")
            continue
        if feed:
            is_empty = False
            yield feed
    if is_empty:
        raise SourceError(f"{lines.file} holds no feed that can be followed.")


def _outlines(lines: Lines) -> Iterator[tuple[int, str]]:
    """The tags that begin an outline, each with its line and without the ``<`` before it.

    What else holds the address of a feed, or is a comment that nothing ends, comes as well.
    """
    comment: tuple[int, str] | None = None
    for line, text in _pieces(lines):
        if comment or text.startswith("!--"):
            comment = None if "-->" in text else comment or (line, text)
        elif _OUTLINE.match(text):
            yield line, text
            tag = _TAG.match(text)
            if tag and (stray := _ADDRESS.search(text, tag.end())):
                yield line + text.count("\n", 0, stray.start()), text[tag.end() :]
        elif _ADDRESS.search(text):
            yield line, text
    if comment:
        yield comment


def _pieces(lines: Lines) -> Iterator[tuple[int, str]]:
    """What stands between one ``<`` and the next; of what is too long, the beginning."""
    begun, length = 1, 0
    parts: list[str] = []
    for number, piece in lines.pieces():
        first, *others = piece.split("<")
        for position, part in enumerate([first, *others]):
            if position:
                yield begun, "".join(parts)
                begun, length, parts = number, 0, []
            if length <= LONGEST_RECORD:
                parts.append(part)
                length += len(part)
    yield begun, "".join(parts)


def _feed(tag: str, line: int) -> FeedToFollow | None:
    """What an outline is: a feed, or None for a folder. Raises ValueError where it is broken."""
    if tag.startswith("!--"):
        raise ValueError("the comment is not closed")
    if not _OUTLINE.match(tag):
        raise ValueError("the address of a feed (xmlUrl) that is in no outline")
    found = _TAG.match(tag)
    if not found:
        raise ValueError("the outline is not closed")
    if _ATTRIBUTE.sub("", found["attributes"]).strip(" \t\r\n/"):
        raise ValueError("not XML: its attributes cannot be read")
    said = {
        key.lower(): clean_line(html.unescape(value[1:-1]))
        for key, value in _ATTRIBUTE.findall(found["attributes"])
    }
    if "xmlurl" not in said:
        if said.get("type", "").lower() in ("rss", "atom"):
            raise ValueError("the outline of a feed without its address (xmlUrl)")
        return None
    try:
        url = followable("feed", said["xmlurl"])
    except FollowingError as error:
        raise ValueError(str(error).rstrip(".")) from None
    title = said.get("title") or said.get("text", "")
    is_name = title not in (url, said["xmlurl"])  # else the feed may still say its own
    return FeedToFollow(url, title[:_LONGEST_TITLE] if is_name else "", line)
