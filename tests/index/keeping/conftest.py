"""A library of twelve papers to keep in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.library import Library
from index.views import Detail, Done, Overview

TITLES = "Ash Beech Cedar Dogwood Elm Fir Gum Hazel Ivy Juniper Kauri Larch".split()
"""Paper 1 is Ash, by Ann Ash in 2001, with the key ash2001ash; and so on."""

Act = Callable[[], Done]
View = tuple[Overview, tuple[Detail, ...], tuple[list[int], ...]]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Papers 1 to 12, without a trace of a reader."""
    file = tmp_path / "trees.jsonl"
    records = [
        {"title": title, "authors": [f"Ann {title}"], "year": 2000 + number}
        for number, title in enumerate(TITLES, 1)
    ]
    file.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    library = Library.open(tmp_path / "library")
    library.import_files([file])
    yield library
    library.close()


def view(library: Library) -> View:
    """All that the reader sees."""
    overview = library.overview()
    listed = (*overview.lists, *overview.archived)
    return (
        overview,
        tuple(library.details(range(len(TITLES) + 1))),
        tuple(list(library.search("", shelf=shelf.query).ids) for shelf in listed),
    )


def undone(library: Library, act: Act) -> Done:
    """Do something, and hold that it is undone, and done again, whole and as one entry."""
    before, entries = view(library), len(library.history.entries())
    done = act()
    after = view(library)
    assert after != before, done.message
    assert len(library.history.entries()) == entries + 1
    library.history.undo()
    assert view(library) == before
    library.history.redo()
    assert view(library) == after
    return done


def unchanged(library: Library, act: Act) -> Done:
    """Do what changes nothing, and hold that it says so and is no entry of the history."""
    before, entries = view(library), len(library.history.entries())
    done = act()
    assert (view(library), len(library.history.entries())) == (before, entries)
    assert done.changed == 0
    return done
