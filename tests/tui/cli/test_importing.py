"""``carrel import``: what it reads, what it leaves out, and where it says so."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from index.library import Library
from index.sources import FORMATS
from tests.index.sources.samples import SAMPLES
from tests.index.sources.test_plugins import GOOD as PLUG_IN
from tests.tui.cli.conftest import Carrel

BAD = '{"title": "A Title"}\n{"title": 3}\n' + '{"title": ""}\n' * 1100


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.jsonl"
    file.write_text(BAD)
    return file


def test_the_help_names_every_format(carrel: Carrel) -> None:
    said = carrel("import", "--help").stdout
    assert {source.name for source in FORMATS} <= set(re.findall(r"\w+", said))


def test_a_format_that_is_none_is_refused_once_before_anything_is_read(
    carrel: Carrel, tmp_path: Path
) -> None:
    for name in ("a.bib", "b.bib"):
        (tmp_path / name).write_text(SAMPLES["bibtex"].text)
    rejects = tmp_path / "rejects"
    files = (tmp_path / "a.bib", tmp_path / "b.bib", "--rejects", rejects)
    done = carrel("import", "--format", "bibtx", *files, code=2)
    assert done.stdout == ""
    assert done.stderr.count("There is no format “bibtx”") == 1
    assert all(source.name in done.stderr for source in FORMATS)
    assert not (tmp_path / "library").exists()
    assert not rejects.exists()


def test_a_format_that_a_plug_in_brings_is_known(carrel: Carrel, tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    about = packages / "shouting-1.0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: shouting\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[carrel.sources]\nshouting = carrel_shouting\n")
    (packages / "carrel_shouting.py").write_text(PLUG_IN)
    path = os.pathsep.join([str(packages), *filter(None, sys.path)])
    named = ("import", "-", "--format")
    assert "1 paper added" in carrel(*named, "shouting", stdin="A LAMP", PYTHONPATH=path).stdout
    assert "there are shouting, bibtex" in carrel(*named, "x", code=2, PYTHONPATH=path).stderr


def test_a_folder_and_standard_input_come_in(carrel: Carrel, tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.bib").write_text(SAMPLES["bibtex"].text)
    (folder / "letter.txt").write_text("Dear reader,")
    done = carrel("import", folder, "-", stdin=SAMPLES["ris"].text)
    assert done.stdout == (
        "2 papers added from 4 records, 2 unchanged. 1 file of no known format left out.\n"
    )
    assert done.stderr == "left out: papers/letter.txt\n"
    for number in range(12):
        (folder / f"letter {number:02}.txt").write_text("Dear reader,")
    (folder / ".DS_Store").write_text("Dear reader,")
    assert carrel("import", folder).stderr == (
        f"left out: {', '.join(f'papers/letter {number:02}.txt' for number in range(10))}"
        " and 3 more\n"
    )
    assert carrel("import", folder, "--quiet").stderr == ""
    done = carrel("import", folder, "--json")
    assert len(json.loads(done.stdout.splitlines()[-1])["skipped_files"]) == 10


def test_rejects_go_to_a_file_all_of_them(carrel: Carrel, tmp_path: Path, bad: Path) -> None:
    rejects = tmp_path / "rejects.jsonl"
    done = carrel("import", bad, tmp_path / "missing", "--rejects", rejects, code=1)
    assert done.stdout == "1 paper added from 1,102 records, 1,102 rejected.\n"
    assert done.stderr == f"What was left out is told in {rejects}.\n"
    told = [json.loads(line) for line in rejects.read_text().splitlines()]
    assert len(told) == 1102
    assert told[0] == {
        "file": "bad.jsonl",
        "line": 2,
        "reason": "title: not a text",
        "raw": '{"title": 3}',
    }
    assert told[-1]["line"] == 0
    assert "does not exist" in told[-1]["reason"]


def test_what_was_left_out_is_mended_and_comes_in(carrel: Carrel, tmp_path: Path) -> None:
    table = tmp_path / "papers.csv"
    table.write_text('title,year\nOne Lamp,2024\n,2025\n"Two Wicks,2026\n')
    carrel("import", table, "--rejects", tmp_path / "rejects.jsonl", code=1)
    told = [json.loads(line) for line in (tmp_path / "rejects.jsonl").read_text().splitlines()]
    mended = tmp_path / "mended.csv"
    raws = "\n".join(one["raw"] for one in told)
    mended.write_text(raws.replace("\n,2025", "\nThree Flames,2025").replace('"Two', "Two"))
    assert carrel("import", mended).stdout == "2 papers added from 2 records.\n"


def test_what_was_deleted_stays_away_until_it_is_restored(carrel: Carrel) -> None:
    text = SAMPLES["bibtex"].text
    carrel("import", "-", stdin=text)
    carrel("delete", "1")
    assert "1 deleted before, and left out" in carrel("import", "-", stdin=text).stdout
    assert "1 paper added" in carrel("import", "-", "--restore", stdin=text).stdout


def test_where_nothing_is_left_out_the_file_is_empty(carrel: Carrel, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.jsonl"
    assert carrel("import", "-", "--rejects", rejects, stdin=SAMPLES["csv"].text).stderr == ""
    assert rejects.read_text() == ""


def test_no_file_is_replaced_by_rejects(carrel: Carrel, bad: Path) -> None:
    assert f"{bad} exists already" in carrel("import", bad, "--rejects", bad, code=1).stderr
    assert bad.read_text() == BAD
    assert "cannot be written" in carrel("import", bad, "--rejects", "/no/where", code=1).stderr


def test_quiet_says_only_what_is_wrong(carrel: Carrel, bad: Path, tmp_path: Path) -> None:
    done = carrel("import", "-", "--quiet", stdin=SAMPLES["csv"].text)
    assert (done.stdout, done.stderr) == ("", "")
    done = carrel("import", bad, "--quiet", code=1)
    assert done.stdout == ""
    assert done.stderr.startswith("bad.jsonl, line 2: title: not a text\n")
    done = carrel("import", bad, "--quiet", "--rejects", tmp_path / "rejects.jsonl", code=1)
    assert (done.stdout, done.stderr) == ("", "")


def test_a_program_is_told_everything_as_json_lines(carrel: Carrel, bad: Path) -> None:
    done = carrel("import", bad, "--json", code=1)
    assert done.stderr == ""
    events = [json.loads(line) for line in done.stdout.splitlines()]
    kinds = [event.pop("event") for event in events]
    assert set(kinds) == {"progress", "reject", "done"}
    assert kinds.count("reject") == 1101
    size = bad.stat().st_size
    assert {"step": "reading", "done": size, "total": size} in events
    assert {"step": "indexing", "done": 1, "total": 1} in events
    assert events[kinds.index("reject")] == {
        "file": "bad.jsonl",
        "line": 2,
        "reason": "title: not a text",
    }
    assert kinds[-1] == "done"
    report = events[-1]
    assert (report["records"], report["added"], report["rejected"]) == (1102, 1, 1101)
    assert report["stopped"] is False


def test_quiet_and_json_are_two_things(carrel: Carrel, bad: Path) -> None:
    assert "choose one" in carrel("import", bad, "--quiet", "--json", code=2).stderr


LAMPS = [json.dumps({"title": f"Lamp {at}", "abstract": "It burns. " * 20}) for at in range(4000)]


def test_ctrl_c_keeps_what_came_and_the_same_command_goes_on(
    carrel: Carrel, tmp_path: Path
) -> None:
    folder = tmp_path / "library"
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "import", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"CARREL_LIBRARY": str(folder)},
        text=True,
    ) as process:
        assert process.stdin
        process.stdin.write("\n".join(LAMPS[:3000]))
        process.stdin.flush()
        with closing(Library.open(folder)) as library:
            wait_for(lambda: bool(library.history.entries()))
        process.send_signal(signal.SIGINT)
        said, wrong = process.communicate("\n")
    held = re.match(r"([\d,]+) papers added", said)
    assert held
    came = int(held[1].replace(",", ""))
    assert 0 < came < 3000
    assert said == (
        f"{came:,} papers added from {came:,} records. "
        "Stopped; the same import goes on from there.\n"
    )
    assert (wrong, process.returncode) == ("", 130)
    done = carrel("import", "-", stdin="\n".join(LAMPS))
    assert done.stdout == (
        f"{4000 - came:,} papers added from 4,000 records, {came:,} unchanged.\n"
    )


def wait_for(there: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not there():
        assert time.monotonic() < until
        time.sleep(0.01)


def test_at_a_terminal_a_bar_shows_how_far_it_is(tmp_path: Path) -> None:
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(LAMPS))
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "import", str(file)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env=os.environ | {"CARREL_LIBRARY": str(tmp_path / "library"), "COLUMNS": "100"},
        text=True,
    ) as process:
        os.close(theirs)
        shown = b""
        with suppress(OSError):  # what a pty says when the other end is closed
            while part := os.read(ours, 1 << 16):
                shown += part
        assert process.stdout
        assert process.stdout.read() == "4,000 papers added from 4,000 records.\n"
    os.close(ours)
    assert b"Reading" in shown
    assert b"MB" in shown
    assert b"Indexing" in shown
    assert b"Traceback" not in shown


def test_the_folder_that_one_is_in_has_a_name_and_nothing_is_no_file(
    carrel: Carrel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.bib").write_text(SAMPLES["bibtex"].text)
    monkeypatch.chdir(folder)
    assert "A file needs a name." in carrel("import", "", code=2).stderr
    carrel("import", ".")
    assert carrel("history").stdout.splitlines()[0].endswith("imported papers")
