"""The HTML of a Hugging Face Papers page, as a browser or a program saved it.

The page carries what it shows as JSON, in the ``data-props`` of an element; a paper's authors,
date, votes and code are there besides its title and abstract.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
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


def recognise(head: str) -> bool:
    """Whether a text is a web page of Hugging Face."""
    start = head.lstrip()[:200].lower()
    is_html = start.startswith(("<!doctype html", "<html"))
    return is_html and bool(_PAGE.search(head) or "huggingface.co/papers" in head)


def read(lines: Lines) -> Iterator[Record | Reject]:
    """The papers of a page, by the line of the element that carries them."""
    page = _Page()
    for line, piece in lines.pieces():
        page.feed(piece)
        if len(page.rawdata) > LONGEST_RECORD:
            yield lines.reject(line, f"an element is longer than {LONGEST_RECORD >> 20} MB")
            return
        yield from _records(lines, page)
    page.close()
    yield from _records(lines, page)


class _Page(HTMLParser):
    """Collects the ``data-props`` of elements, with their lines."""

    def __init__(self) -> None:
        super().__init__()
        self.props: list[tuple[int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what may hold papers."""
        for attribute, value in attrs:
            if attribute == "data-props" and value and _PAPERS.search(value):
                self.props.append((self.getpos()[0], value))


def _records(lines: Lines, page: _Page) -> Iterator[Record | Reject]:
    for line, props in page.props:
        try:
            found = list(_papers(parse(props)))
        except ValueError as error:
            yield lines.reject(line, str(error))
            continue
        for fields in found:
            try:
                yield Record(_paper(fields), line, raw=json.dumps(fields, ensure_ascii=False))
            except ValueError as error:
                yield lines.reject(line, str(error))
    page.props.clear()


def _papers(props: Fields) -> Iterator[Fields]:
    """What describes a paper: one, or those of a list."""
    listed = props.get("dailyPapers") or props.get("papers") or []
    for entry in [props, *(listed if isinstance(listed, list) else [])]:
        match entry:
            case {"paper": {"title": _} as paper}:
                yield paper
            case {"title": _, "summary": _}:
                yield entry


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
