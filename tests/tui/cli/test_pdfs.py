"""``carrel pdf``, ``attach`` and ``detach``; and PDFs that are imported."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import locations
from tests.index.sources.pdf_bytes import STAMP, document, page, pdf
from tests.index.sources.serving import LOGIN, Reply, Server, serving
from tests.tui.cli.conftest import Call

ASH = pdf("Of Ashes", more=["Ash lemma."])


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        settings = locations.settings_file()
        settings.parent.mkdir(parents=True)
        settings.write_text(running.settings())
        yield running


@pytest.fixture
def desk(call: Call, server: Server) -> Call:
    """Papers 1 and 2 have a link to a PDF, paper 3 has none."""
    records = [
        {"title": "Ash", "pdf": f"{server.address}/ash.pdf"},
        {"title": "Beech", "pdf": f"{server.address}/beech.pdf"},
        {"title": "Cedar"},
    ]
    call("import", "-", stdin="".join(json.dumps(record) + "\n" for record in records))
    server.on("/ash.pdf", Reply(ASH))
    server.on("/beech.pdf", LOGIN)
    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "mine.pdf"
    file.write_bytes(ASH)
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library" / "pdfs"


def test_pdfs_are_downloaded_each_failing_alone(desk: Call, server: Server, folder: Path) -> None:
    done = desk("pdf", 3, 1, 2, 9, code=1)
    assert done.stdout == f"1 {folder / 'ash.pdf'}\n"
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == ["3", "2", "9"]
    assert (folder / "ash.pdf").read_bytes() == ASH
    assert desk("pdf", 1, "--path").stdout == f"{folder / 'ash.pdf'}\n"
    (told,) = desk("pdf", 1, "--json").stdout.splitlines()
    assert json.loads(told) == {"id": 1, "pdf": str(folder / "ash.pdf")}
    assert len(server.asked("/ash.pdf")) == 1
    desk("pdf", 1, "--replace")
    assert len(server.asked("/ash.pdf")) == 2
    assert json.loads(desk("show", 1, "--json").stdout)["pdf"] == str(folder / "ash.pdf")
    assert f"{folder / 'ash.pdf'}" in desk("show", 1).stdout
    assert json.loads(desk("search", "has:pdf", "--json").stdout)["id"] == 1


def test_a_login_page_is_one_line(desk: Call) -> None:
    done = desk("pdf", 2, code=1)
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_a_file_is_attached_and_detached(desk: Call, file: Path, tmp_path: Path) -> None:
    assert desk("attach", 3, file).stdout == "Attached mine.pdf to “Cedar”.\n"
    assert desk("attach", 3, file).stdout == "That is the PDF of “Cedar” already.\n"
    file.write_bytes(pdf("Other"))
    assert "has another PDF" in desk("attach", 3, file, code=1).stderr
    desk("attach", 3, file, "--replace")
    assert desk("detach", 3).stdout == "Detached 1 PDF.\n"
    assert desk("detach", 3).stdout == "There is no PDF to detach.\n"
    desk("undo")
    assert desk("pdf", 3).stdout.endswith("cedar-2.pdf\n")
    assert "does not exist" in desk("attach", 1, tmp_path / "no.pdf", code=1).stderr
    assert "is a folder" in desk("attach", 1, tmp_path, code=1).stderr


def test_texts_are_read_and_searched(desk: Call, file: Path) -> None:
    assert desk("pdf", "--text").stdout == "There is no PDF to be read.\n"
    desk("attach", 3, file)
    file.write_bytes(document([page([])]))
    desk("attach", 2, file)
    done = desk("pdf", "--text", code=1)
    assert done.stdout == "Read the text of 1 PDF.\n"
    assert done.stderr == "beech.pdf holds no text that can be read.\n"
    assert json.loads(desk("search", 'text:"ash lemma"', "--json").stdout)["id"] == 3
    assert desk("pdf", 3, "--text").stdout == "Read the text of 1 PDF.\n"
    assert desk("pdf", "--sweep").stdout == "There is nothing to sweep.\n"


@pytest.mark.parametrize(
    "arguments",
    [("pdf",), ("pdf", "--sweep", 1), ("pdf", "--text", "--sweep"), ("pdf", 1, "--text", "--path")]
    + [("attach", 1), ("detach",), ("pdf", "x")],
)
def test_what_makes_no_sense_is_a_usage_error(desk: Call, arguments: tuple[object, ...]) -> None:
    assert "Usage: " in desk(*arguments, code=2).stderr


def test_one_pdf_is_opened_at_a_terminal(
    desk: Call, file: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk("attach", 1, file)
    desk("attach", 3, file)
    programs, opened = tmp_path / "programs", tmp_path / "opened"
    programs.mkdir()
    viewer = programs / "xdg-open"
    viewer.write_text(f'#!/bin/sh\necho "$1" >> "{opened}"\n')
    viewer.chmod(0o700)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setenv("DISPLAY", ":0")
    for name in ("SSH_CONNECTION", "SSH_TTY"):
        monkeypatch.delenv(name, raising=False)
    at_terminal("pdf", "1", "3")
    at_terminal("pdf", "3", "--no-open")
    at_terminal("pdf", "1")
    until = time.monotonic() + 10
    while not opened.exists() or not opened.read_text().endswith("\n"):
        assert time.monotonic() < until
        time.sleep(0.01)
    assert opened.read_text() == f"{folder / 'ash.pdf'}\n"


def at_terminal(*arguments: str) -> None:
    """Run ``carrel`` in a terminal."""
    ours, theirs = pty.openpty()
    try:
        subprocess.run(
            [sys.executable, "-m", "tui", *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            check=True,
        )
    finally:
        os.close(theirs)
        os.close(ours)


# Imports


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pdf("Graph Parsing Networks", stamp=STAMP))
    (folder / "b.bib").write_text("@article{b, title={Bees}}")
    (folder / "c.pdf").write_bytes(document([page([])]))
    return folder


ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry>
<id>http://arxiv.org/abs/2402.14393v2</id><title>Graph Parsing Networks</title>
<published>2024-02-22T09:00:00Z</published><updated>2024-02-23T09:00:00Z</updated>
<summary>We pool.</summary><author><name>Ann Ash</name></author>
</entry></feed>"""


def test_imported_pdfs_are_attached_and_their_papers_completed(
    call: Call, server: Server, papers: Path, folder: Path
) -> None:
    server.on("/arxiv", Reply(ATOM, headers={"Content-Type": "application/atom+xml"}))
    done = call("import", papers, code=1)
    assert "2 papers added from 2 records, 1 rejected." in done.stdout
    reject, counts, completed = done.output.splitlines()
    assert (reject.split(":")[0], counts) == ("papers/c.pdf", done.stdout.strip())
    assert completed == "1 of 1 paper completed."
    assert "no title could be read; attach it to its paper: carrel attach ID FILE" in done.stderr
    (found,) = call("search", "has:pdf", "--json").stdout.splitlines()
    assert json.loads(found)["authors"] == ["Ann Ash"]
    origins = call("show", json.loads(found)["id"]).stdout
    assert ".pdf, line" not in origins, "a PDF has pages"
    assert (folder / "graphparsingnetworks.pdf").exists()
    asked = len(server.requests)
    assert "Nothing added from 2 records" in call("import", papers, code=1).stdout
    assert len(server.requests) == asked, "what was there before is not looked up"


def test_a_service_that_is_down_is_one_line_and_the_papers_stay(
    call: Call, server: Server, papers: Path
) -> None:
    (papers / "c.pdf").unlink()
    server.on("/arxiv", Reply(status=403))
    done = call("import", papers)
    assert "2 papers added from 2 records." in done.stdout
    assert [line for line in done.stderr.splitlines() if "arXiv" in line]
    assert call("search", "has:pdf", "--json").stdout


def test_offline_nobody_is_asked(call: Call, server: Server, papers: Path) -> None:
    call("import", papers, "--offline", code=1)
    assert server.requests == []
