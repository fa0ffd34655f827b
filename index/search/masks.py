"""What the store answers: tags, reading lists, states and identifiers, as papers."""

from __future__ import annotations

from collections.abc import Iterable

from index.search.clauses import And, Mask, Query
from index.search.papers import Papers
from index.text import clean_line, fold


def masked(mask: Mask, papers: Papers) -> list[int]:
    """The papers of a mask, in the store's order where it names one list, tag or state."""
    match mask.kind:
        case "tag":
            names = _named(mask, papers.tag_names())
            return [paper for name in names for paper in papers.ids_tagged(name)]
        case "list":
            names = _named(mask, papers.list_names())
            return [paper for name in names for paper in papers.ids_listed(name)]
        case "id":
            return papers.ids_known_as(mask.name, mask.begun)
        case _:
            return papers.ids_where(mask.name)


def _named(mask: Mask, names: Iterable[str]) -> list[str]:
    """The folded names that the mask means."""
    folded = (fold(clean_line(name)) for name in names)
    return [
        name for name in folded if name == mask.name or (mask.begun and name.startswith(mask.name))
    ]


def reading_list(tree: Query | None) -> Mask | None:
    """The list whose order a query's papers keep, where nothing ranks them."""
    if isinstance(tree, Mask):
        return tree if tree.kind == "list" else None
    if isinstance(tree, And):
        return next(filter(None, map(reading_list, tree.children())), None)
    return None
