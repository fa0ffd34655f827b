"""Precedence: which source a field of a paper is from, where several speak of it.

A better source's value replaces a worse one's; of equals, the first stays, until it says something
else itself; and what the reader edited stays whatever comes. What was overlooked is kept, one value
a rank, so that what is shown depends on what was said alone, and never on the order in which it
came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, cast

from index.authors import family_name
from index.fields import FIELDS, LISTED, SINGLE, UNITED, Field, Value, put, value
from index.paper import READER, Paper
from index.text import fold

RANKED: tuple[tuple[str, ...], ...] = (
    (READER,),
    ("doi", "crossref", "acl_xml"),  # registries, which publishers fill
    ("arxiv", "arxiv_dump"),
    ("bibtex", "ris", "csl_json", "csv", "jsonl"),  # bibliographies that people keep
)
"""Sources, the best first. All others (pages, feeds, PDFs, plug-ins) come after these."""

_DOTS = ("[…]", "[...]", "…", "...")
"""What an abstract ends in that is cut short."""

_RANKS = {source: rank for rank, sources in enumerate(RANKED) for source in sources}


def rank(source: str) -> int:
    """The place of a source in the order: 0 is the best."""
    return _RANKS.get(source, len(RANKED))


class Said(NamedTuple):
    """What a source says of a field."""

    source: str
    value: Value
    version: int = 0  # of the preprint that an abstract is from; 0: not known


@dataclass(frozen=True, slots=True)
class Sourced:
    """A paper, and who its fields are from."""

    paper: Paper
    fields: Mapping[Field, str] = field(default_factory=dict)  # those not from ``paper.source``
    overlooked: Mapping[Field, tuple[Said, ...]] = field(default_factory=dict)

    def source(self, name: Field) -> str:
        """The source of a field; ``READER``: the reader edited it."""
        return self.fields.get(name, self.paper.source)

    @property
    def edited(self) -> tuple[Field, ...]:
        """The fields that the reader edited."""
        return tuple(name for name in FIELDS if self.fields.get(name) == READER)


def merge(known: Sourced, record: Sourced, *, anew: bool = False) -> Sourced:
    """What a paper becomes by a record of it, whose own edits count for nothing.

    ``anew``: what is known of sources of its rank is what this one said before; so it is replaced,
    unless it was of a newer version, and never by nothing. Categories, identifiers and links are
    united, unless the reader edited them. Of the upvotes the more are kept, for they only grow.
    """
    if anew and record.paper.version:
        known_versions = (one.version for one in _of_sources(known, "abstract"))
        anew = record.paper.version >= max(known_versions, default=0)
    said = {
        name: _settled(name, [*_before(known, name, theirs if anew else ()), *theirs])
        for name in SINGLE
        if (theirs := _of_sources(record, name)) and (anew or not _is_said(known, name, theirs))
    }
    lists = {name: (_sources_list(known, name), _sources_list(record, name)) for name in UNITED}
    united = {
        name: _united(name, ours, theirs)
        for name, (ours, theirs) in lists.items()
        if not set(theirs) <= set(ours)
    }
    merged = _with(known, said, united) if said or united else known
    votes = max(filter(None, (known.paper.upvotes, record.paper.upvotes)), default=None)
    if votes is None or votes == known.paper.upvotes:
        return merged
    return replace(merged, paper=merged.paper.model_copy(update={"upvotes": votes}))


def edit(known: Sourced, values: Mapping[Field, Value]) -> Sourced:
    """A paper as the reader has it. What the sources say is kept, should they speak again."""
    said = {
        name: _settled(name, [Said(READER, one), *_of_sources(known, name)])
        for name, one in values.items()
        if name in SINGLE
    }
    edited = _with(known, said, {})
    for name in UNITED:
        if name in values:
            before = _sources_list(known, name)
            kept = (Said(known.paper.source, before),) if before else ()
            edited = _marked(edited, name, values[name], READER, kept)
    return edited


def unedit(known: Sourced, names: Iterable[str]) -> Sourced:
    """A paper with the sources' values of some fields; a title that no source gives stays."""
    chosen = [name for name in known.edited if name in set(names)]
    said = {
        name: _settled(name, _of_sources(known, name))
        for name in chosen
        if name in SINGLE and (name != "title" or _of_sources(known, name))
    }
    restored = _with(known, said, {})
    for name in UNITED:
        if name in chosen:
            before = _sources_list(known, name)
            restored = _marked(restored, name, before, known.paper.source, ())
    return restored


def settled(known: Sourced) -> Sourced:
    """A paper whose fields are those of the best that is kept of them: so it mostly is already."""
    said = {name: _settled(name, _said(known, name)) for name in SINGLE}
    return _with(known, said, {})


def take_over(kept: Sourced, other: Sourced) -> Sourced:
    """What a paper becomes that takes another in: what it has of itself stays, whoever said it.

    The other's fill in what it lacks, the reader's edits with them; and they go on where its own
    break off. Lists are united even where they were edited.
    """
    said = {}
    for name in SINGLE:
        ours, theirs = _said(kept, name), _said(other, name)
        if not ours:
            said[name] = _settled(name, theirs)
        elif ours[0].source != READER:
            more = [one for one in theirs if one.source != READER]
            said[name] = _settled(
                name, [*ours, *(one for one in more if _goes_on(name, ours[0], one))]
            )
    taken = _with(kept, said, {})
    for name in UNITED:
        both = _united(name, _listed(kept, name), _listed(other, name))
        before = _united(name, _sources_list(kept, name), _sources_list(other, name))
        if name in kept.edited:
            taken = _marked(taken, name, both, READER, (Said(kept.paper.source, before),))
        else:
            taken = replace(taken, paper=put(taken.paper, {name: both}))
    return taken


def _said(known: Sourced, name: Field) -> tuple[Said, ...]:
    """All that is said of a field, first what is shown."""
    own, source = value(known.paper, name), known.source(name)
    rest = known.overlooked.get(name, ())
    if not own and name not in known.edited:
        return rest
    return (Said(source, own, known.paper.version if name == "abstract" else 0), *rest)


def _before(known: Sourced, name: Field, anew: Sequence[Said]) -> tuple[Said, ...]:
    """All that is said of a field but what is now said anew."""
    ranks = {rank(one.source) for one in anew}
    return tuple(one for one in _said(known, name) if rank(one.source) not in ranks)


def _of_sources(known: Sourced, name: Field) -> tuple[Said, ...]:
    return tuple(one for one in _said(known, name) if one.source != READER)


def _is_said(known: Sourced, name: Field, theirs: Sequence[Said]) -> bool:
    """Whether what is shown says all that a record does: so it mostly is, and nothing changes."""
    shown = Said(known.source(name), value(known.paper, name), known.paper.version)
    return all(rank(shown.source) <= rank(one.source) and _says_all(shown, one) for one in theirs)


def _settled(name: Field, said: Iterable[Said]) -> tuple[Said, ...]:
    """Of all that is said of a field, first what is shown, then what is overlooked and kept."""
    by_rank: dict[int, Said] = {}
    for one in said:
        known = by_rank.setdefault(rank(one.source), one)
        if one.version > known.version or _goes_on(name, known, one):
            by_rank[rank(one.source)] = one
    ranked = [by_rank[place] for place in sorted(by_rank)]
    kept = [
        one
        for place, one in enumerate(ranked)
        if not any(_says_all(better, one) for better in ranked[:place])
    ]
    if not kept:
        return ()
    shown = _best(name, kept)
    return shown, *(one for one in kept if one is not shown)


def _says_all(better: Said, one: Said) -> bool:
    """Whether nothing is lost where only the better source's word is kept."""
    return better.source != READER and better.value == one.value and better.version >= one.version


def _best(name: Field, ranked: Sequence[Said]) -> Said:
    """What is shown of what is kept of a field, one a rank.

    It is what the best says, or another where that breaks off: one that is whole before one that
    breaks off later. Older versions of a preprint are as if they were its newest.
    """
    if ranked[0].source == READER:
        return ranked[0]
    newest = max(ranked, key=lambda one: one.version)  # of equals, the first
    current = [newest if 0 < one.version < newest.version else one for one in ranked]
    best = current[0]
    while more := [one for one in current if _goes_on(name, best, one)]:
        best = min(more, key=lambda one: name == "abstract" and bool(_dots(one)))
    return best


def _goes_on(name: Field, one: Said, other: Said) -> bool:
    """Whether a source says more where a better one, or one before it, breaks off.

    A date of the same year or month is finer; a list of authors begins with all of the other's; an
    abstract is of a newer version of the preprint, or whole where the other ends in dots.
    """
    if name == "published":
        return str(other.value).startswith(f"{one.value}-")
    if name == "authors":
        if len(other.value) <= len(one.value):
            return False
        names = [fold(family_name(author)) for author in one.value]
        return names == [fold(family_name(author)) for author in other.value[: len(names)]]
    if name != "abstract":
        return False
    if one.version:
        return other.version > one.version
    text, whole, dots = str(one.value), str(other.value), _dots(one)
    begun = text.removesuffix(dots).rstrip()
    return bool(dots) and len(whole) > len(text) and whole.startswith(begun)


def _dots(abstract: Said) -> str:
    """What an abstract ends in that is cut short; a preprint's own ends as its authors let it."""
    if abstract.version:
        return ""
    return next((dots for dots in _DOTS if str(abstract.value).endswith(dots)), "")


def _with(
    known: Sourced, said: Mapping[Field, Sequence[Said]], lists: Mapping[Field, tuple[str, ...]]
) -> Sourced:
    """A paper with what is settled of some fields, and the sources' own lists."""
    fields, overlooked = dict(known.fields), dict(known.overlooked)
    values: dict[Field, Value] = {}
    version = known.paper.version
    for name, settled in said.items():
        fields.pop(name, None)
        overlooked.pop(name, None)
        values[name] = () if name in LISTED else ""
        if settled:
            shown, *rest = settled
            values[name] = shown.value
            if shown.source != known.paper.source:
                fields[name] = shown.source
            if rest:
                overlooked[name] = tuple(rest)
            if name == "abstract":
                version = shown.version
    for name, found in lists.items():
        if name in known.edited:
            overlooked[name] = (Said(known.paper.source, found),)
        else:
            values[name] = found
    changed = {name: one for name, one in values.items() if one != value(known.paper, name)}
    paper = known.paper
    if changed or version != paper.version:
        paper = put(paper, changed).model_copy(update={"version": version})
    return Sourced(paper, fields, overlooked)


def _marked(
    known: Sourced, name: Field, found: Value, source: str, overlooked: tuple[Said, ...]
) -> Sourced:
    """A paper with a united field that the reader edited, or no longer."""
    fields = {one: its for one, its in known.fields.items() if one != name}
    rest = {one: its for one, its in known.overlooked.items() if one != name}
    if source == READER:
        fields[name] = READER
    if overlooked:
        rest[name] = overlooked
    return Sourced(put(known.paper, {name: found}), fields, rest)


def _listed(known: Sourced, name: Field) -> tuple[str, ...]:
    return cast(tuple[str, ...], value(known.paper, name))


def _sources_list(known: Sourced, name: Field) -> tuple[str, ...]:
    """What the sources say of a united field, whatever the reader made of it."""
    if name not in known.edited:
        return _listed(known, name)
    kept = (one.value for one in known.overlooked.get(name, ()))
    return cast(tuple[str, ...], next(kept, ()))


def _united(name: Field, ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[str, ...]:
    """Both lists; of links that lead to one address, the first."""
    found: dict[str, str] = {}
    for one in (*ours, *theirs):
        found.setdefault(one.partition(" ")[2] if name == "links" else one, one)
    return tuple(found.values())
