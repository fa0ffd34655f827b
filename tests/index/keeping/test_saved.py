"""Saved searches through the library's door."""

from __future__ import annotations

import json
from pathlib import Path

import apsw
import pytest

from index.errors import NamingError, NotFoundError, QueryError
from index.library import Library
from tests.index.keeping.conftest import TITLES, unchanged, undone


def bring(library: Library, folder: Path, title: str) -> None:
    file = folder / "more.jsonl"
    file.write_text(json.dumps({"title": title}) + "\n", "utf-8")
    library.import_files([file])


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {shelf.name: (shelf.count, shelf.new) for shelf in library.saved.all()}


def test_a_search_is_saved_changed_renamed_and_deleted(library: Library) -> None:
    saved = library.saved
    done = undone(library, lambda: saved.save("My trees", "ash OR elm", "title"))
    assert (done.message, done.changed) == ("Saved the search “My trees”.", 1)
    shelf = saved.shelf("MY TREES")
    assert (shelf.name, shelf.query, shelf.sort, shelf.kind) == (
        "My trees",
        "ash OR elm",
        "title",
        "saved",
    )
    assert unchanged(library, lambda: saved.save("my trees", "ash OR elm", "title")).message == (
        "“my trees” is saved so already."
    )
    undone(library, lambda: saved.save("My trees", "ash", "title"))
    undone(library, lambda: saved.rename("My trees", "my Trees"))
    undone(library, lambda: saved.rename("my trees", "Shrubs"))
    unchanged(library, lambda: saved.rename("shrubs", "Shrubs"))
    saved.save("Other", "elm")
    with pytest.raises(NamingError, match="“other” already"):
        saved.rename("Shrubs", "other")
    assert undone(library, lambda: saved.delete("shrubs")).message == (
        "Deleted the search “Shrubs”."
    )
    assert [shelf.name for shelf in saved.all()] == saved.names() == ["Other"]
    with pytest.raises(NotFoundError, match="no saved search “Shrubs”"):
        saved.delete("Shrubs")
    with pytest.raises(NotFoundError):
        saved.look("Shrubs")


def test_what_came_since_one_last_looked_is_counted(library: Library, tmp_path: Path) -> None:
    library.saved.save("maples", "maple")
    library.saved.save("all", "year:2000.. OR maple")
    assert counts(library) == {"all": (len(TITLES), 0), "maples": (0, 0)}
    bring(library, tmp_path, "Red maple")
    assert counts(library) == {"all": (len(TITLES) + 1, 1), "maples": (1, 1)}
    library.saved.look("Maples")
    bring(library, tmp_path, "Sugar maple")
    assert counts(library) == {"all": (len(TITLES) + 2, 2), "maples": (2, 1)}
    assert library.history.entries()[0].kind == "import", "looking is no action"
    library.saved.delete("maples")
    library.history.undo()
    assert counts(library)["maples"] == (2, 1), "what was seen is kept for when it comes back"


def test_a_query_that_is_not_understood_any_more_says_so(library: Library) -> None:
    with pytest.raises(QueryError):
        library.saved.save("bad", "year:soon")
    library.saved.save("good", "elm")
    library.saved.save("bad", "ash")
    database = apsw.Connection(str(library.folder / "library.db"))
    database.execute("UPDATE saved SET query = 'year:soon' WHERE name = 'bad'")
    database.close()
    bad, good = library.saved.all()
    assert (bad.count, bad.new, good.count) == (0, 0, 1)
    assert bad.problem.startswith("year: takes a year")
    assert good.problem == ""


@pytest.mark.parametrize(
    ("name", "query", "told"),
    [
        ("", "elm", "needs a name"),
        ("x" * 10_000, "elm", "at most 100"),
        ('a "b"', "elm", "quotation marks"),
        ("trees", " \n", "empty search"),
    ],
)
def test_what_cannot_be_saved_is_one_sentence(
    library: Library, name: str, query: str, told: str
) -> None:
    with pytest.raises(NamingError, match=told):
        library.saved.save(name, query)
    with pytest.raises(QueryError):
        library.saved.save("long", "x" * 3000)
    assert library.saved.names() == []
