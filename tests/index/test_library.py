"""The library through its one door."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from index.errors import ExportError, NamingError, NotFoundError, QueryError
from index.library import Library

PAPERS: Sequence[Mapping[str, object]] = [
    {
        "title": "Graph pooling by example",
        "authors": ["Ana Díaz", "Bo Li", "Cy Young"],
        "year": 2021,
    },
    {"title": "Attention to detail", "abstract": "Pooling is mentioned here.", "year": 2023},
    {"title": "Naïve baselines", "abstract": "A baseline.", "doi": "10.1000/naive"},
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library")
    library.import_files([write(tmp_path, PAPERS)])
    yield library
    library.close()


def write(folder: Path, papers: Sequence[Mapping[str, object]], name: str = "papers.jsonl") -> Path:
    file = folder / name
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), "utf-8")
    return file


def titles(library: Library, query: str, shelf: str = "") -> list[str]:
    return [row.title for row in library.rows(library.search(query, shelf=shelf).ids)]


def test_importing_again_changes_nothing(library: Library, tmp_path: Path) -> None:
    before = library.version()
    report = library.import_files([write(tmp_path, PAPERS)])
    assert (report.records, report.added, report.unchanged) == (3, 0, 3)
    assert library.history.undo().message.startswith("Undone: imported papers.jsonl")
    assert library.version() != before


def test_the_four_saved_pages_hold_899_papers(shared: Path, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library")
    pages = sorted((shared / "papers").glob("page-*.txt"))
    first = library.import_files(pages)
    assert (first.records, first.added, len(first.rejects)) == (954, 899, 0)
    second = library.import_files(pages)
    assert (second.added, second.updated, second.unchanged) == (0, 0, 954)
    assert library.overview().views[0].count == 899
    origins = [paper.origins for paper in library.details(library.search("").ids)]
    assert sum(len(places) for places in origins) == 954
    library.close()


def test_a_search_finds_ranks_and_marks(library: Library) -> None:
    found = library.search("pooling")
    rows = library.rows(found.ids, "pooling")
    assert [row.title for row in rows] == ["Graph pooling by example", "Attention to detail"]
    assert (rows[0].authors, rows[0].year) == ("Díaz et al.", "2021")
    assert rows[0].title_marks == ((6, 13),)
    assert found.total == 3
    detail = library.detail(rows[1].id, "pooling")
    assert detail.abstract_marks == ((0, 7),)


def test_a_query_that_cannot_be_understood_is_a_sentence(library: Library) -> None:
    with pytest.raises(QueryError) as raised:
        library.search("year:tomorrow")
    assert str(raised.value).endswith(".")
    assert "\n" not in str(raised.value)


def test_an_empty_query_gives_the_shelf_in_its_own_order(library: Library) -> None:
    assert list(library.search("").ids) == [1, 2, 3]
    library.lists.add("To read", [3, 1])
    assert titles(library, "", 'list:"to read"') == ["Naïve baselines", "Graph pooling by example"]
    assert titles(library, "pooling", 'list:"to read"') == ["Graph pooling by example"]
    assert library.search("pooling", shelf='list:"to read"').total == 2


def test_marks_tags_and_lists_are_found_and_counted(library: Library) -> None:
    assert library.marks.star(1).message == "Starred: “Graph pooling by example”."
    assert library.marks.star(1).message == "Already starred."
    library.marks.read([1, 2])
    library.tags.add([1, 2], "#GNN")
    library.lists.add("thesis", 1)
    assert titles(library, "tag:gnn") == ["Graph pooling by example", "Attention to detail"]
    assert titles(library, "is:starred list:thesis") == ["Graph pooling by example"]
    assert titles(library, "is:unread") == ["Naïve baselines"]
    overview = library.overview()
    assert [(shelf.name, shelf.count) for shelf in overview.views] == [
        ("All", 3),
        ("Inbox", 1),
        ("Unread", 1),
        ("Starred", 1),
        ("Opened", 0),
    ]
    assert [(shelf.name, shelf.done, shelf.count) for shelf in overview.lists] == [("thesis", 1, 1)]
    assert [(shelf.name, shelf.count) for shelf in overview.tags] == [("GNN", 2)]


def test_many_tags_and_lists_change_in_one_action(library: Library) -> None:
    library.tags.add(1, "old")
    library.lists.add("later", 1)
    assert library.tags.change(1, {"gnn": True, "old": False}).message == (
        "Tagged “Graph pooling by example” +#gnn −#old."
    )
    library.lists.change([1, 2], {"thesis": True, "later": False})
    assert (library.detail(1).tags, library.detail(1).lists) == (("gnn",), ("thesis",))
    library.history.undo()
    assert library.detail(1).lists == ("later",)
    library.history.undo()
    assert library.detail(1).tags == ("old",)


def test_every_shelf_of_the_overview_finds_as_many_papers_as_it_says(library: Library) -> None:
    library.tags.add([1, 2], "to/do: soon?")
    library.lists.add("Later (maybe) OR -never", [2])
    library.marks.star(3)
    overview = library.overview()
    for shelf in (*overview.views, *overview.lists, *overview.tags):
        assert len(library.search("", shelf=shelf.query).ids) == shelf.count, shelf


def test_everything_can_be_undone_back_to_an_empty_library(library: Library) -> None:
    library.marks.star([1, 2])
    library.tags.add(1, "gnn")
    library.tags.remove(1, "gnn")
    library.lists.add("thesis", [1, 2])
    library.lists.remove("thesis", 1)
    library.notes.write(1, "Read *twice*.")
    library.papers.delete([1, 3])
    assert titles(library, "") == ["Attention to detail"]
    assert titles(library, "baselines") == []
    assert library.history.undo().message == "Undone: deleted 2 papers."
    assert titles(library, "baselines") == ["Naïve baselines"]
    assert library.detail(1).note == "Read *twice*."
    while library.history.undo().changed:
        pass
    assert titles(library, "") == []
    assert library.history.undo().message == "There is nothing to undo."
    assert titles(library, "pooling") == []


def test_undoing_an_import_takes_its_papers_but_not_those_that_came_again(
    library: Library, tmp_path: Path
) -> None:
    more = [{"title": "New one"}, {"title": "New two"}]
    library.import_files([write(tmp_path, more, "more.jsonl")])
    library.import_files([write(tmp_path, more[:1], "again.jsonl")])
    message = library.history.undo().message
    assert message.startswith("Undone: imported more.jsonl: 1 paper removed; 1 ")
    assert "New one" in titles(library, "")
    assert "New two" not in titles(library, "")


def test_what_was_deleted_is_counted_and_restored_on_request(
    library: Library, tmp_path: Path
) -> None:
    library.papers.delete(3)
    file = write(tmp_path, PAPERS)
    assert library.import_files([file]).deleted == 1
    assert library.import_files([file], restore=True).added == 1
    assert titles(library, "naive") == ["Naïve baselines"]


def test_a_file_that_cannot_be_read_does_not_keep_the_others_out(
    library: Library, tmp_path: Path
) -> None:
    good = write(tmp_path, [{"title": "Another"}], "good.jsonl")
    report = library.import_files([tmp_path / "missing.txt", good])
    assert report.added == 1
    (reject,) = report.rejects
    assert (reject.file, reject.line) == ("missing.txt", 0)


@pytest.mark.parametrize("name", ["", "  ", "#", "x" * 101, 'say "hello"', "\x1b\x07"])
def test_a_name_that_nothing_can_bear_is_refused(library: Library, name: str) -> None:
    with pytest.raises(NamingError):
        library.tags.add(1, name)
    with pytest.raises(NamingError):
        library.lists.add(name.removeprefix("#"), 1)
    assert library.tags.names() == library.lists.names() == []


@pytest.mark.parametrize(
    "name",
    ["a/b", "it's", "μ-calculus", "🎓 thesis", "two  words", "[/foo]", "-x", "a:b", "*", "(x"],
)
def test_names_of_all_kinds_are_kept_and_found(library: Library, name: str) -> None:
    library.tags.add(1, name)
    library.lists.add(name, 1)
    assert titles(library, "", library.tags.shelf(name).query) == ["Graph pooling by example"]
    assert titles(library, "", library.lists.shelf(name).query) == ["Graph pooling by example"]


def test_what_is_not_there_is_said_with_what_may_be_meant(library: Library) -> None:
    library.lists.add("thesis", 1)
    with pytest.raises(NotFoundError, match=r"no reading list “thesys”\. Did you mean “thesis”"):
        library.lists.shelf("thesys")
    with pytest.raises(NotFoundError, match="no paper 99"):
        library.marks.star([1, 99])
    with pytest.raises(NotFoundError, match="no paper 99"):
        library.detail(99)
    assert not library.detail(1).starred


def test_export_streams_a_list_in_its_order(library: Library) -> None:
    library.lists.add("thesis", [2, 1])
    text = "".join(library.export("", shelf='list:"thesis"', title="thesis"))
    assert text.index("Attention to detail") < text.index("Graph pooling by example")


def test_progress_counts_the_bytes_of_all_files(library: Library, tmp_path: Path) -> None:
    files = [write(tmp_path, [{"title": f"T{n}"}], f"{n}.jsonl") for n in range(3)]
    told: list[tuple[int, int]] = []
    library.import_files(files, progress=lambda done, total: told.append((done, total)))
    total = sum(file.stat().st_size for file in files)
    assert told[-1] == (total, total)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_the_index_may_be_deleted_and_comes_back(library: Library) -> None:
    folder = library.folder
    assert titles(library, "pooling")
    library.close()
    for file in (folder / "index").iterdir():
        file.unlink()
    again = Library.open(folder)
    assert titles(again, "pooling")
    again.close()


def test_importing_the_package_loads_no_screen_and_nothing_heavy() -> None:
    script = "import index, sys; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"textual", "rich", "numpy", "whoosh", "apsw", "pydantic"} & set(loaded)
    script = "import index, sys; index.Library; print(*sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"textual", "rich", "click", "whoosh", "numpy"} & set(loaded)


def test_papers_are_found_by_what_they_hold_and_are_known_as(library: Library) -> None:
    library.tags.add(1, "gnn")
    library.lists.add("thesis", 2)
    library.notes.write(2, "Good.")
    key = library.detail(3).key
    for query, found in {
        "has:doi": [3],
        "has:tag": [1],
        "is:tagged": [1],
        "has:list": [2],
        "has:note": [2],
        "has:abstract": [2, 3],
        "has:link": [3],
        "has:pdf": [],
        "has:pdflink": [],
        "has:text": [],
        "has:code": [],
        "has:arxiv": [],
        "id:10.1000/naive": [3],
        "id:10.1000/NAIVE": [3],
        "id:10.1000/na": [],
        "id:2": [2],
        f"id:{key}": [3],
        "added:1d": [1, 2, 3],
        "added:..2001": [],
    }.items():
        assert sorted(library.search(query).ids) == found, query
    assert list(library.search("id:10.1000/na", as_typed=True).ids) == [3]


def test_a_query_is_explained_corrected_completed_and_counted(library: Library) -> None:
    explained = library.explain("pooling year:2031")
    assert [(clause.text, clause.hits) for clause in explained.clauses] == [
        ("pooling", 2),
        ("year:2031", 0),
    ]
    assert library.suggest("pooilng") == "pooling"
    assert library.suggest("zzzzzzz") is None
    assert library.suggest("titel:pooling") == "title:pooling"
    assert library.suggest("statsu:pooling") is None, "no status is called so"
    completion = library.complete("titl", 4)
    assert completion
    assert "title:" in completion.candidates
    years = library.facets("pooling", "year")
    assert [(value.name, value.count) for value in years] == [("2023", 1), ("2021", 1)]
    assert library.similar(1) != [1]
    (reason, *_) = library.reasons("pooling", 1)
    assert (reason.field, reason.words) == ("title", ("pooling",))
    assert list(library.search("pooling baseline", any_word=True).ids) != []
    assert next(iter(library.search("", sort="date").ids)) == 2


def test_a_restored_paper_leaves_the_history_whole(library: Library, tmp_path: Path) -> None:
    library.marks.star(3)
    library.notes.write(3, "Mine.")
    library.papers.delete(3)
    library.import_files([write(tmp_path, PAPERS)], restore=True)
    assert library.history.undo().message.startswith(
        "Undone: imported papers.jsonl: 1 paper removed"
    )
    assert library.history.undo().message.startswith("Undone: deleted “Naïve")
    assert library.detail(3).note == "Mine."
    assert library.history.undo().message.startswith("Undone: wrote a note")
    assert library.history.undo().message.startswith("Undone: starred")


def test_an_import_that_only_fills_in_is_what_undo_undoes(library: Library, tmp_path: Path) -> None:
    library.marks.star(1)
    more = [{"title": "Graph pooling by example", "abstract": "Filled in."}]
    assert library.import_files([write(tmp_path, more, "more.jsonl")]).updated == 1
    assert library.history.undo().message.startswith(
        "Undone: imported more.jsonl: 0 papers removed"
    )
    assert library.detail(1).starred


def test_two_files_of_one_name_are_two_origins(library: Library, tmp_path: Path) -> None:
    for day in ("mon", "tue"):
        (tmp_path / day).mkdir()
        library.import_files([write(tmp_path / day, [{"title": "Twice"}], "a.jsonl")])
    assert library.detail(4).origins == ("a.jsonl, line 1", "a.jsonl, line 1")
    assert "1 that you have worked with or that came again stay" in library.history.undo().message


def test_an_import_that_is_killed_can_be_undone(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    file = write(tmp_path, [{"title": f"Paper {n}"} for n in range(3000)])
    script = (
        "import os, signal, sys; from pathlib import Path; from index.library import Library\n"
        "from index.store import papers\n"
        "add = papers.add; count = iter(range(2500))\n"
        "def counted(*args, **named):\n"
        "    if next(count, None) is None: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return add(*args, **named)\n"
        "papers.add = counted\n"
        "Library.open(Path(sys.argv[1])).import_files([Path(sys.argv[2])])"
    )
    subprocess.run([sys.executable, "-c", script, str(folder), str(file)], check=False)
    library = Library.open(folder)
    assert library.overview().views[0].count == 2000
    assert library.history.undo().message.startswith("Undone: imported papers.jsonl")
    assert library.overview().views[0].count == 0
    library.close()


def test_a_hostile_file_name_is_shown_as_text(library: Library, tmp_path: Path) -> None:
    name = "e\x1b]0;pwn\x07\x9b31m\udce9.jsonl"
    library.import_files([write(tmp_path, [{"title": "Fourth"}], name)])
    (origin,) = library.detail(4).origins
    assert origin == "e]0;pwn›31m.jsonl, line 1"
    assert "\x1b" not in library.history.undo().message


def test_the_sample_is_not_undone_with_ones_first_steps(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "sample")
    library.add_sample()
    library.marks.star(1)
    library.history.undo()
    assert library.history.undo().message == "There is nothing to undo."
    assert library.overview().views[0].count > 60
    library.close()


def test_rejects_are_counted_and_the_first_of_them_told(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "bad.jsonl"
    file.write_text('{"title": "Good"}\n' + "{}\n" * 5000, "utf-8")
    report = library.import_files([file])
    assert (report.records, report.added, report.rejected) == (5001, 1, 5000)
    assert len(report.rejects) == 1000


def test_nothing_to_act_on_and_nothing_to_export_is_said(library: Library) -> None:
    with pytest.raises(NotFoundError, match="No paper was named"):
        library.tags.add([], "gnn")
    assert library.tags.names() == []
    with pytest.raises(ExportError, match="no papers to export"):
        library.export("zzzz")


def test_a_day_is_the_readers_own(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("Pacific/Auckland", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        today = dt.date.today().isoformat()  # noqa: DTZ011
        assert library.detail(1).added == today
        assert len(library.search(f"added:{today}").ids) == 3
    monkeypatch.undo()
    time.tzset()


def test_hashes_before_a_tag_are_no_part_of_it(library: Library) -> None:
    library.tags.add(1, "##gnn")
    assert library.tags.names() == ["gnn"]
    library.tags.remove(1, "#gnn")
    assert library.tags.names() == []


def test_undoing_an_import_can_be_asked_about_first(library: Library) -> None:
    library.marks.star(1)
    assert library.history.undo(imports=False).message.startswith("Undone: starred")
    asked = library.history.undo(imports=False)
    assert (asked.changed, asked.question) == (0, "Imported papers.jsonl: 3 papers would go.")
    assert len(titles(library, "")) == 3


def test_no_import_takes_the_names_of_a_deleted_paper(library: Library, tmp_path: Path) -> None:
    two = [
        {"title": "One", "arxiv": "2301.00001", "doi": "10.1000/abc"},
        {"title": "One", "arxiv": "2301.00002"},
    ]
    library.import_files([write(tmp_path, two, "two.jsonl")])
    deleted = library.search("id:2301.00001").ids[0]
    library.notes.write(deleted, "Mine.")
    library.papers.delete(deleted)
    library.import_files([write(tmp_path, [{"title": "One", "doi": "10.1000/abc"}], "again.jsonl")])
    entries = library.history.entries()
    library.history.undo(next(one.id for one in entries if one.label.startswith("deleted")))
    assert library.detail(deleted).note == "Mine."


def test_an_import_undone_while_it_runs_can_be_undone_to_its_end(
    library: Library, tmp_path: Path
) -> None:
    many = [{"title": f"Paper {number}"} for number in range(2_500)]
    undone: list[str] = []

    def progress(done: int, total: int) -> None:
        if not undone and library.history.entries(1)[0].label.endswith("many.jsonl"):
            undone.append(library.history.undo().message)

    library.import_files([write(tmp_path, many, "many.jsonl")], progress=progress)
    assert undone
    library.history.undo()
    assert library.overview().views[0].count == 3
