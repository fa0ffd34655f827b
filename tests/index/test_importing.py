"""Importing again: what is known is known again, and everything else comes in as it should."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from index import locations
from index.errors import StoreError
from index.importing import import_files
from index.intake import Intake
from index.library import Library
from index.paper import Paper
from index.sources import Unread
from index.store import Store
from index.views import ImportReport
from tests.index.sources.samples import SAMPLES, TITLES

LAMP = {"title": "One Lamp", "doi": "10.1000/lamp"}
WICK = {"title": "Two Wicks", "doi": "10.1000/wick"}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library.open(tmp_path / "library")) as library:
        yield library


def write(file: Path, *papers: Mapping[str, object]) -> Path:
    file.write_text("".join(json.dumps(paper) + "\n" for paper in papers), "utf-8")
    return file


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.deleted


def titles(library: Library) -> list[str]:
    return sorted(row.title for row in library.rows(library.search("").ids))


def the(library: Library, query: str) -> int:
    (paper_id,) = library.search(query).ids
    return int(paper_id)


class Counting:
    """Makes papers of their titles, and counts how often it does."""

    def __init__(self) -> None:
        self.read = 0

    def __call__(self, raw: str) -> Paper:
        self.read += 1
        if not raw.strip():
            raise ValueError("the title is missing")
        return Paper(title=raw, source="toy")

    def unread(self, raw: str, line: int, file: str = "") -> Unread:
        return Unread(raw, line, "toy", self, "toys.txt", file=file)


def take(store: Store, *items: Unread) -> ImportReport:
    with Intake(store, "imported toys") as intake:
        intake.take(items, "/toys.txt")
    return intake.report


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "library.db")) as store:
        yield store


def places(store: Store) -> list[tuple[str, int]]:
    with store.reading() as db:
        found = db.execute("SELECT file, line FROM origins ORDER BY file, line").fetchall()
    return [(str(file), int(str(line))) for file, line in found]


def test_what_is_known_is_not_read_again(store: Store) -> None:
    toy = Counting()
    assert counts(take(store, toy.unread("One Lamp", 1), toy.unread("Two Wicks", 2))) == (
        2,
        0,
        0,
        0,
    )
    assert toy.read == 2
    again = take(store, toy.unread("One Lamp", 1), toy.unread("Two Wicks", 2))
    assert (counts(again), again.records, toy.read) == ((0, 0, 2, 0), 2, 2)


def test_another_line_of_its_file_is_no_new_origin_and_another_file_is(store: Store) -> None:
    toy = Counting()
    take(store, toy.unread("One Lamp", 1), toy.unread("One Lamp", 3))
    take(store, toy.unread("One Lamp", 7))
    assert places(store) == [("/toys.txt", 1)]
    assert counts(take(store, toy.unread("One Lamp", 2, "b.txt"))) == (0, 0, 1, 0)
    assert places(store) == [("/toys.txt", 1), ("/toys.txt/b.txt", 2)]
    assert toy.read == 1


def test_a_full_disk_is_told_as_it_is_and_keeps_what_came_before(
    tmp_path: Path, store: Store
) -> None:
    toys = [{"title": f"Toy {number}", "abstract": "It spins. " * 20} for number in range(5000)]
    file = write(tmp_path / "toys.jsonl", *toys)
    with store.reading() as db:
        db.pragma("max_page_count", 600)  # of 4 KB: so full is the disk for this thread
    with pytest.raises(
        StoreError, match=r"library\.db is full; what came before that is in the library\.$"
    ):
        import_files(store, [file])
    assert store.count() in range(1000, 5000, 1000)


def test_what_cannot_be_read_is_rejected_every_time(store: Store) -> None:
    toy = Counting()
    for _ in range(2):
        report = take(store, toy.unread(" ", 4))
        assert (report.records, report.rejected) == (1, 1)
        assert (report.rejects[0].line, report.rejects[0].file) == (4, "toys.txt")


def test_the_same_text_means_another_thing_in_another_format(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "both.jsonl"
    file.write_text(
        '{"_id": "d", "title": "One Lamp", "text": "It burns.", "abstract": "Light."}\n'
    )
    assert counts(library.import_files([file], format="jsonl")) == (1, 0, 0, 0)
    assert counts(library.import_files([file], format="beir")) == (0, 0, 1, 0)
    sources = {origin.source for origin in library.provenance(the(library, "lamp")).origins}
    assert sources == {"jsonl", "beir"}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_format_is_known_again(library: Library, tmp_path: Path, name: str) -> None:
    file = tmp_path / "papers"
    file.write_text(SAMPLES[name].text, encoding="utf-8")
    assert counts(library.import_files([file])) == (2, 0, 0, 0)
    assert counts(library.import_files([file])) == (0, 0, 2, 0)
    assert titles(library) == sorted(TITLES)
    with closing(apsw.Connection(str(locations.database_file(library.folder)))) as db:
        assert db.execute("SELECT count(*), count(digest), count(raw) FROM origins").fetchall() == [
            (2, 2, 2)
        ]


def test_an_entry_that_says_more_through_another_is_read_again(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "refs.bib"
    text = "@string{v = {%s}}\n@article{lamp, title = {One Lamp}, journal = v}\n"
    file.write_text(text % "")
    library.import_files([file])
    file.write_text(text % "Journal of Lamps")
    assert counts(library.import_files([file])) == (0, 1, 0, 0)
    assert library.detail(the(library, "lamp")).venue == "Journal of Lamps"
    assert len(library.provenance(the(library, "lamp")).origins) == 1


def test_an_entry_that_inherits_more_is_read_again(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "refs.bib"
    child = "@inproceedings{lamp, title = {One Lamp}, crossref = {all}}\n"
    parent = "@proceedings{all, title = {%s}}\n"
    file.write_text(child + parent % "Lights")
    library.import_files([file])
    file.write_text(child + parent % "Lights" + parent.replace("all", "other") % "More")
    assert counts(library.import_files([file])) == (1, 0, 2, 0)
    file.write_text(child.replace("crossref", "year = 2020, crossref") + parent % "Lights")
    assert counts(library.import_files([file])) == (0, 1, 1, 0)


def test_papers_of_another_volume_are_others(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "acl.xml"
    text = SAMPLES["acl_xml"].text
    file.write_text(text)
    library.import_files([file])
    file.write_text(text.replace("id='2026.toys'", "id='2026.lamps'"))
    assert counts(library.import_files([file])) == (2, 0, 0, 0)


def test_a_macro_that_is_defined_anew_counts_from_there_on(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "refs.bib"
    file.write_text(
        "@string{v = {First}}\n@article{a, title = {One Lamp}, journal = v}\n"
        "@string{v = {Second}}\n@article{b, title = {Two Wicks}, journal = v}\n"
    )
    library.import_files([file])
    venues = [paper.venue for paper in library.details(library.search("").ids)]
    assert sorted(venues) == ["First", "Second"]


def test_a_line_that_was_changed_is_read_again(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", LAMP, WICK)
    library.import_files([file])
    write(file, LAMP | {"venue": "Lamps"}, WICK)
    assert counts(library.import_files([file])) == (0, 1, 1, 0)
    (origin,) = library.provenance(the(library, "lamp")).origins
    assert json.loads(origin.raw)["venue"] == "Lamps"


def bib(file: Path, year: int, more: str = "", *, above: str = "") -> Path:
    file.write_text(
        f"{above}@article{{a, title={{One Lamp}}, year={year}, doi={{10.1000/a}}{more}}}"
    )
    return file


def year(library: Library) -> str:
    return library.detail(the(library, "lamp")).published


def test_a_file_that_was_corrected_is_believed(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "library.bib"
    library.import_files([bib(file, 2022, ", journal={Lamps}")])
    library.papers.edit(the(library, "lamp"), {"authors": "Song, Ada"})
    for number, above in enumerate(("", "% a line above\n", "% two\n% lines above\n")):
        report = library.import_files([bib(file, 2023 + number, ", author={Li, Bo}", above=above)])
        assert counts(report) == (0, 1, 0, 0)
        assert year(library) == str(2023 + number)
        assert counts(library.import_files([file])) == (0, 0, 1, 0)
    detail = library.detail(the(library, "lamp"))
    assert detail.venue == "Lamps", "nothing is replaced by nothing"
    assert detail.authors == ("Ada Song",), "what the reader edited stays"


def test_what_another_file_of_the_same_rank_says_is_let_be(
    library: Library, tmp_path: Path
) -> None:
    one, other = tmp_path / "one.bib", tmp_path / "other.bib"
    library.import_files([bib(one, 2022)])
    library.import_files([bib(other, 2023)])
    for file in (one, other):
        library.import_files([bib(file, 2024)])
        assert year(library) == "2022"


def test_what_comes_through_a_pipe_is_another_file_each_time(library: Library) -> None:
    for year_ in (2022, 2023):
        entry = f"@article{{a, title={{One Lamp}}, year={year_}}}"
        library.import_files([None], stdin=io.BytesIO(entry.encode()))
    assert year(library) == "2022"


@pytest.mark.parametrize("separator", ["\n", ""])
def test_two_records_of_a_paper_in_one_file_correct_neither_one_nor_the_other(
    library: Library, tmp_path: Path, separator: str
) -> None:
    file = tmp_path / "items.json"
    items = [
        {"type": "book", "title": "One Lamp", "issued": {"date-parts": [[number]]}, "note": note}
        for number, note in ((2022, "x"), (2023, "y"))
    ]
    file.write_text(f"[{f',{separator}'.join(map(json.dumps, items))}]")
    for _ in range(3):
        library.import_files([file])
        assert year(library) == "2022"
    items[1]["note"] = "z"
    file.write_text(f"[{f',{separator}'.join(map(json.dumps, items))}]")
    assert counts(library.import_files([file]))[1] == 0
    assert year(library) == "2022"


def test_deleted_papers_stay_deleted_until_they_are_asked_back(
    library: Library, tmp_path: Path
) -> None:
    file = write(tmp_path / "a.jsonl", LAMP, WICK)
    library.import_files([file])
    library.papers.delete([the(library, "lamp")])
    assert counts(library.import_files([file])) == (0, 0, 1, 1)
    assert counts(library.import_files([file])) == (0, 0, 1, 1)
    assert counts(library.import_files([file], restore=True)) == (1, 0, 1, 0)
    assert titles(library) == ["One Lamp", "Two Wicks"]


def test_a_deletion_that_is_undone_leaves_the_paper_known(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", LAMP)
    library.import_files([file])
    library.papers.delete([the(library, "lamp")])
    library.history.undo()
    assert counts(library.import_files([file])) == (0, 0, 1, 0)


def test_an_import_that_was_undone_comes_in_again(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", LAMP, WICK)
    library.import_files([file])
    library.marks.star(the(library, "lamp"))
    library.history.undo(library.history.entries()[-1].id)
    assert titles(library) == ["One Lamp"]
    assert counts(library.import_files([file])) == (1, 0, 1, 0)


def test_the_records_of_a_merged_paper_are_known(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", LAMP, WICK)
    library.import_files([file])
    keep, other = the(library, "lamp"), the(library, "wicks")
    library.duplicates.merge(keep, [other])
    assert counts(library.import_files([file])) == (0, 0, 2, 0)
    assert titles(library) == ["One Lamp"]
    raws = [json.loads(origin.raw)["title"] for origin in library.provenance(keep).origins]
    assert raws == ["One Lamp", "Two Wicks"]


def test_a_preface_that_bears_the_doi_of_a_paper_draws_no_other_into_it(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "refs.bib"
    paper = "@article{a, title={Graph knitting}, author={Song, Ada}, doi={10.1000/x}}"
    wrong = "@article{b, title={Preface}, doi={10.1000/x}}"
    other = "@incollection{c, title={Preface}, booktitle={A book of frogs}, year={1990}}"
    file.write_text(f"{paper}\n{wrong}\n{other}\n")
    assert library.import_files([file]).added == 2
    assert [one.venue for one in library.details([1, 2])] == ["", "A book of frogs"]
    assert library.import_files([file]).unchanged == 3


def test_an_edited_paper_stays_edited(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", LAMP | {"abstract": "It burns."})
    library.import_files([file])
    library.papers.edit(the(library, "lamp"), {"abstract": "It glows."})
    assert counts(library.import_files([file])) == (0, 0, 1, 0)
    assert library.detail(the(library, "lamp")).abstract == "It glows."


def test_records_that_were_kept_without_their_text_get_it(library: Library, tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", LAMP, WICK)
    library.import_files([file])
    with closing(apsw.Connection(str(locations.database_file(library.folder)))) as db:
        db.execute("UPDATE origins SET digest = NULL, raw = NULL")  # as libraries of version 2 are
        assert counts(library.import_files([file])) == (0, 0, 2, 0)
        known = db.execute("SELECT count(*), count(digest), count(raw) FROM origins").fetchall()
    assert known == [(2, 2, 2)]


def test_what_another_library_knew_is_taken_over_every_time(
    library: Library, tmp_path: Path
) -> None:
    library.import_files([write(tmp_path / "a.jsonl", LAMP)])
    library.tags.add([the(library, "lamp")], "light")
    library.export(format="jsonl").save(tmp_path / "backup.jsonl")
    library.import_files([tmp_path / "backup.jsonl"])
    library.tags.remove([the(library, "lamp")], "light")
    library.import_files([tmp_path / "backup.jsonl"])
    assert library.detail(the(library, "lamp")).tags == ("light",)


def lamps(file: Path, number: int) -> Path:
    return write(file, *({"title": f"Lamp {at}", "doi": f"10.1000/{at}"} for at in range(number)))


def test_an_import_that_is_stopped_keeps_what_came_and_goes_on_from_there(
    library: Library, tmp_path: Path
) -> None:
    file = lamps(tmp_path / "many.jsonl", 2500)
    asked = iter([False, True])
    first = library.import_files([file, file], stop=lambda: next(asked))
    assert (counts(first), first.stopped) == ((1000, 0, 0, 0), True)
    again = library.import_files([file], stop=lambda: False)
    assert (counts(again), again.stopped) == ((1500, 0, 1000, 0), False)
    assert [entry.papers for entry in library.history.entries()] == [1500, 1000]


def test_tags_come_with_the_papers_that_came_before_a_stop(
    library: Library, tmp_path: Path
) -> None:
    library.import_files([lamps(tmp_path / "many.jsonl", 1500)])
    library.tags.add(library.search("").ids, "light")
    library.export(format="jsonl").save(tmp_path / "backup.jsonl")
    with closing(Library.open(tmp_path / "other")) as other:
        asked = iter([False, True])
        report = other.import_files([tmp_path / "backup.jsonl"], stop=lambda: next(asked))
        assert report.stopped
        assert len(other.search("tag:light").ids) == report.added == report.restored
        assert other.import_files([tmp_path / "backup.jsonl"]).unchanged == report.added
        assert len(other.search("tag:light").ids) == 1500


def test_an_import_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    file, folder = lamps(tmp_path / "many.jsonl", 30_000), tmp_path / "library"
    program = (
        "import sys; from pathlib import Path; from index import Library;"
        "Library.open(Path(sys.argv[1])).import_files([Path(sys.argv[2])])"
    )
    with (
        closing(Library.open(folder)) as library,
        subprocess.Popen([sys.executable, "-c", program, str(folder), str(file)]) as process,
    ):
        until = time.monotonic() + 60
        while not library.history.entries() and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        (killed,) = library.history.entries()
        assert 0 < killed.papers < 30_000
        report = library.import_files([file])
        assert counts(report) == (30_000 - killed.papers, 0, killed.papers, 0)
        assert len(library.search("").ids) == 30_000


def test_records_of_many_megabytes_are_not_held_all_at_once(
    library: Library, tmp_path: Path
) -> None:
    file = tmp_path / "wide.jsonl"
    with file.open("w") as out:
        for at in range(60):
            out.write(json.dumps({"title": f"Lamp {at}", "ignored": "x" * 2_000_000}) + "\n")
    tracemalloc.start()
    try:
        assert library.import_files([file]).added == 60
        assert tracemalloc.get_traced_memory()[1] < 100_000_000  # bytes; the file has 120 million
    finally:
        tracemalloc.stop()
