"""Facets: what the papers of a result have in common, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.search.clauses import Mask, Query
from index.search.evaluate import Evaluator
from index.search.filters import STATES, named
from index.search.segments.arrays import Docs, ragged
from index.search.segments.words import Words
from index.views import Facet, Value

_NAMES = {"venue": ("venues", "venue_of"), "source": ("sources", "source_of")}


def counted(evaluator: Evaluator, docs: Docs, facet: Facet, most: int) -> list[Value]:
    """The values of a facet among some documents, the most frequent first, then by name.

    Years stand newest first. Papers without a value are left out.
    """
    match facet:
        case "year":
            years = np.bincount(evaluator.reader.published[docs] // 10_000)
            held = np.flatnonzero(years)[::-1]
            return [Value(str(year), int(years[year])) for year in held.tolist() if year][:most]
        case "venue" | "source" | "author":
            return _most_frequent(_named(evaluator, docs, facet), most)
        case "status":
            masks: Sequence[Query] = list(STATES.values())
            names = list(STATES)
        case _:
            store = evaluator.papers
            names = store.tag_names() if facet == "tag" else store.list_names()
            masks = [Mask(facet, named(facet, name)) for name in names]
    counts = {
        name: int(np.count_nonzero(evaluator.marks(mask)[docs]))
        for name, mask in zip(names, masks, strict=True)
    }
    return _most_frequent(counts, most)


def _most_frequent(counts: dict[str, int], most: int) -> list[Value]:
    held = (Value(name, count) for name, count in counts.items() if count)
    return sorted(held, key=lambda value: (-value.count, value.name))[:most]


def _named(evaluator: Evaluator, docs: Docs, facet: Facet) -> dict[str, int]:
    """How often each name stands among the documents."""
    counts: Counter[str] = Counter()
    for part in evaluator.reader.parts:
        low, high = np.searchsorted(docs, (part.base, part.base + part.entry.papers)).tolist()
        papers = docs[low:high] - part.base
        file = part.segment.file
        if facet == "author":
            first = file["authors_first"].whole().astype(np.int64)
            held = file["authors_of"].whole()[ragged(first[papers], np.diff(first)[papers])]
            names = Words(file, "names")
        else:
            section, column = _NAMES[facet]
            held, names = file[column].whole()[papers], Words(file, section)
        often = np.bincount(held, minlength=len(names))
        for number in np.flatnonzero(often).tolist():
            counts[names[number].decode()] += int(often[number])
    counts.pop("", None)
    return counts
