"""Crossref: the papers that have a title, with their DOIs.

What it gives is JSON: an envelope with a list of works, the likest first, whose fields are those of
CSL-JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from index.errors import ServiceError
from index.paper import Paper
from index.sources.base import Record
from index.sources.csl_json import paper_of
from index.sources.fields import texts
from index.sources.json_text import parse
from index.text import clean_line
from index.views import Reject

if TYPE_CHECKING:
    from index.sources.http import Http, Known

name = "crossref"

CANDIDATES = 5
"""Works that are asked for: the one that is looked for is almost always the first."""

_FIELDS = "DOI,URL,title,subtitle,author,issued,container-title,event,publisher,abstract,type"
_QUESTION = "title:"


def recognise(what: str) -> bool:
    """Whether a text is a title to look for: ``title:Graph Parsing Networks``."""
    return what.startswith(_QUESTION) and bool(_title(what))


def read(http: Http, what: str, known: Known | None = None) -> Iterator[Record | Reject]:
    """The works with a title like this one, the likest first. Raises ServiceError."""
    title = _title(what)
    asked = {"query.bibliographic": title, "rows": str(CANDIDATES), "select": _FIELDS}
    answer = http.get(
        "crossref",
        f"{http.address('crossref')}/works",
        params=asked,
        accept="application/json",
        known=known,
    )
    if not answer.is_new:
        return
    for line, work in enumerate(_works(answer.body), 1):
        file = f"Crossref {title}"
        try:
            raw = json.dumps(work, ensure_ascii=False).encode(errors="replace").decode()
            yield Record(_paper(work), line, file=file, raw=raw)
        except ValueError as error:
            yield Reject(file, line, str(error))


def look_up(http: Http, title: str) -> Iterator[Record]:
    """Papers with a title like this one, the likest first. Raises ServiceError."""
    if _title(title):
        found = read(http, _QUESTION + title)
        yield from (one for one in found if isinstance(one, Record))


def _title(what: str) -> str:
    return clean_line(what.removeprefix(_QUESTION))[:300]


def _works(body: bytes) -> list[Any]:
    try:
        match parse(body.decode("utf-8-sig")):
            case {"message": {"items": list(works)}}:
                return works
    except ValueError:
        raise ServiceError("Crossref's answer is not JSON that can be read.") from None
    raise ServiceError("Crossref's answer is not a list of works.")


def _paper(work: Any) -> Paper:
    if not isinstance(work, dict):
        raise ValueError("not a JSON object")
    title, subtitle = texts(work, "title")[:1], texts(work, "subtitle")[:1]
    if title and subtitle and subtitle[0].casefold() not in title[0].casefold():
        title = [f"{title[0].rstrip(': ')}: {subtitle[0]}"]
    return paper_of({**work, "title": title}, name)
