"""``carrel follow``, ``unfollow`` and ``fetch``, with a settings file that names a real server."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from index import Library
from tests.index.sources.serving import Reply, Server, serving
from tests.index.sources.test_arxiv import archive
from tests.tui.cli.conftest import Call, Carrel
from tests.tui.cli.test_importing import wait_for

BLOG = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>[b]Toys & more \x1b[31m</title>
<entry><title>A toy</title><id>tag:toys.org,2026:5</id><link href="https://toys.org/5"/></entry>
</feed>"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        running.on("/feed", Reply(BLOG.replace(b"& ", b"&amp; ").replace(b"\x1b", b"")))
        archive(running, 3)
        yield running


@pytest.fixture
def settings(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "settings" / "carrel"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(server.settings())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder.parent))


@pytest.fixture
def desk(call: Call, settings: None, tmp_path: Path) -> Call:
    Library.open(tmp_path / "library").close()
    return call


def test_follow_fetch_list_unfollow(desk: Call, server: Server) -> None:
    assert desk("follow").stderr.startswith("Nothing is followed yet; “carrel follow --help”")
    assert desk("fetch").stderr == "Nothing is followed yet.\n"
    assert desk("follow", "arxiv", "cs.cl").stdout == "Following arxiv cs.CL from now on.\n"
    assert desk("follow", "arxiv", "cs.CL").stdout == "arxiv cs.CL is followed already.\n"
    desk("follow", "feed", f"{server.address}/feed")
    assert desk("follow").stdout.splitlines() == [
        "1  arxiv cs.CL" + " " * (len(server.address) + 5 - 11) + "  never fetched",
        f"2  {server.address}/feed  never fetched",
    ]
    fetched = desk("fetch").stdout
    assert sorted(fetched.splitlines()) == ["[b]Toys & more [31m: 1 added", "arxiv cs.CL: 3 added"]
    assert len(desk("search", "toy").stdout.splitlines()) == 4, "what came is found at once"
    (first,) = desk("search", "id:2001.00000").stdout.splitlines()
    assert "arxiv:2001.00000v1" in desk("show", first.split()[0]).stdout
    first, second = desk("follow").stdout.splitlines()
    assert re.fullmatch(r"1  arxiv cs\.CL {10}\d{4}-\d\d-\d\d \d\d:\d\d  3 added", first)
    assert second.startswith("2  [b]Toys & more [31m  ")
    assert desk("fetch").stderr == "Nothing is due yet; --all fetches.\n"
    assert desk("fetch", 1).stdout == "arxiv cs.CL: nothing new\n"
    assert len(desk("fetch", "--all").stdout.splitlines()) == 2
    assert desk("fetch", "--all", "--quiet").output == ""
    assert desk("unfollow", 1).stdout == "arxiv cs.CL is followed no longer.\n"
    assert desk("undo").stdout == "Undone: stopped following arxiv cs.CL.\n"
    assert desk("unfollow", 1, 2).stdout == "2 sources are followed no longer.\n"


def test_what_fails_is_told_and_the_rest_comes(desk: Call, server: Server) -> None:
    desk("follow", "feed", f"{server.address}/gone")
    desk("follow", "author", "Ada Søng")
    done = desk("fetch", "--quiet", code=1)
    assert done.stdout == ""
    assert done.stderr.startswith(f"{server.address}/gone: 127.0.0.1 has nothing at this address")
    assert len(done.stderr.splitlines()) == 1
    assert server.asked("/arxiv")[0].query["search_query"] == 'au:"Ada Søng"'
    assert "3 added" in desk("follow").stdout
    (again,) = map(json.loads, desk("fetch", "--json", code=1).stdout.splitlines())
    assert (again["id"], again["kind"], again["failed"], again["added"]) == (1, "feed", True, 0)


def test_lists_for_programs(desk: Call, server: Server) -> None:
    desk("follow", "hf")
    desk("follow", "feed", f"{server.address}/feed")
    desk("fetch", 2)
    daily, feed = map(json.loads, desk("follow", "--json").stdout.splitlines())
    assert (daily["id"], daily["name"], daily["what"]) == (1, "hf daily", "daily")
    assert (daily["last"], daily["result"], daily["due"]) == ("", "", True)
    assert (feed["name"], feed["result"]) == ("[b]Toys & more [31m", "1 added")
    (outline,) = fromstring(desk("follow", "--opml").stdout_bytes).iter("outline")
    assert outline.attrib == {
        "type": "rss",
        "text": "[b]Toys & more [31m",
        "xmlUrl": f"{server.address}/feed",
    }


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("follow", "arxiv", "cats"), 1, "neither a category"),
        (("follow", "hf", "yearly"), 1, "daily, week or month"),
        (("follow", "feed", "toys"), 1, "no address of a feed"),
        (("follow", "author", " "), 1, "needs a name"),
        (("unfollow", 9), 1, "Nothing with the number 9"),
        (("unfollow", "x"), 2, "'x' is no number that “carrel follow” prints."),
        (("fetch", "abc"), 2, "'abc' is no number that “carrel follow” prints."),
        (("fetch", 9), 1, "Nothing with the number 9"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    desk: Call, arguments: tuple[object, ...], code: int, said: str
) -> None:
    error = desk(*arguments, code=code).stderr
    assert said in error
    assert len(error.splitlines()) == 1 or code == 2


def test_a_process_of_its_own_fetches_too(carrel: Carrel, settings: None) -> None:
    carrel("follow", "arxiv", "cs.CL")
    assert carrel("fetch").stdout == "arxiv cs.CL: 3 added\n"


def test_ctrl_c_ends_a_fetch_and_keeps_what_came(
    carrel: Carrel, settings: None, server: Server, tmp_path: Path
) -> None:
    server.on("/hanging", server.hanging())
    carrel("follow", "arxiv", "cs.CL")
    carrel("follow", "feed", f"{server.address}/hanging")
    fetching = subprocess.Popen(
        [sys.executable, "-m", "tui", "fetch"],
        env=os.environ | {"CARREL_LIBRARY": str(tmp_path / "library")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with fetching:
        assert fetching.stdout
        assert fetching.stdout.readline() == "arxiv cs.CL: 3 added\n"
        wait_for(lambda: bool(server.asked("/hanging")))
        fetching.send_signal(signal.SIGINT)
        rest, errors = fetching.communicate(timeout=60)
    assert (rest, errors) == (f"{server.address}/hanging: stopped\n", "")
    assert fetching.returncode == 130
    assert "3 added" in carrel("follow").stdout
