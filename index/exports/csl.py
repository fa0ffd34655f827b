"""CSL-JSON: what citation processors (pandoc, Zotero, citeproc) read. Plain Unicode, no LaTeX."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from index.exports.facts import date_parts, identifier, kind, page
from index.exports.names import parse_name
from index.exports.options import Exported, ExportOptions
from index.views import Detail

_TYPES = {
    "article": "article-journal",
    "conference": "paper-conference",
    "preprint": "article",  # CSL 1.0.2: "a preprint, working paper, or other manuscript"
    "other": "document",
}


def write(items: Iterable[Exported], options: ExportOptions) -> Iterator[str]:
    """Yield an array, an object a line."""
    before = "[\n"
    for item in items:
        found = _fields(item.detail, options.abstracts != "none")
        yield before + json.dumps(found, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _fields(paper: Detail, abstract: bool) -> dict[str, Any]:
    what, arxiv = kind(paper), identifier(paper, "arxiv")
    fields = {
        "id": paper.key,
        "citation-key": paper.key,
        "type": _TYPES[what],
        "title": paper.title,
        "author": [_name(author) for author in paper.authors],
        "issued": {"date-parts": [date_parts(paper)]} if paper.published else None,
        "container-title": paper.venue if what in ("article", "conference") else "",
        "publisher": "arXiv" if what == "preprint" and arxiv else "",
        "number": f"arXiv:{arxiv}" if arxiv else "",
        "DOI": identifier(paper, "doi"),
        "URL": page(paper),
        "abstract": paper.abstract if abstract else "",
        "keyword": ", ".join(paper.tags),
        "note": paper.note,
    }
    return {name: value for name, value in fields.items() if value}


def _name(author: str) -> dict[str, str]:
    name = parse_name(author)
    if not name.given:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}
