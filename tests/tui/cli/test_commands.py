"""Every command, from an import to an export."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index import Library
from tests.tui.cli.conftest import Carrel

PAGE = """Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
SubscribeGraph Pooling by Example
We pool graphs by looking at examples of graphs that were pooled before. It works well.
Na\\"ive Baselines for $\\alpha$-Divergence
A baseline that nobody tried reaches 43.3\\% of what was thought to be hard. Code: https://github.com/x/y
Attention to Detail
Details matter, and this abstract of a made-up paper attends to every one of them in turn.
"""


@pytest.fixture
def desk(carrel: Carrel, tmp_path: Path) -> Carrel:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    assert carrel("import", page).stdout == "3 papers added from 3 records.\n"
    return carrel


def objects(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def ids(text: str) -> list[int]:
    return [paper["id"] for paper in objects(text)]


def test_the_same_page_again_adds_nothing(desk: Carrel, tmp_path: Path) -> None:
    again = desk("import", tmp_path / "page.txt")
    assert again.stdout == "Nothing added from 3 records, 3 unchanged.\n"


def test_search_prints_lines_for_people_and_objects_for_programs(desk: Carrel) -> None:
    found = desk("search", "pooling")
    assert found.stdout == "1  ● Graph Pooling by Example\n"
    assert found.stderr == "1 of 3 papers.\n"
    (paper,) = objects(desk("search", "pooling", "--json").stdout)
    assert {"id", "key", "title", "authors", "year", "score"} <= paper.keys()
    assert (paper["id"], paper["title"]) == (1, "Graph Pooling by Example")
    assert paper["score"] > 0
    assert ids(desk("search", 'na\\"ive OR pooling', "--json", "--limit", 1).stdout) in ([1], [2])
    assert "3 of 3 papers, the first 2 shown." in desk("search", "--limit", 2).stderr


def test_a_search_says_what_it_understood_and_why_a_paper_is_there(desk: Carrel) -> None:
    said = desk("search", "--explain", "pooling", "year:2031").stdout
    assert "        1  pooling\n        0  year:2031\n" in said
    said = desk("search", "--explain", "pooling").stdout
    assert "1 Graph Pooling by Example\n" in said
    assert "%  pooling in title (pooling)" in said
    first, second = objects(desk("search", "--explain", "--json", "pooling").stdout)
    assert (first["hits"], second["id"]) == (1, 1)


def test_a_search_without_hits_offers_what_may_be_meant(desk: Carrel) -> None:
    assert desk("search", "pooilng").stderr == "0 of 3 papers.\nDid you mean: pooling\n"


def test_any_word_and_other_orders(desk: Carrel) -> None:
    assert ids(desk("search", "--any", "--json", "pooling", "baseline").stdout) in ([1, 2], [2, 1])
    by_title = ids(desk("search", "--sort", "title", "--json").stdout)
    assert by_title == [3, 1, 2]


def test_latex_is_shown_as_unicode(desk: Carrel) -> None:
    assert "Naïve Baselines for α-Divergence" in desk("search", "title:naive").stdout
    shown = desk("show", 2).stdout
    assert "43.3% of what" in shown
    assert "https://github.com/x/y" in shown


def test_a_query_that_begins_with_a_minus(desk: Carrel) -> None:
    assert ids(desk("search", "--json", "--", "-pooling").stdout) == [2, 3]


def test_show_prints_a_paper_whole(desk: Carrel) -> None:
    desk("star", 1)
    desk("tag", "add", "gnn", 1)
    desk("note", 1, "Read *this*.")
    text = desk("show", 1).stdout
    for part in (
        "Graph Pooling by Example",
        "unread, starred",
        "#gnn",
        "page.txt, line 3",
        "*this*",
    ):
        assert part in text
    (paper,) = objects(desk("show", 1, "--json").stdout)
    assert (paper["tags"], paper["note"], paper["starred"]) == (["gnn"], "Read *this*.", True)


def test_star_read_tag_and_list_from_the_command_line(desk: Carrel) -> None:
    assert desk("star", 1, 2).stdout == "Starred: 2 papers.\n"
    assert desk("unstar", 2).stdout == "Unstarred: “Naïve Baselines for α-Divergence”.\n"
    assert ids(desk("search", "is:starred", "--json").stdout) == [1]
    desk("read", 1, 3)
    desk("unread", 3)
    assert ids(desk("search", "is:unread", "--json").stdout) == [2, 3]
    desk("tag", "add", "to do", 1, 2)
    desk("tag", "remove", "TO DO", 2)
    assert desk("tag").stdout == "      1  to do\n"
    assert ids(desk("search", 'tag:"to do"', "--json").stdout) == [1]
    desk("list", "new", "thesis")
    desk("list", "add", "thesis", 3, 1, 2)
    desk("list", "remove", "thesis", 1)
    assert ids(desk("list", "show", "thesis", "--json").stdout) == [3, 2]
    assert desk("list").stdout == "    0/2  thesis\n"


def test_ids_come_from_a_pipe(desk: Carrel) -> None:
    assert desk("star", "-", stdin="1\n3\n").stdout == "Starred: 2 papers.\n"


def test_delete_and_undo(desk: Carrel, tmp_path: Path) -> None:
    assert desk("delete", 2).stdout == "Deleted “Naïve Baselines for α-Divergence”.\n"
    assert ids(desk("search", "--json").stdout) == [1, 3]
    kept_away = desk("import", tmp_path / "page.txt").stdout
    assert kept_away == (
        "Nothing added from 3 records, 2 unchanged, 1 deleted before, and left out.\n"
    )
    assert desk("undo").stdout.startswith("Undone: deleted “Naïve")
    assert ids(desk("search", "naive", "--json").stdout) == [2]
    assert desk("undo").stdout == "Undone: imported page.txt: 3 papers removed.\n"
    assert desk("undo").stdout == "There is nothing to undo.\n"


def test_export_writes_markdown(desk: Carrel, tmp_path: Path) -> None:
    desk("list", "add", "thesis", 2, 1)
    desk("tag", "add", "gnn", 1)
    text = desk("export", "--list", "thesis").stdout
    assert text.startswith("# thesis\n")
    assert text.index("Naïve Baselines") < text.index("Graph Pooling")
    assert "<details>" in text
    target = tmp_path / "out.md"
    done = desk("export", "--tag", "gnn", "--abstracts", "none", "-o", target)
    assert (done.stdout, done.stderr) == ("", f"Written to {target}.\n")
    assert "We pool graphs" not in target.read_text("utf-8")
    assert "exists" in desk("export", "--query", "naive", "-o", target, code=1).stderr
    desk("export", "--query", "naive", "-o", target, "--force")
    assert "Naïve" in target.read_text("utf-8")


def test_reading_from_standard_input(carrel: Carrel) -> None:
    assert carrel("import", "-", stdin=PAGE).stdout == "3 papers added from 3 records.\n"
    line = '{"title": "One more"}\n'
    assert "1 paper added" in carrel("import", "--format", "jsonl", "-", stdin=line).stdout
    carrel("note", 1, "-", stdin="From a pipe.\n")
    assert carrel("note", 1).stdout == "From a pipe.\n"


def test_an_empty_library_says_so_everywhere(carrel: Carrel, tmp_path: Path) -> None:
    Library.open(tmp_path / "library").close()
    assert carrel("search", "anything").stderr == "0 of 0 papers.\n"
    assert carrel("undo").stdout == "There is nothing to undo.\n"
    assert carrel("tag").stdout == carrel("list").stdout == ""


def test_the_sample_is_a_library_of_its_own(carrel: Carrel) -> None:
    found = carrel("--sample", "search", "attention is all you need", "--json")
    assert "vaswani2017attention" in [paper["key"] for paper in objects(found.stdout)]
    assert "There is no library in" in carrel("search", code=1).stderr


@pytest.mark.parametrize("command", ["search x", "show 1", "history", "export --all", "star 1"])
def test_what_brings_nothing_makes_no_library(carrel: Carrel, tmp_path: Path, command: str) -> None:
    said = carrel("--library", tmp_path / "misspelt", *command.split(), code=1).stderr
    assert said.startswith(f"Error: There is no library in {tmp_path / 'misspelt'}; ")
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "misspelt").exists()


@pytest.mark.parametrize("command", ["list new thesis", "saved add mine x", "follow hf"])
def test_what_begins_a_library_makes_it(carrel: Carrel, tmp_path: Path, command: str) -> None:
    carrel(*command.split())
    assert (tmp_path / "library" / "library.db").exists()


def test_a_terminal_in_another_encoding_gets_no_traceback(desk: Carrel) -> None:
    environment = {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    assert "Baselines for ?-Divergence" in desk("search", "naive", **environment).stdout
    (paper,) = objects(desk("search", "naive", "--json", **environment).stdout)
    assert paper["title"].startswith("Naïve")


HOSTILE = "[/foo] [@click=app.quit]x[/] [Re] \x1b]0;x\x07 \u202etxt\u2066 \x9b31m <b>&amp;"


def test_no_escape_sequence_of_a_paper_reaches_the_terminal(carrel: Carrel) -> None:
    line = json.dumps({"title": HOSTILE, "abstract": HOSTILE, "authors": [HOSTILE]})
    carrel("import", "-", stdin=line + "\n", code=0)
    for arguments in (("search",), ("show", 1), ("search", "--json"), ("export", "--query", "foo")):
        said = carrel(*arguments).stdout
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", said)
        assert "foo" in said


BAD_FILES = {
    "missing": None,
    "empty": b"",
    "blank": b" \n\n ",
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(range(256)) * 20,
    "nul": b'{"title": "x"}\n\x00\x00\x00\x00',
    "prose": b"Dear all,\n\nthe meeting is at ten.\n\nRegards\n",
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_file_that_holds_no_papers_is_one_sentence(
    carrel: Carrel, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"{kind}.txt"
    content = BAD_FILES[kind]
    if content is not None:
        file.write_bytes(content)
    done = carrel("import", file, code=1)
    assert file.name in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == "Nothing added from 0 records, 1 rejected.\n"


def test_an_empty_folder_and_a_locked_file_are_one_sentence(carrel: Carrel, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert carrel("import", empty, code=1).stderr == "empty holds no file with papers.\n"
    if os.geteuid():
        locked = tmp_path / "locked.txt"
        locked.write_text(PAGE)
        locked.chmod(0)
        assert "locked.txt" in carrel("import", locked, code=1).stderr
        locked.chmod(stat.S_IRUSR)


def test_a_page_with_a_title_and_no_abstract_names_its_line(carrel: Carrel) -> None:
    done = carrel("import", "-", stdin=PAGE + "Left alone\n", code=1)
    assert done.stdout == "3 papers added from 4 records, 1 rejected.\n"
    assert "line 9: " in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("show", 99), 1),
        (("star", 99), 1),
        (("tag", "add", "", 1), 1),
        (("tag", "remove", "nothing", 1), 1),
        (("list", "show", "nothing"), 1),
        (("export", "--list", "nothing"), 1),
        (("export", "--query", "pooling", "--format", "nothing"), 2),
        (("export", "--query", "pooling", "-o", "/nowhere/at/all.md"), 1),
        (("search", "year:soon"), 1),
        (("import", "--format", "nothing", "page.txt"), 2),
        (("show", "one"), 2),
        (("star",), 2),
        (("export",), 2),
        (("export", "--list", "a", "--tag", "b"), 2),
        (("search", "x", "--limit", "0"), 2),
        (("nothing",), 2),
        (("--sample", "--library", "x", "search"), 2),
    ],
)
def test_what_cannot_be_done_is_said_and_the_exit_code_tells(
    desk: Carrel, arguments: tuple[object, ...], code: int
) -> None:
    said = desk(*arguments, code=code).stderr
    if code == 1:
        assert len(said.splitlines()) == 1, said


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("import page.txt <&-", 0),
        ("star - <&-", 2),
        ("star - </dev/null", 1),
        ("search --json pooling >&-", 2),
        ("search --json pooling >/dev/full", 1),
        ("export --query pooling >/dev/full", 1),
        ("note - hi </dev/null", 2),
        ("</dev/null", 2),
        ("search --json pooling | head -c 1", 0),
        ("import " + "x" * 300, 1),
        ("--library '~nobody-of-that-name/x' list new y", 0),
    ],
)
def test_no_way_of_calling_it_gives_a_traceback(
    desk: Carrel, tmp_path: Path, command: str, code: int
) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m tui {command}"],
        cwd=tmp_path,
        env=os.environ
        | {
            "CARREL_LIBRARY": str(tmp_path / "library"),
            "PYTHONPATH": str(Path(__file__).parents[3]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done


def test_a_library_that_cannot_be_opened_is_one_sentence(carrel: Carrel, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file" / "below", tmp_path / "broken"):
        if folder.name == "broken":
            folder.mkdir()
            (folder / "library.db").write_bytes(b"nonsense " * 1000)
        said = carrel("search", "x", code=1, CARREL_LIBRARY=str(folder)).stderr
        assert said.startswith("Error: ")
        assert len(said.splitlines()) == 1


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys; sys.argv = ['carrel', '--help']; from tui.cli import main\n"
        "try: main()\nexcept SystemExit: print(*sorted(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"textual", "rich", "numpy", "whoosh", "apsw", "pydantic", "platformdirs"} & set(
        loaded
    )


def test_an_import_beside_a_process_that_indexes_says_who_it_is(
    desk: Carrel, tmp_path: Path
) -> None:
    script = (
        "import sys; from pathlib import Path; from index.search.folder import Folder\n"
        "with Folder(Path(sys.argv[1])).lock(1.0) as held:\n"
        "    print(held, flush=True); sys.stdin.read()"
    )
    index = tmp_path / "library" / "index"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(index)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "True\n"
        done = desk("import", "-", stdin='{"title": "One more"}\n')
        assert done.stdout == "1 paper added from 1 record.\n"
        assert str(other.pid) in done.stderr
        other.communicate()
    assert ids(desk("search", "--json", "more").stdout) == [4]
