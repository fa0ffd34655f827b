"""``carrel complete``."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import locations
from tests.index.sources.knowing import Entry, know, refuse
from tests.index.sources.serving import Server, serving
from tests.tui.cli.conftest import Call

ARXIV, HUGGING_FACE = "/arxiv", "/papers/papers/search"
RINGS = Entry("Rings of Rain", number="2402.14393")
FOUND = "authors, year, arXiv id (arXiv)"
RESTED = "1 paper passed over, asked about in the last 30 days; carrel complete --again asks again."


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        settings = locations.settings_file()
        settings.parent.mkdir(parents=True)
        settings.write_text(running.settings())
        know(running, arxiv=[RINGS])
        yield running


@pytest.fixture
def desk(call: Call, server: Server) -> Call:
    """Paper 1 is known to arXiv, paper 2 to nobody, and paper 3 lacks nothing."""
    records = [
        {"title": "Rings of Rain"},
        {"title": "Dry Wells of Ash"},
        {"title": "Ash", "authors": ["Jo Moss"], "year": 2020, "doi": "10.1234/5"},
    ]
    call("import", "-", stdin="".join(json.dumps(record) + "\n" for record in records))
    return call


def test_each_paper_is_told_on_a_line(desk: Call) -> None:
    done = desk("complete")
    assert done.stdout.splitlines() == [
        f"1 Rings of Rain: {FOUND}",
        "2 Dry Wells of Ash: nothing was found",
        "1 of 2 papers completed; nothing new about 1.",
    ]
    assert done.stderr == ""
    assert desk("complete").stdout == f"{RESTED}\n"
    assert desk("search", "rain", "--json").stdout.count("2402.14393") == 1
    desk("undo")
    assert "Li" not in desk("show", 1).stdout
    assert desk("complete").stdout == f"{RESTED.replace('1 paper', '2 papers')}\n"
    assert f"1 Rings of Rain: {FOUND}" in desk("complete", "--again").stdout


def test_papers_can_be_named_and_asked_about_again(desk: Call, server: Server) -> None:
    assert desk("complete", 3).stdout == "There is nothing to complete.\n"
    desk("complete", 2)
    assert desk("complete", "-", stdin="2\n").stdout == f"{RESTED}\n"
    know(server, arxiv=[Entry("Dry wells of Ash", number="2402.00002")])
    assert f"2 Dry wells of Ash: title, {FOUND}" in desk("complete", 2, "--again").stdout
    assert "There is no paper 9" in desk("complete", 9, code=1).stderr


def test_a_program_gets_an_object_a_paper(desk: Call) -> None:
    done = desk("complete", "--json")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first == {
        "id": 1,
        "title": "Rings of Rain",
        "found": ["authors", "year", "arXiv id"],
        "services": ["arXiv"],
        "twin": 0,
        "doubt": "",
        "problem": "",
    }
    assert (second["id"], second["found"]) == (2, [])
    assert done.stderr == "1 of 2 papers completed; nothing new about 1.\n"


def test_quietly_only_the_sum_is_told(desk: Call) -> None:
    done = desk("complete", "--quiet")
    assert done.stdout == "1 of 2 papers completed; nothing new about 1.\n"
    assert done.stderr == ""


def test_a_service_that_fails_is_told_and_in_the_exit_code(desk: Call, server: Server) -> None:
    refuse(server, HUGGING_FACE)
    done = desk("complete", code=1)
    problem = "Hugging Face does not let carrel in (403)."
    assert f"2 Dry Wells of Ash: {problem}" in done.stdout
    assert done.stdout.endswith("1 of 2 papers completed; no answer about 1.\n")
    assert done.stderr == f"{problem}\n"


def test_an_identifier_of_something_else_is_told(desk: Call, server: Server) -> None:
    know(server, doi=[Entry("Slow Soup", doi="10.1234/soup")])
    desk("edit", 2, "--identifier", "10.1234/soup")
    doubt = "doi.org knows 10.1234/soup as “Slow Soup”: is the DOI right?"
    assert desk("complete", 2).stdout.splitlines() == [
        f"2 Dry Wells of Ash: {doubt}",
        "0 of 1 paper completed; nothing new about 1.",
    ]


def test_a_twin_is_told_with_what_makes_them_one(desk: Call) -> None:
    desk("complete", 1)
    desk("edit", 2, "--title", "Rings of Rain")
    told = desk("complete", 2).stdout.splitlines()[0]
    merge = "“carrel duplicates merge 1 2” makes them one"
    assert told == f"2 Rings of Rain: the same as paper 1 (arXiv); {merge}"


def test_what_titles_hold_is_no_markup_and_no_escape(call: Call, server: Server) -> None:
    title = "[bold]Rings[/foo] \x1b]0;owned\x07 of Rain"
    call("import", "-", stdin=json.dumps({"title": title}) + "\n")
    assert call("complete").stdout.startswith("1 [bold]Rings[/foo]")
    assert "\x1b" not in call("complete", "--again").stdout


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
@pytest.mark.parametrize(("answer", "asked"), [("y", 21), ("n", 0)])
def test_before_many_a_person_is_asked(call: Call, server: Server, answer: str, asked: int) -> None:
    records = ({"title": f"Wells of Ash {number}"} for number in range(21))
    call("import", "-", stdin="".join(json.dumps(record) + "\n" for record in records))
    ours, theirs = pty.openpty()
    os.write(ours, f"{answer}\n".encode())
    command = [sys.executable, "-m", "tui", "complete", "--quiet"]
    done = subprocess.run(command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, check=False)
    said = os.read(ours, 10_000).decode() + done.stderr.decode()
    os.close(theirs)
    os.close(ours)
    assert "21 papers are looked up, which takes about 2 minutes. Go on? [y/N]" in said
    assert done.returncode == (0 if answer == "y" else 1), done.stderr
    assert len(server.asked(ARXIV)) == asked


def test_ctrl_c_keeps_what_came_and_the_same_again_goes_on(desk: Call, server: Server) -> None:
    server.on(HUGGING_FACE, server.hanging())
    command = [sys.executable, "-m", "tui", "complete"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asking:
        assert asking.stdout
        assert asking.stderr
        while not server.asked(HUGGING_FACE):
            assert asking.poll() is None
        asking.send_signal(signal.SIGINT)
        server.released.set()
        told, complaints = asking.stdout.read().decode(), asking.stderr.read().decode()
    assert asking.returncode == 130
    assert complaints == ""
    assert told.splitlines() == [
        f"1 Rings of Rain: {FOUND}",
        "1 of 1 paper completed. 1 paper left: the same again goes on from there.",
    ]
    know(server, hugging_face=[Entry("Dry Wells of Ash", number="2402.00002")])
    again = desk("complete").stdout.splitlines()
    assert again[0] == "2 Dry Wells of Ash: authors, year, arXiv id, links (Hugging Face)"
    assert len(server.asked(ARXIV)) == 2


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="no terminals here")
def test_results_go_into_a_file_while_a_bar_is_watched(desk: Call, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    file = tmp_path / "told.txt"
    with file.open("wb") as out:
        command = [sys.executable, "-m", "tui", "complete"]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=theirs, check=True)
    bar = os.read(ours, 100_000).decode()
    os.close(theirs)
    os.close(ours)
    assert [line[:2] for line in file.read_text().splitlines()] == ["1 ", "2 ", "1 "]
    assert "Asking" in bar
