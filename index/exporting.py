"""The way out: papers of the library become an export, and what is copied of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from index.errors import ExportError, NoSuchPaperError, NotFoundError
from index.exports import (
    Export,
    Exported,
    ExportOptions,
    exporter,
    folder_exporter,
    format_named,
)
from index.exports.citation import Form, copied_as
from index.progress import Progress, untold
from index.store import Store, papers, state
from index.views import Detail

if TYPE_CHECKING:
    from index.finding import Finding

CHUNK = 200
"""Papers that are read at a time."""

EVERY = 20
"""Papers after which it is told how far an export is."""

SIMILAR = 5
FEW_FOR_SIMILAR = 2000
"""Papers for each of which the similar ones are looked for; of more it would take minutes."""

_BETWEEN: dict[Form, str] = {"bibtex": "\n", "citation": "\n\n", "key": ", "}


def export(
    library: Finding,
    store: Store,
    ids: Sequence[int],
    *,
    form: str,
    template: str,
    options: ExportOptions,
    whole: bool,
    progress: Progress | None = None,
) -> Export:
    """Make an export of papers; see ``Library.export``. ``whole``: they are the whole library."""
    _all_there(store, ids)

    def items(ids: Sequence[int], *, with_state: bool = False) -> Iterator[Exported]:
        return _told(_items(library, store, ids, with_state=with_state), len(ids), progress)

    if template:
        from index.exports.template import find, render

        file = find(template)
        return Export(render(file, items(_some(ids)), options))
    chosen = format_named(form)
    if chosen.is_folder:
        options = replace(options, orders=_orders(library), similar=_similar(library, ids))
        return Export(files=folder_exporter(chosen)(items(_some(ids)), options))
    if chosen.is_complete and whole:  # which may have reading lists and no papers
        options = replace(options, libraries=_library_states(store))
    else:
        _some(ids)
    return Export(exporter(chosen)(items(ids, with_state=chosen.is_complete), options))


def _told(items: Iterator[Exported], total: int, progress: Progress | None) -> Iterator[Exported]:
    """The papers of an export; tells how many went out of how many."""
    tell = progress or untold
    for number, item in enumerate(items):
        if number % EVERY == 0:
            tell(number, total)
        yield item
    tell(total, total)


def copied(library: Finding, store: Store, ids: Sequence[int], form: Form) -> str:
    """What is copied of papers; see ``Library.copied``."""
    if not len(ids):
        raise NotFoundError("No paper was named.")
    _all_there(store, ids)
    texts = [text for item in _items(library, store, ids) if (text := copied_as(item, form))]
    if not texts:
        raise ExportError("No link is known of this paper.")
    return _BETWEEN.get(form, "\n").join(texts)


def _all_there(store: Store, ids: Sequence[int]) -> None:
    with store.reading() as db:
        if missing := papers.missing(db, [int(paper_id) for paper_id in ids]):
            raise NoSuchPaperError(missing[0])


def _items(
    library: Finding, store: Store, ids: Sequence[int], *, with_state: bool = False
) -> Iterator[Exported]:
    """The papers with these ids, in their order; those that are gone are left out."""
    for start in range(0, len(ids), CHUNK):
        chunk = [int(paper_id) for paper_id in ids[start : start + CHUNK]]
        stored = dict(store.papers(chunk))
        states: dict[int, dict[str, Any]] = {}
        if with_state:
            with store.reading() as db:
                states = state.of_papers(db, chunk)
        for detail in library.details(chunk):
            if detail.id in stored:
                yield Exported(stored[detail.id], detail, states.get(detail.id))


def _some(ids: Sequence[int]) -> Sequence[int]:
    if not len(ids):
        raise ExportError("There are no papers to export.")
    return ids


def _library_states(store: Store) -> list[dict[str, Any]]:
    with store.reading() as db:
        return state.of_library(db)


def _orders(library: Finding) -> dict[str, Sequence[int]]:
    """The papers of each reading list, in its order."""
    overview = library.overview()
    shelves = (*overview.lists, *overview.archived)
    return {shelf.name: library.search("", shelf=shelf.query).ids for shelf in shelves}


def _similar(library: Finding, ids: Sequence[int]) -> Callable[[int], Sequence[Detail]]:
    """What finds the papers most like one among those that are exported."""
    exported = {int(paper_id) for paper_id in ids} if len(ids) <= FEW_FOR_SIMILAR else set()

    def similar(paper_id: int) -> Sequence[Detail]:
        found = library.similar(paper_id, SIMILAR) if exported else []
        return list(library.details(one for one in found if one in exported))

    return similar
