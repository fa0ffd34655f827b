"""The ACL Anthology's XML: a collection of volumes of papers.

Each ``<paper>`` is cut out and parsed by itself, through defusedxml: so one that is broken costs
only itself, and a document type, which could declare entities without end, is never parsed. Venue
and date are those that the ``<meta>`` of the volume says. What is cursive in a title is plain text;
a formula, which the Anthology keeps in TeX, stands between dollars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from index.identifiers import Scheme
from index.paper import Paper
from index.sources.base import Unread, make_paper
from index.sources.bibtex_values import date as date_of
from index.sources.fields import date, full_name
from index.sources.lines import LONGEST_RECORD, Lines
from index.sources.naming import names_of
from index.views import Reject

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

name = "acl_xml"

_OUTSIDE = re.compile(
    r"<(?:(?P<element>(?:paper|meta)(?=[\s>])|!--)|(?P<around>collection|volume)(?=[\s>])"
    r"|(?P<end>/paper\s*>))"
)
_ID = re.compile(r"""<\w+[^>]*?\sid\s*=\s*["']([\w.-]{1,80})["']""")
_END = {
    "paper": re.compile(r"</paper\s*>"),
    "meta": re.compile(r"</meta\s*>"),
    "!--": re.compile(r"-->"),  # a comment, in which nothing counts
}
_BEGINNING = re.compile(r"\s*<paper[\s>]")


class _Volume(NamedTuple):
    """What a paper has from the volume that it is in."""

    collection: str = ""
    volume: str = ""
    booktitle: str = ""
    published: str = ""


def recognise(head: str) -> bool:
    """Whether a text is XML that begins with a collection or a volume."""
    start = re.sub(r"<\?xml[^>]*>|<!DOCTYPE[^>\[]*(\[.*?\]\s*)?>|<!--.*?-->", "", head, flags=re.S)
    return bool(re.match(r"\s*<(collection\s[^>]*id=|volume\s[^>]*id=)", start))


def read(lines: Lines) -> Iterator[Unread | Reject]:
    """The papers of a file, each by the line that it begins on."""
    volume = _Volume()
    for line, element, text in _elements(lines):
        try:
            if element == "!--":
                yield lines.reject(line, "not XML: the comment is not closed", text)
            elif element == "end":
                yield lines.reject(line, "not XML: the end of a paper that nothing begins", text)
            elif element == "too long":
                yield lines.reject(line, f"the paper is longer than {LONGEST_RECORD >> 20} MB")
            elif element in ("collection", "volume"):
                found = _ID.match(text)
                volume = volume._replace(**{element: found[1] if found else ""})
            elif element == "meta":
                volume = _with_meta(volume, _parse(text))
            else:
                read_now = partial(_read, volume)
                yield Unread(text, line, name, read_now, lines.file, "\0".join(volume))
        except RecursionError:
            yield lines.reject(line, "nested too deeply", text)
        except ValueError as error:
            yield lines.reject(line, str(error), text)


def _elements(lines: Lines) -> Iterator[tuple[int, str, str]]:
    """The papers and what is around them: line, element, text; "too long" where it is.

    Of what nothing begins there is the "end", with what stands before it; a comment comes only
    where it is not closed.
    """
    element, begun, length = "", 0, 0
    parts: list[str] = []
    outside = _Outside()
    for number, piece in lines.pieces():
        text, at = piece, 0
        if element in ("paper", "meta") and _BEGINNING.match(text):  # that one is not closed
            yield begun, element, "".join(parts)
            element = ""
        while True:
            if not element:
                start = _OUTSIDE.search(text, at)
                if not start:
                    outside.take(number, text[at:])
                    break
                if start["end"]:
                    outside.take(number, text[at : start.end()])
                    yield outside.line, "end", "".join(outside.parts)
                outside = _Outside()
                at = start.start()
                if around := start["around"]:
                    yield number, around, text[at : at + 1000]
                if not start["element"]:
                    at = start.end()
                    continue
                element, begun, length, parts = start["element"], number, 0, []
            end = _END[element].search(text, at)
            upto = end.end() if end else len(text)
            length += upto - at
            if length <= LONGEST_RECORD:
                parts.append(text[at:upto])
            if not end:
                break
            if element != "!--":
                yield begun, element if length <= LONGEST_RECORD else "too long", "".join(parts)
            element, at = "", upto
    if element:
        yield begun, element, "".join(parts)


class _Outside:
    """What stands outside of papers since the last of them, and the line that it begins on."""

    def __init__(self) -> None:
        self.line = self._length = 0
        self.parts: list[str] = []

    def take(self, number: int, text: str) -> None:
        if not self.line and not text.strip():
            return
        self.line = self.line or number
        self._length += len(text)
        if self._length <= LONGEST_RECORD:
            self.parts.append(text)


def _read(volume: _Volume, text: str) -> Paper:
    try:
        return _paper(_parse(text), volume)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _parse(text: str) -> Element:
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        # Characters that XML has no place for; Paper would clean them away.
        parsed: Element = fromstring(
            re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
        )
    except (ParseError, DefusedXmlException) as error:
        raise ValueError(f"not XML: {str(error).partition(':')[0]}") from None
    return parsed


def _with_meta(volume: _Volume, meta: Element) -> _Volume:
    said = {child.tag: _text(child) for child in meta}
    published = date({"date": date_of(said)}, "date") or ""
    title = said.get("booktitle") or said.get("journal-title", "")
    return volume._replace(booktitle=title, published=published)


def _paper(paper: Element, volume: _Volume) -> Paper:
    said = {child.tag: _text(child) for child in paper}
    names = names_of(_named(said, paper, volume), [said.get("url", "")])
    return make_paper(
        title=said.get("title", ""),
        abstract=said.get("abstract", ""),
        authors=[_author(author) for author in paper.findall("author")],
        published=date({"date": date_of(said)}, "date") or volume.published or None,
        venue=said.get("booktitle") or said.get("journal") or volume.booktitle,
        identifiers=names.identifiers,
        version=names.version,
        links=names.links,
        source=name,
    )


def _named(
    said: dict[str, str], paper: Element, volume: _Volume
) -> Iterator[tuple[str, Scheme | None]]:
    """What identifies the paper. The Anthology's own id is in its address, or made of three."""
    yield said.get("url", ""), "acl"
    if not said.get("url") and volume.collection and volume.volume:
        number = paper.get("id", "")
        if re.fullmatch(r"[A-Z]\d\d", volume.collection) and number.isdigit():
            width = 2 if volume.collection[0] == "W" else 3
            yield f"{volume.collection}-{volume.volume}{number:0>{width}}", "acl"
        else:
            yield f"{volume.collection}-{volume.volume}.{number}", "acl"
    yield said.get("doi", ""), "doi"


def _author(author: Element) -> str:
    parts = {child.tag: _text(child) for child in author}
    return full_name(parts.get("first", ""), parts.get("last", ""))


def _text(element: Element) -> str:
    """The text of an element and all in it."""
    text = element.text or ""
    for child in element:
        inside = _text(child)
        text += f"${inside}$" if child.tag == "tex-math" else inside
        text += child.tail or ""
    return text
