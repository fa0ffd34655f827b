"""The writer: commits, deletions, merging, the second process, and the folder they are in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.errors import SearchError
from index.paper import Paper
from index.search import SearchIndex
from index.search.folder import Commit, Entry, Folder
from index.search.segments import build
from index.search.segments.helper import Helper, HelperError
from index.search.segments.segment import Segment
from index.search.writer import Writer, deleted
from tests.index.search.box import Box
from tests.index.search.conftest import Indexed


def paper(number: int) -> Paper:
    return Paper(title=f"Graph pooling {number}", abstract=f"word{number} and others")


def commit(folder: Path) -> Commit:
    found = Folder(folder).commit()
    assert found
    return found


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.suffix in (".seg", ".del")}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "index")


def apply(writer: Writer, papers: dict[int, Paper | None], revision: int) -> None:
    def read(ids: Sequence[int]) -> Iterator[tuple[int, Paper]]:
        return ((number, held) for number in ids if (held := papers[number]))

    writer.apply(sorted(papers), read, identity="box", revision=revision)


# Commits


def test_a_small_change_makes_a_small_segment_and_leaves_the_others(folder: Folder) -> None:
    writer = Writer(folder)
    apply(writer, {number: paper(number) for number in range(50)}, 50)
    (first,) = commit(folder.path).segments
    apply(writer, {50: paper(50)}, 51)
    assert [entry.papers for entry in commit(folder.path).segments] == [50, 1]
    assert commit(folder.path).segments[0] == first
    assert commit(folder.path).revision == 51


def test_a_changed_paper_is_deleted_where_it_was_and_added_anew(folder: Folder) -> None:
    writer = Writer(folder)
    apply(writer, {number: paper(number) for number in range(5)}, 5)
    apply(writer, {1: paper(1), 3: None}, 7)
    first, second = commit(folder.path).segments
    assert deleted(folder.path, first).tolist() == [1, 3]
    assert (first.deleted, second.papers) == (2, 1)
    apply(writer, {1: paper(1), 4: None}, 9)
    first, second = commit(folder.path).segments
    assert deleted(folder.path, first).tolist() == [1, 3, 4]
    assert second.papers == 1  # the one that held paper 1 alone before is gone
    assert files(folder.path) == commit(folder.path).files()


def test_segments_stay_few_and_hold_every_paper_once(folder: Folder) -> None:
    writer = Writer(folder)
    for number in range(100):
        apply(writer, {number: paper(number), number // 2: paper(number // 2)}, number)
        writer.merge()
    segments = commit(folder.path).segments
    assert len(segments) <= 8
    held = [
        np.delete(Segment(folder.path / entry.name).ids, deleted(folder.path, entry))
        for entry in segments
    ]
    assert sorted(np.concatenate(held).tolist()) == list(range(100))
    assert files(folder.path) == commit(folder.path).files()


def test_a_segment_of_mostly_deleted_papers_is_written_anew(folder: Folder) -> None:
    writer = Writer(folder)
    apply(writer, {number: paper(number) for number in range(10)}, 10)
    apply(writer, dict.fromkeys(range(6)), 16)
    writer.merge()
    (entry,) = commit(folder.path).segments
    assert (entry.papers, entry.deleted) == (4, 0)


def test_a_large_segment_is_not_merged_for_a_small_change(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.writer.QUICK_MERGE", 20)
    writer = Writer(folder)
    apply(writer, {number: paper(number) for number in range(50)}, 50)
    (large,) = commit(folder.path).segments
    for number in range(50, 75):
        once = Writer(folder)
        apply(once, {number: paper(number)}, number)
        once.merge()
    assert large in commit(folder.path).segments
    assert len(commit(folder.path).segments) < 12


def test_memory_is_bounded_by_writing_more_segments(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "MOST_TOKENS", 100)
    monkeypatch.setattr(build, "CHUNK", 10)
    writer = Writer(folder)
    apply(writer, {number: paper(number) for number in range(100)}, 100)
    assert len(commit(folder.path).segments) > 4
    assert sum(entry.papers for entry in commit(folder.path).segments) == 100


# Whose index it is, and who writes


def test_another_librarys_index_is_built_anew(indexed: Indexed, tmp_path: Path) -> None:
    indexed(paper(1), paper(2), paper(3))
    other = Box(*(Paper(title=f"Other {number}") for number in range(9)))
    other.name = "another"
    index = SearchIndex(tmp_path / "index-0", other)
    assert index.catch_up() == 9
    assert not index.search("pooling").ids
    assert commit(tmp_path / "index-0").identity == "another"


def test_the_holder_of_the_lock_is_named(indexed: Indexed, tmp_path: Path) -> None:
    index, _ = indexed(paper(1))
    assert index.indexing() == ""
    with Folder(tmp_path / "index-0").lock(0) as held:
        assert held
        assert index.indexing().endswith(f"(process {os.getpid()})")
    assert index.indexing() == ""
    (tmp_path / "index-0" / "writer.json").write_text('{"pid": 1, "command": "killed"}')
    assert index.indexing() == ""


def test_what_a_killed_writer_left_behind_is_removed(indexed: Indexed, tmp_path: Path) -> None:
    index, box = indexed(paper(1))
    home = tmp_path / "index-0"
    (home / "MAIN_0123456789abcdef.seg").write_text("half")
    (home / "MAIN_0123456789abcdef.del").write_text("half")
    box.add(paper(2))
    index.catch_up()
    assert files(home) == commit(home).files()


def test_a_commit_that_was_changed_is_no_commit(folder: Folder) -> None:
    folder.replace(Commit("box", 3, 1, (Entry("a.seg", 5),)))
    assert folder.commit() == Commit("box", 3, 1, (Entry("a.seg", 5),))
    path = folder.path / "commit.json"
    found = json.loads(path.read_text())
    found["commit"]["revision"] = 4
    path.write_text(json.dumps(found))
    assert folder.commit() is None


KILLED = """
import sys
from pathlib import Path
from index.paper import Paper
from index.search import SearchIndex
from tests.index.search.box import Box

papers = [Paper(title=f"Graph {number}", abstract="word " * 50) for number in range(12_000)]
print("begin", flush=True)
SearchIndex(Path(sys.argv[1]), Box(*papers)).catch_up()
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
@pytest.mark.parametrize("seconds", [0.3, 0.8])
def test_a_build_by_two_processes_that_is_killed_leaves_no_process_and_no_damage(
    tmp_path: Path, seconds: float
) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "index")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as building:
        assert building.stdout
        building.stdout.readline()
        try:
            building.wait(seconds)
        except subprocess.TimeoutExpired:
            building.send_signal(signal.SIGKILL)
        building.stdout.read()  # ends when no process holds the pipe any more
    box = Box(*(Paper(title=f"Graph {number}") for number in range(20)))
    index = SearchIndex(tmp_path / "index", box)
    index.catch_up()
    assert len(index.search("graph").ids) == 20
    index.close()


# The second process


def test_two_processes_write_what_one_would(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("index.search.writer.CHUNK", 20)
    papers: dict[int, Paper | None] = {number: paper(number) for number in range(400)}
    together, alone = Writer(folder, 100_000), Writer(Folder(tmp_path / "alone"))
    for writer in (together, alone):
        apply(writer, papers, 400)
    together.close()
    both = [
        np.concatenate([Segment(each.path / e.name).ids for e in commit(each.path).segments])
        for each in (folder, Folder(tmp_path / "alone"))
    ]
    assert sorted(both[0].tolist()) == both[1].tolist() == list(range(400))


def test_a_helper_that_dies_costs_nothing_but_time(folder: Folder) -> None:
    writer = Writer(folder, 100_000)
    assert writer._helper
    assert writer._helper._process
    writer._helper._process.kill()
    apply(writer, {number: paper(number) for number in range(100)}, 100)
    assert sum(entry.papers for entry in commit(folder.path).segments) == 100
    assert files(folder.path) == commit(folder.path).files()
    writer.close()


def test_the_helper_merges(folder: Folder) -> None:
    writer = Writer(folder)
    for start in (0, 10):
        apply(writer, {number: paper(number) for number in range(start, start + 10)}, start + 10)
    names = [entry.name for entry in commit(folder.path).segments]
    second = Helper(folder.path)
    second.merge(names, [[0, 1], []])
    ((name, count),) = second.written()
    second.close()
    assert count == 18
    assert Segment(folder.path / name).ids.tolist() == list(range(2, 20))
    with pytest.raises(HelperError):
        second.add([])


def test_the_helper_runs_nothing_of_the_folder_that_carrel_stands_in(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("index", "queue", "numpy"):
        (tmp_path / f"{module}.py").write_text("open('ran', 'w')\nraise SystemExit\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    second = Helper(folder.path)
    second.finish()
    assert second.written() == []
    second.close()
    assert not (tmp_path / "ran").exists()


def test_a_lock_that_cannot_be_taken_is_said(indexed: Indexed, tmp_path: Path) -> None:
    index, _ = indexed(paper(1))
    (tmp_path / "index-0" / "lock").unlink()
    (tmp_path / "index-0" / "lock").mkdir()
    with pytest.raises(SearchError, match="The search index cannot be used"):
        index.catch_up()
    assert list(index.search("graph").ids) == [1]


def test_an_index_that_cannot_be_written_is_said(indexed: Indexed, tmp_path: Path) -> None:
    index, box = indexed(paper(1))
    box.add(paper(2))
    (tmp_path / "index-0" / "commit.json.new").mkdir()
    with pytest.raises(SearchError, match="The search index cannot be used"):
        index.catch_up()
    assert list(index.search("graph").ids) == [1]
