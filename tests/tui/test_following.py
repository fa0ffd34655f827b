"""Following in the reader: the screen, fetching beside all else, and what is told of it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.locations import settings_file
from index.views import Follow, FollowKind
from tests.index.sources.serving import Reply, Server, serving
from tests.index.sources.test_arxiv import entry, feed, serve
from tests.tui.reading import NARROW, WIDE, Reading, library, reading
from tui.screens.follows import FollowsScreen, follow_text
from tui.widgets.follow_list import FollowList

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>
<item><title>{paper}</title><link>https://journal.example.org/1</link></item></channel></rss>"""
HOSTILE = "[/foo][@click=app.quit]Journal[/]"


@pytest.fixture
def journal() -> Iterator[Server]:
    """Another server, for one is asked by one errand at a time."""
    with serving() as running:
        yield running


def rss(title: str = "Lamps &amp; Wicks", paper: str = "Of Wicks") -> Reply:
    body = RSS.format(title=title, paper=paper).encode()
    return Reply(body, headers={"Content-Type": "application/rss+xml"})


def followed(folder: Path, *wanted: tuple[FollowKind, str]) -> None:
    """Let a library follow some things."""
    with library(folder) as other:
        for kind, what in wanted:
            other.follows.add(kind, what)


def follows(folder: Path) -> tuple[Follow, ...]:
    """What a library follows."""
    with library(folder) as other:
        return other.follows.all()


def listed(reader: Reading) -> list[str]:
    """The lines of the screen's list."""
    return [line for line in reader.within(lines(reader)).split("\n") if line]


def lines(reader: Reading) -> FollowList:
    return reader.app.screen.query_one(FollowList)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_following_nothing_says_what_it_is_and_how_to_begin(
    folder: Path, size: tuple[int, int]
) -> None:
    async with reading(folder, size) as reader:
        await reader.press("U")
        assert "You follow nothing yet: F begins." in reader.screen
        await reader.press("F")
        assert "What you follow brings its new papers" in reader.screen
        assert "a begins to follow something" in reader.screen
        await reader.press("f", "U", "x", "enter", "j")
        assert "You follow nothing yet." in reader.screen
        await reader.press("q")
        assert len(reader.app.screen_stack) == 1


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_to_follow_is_to_choose_a_kind_and_say_which(
    folder: Path, size: tuple[int, int]
) -> None:
    async with reading(folder, size) as reader:
        await reader.press("F", "a")
        assert "au:song AND all:pooling" in reader.screen
        await reader.type("cs.cl")
        await reader.press("enter")
        assert "Following arxiv cs.CL from now on. f fetches it." in reader.screen
        await reader.press("a", "down")
        assert "daily, week or month" in reader.screen
        await reader.press("enter", "a", "up")
        await reader.type("Mina Song")
        await reader.press("enter")
        assert [line.split()[0] for line in listed(reader)] == ["arXiv", "Hugging", "▌author"]
        assert "never" in listed(reader)[0]
        assert "followed since" in reader.screen
    assert [(one.kind, one.what) for one in follows(folder)] == [
        ("arxiv", "cs.CL"),
        ("hf", "daily"),
        ("author", "Mina Song"),
    ]


async def test_an_address_is_a_feed_s_whatever_kind_was_chosen(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("F", "a")
        await reader.paste("https://journal.example.org/feed.xml")
        await reader.press("enter")
        assert "feed" in listed(reader)[0]
    assert follows(folder)[0].kind == "feed"


async def test_what_cannot_be_followed_is_told_where_it_was_typed(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("F", "a", "enter")
        assert "Say what is to be followed" in reader.screen
        await reader.type("[/foo]")
        await reader.press("enter")
        assert "“[/foo]” is neither a category of arXiv" in reader.screen
        await reader.type("x")
        assert "[/foo]x" in reader.screen, "what was typed is there still"
        assert "is neither a category" not in reader.screen
        await reader.press("escape")
        assert follows(folder) == ()


async def test_what_is_followed_already_is_told(folder: Path) -> None:
    followed(folder, ("hf", "daily"), ("arxiv", "cs.CL"))
    async with reading(folder) as reader:
        await reader.press("F", "a", "down", "enter")
        assert "hf daily is followed already." in reader.screen
        assert listed(reader)[0].startswith("▌")


async def test_feeds_of_another_reader_come_in_from_opml(folder: Path, tmp_path: Path) -> None:
    outline = '<outline type="rss" text="[/foo]" xmlUrl="https://x.org/feed"/>'
    (tmp_path / "feeds.opml").write_text(
        f'<?xml version="1.0"?><opml version="2.0"><body>{outline}</body></opml>', "utf-8"
    )
    async with reading(folder) as reader:
        await reader.press("i")
        await reader.paste(str(tmp_path / "feeds.opml"))
        await reader.press("enter")
        assert "1 followed as a feed" in reader.toasts
        await reader.press("F")
        assert "[/foo]" in listed(reader)[0]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_enter_goes_to_the_papers_that_came(
    folder: Path, server: Server, size: tuple[int, int]
) -> None:
    query = 'cat:cs.CL AND abs:"toy lamps"'
    followed(folder, ("arxiv", query))
    serve(server, feed([entry("2001.00001v1", "Toy Lamps"), entry("2001.00002v1", "Toy Wicks")]))
    async with reading(folder, size) as reader:
        await reader.press("F", "enter")
        assert "Nothing came of it yet: f fetches it." in reader.screen
        await reader.press("f", "enter")
        assert len(reader.app.screen_stack) == 1
        assert 'follow:"arxiv cat:cs.CL AND abs:toy lamps"' in reader.screen
        assert reader.desk.results.list.count == 2
        await reader.press("escape")
        assert reader.desk.results.list.count > 2


async def test_to_stop_following_can_be_undone(folder: Path) -> None:
    followed(folder, ("arxiv", "cs.CL"), ("hf", "daily"))
    async with reading(folder) as reader:
        await reader.press("F", "x")
        assert "arxiv cs.CL is followed no longer. u undoes it." in reader.screen
        assert len(listed(reader)) == 1
        await reader.press("u")
        assert "Undone: stopped following arxiv cs.CL" in reader.screen
        assert len(listed(reader)) == 2
        await reader.press("delete", "delete")
        assert "You follow nothing yet." in reader.screen


async def test_u_fetches_all_that_is_due_each_failing_alone(folder: Path, server: Server) -> None:
    followed(
        folder,
        ("arxiv", "cs.CL"),
        ("feed", f"{server.address}/feed"),
        ("feed", f"{server.address}/none"),
    )
    serve(server, feed([entry("2001.00001v1", "Toy Lamps"), entry("2001.00002v1", "Toy Wicks")]))
    server.on("/feed", rss(HOSTILE.replace("&", "&amp;")))
    async with reading(folder) as reader:
        await reader.press("U")
        assert "3 new papers from 2 of 3" in reader.screen
        assert f"{server.address}/none failed:" in reader.toasts
        assert "has nothing at this address" in reader.toasts
        assert reader.desk.results.list.count == 7
        assert "Toy Wicks" in reader.screen
        await reader.press("F")
        assert HOSTILE in listed(reader)[1]
        assert "just now" in listed(reader)[1]
        assert "1 added" in listed(reader)[1]
        assert "has nothing at this address" in listed(reader)[2]
        await reader.press("escape", "U")
        assert len(server.asked("/arxiv")) == 1, "only what failed is due"
        assert len(server.asked("/none")) == 2
        server.on("/none", rss("Late"))
        await reader.press("U", "U")
        assert "Nothing that you follow is due yet; F fetches any of it now." in reader.screen


async def test_where_all_fails_it_is_an_error(folder: Path, server: Server) -> None:
    followed(folder, ("arxiv", "cs.CL"), ("hf", "daily"))
    async with reading(folder) as reader:
        await reader.press("F", "f")
        assert "arXiv has nothing" in listed(reader)[0]
        assert not reader.toasts, "the list tells of it"
        await reader.press("escape", "U")
        assert "arxiv cs.CL failed: arXiv has nothing" in reader.toasts
        assert "hf daily failed: " in reader.toasts
        assert "new paper" not in reader.toasts


async def test_one_is_fetched_where_it_is_listed(folder: Path, server: Server) -> None:
    followed(folder, ("arxiv", "cs.CL"), ("feed", f"{server.address}/feed"))
    server.on("/feed", rss())
    async with reading(folder) as reader:
        await reader.press("F", "j", "f")
        assert "Lamps & Wicks" in listed(reader)[1]
        assert "1 added" in listed(reader)[1]
        assert "never" in listed(reader)[0]
        serve(server, feed([entry("2001.00001v1", "Toy Lamps")]))
        server.on("/feed", rss(paper="Of Lamps"))
        await reader.press("U")
        assert [line.rpartition("now")[2].strip() for line in listed(reader)] == ["1 added"] * 2
        await reader.press("escape")
        assert reader.desk.results.list.count == 7


async def test_beside_a_fetch_one_reads_on_and_it_runs_but_once(
    folder: Path, server: Server, journal: Server
) -> None:
    followed(folder, ("arxiv", "cs.CL"), ("feed", f"{journal.address}/feed"))
    release = asyncio.Event()
    loop = asyncio.get_running_loop()

    def late(request: object) -> Reply:
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result(20)
        return Reply(feed([entry("2001.00001v1", "Toy Lamps")]).encode())

    server.on("/arxiv", late)
    journal.on("/feed", rss())
    async with reading(folder) as reader:
        await reader.pilot.press("U")
        await reader.until(lambda: "fetching 1 of 2 · Lamps & Wicks" in reader.screen)
        await reader.until(lambda: "Of Wicks" in reader.screen)
        asked = len(journal.asked("/feed"))
        await reader.pilot.press("U", "j", "j")
        await reader.until(lambda: "That is being fetched already." in reader.screen)
        await reader.pilot.press("F")
        await reader.until(lambda: isinstance(reader.app.screen, FollowsScreen))
        await reader.until(lambda: "fetching …" in listed(reader)[0])
        await reader.pilot.press("f", "escape")
        release.set()
        await reader.settle()
        assert "2 new papers from 2" in reader.screen
        assert "fetching" not in reader.screen
        assert len(server.asked("/arxiv")) == 1
        assert len(journal.asked("/feed")) == asked


async def test_leaving_breaks_a_fetch_off(folder: Path, server: Server, journal: Server) -> None:
    followed(folder, ("arxiv", "cs.CL"), ("feed", f"{journal.address}/feed"))
    server.on("/arxiv", server.hanging())
    journal.on("/feed", rss())
    async with reading(folder) as reader:
        await reader.pilot.press("U")
        await reader.until(lambda: server.asked("/arxiv"))
        await reader.until(lambda: "fetching 1 of 2" in reader.screen)
        await reader.desk.leave()
    arxiv, other = follows(folder)
    assert (arxiv.failed, arxiv.due, other.result) == (False, True, "1 added")


async def test_a_mistake_in_the_settings_is_one_sentence(folder: Path) -> None:
    followed(folder, ("arxiv", "cs.CL"))
    settings_file().parent.mkdir(parents=True)
    async with reading(folder) as reader:
        settings_file().write_text("[services]\ntimeout = 'long'\n", "utf-8")
        await reader.press("U")
        assert "services.timeout: input should be a valid number." in reader.toasts
        assert "fetching" not in reader.screen
        await reader.press("F")
        assert "never" in listed(reader)[0]


async def test_an_undone_fetch_asks_first_as_an_import_does(tmp_path: Path, server: Server) -> None:
    folder = tmp_path / "library"
    followed(folder, ("feed", f"{server.address}/feed"))
    server.on("/feed", rss())
    async with reading(folder) as reader:
        await reader.press("escape", "F", "f", "u")
        assert "Undo this import?" in reader.screen
        await reader.press("y", "escape")
        assert reader.desk.results.list.count == 0


def test_a_follow_in_words_reads_no_markup() -> None:
    now = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
    one = Follow(
        1,
        "feed",
        "https://x.org/[/foo]",
        HOSTILE,
        at="2026-11-01T10:00:00+00:00",
        last="2026-11-21T10:00:00+00:00",
        result="[bold]down",
        failed=True,
    )
    assert follow_text(one, now).plain.split("\n") == [
        HOSTILE,
        "feed · https://x.org/[/foo] · followed since 1 November 2026 · fetched 2 hours ago",
        "[bold]down",
    ]
