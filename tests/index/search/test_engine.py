"""The index as a whole: ranking, order, following the store, and damage."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.errors import SearchError
from index.paper import Paper
from index.search import SearchIndex
from index.search.folder import Folder
from tests.index.search.box import Box
from tests.index.search.conftest import Indexed

POOLING = Paper(title="Graph pooling", published="2022")
PAPERS = (POOLING, Paper(title="Prompt tuning"), Paper(title="Diffusion"))


def ids(index: SearchIndex, query: str, shelf: str = "") -> list[int]:
    return list(index.search(query, shelf=shelf).ids)


# Order


def test_a_title_counts_for_more_than_an_author_and_an_author_for_more_than_an_abstract(
    indexed: Indexed,
) -> None:
    index, _ = indexed(
        Paper(title="One", abstract="About pooling of things"),
        Paper(title="Two things", authors=("Ada Pooling",)),
        Paper(title="Pooling of things"),
        Paper(title="Other"),
    )
    hits = index.search("pooling")
    assert list(hits.ids) == [3, 2, 1]
    assert hits.scores[0] > hits.scores[1] > hits.scores[2] > 0


def test_more_occurrences_in_a_shorter_text_rank_higher(indexed: Indexed) -> None:
    filler = "words that say nothing of it at all " * 5
    index, _ = indexed(
        Paper(title="A", abstract=f"graph {filler}"),
        Paper(title="B", abstract="graph"),
        Paper(title="C", abstract=f"graph graph {filler}"),
        *(Paper(title=f"Filler {number}", abstract=filler) for number in range(5)),
    )
    assert ids(index, "graph")[-1] == 1


def test_a_rare_word_counts_for_more(indexed: Indexed) -> None:
    index, _ = indexed(
        *(Paper(title="common") for _ in range(6)), Paper(title="rare"), Paper(title="other")
    )
    assert ids(index, "common OR rare")[0] == 7


def test_ties_go_to_the_newer_then_to_the_lower_id(indexed: Indexed) -> None:
    index, _ = indexed(
        Paper(title="Graph"),
        Paper(title="Graph", published="2020"),
        Paper(title="Graph", published="2022-05"),
        Paper(title="Graph", published="2020-01"),
    )
    assert ids(index, "graph") == [3, 2, 4, 1]


def test_the_shelf_ranks_nothing(indexed: Indexed) -> None:
    index, _ = indexed(*PAPERS)
    assert index.search("graph", shelf="pooling") == index.search("graph")


def test_what_nothing_ranks_stands_in_the_order_of_the_list_or_the_library(
    indexed: Indexed,
) -> None:
    index, box = indexed(*PAPERS)
    box.lists = {"Thesis": [2, 3, 1]}
    box.states = {"read": {3}}
    box.opened = {1: 20, 3: 10, 2: 20}
    assert ids(index, "") == [3, 2, 1]
    assert ids(index, "", shelf="list:thesis") == [2, 3, 1]
    assert ids(index, "list:thesis") == [2, 3, 1]
    assert ids(index, "is:unread", shelf="list:thesis") == [2, 1]
    assert ids(index, "is:unread") == [2, 1]
    assert ids(index, "is:opened") == [1, 2, 3]
    assert ids(index, "-prompt", shelf="is:opened") == [1, 3]
    assert ids(index, "is:opened -is:unread") == [3]
    assert ids(index, "-prompt") == [3, 1]
    assert index.search("list:thesis -prompt").scores == ()


def test_a_paper_on_two_lists_stands_once(indexed: Indexed) -> None:
    index, box = indexed(*PAPERS)
    box.lists = {"theses": [2, 3], "thesis": [3, 1]}
    assert ids(index, "list:thes*") == [2, 3, 1]


def test_marks_come_from_the_query(indexed: Indexed) -> None:
    index, _ = indexed(POOLING)
    assert index.marker("graph poo", as_typed=True).marks("title", "Graph pooling") == (
        (0, 5),
        (6, 13),
    )


# Following the store


def test_follows_what_is_added_changed_and_deleted(indexed: Indexed) -> None:
    index, box = indexed(*PAPERS)
    added = box.add(Paper(title="Pooling again"))
    assert index.catch_up() == 1
    assert set(ids(index, "pooling")) == {1, added}

    box.put(1, Paper(title="Graph cuts"))
    assert index.catch_up() == 1
    assert ids(index, "pooling") == [added]
    assert ids(index, "cuts") == [1]

    box.delete(added)
    assert index.catch_up() == 1
    assert ids(index, "pooling") == []
    assert ids(index, "-cuts") == [3, 2]

    assert index.catch_up() == 0


def test_user_state_needs_no_catching_up(indexed: Indexed) -> None:
    index, box = indexed(*PAPERS)
    box.tags = {"new": {2}}
    assert ids(index, "tag:new") == [2]
    assert ids(index, "graph -tag:new") == [1]


def test_what_the_reader_decides_does_not_ask_for_every_paper_again(indexed: Indexed) -> None:
    class Counting(Box):
        asked = 0

        def all_ids(self) -> list[int]:
            self.asked += 1
            return super().all_ids()

    index, _ = indexed()
    box = index._store = Counting(*PAPERS)
    index.catch_up()
    assert ids(index, "is:unread") == [3, 2, 1]
    box.states = {"read": {2}}
    assert ids(index, "is:unread") == [3, 1]
    assert box.asked == 1
    box.delete(3)
    assert ids(index, "is:unread") == [1]
    assert box.asked == 2


def test_masks_answer_before_the_index_has_caught_up(tmp_path: Path) -> None:
    box = Box(*PAPERS)
    box.states = {"starred": {2}}
    box.ratings = {3: 5}
    index = SearchIndex(tmp_path / "index", box)
    assert ids(index, "is:starred") == [2]
    assert ids(index, "rating:4.. OR is:starred") == [3, 2]
    assert ids(index, "is:inbox") == [1]
    assert ids(index, "") == [3, 2, 1]
    assert ids(index, "graph") == []


def test_progress_ends_at_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.search.engine.BATCH", 2)
    index = SearchIndex(tmp_path / "index", Box(*PAPERS, *PAPERS))
    seen: list[tuple[int, int]] = []
    assert index.catch_up(lambda done, total: seen.append((done, total))) == 6
    assert seen == [(2, 6), (4, 6), (6, 6)]


def test_progress_is_told_between_two_commits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.engine.STEP", 2)
    index = SearchIndex(tmp_path / "index", Box(*PAPERS, *PAPERS))
    seen: list[tuple[int, int]] = []
    index.catch_up(lambda done, total: seen.append((done, total)))
    assert seen == [(2, 6), (4, 6), (6, 6)]


def test_a_second_opening_reads_what_the_first_wrote(tmp_path: Path) -> None:
    box = Box(*PAPERS)
    with_first = SearchIndex(tmp_path / "index", box)
    with_first.catch_up()
    with_first.close()
    second = SearchIndex(tmp_path / "index", box)
    assert second.catch_up() == 0
    assert ids(second, "pooling") == [1]


def test_another_open_index_sees_each_commit(indexed: Indexed, tmp_path: Path) -> None:
    index, box = indexed(*PAPERS)
    other = SearchIndex(tmp_path / "index-0", box)
    assert ids(other, "pooling") == [1]
    box.add(POOLING)
    index.catch_up()
    assert ids(other, "pooling") == [1, 4]
    other.close()


def test_a_replaced_store_is_indexed_anew(indexed: Indexed, tmp_path: Path) -> None:
    indexed(*PAPERS)
    smaller = Box(Paper(title="Another library"))
    index = SearchIndex(tmp_path / "index-0", smaller)
    assert index.catch_up() == 1
    assert ids(index, "pooling") == []
    assert ids(index, "library") == [1]


def test_a_build_that_fails_leaves_the_last_good_index(indexed: Indexed) -> None:
    class Failing(Box):
        def papers(self, ids):  # type: ignore[no-untyped-def]
            yield from super().papers(ids)
            raise SearchError("The disk is gone.")

    index, box = indexed(*PAPERS)
    failing = Failing(*box.held.values(), Paper(title="New pooling"))
    index._store = failing
    with pytest.raises(SearchError):
        index.catch_up()
    assert ids(index, "pooling") == [1]
    index._store = box
    box.add(Paper(title="New pooling"))
    assert index.catch_up() == 1
    assert set(ids(index, "pooling")) == {1, 4}


def test_waits_for_nobody_for_ever(indexed: Indexed, tmp_path: Path) -> None:
    index, box = indexed(*PAPERS)
    box.add(POOLING)
    with Folder(tmp_path / "index-0").lock(0) as held:
        assert held
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("index.search.engine.PATIENCE", 0.0)
            assert index.catch_up() == 0
            assert ids(index, "pooling") == [1]  # a reader needs no lock
    assert index.catch_up() == 1


def test_searches_from_many_threads_while_it_catches_up(indexed: Indexed) -> None:
    index, box = indexed(*PAPERS)
    failures: list[BaseException] = []
    done = threading.Event()

    def search() -> None:
        try:
            while not done.is_set():
                assert 1 in ids(index, "graph pool*")
                assert 2 in ids(index, "-graph")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        box.add(Paper(title=f"Graph pooling {number}"))
        index.catch_up()
    done.set()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(ids(index, "graph")) == 11


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh's files
@pytest.mark.skipif(os.name == "nt", reason="the limit is POSIX's")
def test_a_full_disk_leaves_the_last_good_index(indexed: Indexed) -> None:
    import resource

    index, box = indexed(*PAPERS)
    box.add(Paper(title="Pooling", abstract=" ".join(f"word{number}" for number in range(9000))))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    try:
        with pytest.raises(SearchError, match="The search index cannot be used: File too large"):
            index.catch_up()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ids(index, "pooling") == [1]
    assert index.catch_up() == 1
    assert set(ids(index, "pooling")) == {1, 4}


KILLED = """
import sys
from pathlib import Path
from index.paper import Paper
from index.search import SearchIndex, engine
from tests.index.search.box import Box

engine.BATCH = 20
box = Box(*(Paper(title=f"Graph pooling {number}") for number in range(200)))
index = SearchIndex(Path(sys.argv[1]), box)
index.catch_up(lambda done, total: print(done, flush=True))
"""


@pytest.mark.parametrize("batches", [1, 3])
def test_a_build_that_is_killed_goes_on_from_its_last_commit(tmp_path: Path, batches: int) -> None:
    command = [sys.executable, "-c", KILLED, str(tmp_path / "index")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as building:
        assert building.stdout
        for _ in range(batches):
            assert building.stdout.readline()
        building.kill()
    box = Box(*(Paper(title=f"Graph pooling {number}") for number in range(200)))
    index = SearchIndex(tmp_path / "index", box)
    assert index.catch_up() <= 200
    assert len(ids(index, "graph")) == 200
    assert ids(index, "graph 150") == [151]


# Damage


def segments(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix == ".seg"]


def truncate(folder: Path) -> None:
    for path in segments(folder):
        path.write_bytes(path.read_bytes()[:-20])


def flip(folder: Path) -> None:
    for path in segments(folder):
        held = bytearray(path.read_bytes())
        for at in range(len(held) // 4, 3 * len(held) // 4, 64):
            held[at] ^= 0xFF
        path.write_bytes(bytes(held))


def scatter(folder: Path) -> None:
    for path in segments(folder):
        path.unlink()


def uncommit(folder: Path) -> None:
    (folder / "commit.json").write_text("not a commit")


def newer(folder: Path) -> None:
    commit = folder / "commit.json"
    commit.write_text(commit.read_text().replace('"format": 2', '"format": 99'))


@pytest.mark.parametrize("damage", [truncate, flip, scatter, uncommit, newer])
def test_a_damaged_index_is_built_anew_when_it_is_met(
    indexed: Indexed, tmp_path: Path, damage: object
) -> None:
    index, box = indexed(*PAPERS)
    index.close()
    assert callable(damage)
    damage(tmp_path / "index-0")
    again = SearchIndex(tmp_path / "index-0", box)
    again.catch_up()
    assert ids(again, "pooling") == [1]
    assert ids(again, "prompt") == [2]
    assert again.catch_up() == 0
    again.close()


def test_a_large_index_is_not_built_anew_while_a_search_waits(
    indexed: Indexed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.search.engine.SOON", 2)
    index, _ = indexed(*PAPERS)
    uncommit(tmp_path / "index-0")
    with pytest.raises(SearchError, match="was damaged and has to be built anew"):
        ids(index, "pooling")
    assert ids(index, "pooling") == []
    assert index.catch_up() == 3
    assert ids(index, "pooling") == [1]


def test_an_index_that_is_deleted_while_it_is_open_is_built_anew(
    indexed: Indexed, tmp_path: Path
) -> None:
    index, _ = indexed(Paper(title="Graph Pooling"))
    assert len(index.search("graph").ids) == 1
    for _ in range(2):
        shutil.rmtree(tmp_path / "index-0")
        assert len(index.search("graph").ids) == 1


def test_a_fault_of_ours_is_no_damage(
    indexed: Indexed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, _ = indexed(*PAPERS)
    before = segments(tmp_path / "index-0")
    monkeypatch.setattr("index.search.engine.ranked", None)
    with pytest.raises(TypeError):
        ids(index, "pooling")
    assert segments(tmp_path / "index-0") == before


def test_an_index_that_vanishes_comes_back(indexed: Indexed, tmp_path: Path) -> None:
    index, box = indexed(*PAPERS)
    scatter(tmp_path / "index-0")
    uncommit(tmp_path / "index-0")
    assert ids(index, "pooling") == [1]
    box.add(POOLING)
    index.catch_up()
    assert ids(index, "pooling") == [1, 4]


def test_files_of_others_are_left_alone(indexed: Indexed, tmp_path: Path) -> None:
    index, box = indexed(*PAPERS)
    index.close()
    foreign = tmp_path / "index-0" / "thesis.txt"
    foreign.write_text("mine")
    flip(tmp_path / "index-0")
    SearchIndex(tmp_path / "index-0", box).catch_up()
    assert foreign.read_text() == "mine"


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file")
    with pytest.raises(SearchError, match=r"The index cannot be kept in .*index"):
        SearchIndex(tmp_path / "index", Box())


@pytest.mark.skipif(os.name == "nt", reason="permissions are POSIX's")
def test_only_its_owner_reads_it(indexed: Indexed, tmp_path: Path) -> None:
    indexed(*PAPERS)
    assert stat.S_IMODE((tmp_path / "index-0").stat().st_mode) == 0o700


def test_an_empty_library_answers(indexed: Indexed) -> None:
    index, _ = indexed()
    assert ids(index, "") == []
    assert ids(index, "graph*") == []
    assert ids(index, '-graph OR "graph pooling" year:2022..') == []
