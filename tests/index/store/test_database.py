"""Opening, migrating and sharing a library's database."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest

from index.errors import StoreError
from index.paper import Paper
from index.store import Store, marks, papers
from index.store.origins import Arrival
from index.store.schema import MIGRATIONS

VERSION_1 = Path(__file__).with_name("version-1.sql")


def filled(file: Path) -> Store:
    store = Store(file)
    with store.writing() as db:
        papers.add(db, Paper(title="One"), Arrival(1, "a", 1))
    return store


def test_a_library_of_version_1_opens_with_all_that_was_in_it(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    old = apsw.Connection(str(file))
    old.execute(VERSION_1.read_text("utf-8")).fetchall()
    old.close()
    store = Store(file)
    assert [paper.title for _, paper in store.papers(store.all_ids())] == ["One", "Two"]
    assert store.ids_where("starred") == [1]
    assert store.ids_tagged("GNN") == [2]
    assert store.ids_listed("thesis") == [2, 1]
    with store.reading() as db:
        assert db.pragma("user_version") == len(MIGRATIONS)
        assert db.pragma("integrity_check") == "ok"
        fresh = Store(tmp_path / "fresh" / "library.db")
        with fresh.reading() as other:
            schema = "SELECT type, name, tbl_name FROM sqlite_schema ORDER BY 1, 2"
            assert db.execute(schema).fetchall() == other.execute(schema).fetchall()
        fresh.close()
    store.close()


def test_the_folder_is_the_readers_alone(tmp_path: Path) -> None:
    filled(tmp_path / "new" / "library.db").close()
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_library_is_said_and_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    content = b"not a database at all, but long enough to be looked at" * 20
    file.write_bytes(content)
    with pytest.raises(StoreError, match="not a carrel library"):
        Store(file)
    assert file.read_bytes() == content


def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    other = apsw.Connection(str(file))
    other.execute("CREATE TABLE theirs (x)").fetchall()
    other.close()
    content = file.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        Store(file)
    assert file.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_newer_library_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    store = filled(file)
    with store.writing() as db:
        db.pragma("user_version", len(MIGRATIONS) + 1)
    store.close()
    with pytest.raises(StoreError, match="made by a newer carrel"):
        Store(file)


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store(tmp_path / "file" / "library.db")


def test_a_folder_whose_name_is_not_unicode_is_one_sentence(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    with pytest.raises(StoreError, match="/caf\ufffd: that is not UTF-8"):
        Store(folder / "library.db")


def test_a_disk_without_room_to_open_a_library_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    filled(tmp_path / "library.db").close()
    script = (
        "import resource, sys; from pathlib import Path; from index.store import Store;"
        " resource.setrlimit(resource.RLIMIT_FSIZE, (9, 9)); Store(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "library.db")]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    assert "StoreError: The disk that holds" in said


def test_threads_write_at_once_and_lose_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.db")

    def add(start: int) -> None:
        for n in range(start, start + 25):
            with store.writing() as db:
                papers.add(db, Paper(title=f"Paper {n}"), Arrival(1, "a", n))

    threads = [threading.Thread(target=add, args=(n * 100,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.count() == 100
    store.close()


def test_a_thread_that_leaves_lets_its_file_go(tmp_path: Path) -> None:
    store = Store(tmp_path / "library.db")
    files = Path("/proc/self/fd")
    if not files.exists():
        pytest.skip("no list of the files that are open")

    def opened() -> int:
        return sum(str(tmp_path) in str(one.readlink()) for one in files.iterdir() if one.exists())

    def work() -> None:
        assert store.count() == 0
        store.leave()
        store.leave()

    counts = []
    for _ in range(4):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        counts.append(opened())
    assert len(set(counts)) == 1
    assert store.count() == 0
    store.close()


def test_the_version_tells_of_changes_by_any_thread_and_any_process(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    store = filled(file)
    first = store.version()
    assert store.version() == first
    with store.action("star") as db:
        marks.put(db, [1], "starred")
    second = store.version()
    assert second != first
    script = (
        "import sys; from pathlib import Path; from index.library import Library;"
        " Library(Path(sys.argv[1])).marks.star(1, on=False)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True)
    assert store.version() != second
    assert store.ids_where("starred") == []
    store.close()


def test_what_was_committed_outlives_a_killed_process(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path; from index.library import Library;"
        " from index.paper import Paper; from index.store import papers;"
        " from index.store.origins import Arrival;"
        " library = Library(Path(sys.argv[1]));"
        " store = library._store;\n"
        "with store.writing() as db:\n"
        "    papers.add(db, Paper(title='Kept'), Arrival(1, 'a', 1))\n"
        "with store.writing() as db:\n"
        "    papers.add(db, Paper(title='Half'), Arrival(1, 'a', 2))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    store = Store(tmp_path / "library.db")
    assert [paper.title for _, paper in store.papers(store.all_ids())] == ["Kept"]
    store.close()


def test_every_library_is_somebody(tmp_path: Path) -> None:
    one, other = Store(tmp_path / "one.db"), Store(tmp_path / "other.db")
    assert one.identity() == one.identity() != other.identity()
    assert len(one.identity()) == 32
    one.close()
    other.close()
