"""``carrel add``: what is pasted becomes papers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.index.sources.serving import Server, serving
from tests.index.sources.test_arxiv import entry, feed, serve
from tests.tui.cli.conftest import Call
from tests.tui.cli.test_importing import wait_for


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        serve(running, feed([entry("2402.14393v2", "[b]Toys[/b]"), entry("2001.00001v1", "More")]))
        yield running


@pytest.fixture
def desk(call: Call, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    folder = tmp_path / "settings" / "carrel"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(server.settings())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder.parent))
    return call


def test_papers_are_added_filed_and_told(desk: Call, server: Server) -> None:
    done = desk(
        "add", "2402.14393", "arxiv.org/abs/2001.00001", "--tag", "toys", "--list", "thesis"
    )
    assert done.stdout.splitlines() == [
        "1 added: [b]Toys[/b]",
        "2 added: More",
        "Tagged 2 papers #toys.",
        "Put 2 papers on “thesis”.",
    ]
    assert len(server.asked("/arxiv")) == 1
    assert desk("search", "tag:toys list:thesis more").stdout.startswith("2 ")
    again = desk("add", "-", stdin="2402.14393\n 2001.00001\n")
    assert again.stdout.splitlines() == [
        "1 known already: [b]Toys[/b]",
        "2 known already: More",
    ]


def test_what_fails_says_so_and_the_rest_comes(desk: Call, server: Server) -> None:
    serve(server, feed([entry("2402.14393v2")]))
    done = desk("add", "2402.14393 2001.99999 toys", code=1)
    assert done.stdout == "1 added: Toys\n"
    first, second = sorted(done.stderr.splitlines())
    assert first == "2001.99999: arXiv has no paper of this number."
    assert second.startswith("“toys” is neither an id nor an address")
    told = [
        json.loads(line)
        for line in desk("add", "--json", "toys", "2402.14393", code=1).stdout.splitlines()
    ]
    assert [(one["name"], one["outcome"], one["id"]) for one in told] == [
        ("toys", "failed", 0),
        ("2402.14393", "unchanged", 1),
    ]


def test_a_deleted_paper_stays_away_unless_it_is_asked_for(desk: Call, server: Server) -> None:
    serve(server, feed([entry("2402.14393v2")]))
    desk("add", "2402.14393")
    desk("delete", 1)
    done = desk("add", "2402.14393")
    assert done.stdout == (
        "2402.14393: you deleted this paper before; --restore lets it in: Toys\n"
    )
    assert done.stderr == ""
    assert desk("add", "2402.14393", "--restore").stdout == "2 added: Toys\n"


def test_nothing_named_is_a_usage_error(desk: Call) -> None:
    assert "No paper was named" in desk("add", "-", stdin=" \n", code=2).stderr


def test_ctrl_c_says_what_came_and_the_same_again_goes_on(
    desk: Call, server: Server, tmp_path: Path
) -> None:
    server.on("/doi/10.1234/5", server.hanging())
    with subprocess.Popen(
        [sys.executable, "-m", "tui", "add", "2402.14393", "10.1234/5"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"CARREL_LIBRARY": str(tmp_path / "library")},
        text=True,
    ) as process:
        wait_for(lambda: bool(server.asked("/doi/10.1234/5")))
        process.send_signal(signal.SIGINT)
        said, wrong = process.communicate()
    assert said.splitlines() == [
        "1 added: [b]Toys[/b]",
        "Stopped: 1 of them came; the same again goes on from there.",
    ]
    assert (wrong, process.returncode) == ("", 130)
