"""What is followed: kept, fetched side by side from a real server, each failing by itself."""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from index.errors import FollowingError, NotFoundError
from index.library import Library
from index.views import Fetched, FollowKind
from tests.index.sources.serving import Reply, Request, Server, serving, versioned
from tests.index.sources.test_arxiv import entry, feed

BLOG = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Toy [b]log[/b]</title>
<entry><title>A toy</title><id>tag:toys.org,2026:5</id><link href="https://toys.org/5"/></entry>
</feed>"""


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture
def library(tmp_path: Path, server: Server) -> Iterator[Library]:
    library = Library(tmp_path / "library", server.services())
    yield library
    library.close()


class Archive:
    """An arXiv of our own: its papers by number and version, the newest first."""

    def __init__(self, server: Server) -> None:
        self.papers: list[str] = []
        self.broken_from = -1  # the position from which it gives nothing
        self.starts: list[int] = []
        server.on("/arxiv", self._answer)

    def bring(self, first: int, end: int, month: str = "2001") -> None:
        """New papers, the last of them the newest."""
        self.papers = [f"{month}.{n:05}v1" for n in reversed(range(first, end))] + self.papers

    def revise(self, number: str) -> None:
        """A new version of a paper."""
        old = next(one for one in self.papers if one.startswith(number))
        self.papers.remove(old)
        self.papers.insert(0, f"{number}v{int(old.rpartition('v')[2]) + 1}")

    def _answer(self, request: Request) -> Reply:
        start, most = int(request.query["start"]), int(request.query["max_results"])
        self.starts.append(start)
        if 0 <= self.broken_from <= start:
            return Reply(status=403)
        entries = [
            entry(one, f"Toy {one[:10]}", f"Version {one[11:]}.")
            for one in self.papers[start : start + most]
        ]
        return Reply(feed(entries, len(self.papers), start).encode())


@pytest.fixture
def archive(server: Server) -> Archive:
    return Archive(server)


def fetch(library: Library) -> Fetched:
    """Fetch the only thing that is followed."""
    (fetched,) = library.follows.fetch(due_only=False)
    (follow,) = library.follows.all()
    assert fetched.follow == follow
    return fetched


def count(library: Library) -> int:
    return library.overview().views[0].count


def set_back(library: Library, hours: float) -> None:
    """As if every fetch had been hours ago."""
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(hours=hours)
    database = apsw.Connection(str(library.folder / "library.db"))
    database.execute("UPDATE runs SET succeeded = ?", (moment.isoformat(timespec="seconds"),))
    database.close()


# -- what is followed


@pytest.mark.parametrize(
    ("kind", "what", "kept"),
    [
        ("arxiv", " cs.cl ", "cs.CL"),
        ("arxiv", "COND-MAT.STR-EL", "cond-mat.str-el"),
        ("arxiv", "hep-th", "hep-th"),
        ("arxiv", "cs.*", "cs.*"),
        ("arxiv", 'cat:cs.CL AND abs:"graph pooling"', 'cat:cs.CL AND abs:"graph pooling"'),
        ("hf", "Daily", "daily"),
        ("feed", "https://toys.org/feed.xml", "https://toys.org/feed.xml"),
        ("author", "Ada \x1b[31m  Søng", "Ada [31m Søng"),
    ],
)
def test_what_is_followed_is_kept_in_one_form(
    library: Library, kind: FollowKind, what: str, kept: str
) -> None:
    done = library.follows.add(kind, what)
    (follow,) = library.follows.all()
    assert (follow.kind, follow.what, follow.due, follow.last) == (kind, kept, True, "")
    assert (done.message, done.changed) == (f"Following {follow.name} from now on.", 1)
    again = library.follows.add(kind, kept)
    assert (again.message, again.changed) == (f"{follow.name} is followed already.", 0)


@pytest.mark.parametrize(
    ("what", "query"), [("cs.CL", "cat:cs.CL"), ("cs", "cat:cs.*"), ("hep-th", "cat:hep-th")]
)
def test_an_archive_of_several_categories_is_asked_for_all_of_them(
    library: Library, server: Server, archive: Archive, what: str, query: str
) -> None:
    archive.bring(0, 1)
    library.follows.add("arxiv", what)
    fetch(library)
    assert server.asked("/arxiv")[-1].query["search_query"] == query


def test_an_author_is_one_however_the_name_is_written(library: Library) -> None:
    library.follows.add("author", "Ada Søng")
    assert library.follows.add("author", "ADA SONG").changed == 0


@pytest.mark.parametrize(
    ("kind", "what", "told"),
    [
        ("arxiv", "cats", "“cats” is neither a category of arXiv, as cs.CL is, nor a query"),
        ("arxiv", "2402.14393", "neither a category"),
        ("arxiv", "cat:", "neither a category"),
        ("arxiv", "", "neither a category"),
        ("hf", "year", "followed by daily, week or month, not by “year”"),
        ("feed", "toys.org/feed", "is no address of a feed"),
        ("feed", "file:///etc/passwd", "is no address of a feed"),
        ("feed", "https://toys.org/" + "x" * 1000, "at most 1,000 characters"),
        ("feed", "https://ada:secret@toys.org/feed", "^An address with a password in it is not"),
        ("author", ' "" ', "needs a name"),
        ("author", "42", "needs a name"),
    ],
)
def test_what_cannot_be_followed_is_one_sentence(
    library: Library, kind: FollowKind, what: str, told: str
) -> None:
    with pytest.raises(FollowingError, match=told):
        library.follows.add(kind, what)
    assert library.follows.all() == ()


def test_following_and_its_end_are_actions_each_undone_by_itself(library: Library) -> None:
    follows = library.follows
    follows.add("arxiv", "cs.CL")
    first = library.history.entries()[0]
    assert (first.label, first.papers, first.kind) == ("followed arxiv cs.CL", 0, "action")
    follows.add("arxiv", "cs.LG")
    follows.add("feed", "https://toys.org/feed.xml", "Toys")
    assert [one.name for one in follows.all()] == ["arxiv cs.CL", "arxiv cs.LG", "Toys"]
    assert library.history.told(first.id) == ("Source “cs.CL”: followed",)
    library.history.undo(first.id)  # others of its kind are not in its way
    assert [one.name for one in follows.all()] == ["arxiv cs.LG", "Toys"]
    library.history.redo(first.id)
    numbers = [one.id for one in follows.all()]
    assert follows.remove(numbers[:1]).message == "arxiv cs.CL is followed no longer."
    assert follows.remove(numbers[1:]).message == "2 sources are followed no longer."
    assert follows.all() == ()
    library.history.undo()
    library.history.undo()
    assert [one.id for one in follows.all()] == numbers
    with pytest.raises(NotFoundError, match="Nothing with the number 99 is followed"):
        follows.remove([numbers[0], 99])
    with pytest.raises(NotFoundError, match="was named"):
        follows.fetch([])
    assert len(follows.all()) == 3


# -- fetching


def test_the_first_fetch_brings_the_newest_hundred_and_later_ones_what_came_since(
    library: Library, archive: Archive
) -> None:
    archive.bring(0, 1000)
    library.follows.add("arxiv", "cs.CL")
    first = fetch(library)
    assert (first.added, first.follow.result, archive.starts) == (100, "100 added", [0])
    assert (first.follow.failed, first.follow.due) == (False, False)
    imported = library.history.entries()[0]
    assert (imported.label, imported.papers) == ("fetched arxiv cs.CL", 100)
    assert fetch(library).follow.result == "nothing new"
    assert archive.starts == [0, 0]
    assert library.history.entries()[0].id == imported.id, "nothing came, so there is no entry"
    archive.bring(1000, 1230)
    archive.starts.clear()
    assert fetch(library).added == 230
    assert archive.starts == [0, 100, 200]
    assert fetch(library).follow.result == "nothing new"


def test_a_new_version_of_a_known_paper_is_an_update(library: Library, archive: Archive) -> None:
    archive.bring(0, 5)
    library.follows.add("author", "Ada Søng")
    assert fetch(library).added == 5
    archive.revise("2001.00002")
    again = fetch(library)
    assert (again.added, again.updated, again.follow.result) == (0, 1, "1 updated")
    (paper,) = [one for one in library.details(range(1, 9)) if one.title == "Toy 2001.00002"]
    assert paper.abstract == "Version 2."


def test_a_fetch_that_broke_off_goes_on(library: Library, archive: Archive) -> None:
    archive.bring(0, 150)
    library.follows.add("arxiv", "cs.CL")
    fetch(library)
    archive.bring(150, 500)
    archive.broken_from = 200
    broken = fetch(library)
    assert (broken.added, broken.follow.failed, broken.follow.due) == (200, True, True)
    assert broken.follow.result.startswith("200 added; then: arXiv ")
    archive.broken_from = -1
    whole = fetch(library)
    assert not whole.follow.failed
    assert {f"Toy 2001.{n:05}" for n in range(50, 500)} <= {
        paper.title for paper in library.details(range(1, 600))
    }


def test_papers_of_one_category_do_not_end_the_fetch_of_another(
    library: Library, archive: Archive
) -> None:
    archive.bring(0, 100)
    library.follows.add("arxiv", "cs.CL")
    library.follows.add("arxiv", "cs.LG")
    library.follows.fetch()
    archive.bring(100, 450)
    one, other = library.follows.all()
    library.follows.fetch([one.id])
    archive.starts.clear()
    library.follows.fetch([other.id])
    assert archive.starts[:4] == [0, 100, 200, 300]


def test_a_feed_that_has_not_changed_brings_nothing_new(library: Library, server: Server) -> None:
    server.on("/feed", versioned(BLOG.encode()))
    library.follows.add("feed", f"{server.address}/feed")
    first = fetch(library)
    assert (first.follow.name, first.follow.result) == ("Toy [b]log[/b]", "1 added")
    assert library.history.entries()[0].label == f"fetched {server.address}/feed"
    second = fetch(library)
    assert (second.follow.name, second.follow.result) == ("Toy [b]log[/b]", "nothing new")
    assert server.asked("/feed")[-1].headers["if-none-match"] == '"1"'
    library.history.undo()  # the fetch: its paper goes
    assert count(library) == 0
    assert fetch(library).added == 1, "what is no longer here is asked for anew"


def test_validators_are_kept_once_what_they_speak_of_is_here(
    library: Library, server: Server
) -> None:
    library.follows.add("feed", f"{server.address}/feed")
    server.on("/feed", versioned(b"<feed>broken", '"0"'))
    assert fetch(library).follow.failed
    server.on("/feed", versioned(b"<feed xmlns='http://www.w3.org/2005/Atom'/>", '"0"'))
    assert fetch(library).follow.result == "no papers found"
    server.on("/feed", versioned(b"<feed>broken", '"1"'))
    assert fetch(library).follow.failed
    server.on("/feed", versioned(BLOG.encode(), '"1"'))
    assert fetch(library).added == 1


def test_each_fails_by_itself_and_says_why(
    library: Library, server: Server, archive: Archive
) -> None:
    archive.bring(0, 3)
    server.on("/feed", Reply(BLOG.encode()))
    server.on("/broken", Reply(b"<html><body>Sign in</body></html>"))
    library.follows.add("arxiv", "cs.CL")
    for path in ("/feed", "/gone", "/broken"):
        library.follows.add("feed", server.address + path)
    told: list[Fetched] = []
    fetched = library.follows.fetch(on_result=told.append)
    assert [one.follow.id for one in fetched] == [1, 2, 3, 4]
    assert sorted(one.follow.id for one in told) == [1, 2, 3, 4]
    assert [one.follow.failed for one in fetched] == [False, False, True, True]
    assert [one.follow for one in fetched] == list(library.follows.all())
    assert "127.0.0.1 has nothing at this address" in fetched[2].follow.result
    assert "is no feed: it is a web page." in fetched[3].follow.result
    assert count(library) == 4
    assert [one.follow.id for one in library.follows.fetch()] == [3, 4], "what failed is due"


def test_why_papers_are_left_out_is_told(library: Library, server: Server) -> None:
    untitled = "<entry><id>tag:toys.org,2026:6</id></entry>"
    server.on("/feed", Reply(BLOG.replace("</feed>", untitled * 2 + "</feed>").encode()))
    library.follows.add("feed", f"{server.address}/feed")
    assert fetch(library).follow.result == "1 added, 2 left out (the title is missing)"


def test_a_feed_that_breaks_off_keeps_what_came_and_is_asked_for_again(
    library: Library, server: Server
) -> None:
    first = BLOG[BLOG.index("<entry>") : BLOG.index("</feed>")]
    second = first.replace("5", "6").replace("toy", "ball")
    whole = BLOG.replace("</feed>", f"{second}</feed>").encode()
    cut = whole[: whole.rindex(b"<entry>")]
    said = {"ETag": '"1"'}
    server.on("/feed", Reply(cut, headers=said), versioned(whole, '"1"'))
    library.follows.add("feed", f"{server.address}/feed")
    told = fetch(library).follow
    assert told.result == "1 added; then: The feed breaks off in the middle; try again later."
    assert (told.failed, told.due) == (True, True)
    assert fetch(library).follow.result == "1 added"


def test_where_nothing_is_found_at_first_it_is_said(library: Library, archive: Archive) -> None:
    """It may be a category or a name that was mistyped."""
    library.follows.add("author", "Ada Sogn")
    assert fetch(library).follow.result == "no papers found"
    archive.bring(0, 1)
    assert fetch(library).follow.result == "1 added"
    assert fetch(library).follow.result == "nothing new"


def test_what_is_followed_is_fetched_at_the_same_time(library: Library, server: Server) -> None:
    """Two answers that wait for each other: one after the other, neither would come."""
    both = threading.Barrier(2, timeout=10)

    def meet(request: Request) -> Reply:
        if not request.headers.get("again"):
            both.wait()
        return Reply(BLOG.encode())

    server.on("/papers/daily_papers", lambda request: (both.wait(), Reply(b"[]"))[1])
    server.on("/feed", meet, Reply(BLOG.encode()))
    library.follows.add("hf", "daily")
    library.follows.add("feed", f"{server.address}/feed")
    assert [one.follow.failed for one in library.follows.fetch()] == [False, False]


def test_what_is_due_is_told_by_its_last_success(library: Library, server: Server) -> None:
    server.on("/papers/daily_papers", Reply(b"[]"))
    server.on("/feed", Reply(BLOG.encode()))
    library.follows.add("hf", "daily")
    library.follows.add("feed", f"{server.address}/feed")
    assert len(library.follows.fetch()) == 2
    assert library.follows.fetch() == ()
    set_back(library, 2)
    assert [one.follow.kind for one in library.follows.fetch()] == ["feed"]
    set_back(library, 4)
    assert [one.due for one in library.follows.all()] == [True, True]
    assert len(library.follows.fetch()) == 2
    set_back(library, -1)  # the clock was put back
    assert [one.due for one in library.follows.all()] == [True, True]


def test_weeks_that_were_missed_are_made_good(library: Library, server: Server) -> None:
    server.on("/papers/daily_papers", Reply(b"[]"))
    library.follows.add("hf", "week")
    fetch(library)
    set_back(library, 15 * 24)
    server.requests.clear()
    fetch(library)
    today = dt.datetime.now(dt.UTC).date()
    weeks = [(today - dt.timedelta(days)).strftime("%G-W%V") for days in (0, 7, 14)]
    asked = [one.query["week"] for one in server.asked("/papers/daily_papers")]
    assert asked[:3] == weeks
    assert len(asked) <= 4


@pytest.fixture
def weekly(server: Server) -> None:
    """Each week has a paper of its own."""

    def answer(request: Request) -> Reply:
        week = request.query["week"]
        paper = {"id": f"25{week[-2:]}.00001", "title": f"Toys of {week}"}
        return Reply(json.dumps([{"paper": paper}] if request.query["p"] == "0" else []).encode())

    server.on("/papers/daily_papers", answer)


@pytest.mark.usefixtures("weekly")
def test_what_an_undone_fetch_brought_the_next_one_brings_again(library: Library) -> None:
    library.follows.add("hf", "week")
    fetch(library)
    set_back(library, 15 * 24)
    brought = fetch(library).added
    assert brought >= 2
    library.history.undo()
    assert [one.due for one in library.follows.all()] == [True]
    assert fetch(library).added == brought


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0,), (1,)])
def test_fetches_are_undone_in_any_order(
    library: Library, archive: Archive, order: tuple[int, int]
) -> None:
    archive.bring(0, 100)
    library.follows.add("arxiv", "cs.CL")
    fetch(library)
    first = library.history.entries()[0].id
    archive.bring(100, 350)
    fetch(library)
    archive.bring(350, 470)
    fetch(library)
    entries = [entry for entry in library.history.entries() if entry.id > first]
    for one in order:
        library.history.undo(entries[one].id)
    gone = sum(entries[one].papers for one in order)
    assert count(library) == 470 - gone
    assert fetch(library).added == gone


def test_the_first_fetch_undone_was_never(library: Library, archive: Archive) -> None:
    archive.bring(0, 300)
    library.follows.add("arxiv", "cs.CL")
    fetch(library)
    library.history.undo()
    archive.starts.clear()
    assert fetch(library).added == 100
    assert archive.starts == [0]


def test_what_others_fetched_is_not_forgotten(
    library: Library, archive: Archive, server: Server
) -> None:
    archive.bring(0, 10)
    server.on("/feed", Reply(BLOG.encode()))
    library.follows.add("arxiv", "cs.CL")
    library.follows.add("feed", f"{server.address}/feed")
    library.follows.fetch()
    (undone,) = [entry for entry in library.history.entries() if entry.papers == 10]
    library.history.undo(undone.id)
    assert [one.due for one in library.follows.all()] == [True, False]


def test_what_came_before_it_was_stopped_stays(library: Library, archive: Archive) -> None:
    archive.bring(0, 100)
    library.follows.add("arxiv", "cs.CL")
    fetch(library)
    archive.bring(100, 500)
    archive.starts.clear()
    (stopped,) = library.follows.fetch(due_only=False, stop=lambda: len(archive.starts) >= 2)
    assert (stopped.added, stopped.follow.failed, stopped.follow.due) == (100, False, True)
    assert stopped.follow.result == "100 added, stopped"
    assert fetch(library).follow.result == "300 added"


def test_two_carrels_that_fetch_at_once_do_no_harm(
    library: Library, archive: Archive, server: Server, tmp_path: Path
) -> None:
    archive.bring(0, 90)
    library.follows.add("arxiv", "cs.CL")
    library.follows.add("arxiv", "cs.LG")
    other = Library(tmp_path / "library", server.services())
    try:
        threads = [threading.Thread(target=one.follows.fetch) for one in (library, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        other.close()
    assert count(library) == 90
    assert [one.failed for one in library.follows.all()] == [False, False]


def test_what_was_unfollowed_meanwhile_is_no_error(library: Library, server: Server) -> None:
    def unfollow(request: Request) -> Reply:
        library.follows.remove([1])
        return Reply(BLOG.encode())

    server.on("/feed", unfollow, Reply(BLOG.encode()))
    library.follows.add("feed", f"{server.address}/feed")
    (fetched,) = library.follows.fetch()
    assert fetched.added == 1
    assert library.follows.all() == ()


def test_a_service_that_hangs_keeps_what_is_fetched_waiting_only_twice(
    tmp_path: Path, server: Server
) -> None:
    server.on("/arxiv", server.hanging())
    server.on("/blog", Reply(BLOG.encode()))
    library = Library(tmp_path / "another", server.services(timeout=0.3))
    for category in ("cs.CL", "cs.LG", "cs.IR", "cs.DL", "math.CO", "stat.ML"):
        library.follows.add("arxiv", category)
    library.follows.add("feed", f"{server.address}/blog")
    fetched = library.follows.fetch()
    said = [one.follow.result for one in fetched]
    assert sum("did not answer within 0.3 seconds" in one for one in said) == 2
    assert (
        sum(
            "did not answer in time 2 times in a row and was not asked again" in one for one in said
        )
        == 4
    )
    assert [one.follow.failed for one in fetched] == [True] * 6 + [False]
    assert [one.due for one in library.follows.all()] == [True] * 6 + [False]
    server.on("/arxiv", Reply(feed([], 0, 0).encode()))
    assert not any(one.follow.failed for one in library.follows.fetch())
    library.close()
