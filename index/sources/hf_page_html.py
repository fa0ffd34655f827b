"""The HTML of a Hugging Face Papers page, as a browser or a program saved it.

The page carries what it shows as JSON, in the ``data-props`` of an element; a paper's authors,
date, votes and code are there besides its title and abstract. Only that attribute is looked for:
the parser of HTML that Python has takes the square of an element's length, where it is not closed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from index.paper import Link, Paper
from index.sources.base import Record, make_paper
from index.sources.fields import Fields, date, names, number, text
from index.sources.json_text import parse
from index.sources.lines import LONGEST_RECORD, Lines
from index.sources.links import make_link
from index.sources.naming import names_of
from index.views import Reject

name = "hf_page_html"

_PAGE = re.compile(r"data-target=[\"'](?:DailyPapers|PaperPage|PaperContent|Papers?\w*)[\"']")
_PAPERS = re.compile(r'"(?:dailyPapers|papers?)"')
_PROPS = re.compile(r"""\sdata-props\s{0,9}=\s{0,9}(["'])""", re.IGNORECASE)
_LONGEST_PROPS = 40  # characters of its beginning, which two pieces may divide


def recognise(head: str) -> bool:
    """Whether a text is a web page of Hugging Face."""
    start = head.lstrip()[:200].lower()
    is_html = start.startswith(("<!doctype html", "<html"))
    return is_html and bool(_PAGE.search(head) or "huggingface.co/papers" in head)


def read(lines: Lines) -> Iterator[Record | Reject]:
    """The papers of a page, by the line of the attribute that carries them."""
    for line, props in _props(lines):
        if isinstance(props, Reject):
            yield props
            continue
        try:
            found = list(_papers(parse(props)))
        except ValueError as error:
            yield lines.reject(line, str(error), props)
            continue
        for fields in found:
            raw = json.dumps(fields, ensure_ascii=False)
            try:
                yield Record(_paper(fields), line, raw=raw)
            except ValueError as error:
                yield lines.reject(line, str(error), raw)


def _props(lines: Lines) -> Iterator[tuple[int, str | Reject]]:
    """What the ``data-props`` of elements hold that may hold papers, each by its line."""
    quote, begun, length = "", 0, 0
    parts: list[str] = []
    before = ""  # the end of the last piece, in which the attribute may begin
    for line, piece in lines.pieces():
        text, at = before + piece, 0
        before = ""
        while True:
            if not quote:
                start = _PROPS.search(text, at)
                if not start:
                    before = text[max(at, len(text) - _LONGEST_PROPS) :]
                    break
                quote, begun, length, parts, at = start[1], line, 0, [], start.end()
            end = text.find(quote, at)
            upto = end if end >= 0 else len(text)
            length += upto - at
            if length <= LONGEST_RECORD:
                parts.append(text[at:upto])
            if end < 0:
                break
            if length > LONGEST_RECORD:
                yield begun, _too_long(lines, begun)
            elif _PAPERS.search(value := unescape("".join(parts))):
                yield begun, value
            quote, at = "", end + 1
    if quote and length > LONGEST_RECORD:
        yield begun, _too_long(lines, begun)
    elif quote and _PAPERS.search(unescape("".join(parts))):
        yield begun, lines.reject(begun, "its papers break off")


def _too_long(lines: Lines, line: int) -> Reject:
    return lines.reject(line, f"an element is longer than {LONGEST_RECORD >> 20} MB")


def _papers(props: Fields) -> Iterator[Fields]:
    """What describes a paper: one, or those of a list, in which nothing else stands."""
    match props:
        case {"paper": {"title": _} as paper}:
            yield paper
        case {"title": _, "summary": _}:
            yield props
    listed = props.get("dailyPapers") or props.get("papers") or []
    for entry in listed if isinstance(listed, list) else []:
        match entry:
            case {"paper": dict(paper)}:
                yield paper
            case dict(paper):
                yield paper


def _paper(fields: Fields) -> Paper:
    known = names_of([(text(fields, "id"), "arxiv")])
    return make_paper(
        title=text(fields, "title"),
        abstract=text(fields, "summary"),
        authors=names(fields, "authors"),
        published=date(fields, "publishedAt"),
        identifiers=known.identifiers,
        links=_links(fields),
        upvotes=number(fields, "upvotes"),
        source=name,
    )


def _links(fields: dict[str, Any] | Fields) -> tuple[Link, ...]:
    found = (
        make_link(text(fields, "githubRepo"), "code"),
        make_link(text(fields, "projectPage"), "other"),
    )
    return tuple(link for link in found if link)
