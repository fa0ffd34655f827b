"""BibTeX and BibLaTeX, as reference managers, publishers and DBLP write them.

Read are title, author, abstract, the venue (journal, booktitle, or what else says it), date or year
and month, doi, eprint, url and keywords; LaTeX stays as it came. ``@string`` macros are replaced,
and an entry gets from the one that its ``crossref`` or ``xdata`` names what it lacks. That one
may come later: the entry waits for it to the end, though no more than ``WAITING`` wait at a time,
and no more text than ``HELD``.

An entry is a paper whatever its type; ``@xdata`` holds only what others inherit.
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from index.identifiers import Scheme
from index.paper import Paper
from index.sources import bibtex_values as values
from index.sources.base import Record, Unread, make_paper
from index.sources.bibtex_blocks import Block, blocks
from index.sources.fields import MONTHS, date, unescaped
from index.sources.lines import LONGEST_RECORD, Lines
from index.sources.naming import names_of
from index.text import clean_line
from index.views import Reject

if TYPE_CHECKING:
    from bibtexparser.model import Entry

name = "bibtex"

WAITING = 10_000
"""Entries that wait for another, and entries that are kept because another may come for them."""

HELD = 32 << 20
"""Characters of those that wait, and of those that are kept, at the most."""

MOST_PARENTS = 100
"""Entries that one inherits from, and they from others."""

_MACRO = 100  # characters that one counts for besides its own, so that there are not too many

_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*(?!comment|preamble|string)\w+\s*[{(]\s*[^\s=][^\n=]*,", re.I | re.M
)
_STRING = re.compile(r"^[ \t]*@[ \t]*(string|preamble|comment)\s*[{(]", re.I | re.M)

_VENUES = "journaltitle journal booktitle eventtitle maintitle institution school howpublished"
_PREPRINT = re.compile(r"\s*(?:arxiv|corr)\b", re.IGNORECASE)
_ARXIV = re.compile(r"(?:arxiv:\s*|\babs/)([a-z.-]+/\d{7}|\d{4}\.\d{4,5})(v\d+)?", re.IGNORECASE)
_PARENTS = frozenset(
    "xdata proceedings book collection reference periodical"
    " mvbook mvcollection mvproceedings mvreference".split()
)
_NEEDED = _PARENTS | {"string", "preamble", "comment"}  # by others, or no papers
_INHERITS = re.compile(r"\b(?:crossref|xdata)\s*=", re.IGNORECASE)
# What an entry inherits under another name; what it never inherits (BibLaTeX, appendix B).
_INHERITED_AS = {"title": "booktitle", "subtitle": "booksubtitle"}
_OWN = frozenset("abstract annote author crossref doi eprint keywords note url xdata".split())


class _Entry(NamedTuple):
    line: int
    kind: str
    key: str
    fields: dict[str, str]
    raw: str


def recognise(head: str) -> bool:
    """Whether lines of a text begin as entries do."""
    return bool(_ENTRY.search(head) or (_STRING.search(head) and head.lstrip()[:1] in "@%"))


def read(lines: Lines) -> Iterator[Record | Unread | Reject]:
    """The papers of a file; those that inherit from a later entry come last."""
    macros, defined = {month: month for month in MONTHS}, ""
    room = LONGEST_RECORD  # for macros, which stay to the end
    parents: dict[str, _Entry] = {}
    waiting: dict[int, _Entry] = {}
    kept = held = 0  # characters of parents, and of those that wait
    for block in blocks(lines):
        if isinstance(block, Reject):
            yield block
            continue
        if block.kind not in _NEEDED and not _INHERITS.search(block.text):
            read_now = partial(_alone, block, macros)
            yield Unread(block.text, block.line, name, read_now, lines.file, defined)
            continue
        try:
            if block.kind == "string":
                defined = _digest(defined + block.text)
                macro = _macro(block, macros)
                room -= sum(len(key) + len(text) + _MACRO for key, text in macro.items())
                if room < 0:
                    raise ValueError(f"the macros are longer than {LONGEST_RECORD >> 20} MB")
                # A new one: entries that are yet to be read go by what was there before them.
                macros = {**macros, **macro}
                continue
            entry = _parse(block, macros)
        except ValueError as error:
            yield lines.reject(block.line, str(error), block.text)
            continue
        if entry is None:
            continue
        if entry.kind in _PARENTS and len(parents) < WAITING:
            inherited = {key: text for key, text in entry.fields.items() if key != "abstract"}
            size = sum(map(len, inherited.values()))
            if kept + size <= HELD:
                kept += size
                parents[entry.key] = entry._replace(fields=inherited, raw="")
        if entry.kind == "xdata":
            continue
        if not all(key in parents for key in _forebears(entry)):
            waiting[entry.line] = entry
            held += len(entry.raw)
            while len(waiting) > WAITING or held > HELD:
                first = waiting.pop(next(iter(waiting)))
                held -= len(first.raw)
                yield _record(lines, first, parents)
        else:
            yield _record(lines, entry, parents)
    for entry in waiting.values():
        yield _record(lines, entry, parents)


def _alone(block: Block, macros: Mapping[str, str], _raw: str) -> Paper:
    """The paper that an entry is which inherits from no other."""
    entry = _parse(block, macros)
    if entry is None:
        raise ValueError("not BibTeX: no entry")
    return _paper(entry.fields)


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _forebears(entry: _Entry) -> list[str]:
    """The keys of the entries that one inherits from."""
    named = f"{entry.fields.get('xdata', '')},{entry.fields.get('crossref', '')}"
    return [key for part in named.split(",") if (key := part.strip().lower())]


def _macro(block: Block, macros: Mapping[str, str]) -> dict[str, str]:
    """The macro that a block defines."""
    from bibtexparser import model

    match _split(block):
        case model.String() as macro:
            return {macro.key.lower(): values.value(macro.value, macros)}
    return {}


def _parse(block: Block, macros: Mapping[str, str]) -> _Entry | None:
    """The entry that a block is; None for a comment or a preamble."""
    from bibtexparser import model

    if block.kind in ("comment", "preamble"):
        return None
    match _split(block):
        case model.Entry() as entry:
            return _entry(block, entry, macros)
    raise ValueError("not BibTeX: no entry")


def _split(block: Block) -> object:
    """A block as bibtexparser has it. Raises ValueError where it is none."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it says, a reject says
    found = Splitter(block.text).split().blocks
    match found[0] if found else None:
        case model.DuplicateFieldKeyBlock() as twice:
            raise ValueError(f"{clean_line(min(twice.duplicate_keys))[:40]}: there twice")
        case model.ParsingFailedBlock() as failed:
            why = getattr(failed.error, "abort_reason", "") or str(failed.error)
            raise ValueError(f"not BibTeX: {clean_line(why)[:100].rstrip('. ')}")
        case parsed:
            return parsed


def _entry(block: Block, entry: Entry, macros: Mapping[str, str]) -> _Entry:
    fields: dict[str, str] = {}
    room = LONGEST_RECORD
    for field in entry.fields:
        try:
            said = fields[field.key.lower()] = values.value(field.value, macros, room)
            room -= len(said)
        except ValueError as error:
            raise ValueError(f"{clean_line(field.key)[:40]}: {error}") from None
    return _Entry(block.line, block.kind, entry.key.strip().lower(), fields, block.text)


def _record(lines: Lines, entry: _Entry, parents: Mapping[str, _Entry]) -> Record | Reject:
    try:
        return Record(_paper(_inherited(entry, parents)), entry.line, raw=entry.raw)
    except ValueError as error:
        return lines.reject(entry.line, str(error), entry.raw)


def _inherited(
    entry: _Entry, parents: Mapping[str, _Entry], seen: set[str] | None = None
) -> Mapping[str, str]:
    """The fields of an entry with what it inherits; from each that is ``seen``, once."""
    fields = dict(entry.fields)
    seen = {entry.key} if seen is None else seen
    for key in _forebears(entry):
        if (parent := parents.get(key)) and key not in seen and len(seen) < MOST_PARENTS:
            seen.add(key)
            for field, text in _inherited(parent, parents, seen).items():
                if parent.kind == "xdata":
                    fields.setdefault(field, text)
                elif field not in _OWN:
                    fields.setdefault(_INHERITED_AS.get(field, field), text)
    return fields


def _paper(fields: Mapping[str, str]) -> Paper:
    said = {key: values.plain(text) for key, text in fields.items()}
    named = list(_named(fields))
    names = names_of(named, [_address(fields.get("url", ""))])
    title = said.get("title", "")
    if subtitle := said.get("subtitle"):
        title = f"{title}: {subtitle}"
    return make_paper(
        title=title,
        abstract=said.get("abstract", ""),
        authors=values.authors(fields.get("author", "")),
        published=date({"date": values.date(fields)}, "date"),
        venue=_venue(said),
        categories=_categories(fields),
        identifiers=names.identifiers,
        version=names.version,
        links=names.links,
        source=name,
    )


def _named(fields: Mapping[str, str]) -> Iterator[tuple[str, Scheme | None]]:
    """What identifies the paper, each with its scheme where that is said."""
    yield _address(fields.get("doi", "")), "doi"
    kind = (fields.get("archiveprefix") or fields.get("eprinttype") or "arxiv").lower()
    if kind == "arxiv":
        yield fields.get("eprint", ""), "arxiv"
    for field in ("journal", "journaltitle", "volume", "number", "note", "howpublished"):
        if found := _ARXIV.search(fields.get(field, "")):
            yield "".join(filter(None, found.groups())), "arxiv"


def _address(text: str) -> str:
    """An address without LaTeX: ``\\url{…}`` and escapes."""
    text = re.sub(r"^\s*\\url\s*\{(.*)\}\s*$", r"\1", text, flags=re.DOTALL)
    return re.sub(r"\\([_%&#~$])", r"\1", re.sub(r"\{\\textasciitilde\}", "~", text)).strip("{} ")


def _venue(said: Mapping[str, str]) -> str:
    """Where the paper came out; arXiv is no venue."""
    found = (said.get(field, "") for field in _VENUES.split())
    return next(
        (
            venue
            for venue in found
            if venue.strip() and not _PREPRINT.match(venue) and "http" not in venue
        ),
        "",
    )


def _categories(fields: Mapping[str, str]) -> list[str]:
    keywords = unescaped(fields.get("keywords", ""))
    # Not where braces hold a keyword together. The bound keeps a long text from taking for ever.
    parts = re.split(rf"[{';' if ';' in keywords else ','}\n](?![^{{}}]{{0,200}}\}})", keywords)
    archive = fields.get("primaryclass") or fields.get("eprintclass") or ""
    return [values.plain(part) for part in (archive, *parts)]
