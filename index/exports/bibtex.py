"""BibTeX: entries that BibTeX, Biber and reference managers read.

    @inproceedings{song2024graph,
      title = {Graph Parsing Networks for {GNNs}},
      author = {Song, Yunchong and Huang, Siyuan},
      booktitle = {{ICLR}},
      year = {2024},
      month = mar,
      eprint = {2402.14393},
      archiveprefix = {arXiv},
      ...
    }

A paper is an ``@article`` with a journal, an ``@inproceedings`` with a booktitle, or ``@misc``, as
its venue and its identifiers tell. The key is the paper's citation key. What is escaped, and how,
is told in ``index.exports.latex``. Tags are ``keywords``; the reader's note is ``annote``, which
the styles do not print, as they print ``note``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from index.exports.facts import date_parts, identifier, kind, page
from index.exports.latex import escape, keep
from index.exports.names import parse_name
from index.exports.options import Exported, ExportOptions

if TYPE_CHECKING:
    from bibtexparser.model import Entry

_TYPES = {"article": "article", "conference": "inproceedings", "preprint": "misc", "other": "misc"}
_VENUES = {"article": "journal", "conference": "booktitle", "other": "howpublished"}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def write(items: Iterable[Exported], options: ExportOptions) -> Iterator[str]:
    """Yield the papers as entries, an empty line between two."""
    yield "% Papers from carrel\n"
    for item in items:
        yield f"\n{entry(item, abstract=options.abstracts != 'none')}"


def entry(item: Exported, *, abstract: bool = True) -> str:
    """A paper as an entry, with or without its abstract."""
    from bibtexparser.entrypoint import write_string
    from bibtexparser.library import Library
    from bibtexparser.writer import BibtexFormat

    form = BibtexFormat()  # type: ignore[no-untyped-call]
    form.indent = "  "
    form.trailing_comma = True
    return write_string(Library([_entry(item, abstract)]), bibtex_format=form)


def _entry(item: Exported, abstract: bool) -> Entry:
    from bibtexparser.model import Entry, Field

    fields = [Field(name, value) for name, value in _fields(item, abstract).items() if value]
    if len(parts := date_parts(item.detail)) > 1:
        # A macro that every style knows in its own language.
        fields.append(Field("month", _MONTHS[parts[1] - 1], enclosing="no-enclosing"))
    return Entry(_TYPES[kind(item.detail)], item.detail.key, fields)


def _fields(item: Exported, abstract: bool) -> dict[str, str]:
    paper, detail = item.paper, item.detail
    what, arxiv, doi = kind(detail), identifier(detail, "arxiv"), identifier(detail, "doi")
    address = page(detail)
    fields = {
        "title": keep(paper.title, title=True),
        "author": " and ".join(map(author, detail.authors)),
        "key": "" if detail.authors else detail.key,  # that styles sort by in place of authors
    }
    if what in _VENUES:
        fields[_VENUES[what]] = keep(paper.venue)
    return fields | {
        "year": detail.published[:4],
        "doi": re.sub(r"[{}\\]", lambda sign: quote(sign[0]), doi),
        "eprint": arxiv,
        "archiveprefix": "arXiv" if arxiv else "",
        "primaryclass": _archive_class(paper.categories) if arxiv else "",
        "url": "" if doi and address == f"https://doi.org/{doi}" else address,
        "keywords": ", ".join(map(escape, detail.tags)),
        "abstract": _line(keep(_line(paper.abstract))) if abstract else "",
        # A line may not begin with @: some readers take it for the next entry.
        "annote": re.sub(r"^(\s*)@", r"\1{@}", escape(detail.note), flags=re.MULTILINE),
    }


def author(name: str) -> str:
    """A name as BibTeX takes names: ``van der Berg, Jan``; a body in braces."""
    found = parse_name(name)
    if not found.given:
        return f"{{{escape(found.family)}}}"
    family = " ".join(filter(None, (found.particle, _part(found.family))))
    return ", ".join(filter(None, (family, _part(found.suffix), _part(found.given))))


def _part(name: str) -> str:
    """A part of a name; in braces where BibTeX would read the word that parts names in it."""
    written = escape(name)
    return f"{{{written}}}" if re.search(r"(^|\s)(and|others)(\s|$)|,", name, re.I) else written


def _archive_class(categories: tuple[str, ...]) -> str:
    return next((name for name in categories if re.fullmatch(r"[a-z-]+(\.[A-Za-z-]+)?", name)), "")


def _line(text: str) -> str:
    return " ".join(text.split())
