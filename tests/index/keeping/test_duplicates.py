"""Duplicates through the library's door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import NotFoundError
from index.library import Library

AUTHORS = ["Jo Moss", "Ada Li"]
PAPERS: list[dict[str, object]] = [
    {"title": "Rings and Rain", "authors": AUTHORS, "doi": "10.1101/1", "year": 2020},
    {"title": "Rings and Rain", "authors": AUTHORS, "doi": "10.1038/2", "year": 2021},
    {"title": "Pooling by Trees", "authors": AUTHORS, "doi": "10.1234/a"},
    {"title": "Pooling", "authors": AUTHORS, "arxiv_id": "2402.00001"},
    {"title": "Pooling by Trees", "authors": AUTHORS, "arxiv_id": "2402.00001", "doi": "10.1234/a"},
    {"title": "Optimising Slow Lamps", "authors": AUTHORS},
    {"title": "Optimizing Slow Lamps", "authors": AUTHORS},
]
"""Papers 1 and 2 bear one title, 3 and 4 were named by one record, 5 and 6 are nearly the same."""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library")
    bring(library, tmp_path)
    yield library
    library.close()


def bring(library: Library, folder: Path) -> int:
    file = folder / "papers.jsonl"
    file.write_text("".join(json.dumps(paper) + "\n" for paper in PAPERS), "utf-8")
    return library.import_files([file]).added


def pairs(library: Library) -> list[tuple[int, int, str]]:
    return [(pair.one, pair.other, pair.reason) for pair in library.duplicates.find()]


ALL = [(3, 4, "identifier"), (1, 2, "title"), (5, 6, "near")]


def test_a_merge_is_one_action_undone_and_redone_whole(library: Library, tmp_path: Path) -> None:
    library.tags.add(2, "rings")
    library.notes.write(2, "Read in the rain.")
    assert pairs(library) == [ALL[0], (2, 1, "title"), ALL[2]], "the one with a note is kept"
    before = list(library.details(range(7)))
    assert library.duplicates.merge(1, [2]).message == "Merged 1 paper into “Rings and Rain”."
    after = list(library.details(range(7)))
    kept = library.detail(1)
    assert (kept.tags, kept.note) == (("rings",), "Read in the rain.")
    assert {value for _, value in kept.identifiers} == {"10.1101/1", "10.1038/2"}
    with pytest.raises(NotFoundError):
        library.detail(2)
    assert bring(library, tmp_path) == 0, "the other's record is known by the paper that is kept"
    library.history.undo()
    assert list(library.details(range(7))) == before
    library.history.redo()
    assert list(library.details(range(7))) == after


def test_all_exact_ones_are_merged_at_once(library: Library) -> None:
    found = library.duplicates.find()
    groups = library.duplicates.exact(found)
    assert groups == [[3, 4], [1, 2]]
    rehearsed = library.rehearse(lambda library: library.duplicates.merge_all(groups))
    assert rehearsed.message == "Merged 2 papers into 2."
    assert pairs(library) == ALL, "nothing was done yet"
    assert library.duplicates.merge_all(groups).changed == 2
    assert pairs(library) == [ALL[2]]
    assert library.duplicates.merge_all(groups).message == "There is nothing to merge."
    library.history.undo()
    assert pairs(library) == ALL


def test_papers_set_apart_are_found_no_more_until_that_is_undone(library: Library) -> None:
    said = "Set “Optimizing Slow Lamps” and “Optimising Slow Lamps” apart."
    assert library.duplicates.apart(6, 5).message == said
    assert pairs(library) == ALL[:2]
    assert library.duplicates.apart(5, 6).message == "They are apart already."
    library.history.undo()
    assert pairs(library) == ALL


def test_two_papers_side_by_side_with_the_names_they_share(library: Library) -> None:
    compared = library.duplicates.compare(3, 4)
    assert (compared.one.title, compared.other.title) == ("Pooling by Trees", "Pooling")
    assert compared.shared == (("arxiv", "2402.00001"),)
    with pytest.raises(NotFoundError, match="no longer in this library"):
        library.duplicates.compare(3, 99)


def test_what_cannot_be_merged_is_said(library: Library) -> None:
    with pytest.raises(NotFoundError, match="name at least two"):
        library.duplicates.merge(1, [1])
    with pytest.raises(NotFoundError, match="no paper 99"):
        library.duplicates.merge(1, [99])
    with pytest.raises(NotFoundError, match="name two"):
        library.duplicates.apart(1, 1)
    assert pairs(library) == ALL


def test_what_is_merged_is_searched_as_one(library: Library) -> None:
    library.catch_up()
    assert len(library.search("pooling").ids) == 2
    library.duplicates.merge(4, [3])
    assert list(library.search("pooling").ids) == [4]
    library.history.undo()
    assert sorted(library.search("pooling").ids) == [3, 4]


def test_what_was_said_of_either_on_one_list_is_kept(library: Library) -> None:
    library.lists.add("thesis", [1, 2])
    library.lists.note("thesis", 2, "why it matters")
    library.lists.status("thesis", 2, "reading")
    library.duplicates.merge(1, [2])
    (item,) = library.detail(1).items
    assert (item.note, item.status) == ("why it matters", "reading")
