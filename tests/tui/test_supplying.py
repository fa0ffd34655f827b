"""What papers lack, had from the web in the reader: details by C, PDFs by p."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.views import Completed, CompleteReport
from tests.index.sources.pdf_bytes import pdf
from tests.index.sources.serving import LOGIN, Reply, Server
from tests.index.sources.test_arxiv import entry, feed, serve
from tests.tui.conftest import fill
from tests.tui.reading import NARROW, WIDE, library, reading
from tui.commands import COMMANDS
from tui.supplying import told_of_completed

FIRST = 1


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A viewer that notes what it was to open."""
    tools, notes = tmp_path / "tools", tmp_path / "opened"
    tools.mkdir()
    viewer = tools / "xdg-open"
    viewer.write_text(f'#!/bin/sh\necho "$1" >> {notes}\n')
    viewer.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setenv("DISPLAY", ":99")
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    monkeypatch.delenv("SSH_TTY", raising=False)
    return notes


@pytest.fixture
def linked(tmp_path: Path, server: Server) -> Path:
    """A library of a paper whose PDF is at the server."""
    paper: dict[str, object] = {"title": "Of Wicks", "pdf": f"{server.address}/wicks.pdf"}
    return fill(tmp_path / "library", [paper])


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_p_downloads_the_pdf_and_opens_it(
    linked: Path, server: Server, opened: Path, size: tuple[int, int]
) -> None:
    server.on("/wicks.pdf", Reply(pdf("Of Wicks"), headers={"Content-Type": "application/pdf"}))
    async with reading(linked, size) as reader:
        await reader.press("p")
        assert "There is no PDF yet" in reader.screen
        assert not server.requests, "nothing is fetched without being asked for"
        await reader.press("1")
        assert "Opened wicks" in reader.screen
        await reader.until(lambda: opened.exists() and opened.read_text().endswith(".pdf\n"))
        opened.unlink()
        await reader.press("p")
        await reader.until(lambda: opened.exists() and opened.read_text().endswith(".pdf\n"))
        assert len(server.requests) == 1, "it is at hand"
    with library(linked) as other:
        assert list(other.search("has:pdf").ids) == [FIRST]


async def test_a_login_page_is_no_pdf(linked: Path, server: Server) -> None:
    server.on("/wicks.pdf", LOGIN)
    async with reading(linked) as reader:
        await reader.press("p", "1")
        assert "127.0.0.1" in reader.toasts
        assert reader.desk.row
        await reader.press("p")
        assert "There is no PDF yet" in reader.screen


async def test_a_file_is_attached_and_taken_away_again(linked: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "wicks.pdf").write_bytes(pdf("Of Wicks"))
    (tmp_path / "mine" / "notes.txt").write_text("none")
    async with reading(linked) as reader:
        await reader.press("p", "2")
        await reader.paste("mine")
        await reader.press("enter")
        assert "wicks.pdf" in reader.screen
        assert "notes.txt" not in reader.screen
        await reader.type("w")
        await reader.press("tab", "enter")
        assert "Attached wicks.pdf to “Of Wicks”" in reader.screen
        with library(linked) as other:
            assert other.pdfs.of(FIRST)
        reader.desk.run(COMMANDS["detach_pdf"])
        await reader.settle()
        with library(linked) as other:
            assert other.pdfs.of(FIRST) is None
        await reader.press("u")
        with library(linked) as other:
            assert other.pdfs.of(FIRST)


async def test_what_is_no_pdf_is_said(linked: Path, tmp_path: Path) -> None:
    (tmp_path / "fake.pdf").write_text("I am a text")
    async with reading(linked) as reader:
        await reader.press("p", "2")
        await reader.paste("nowhere.pdf")
        await reader.press("enter")
        assert "There is no file nowhere.pdf" in reader.screen
        await reader.press("ctrl+u")
        await reader.paste("fake.pdf")
        await reader.press("enter")
        assert "fake.pdf" in reader.toasts


async def test_c_looks_up_what_the_paper_lacks(tmp_path: Path, server: Server) -> None:
    folder = fill(tmp_path / "library", [{"title": "Of Wicks and Ash", "abstract": "They burn."}])
    serve(server, feed([entry("2001.00001v1", "Of Wicks and Ash")]))
    server.on("/papers/papers/search", Reply(b"[]"))
    server.on("/crossref/works", Reply(json.dumps({"message": {"items": []}}).encode()))
    async with reading(folder) as reader:
        await reader.press("C")
        assert "Completed 1 of 1 paper" in reader.toasts
        assert "arXiv" in reader.toasts
        with library(folder) as other:
            assert ("arxiv", "2001.00001") in other.detail(FIRST).identifiers
        await reader.press("C")
        assert "Nothing is lacking there" in reader.toasts
        await reader.press("u")
    with library(folder) as other:
        assert not other.detail(FIRST).identifiers


async def test_what_was_looked_up_before_is_told_with_what_asks_again(
    tmp_path: Path, server: Server
) -> None:
    folder = fill(
        tmp_path / "library", [{"title": "Of Wicks and Ash"}, {"title": "Of Lamps and Ash"}]
    )
    serve(
        server,
        feed(
            [entry("2001.00001v1", "Of Wicks and Ash"), entry("2001.00002v1", "Of Lamps and Ash")]
        ),
    )
    server.on("/papers/papers/search", Reply(b"[]"))
    server.on("/crossref/works", Reply(json.dumps({"message": {"items": []}}).encode()))
    passed_over = "passed over, looked up in the last 30 days; C on a single one asks again."
    async with reading(folder) as reader:
        await reader.press("asterisk", "C")
        assert "Completed 2 of 2 papers" in reader.toasts
        await reader.press("u", "C")
        assert "All of that was looked up lately" in reader.toasts
        assert f"2 papers {passed_over}" in reader.toasts
    found = told_of_completed(CompleteReport(asked=1, recent=3), ())
    assert found == ("Completed 0 of 1 paper", f"No service knows more.\n3 papers {passed_over}")


def test_an_identifier_that_is_doubted_is_asked_about() -> None:
    doubt = "doi.org knows 10.1234/soup as “Slow Soup”: is the DOI right?"
    found = told_of_completed(
        CompleteReport(asked=1, unknown=1), [Completed(1, title="Of Wicks", doubt=doubt)]
    )
    assert found == ("Completed 0 of 1 paper", f"Of Wicks: {doubt}")


async def test_services_that_are_down_are_one_sentence(tmp_path: Path, server: Server) -> None:
    folder = fill(tmp_path / "library", [{"title": "Of Wicks"}])
    for path in ("/arxiv", "/papers/papers/search", "/crossref/works"):
        server.on(path, Reply(status=403))
    async with reading(folder) as reader:
        await reader.press("C")
        assert "does not let carrel in" in reader.toasts


async def test_many_are_looked_up_only_after_a_question(tmp_path: Path, server: Server) -> None:
    papers: list[dict[str, object]] = [{"title": f"Wick {number}"} for number in range(30)]
    folder = fill(tmp_path / "library", papers)
    async with reading(folder) as reader:
        await reader.press("asterisk", "C")
        assert "Look up these papers?" in reader.screen
        assert "30 of 30 papers lack something" in reader.screen
        await reader.press("n")
        assert not server.requests


async def test_papers_that_came_as_pdfs_are_completed(tmp_path: Path, server: Server) -> None:
    folder = fill(tmp_path / "library", [{"title": "Of Lamps"}])
    (tmp_path / "wicks.pdf").write_bytes(
        pdf("Of Wicks", stamp="arXiv:2001.00001v1 [cs.LG] 1 Jan 2020")
    )
    serve(server, feed([entry("2001.00001v1", "Of Wicks", abstract="They burn.")]))
    async with reading(folder) as reader:
        await reader.press("i")
        await reader.paste("wicks.pdf")
        await reader.press("enter")
        await reader.until(lambda: "Completed 1 of 1 paper" in reader.toasts)
    with library(folder) as other:
        found = other.search("wicks").ids
        assert other.detail(found[0]).abstract == "They burn."
        assert other.detail(found[0]).pdf


async def test_the_pane_says_that_a_pdf_is_at_hand(linked: Path, tmp_path: Path) -> None:
    async with reading(linked) as reader:
        assert "p opens it" not in reader.screen
        (tmp_path / "w.pdf").write_bytes(pdf("Of Wicks"))
        with library(linked) as other:
            other.pdfs.attach(FIRST, tmp_path / "w.pdf")
        await reader.until(lambda: "wicks.pdf  p opens it" in reader.screen)


async def test_only_what_has_an_address_is_offered_for_download(tmp_path: Path) -> None:
    folder = fill(tmp_path / "library", [{"title": "Of Wicks", "doi": "10.1/x"}])
    async with reading(folder) as reader:
        await reader.press("p")
        assert "Attach a file" in reader.screen
        assert "Download it" not in reader.screen
