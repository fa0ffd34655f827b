"""OPML: feeds to follow, from files as other programs write and break them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.exports import opml as writer
from index.library import Library
from index.sources import FORMATS, FeedToFollow, opml
from index.views import Reject
from tests.index.sources.samples import SAMPLES, is_inert, read, rejects

FILE = """<?xml version="1.0" encoding="UTF-8"?>
<!-- <outline xmlUrl="https://toys.org/no"/> -->
<opml version="2.0">
  <head><title>Feeds</title></head>
  <body>
    <outline text="Papers">
      <outline text="Deep &amp; wide">
        <outline type="rss" text="Toys" title="The Toy Blog"
          xmlUrl="https://toys.org/feed?a=1&amp;b=2" htmlUrl="https://toys.org"/>
      </outline>
    </outline>
    <outline type='rss' text='a > b' xmlurl='http://toys.org/atom'></outline>
  </body>
</opml>
"""


def feeds(text: str | bytes) -> list[FeedToFollow]:
    return [item for item in read(text, "opml") if isinstance(item, FeedToFollow)]


def outlines(*those: str) -> str:
    return "<opml>\n" + "\n".join(those) + "\n</opml>"


GOOD = '<outline xmlUrl="https://toys.org/good"/>'


def test_feeds_come_from_any_depth_with_their_lines() -> None:
    assert read(FILE) == [
        FeedToFollow("https://toys.org/feed?a=1&b=2", "The Toy Blog", 8),
        FeedToFollow("http://toys.org/atom", "a > b", 12),
    ]


def test_an_address_is_no_name() -> None:
    """carrel writes it where it knows no other; the feed may say one when it is fetched."""
    address = "https://toys.org/feed"
    (found,) = feeds(writer.write([(address, address)]))
    assert (found.url, found.title) == (address, "")


def test_it_is_recognised_and_nothing_else_is_taken_for_it() -> None:
    assert opml.recognise("\n<!DOCTYPE opml [<!ENTITY a 'b'>]>\n<OPML version='1'>")
    assert not any(opml.recognise(sample.text) for sample in SAMPLES.values())
    assert [source.name for source in FORMATS if source.recognise(FILE)] == ["opml"]
    assert not opml.recognise("<html><body>opml</body></html>")
    assert not opml.recognise("")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_encoding(encoding: str) -> None:
    text = outlines('<outline text="Café" xmlUrl="https://toys.org/é"/>').replace("\n", "\r\n")
    assert feeds(text.encode(encoding)) == [FeedToFollow("https://toys.org/é", "Café", 2)]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('<outline type="rss" text="Toys"/>', "without its address"),
        ('<outline xmlUrl="file:///etc/passwd"/>', "no address of a feed"),
        ('<outline xmlUrl="javascript:alert(1)"/>', "no address of a feed"),
        ('<outline xmlUrl=""/>', "no address of a feed"),
        ('<outline xmlUrl="https://ada:secret@toys.org"/>', "address with a password in it"),
        ('<outline xmlUrl="https://' + "x" * 2000 + '"/>', "at most 1,000"),
        ('<outline xmlUrl="https://toys.org', "not closed"),
        ('<outline xmlUrl="https://toys.org" text="x/>', "not closed"),
        ("<outline xmlUrl=https://toys.org />", "not XML"),
        ('<outline xmlUrl="https://toys.org" oops />', "not XML"),
        ('<outlne xmlUrl="https://toys.org"/>', "in no outline"),
        ('< outline xmlUrl="https://toys.org"/>', "in no outline"),
        ('<outline xmlUrl="' + "x" * (5 << 20) + '"/>', "longer than 4 MB"),
    ],
)
def test_what_is_broken_costs_only_itself(broken: str, reason: str) -> None:
    items = read(outlines(GOOD, broken, GOOD.replace("good", "better")), "opml")
    assert [item.url for item in items if isinstance(item, FeedToFollow)] == [
        "https://toys.org/good",
        "https://toys.org/better",
    ]
    ((line, told),) = rejects(items)
    assert (line, reason in told) == (3, True), told
    assert is_inert(told)


def test_an_outline_without_its_beginning_is_told() -> None:
    items = read(outlines(GOOD, 'outline xmlUrl="https://toys.org"/>', GOOD), "opml")
    ((line, told),) = rejects(items)
    assert (len(items), line, "in no outline" in told) == (3, 3, True)


def test_a_comment_that_is_not_closed_is_told() -> None:
    items = read(outlines("<!-- <b/> -->", GOOD, "<!-- never", GOOD), "opml")
    assert [item.line for item in items if isinstance(item, FeedToFollow)] == [3]
    assert rejects(items) == [(4, "the comment is not closed")]


def test_a_bare_ampersand_is_a_part_of_the_address() -> None:
    (feed,) = feeds(outlines('<outline xmlUrl="https://toys.org/?a=1&b=2"/>'))
    assert feed.url == "https://toys.org/?a=1&b=2"


def test_hostile_text_is_plain_and_entities_stay_what_they_are() -> None:
    bomb = "<!DOCTYPE opml [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
    text = bomb + outlines(
        '<outline text="[/foo]&#27;]0;x&#x202e;&b;\x00" xmlUrl="https://toys.org/1"/>'
    )
    assert feeds(text)[0].title == "[/foo]]0;x&b;"


@pytest.mark.parametrize(
    "text",
    [
        "<opml><body/></opml>",
        "<html><body>Sign in</body></html>",
        "<opml><!-- " + GOOD + " -->",
        '<opml><outline text="a folder"><outlines url="https://toys.org"/></outline></opml>',
    ],
)
def test_a_file_without_feeds_is_an_error(text: str) -> None:
    with pytest.raises(SourceError, match="holds no feed"):
        read(text, "opml")


def test_nesting_of_any_depth_is_read() -> None:
    text = "<opml>" + "<outline text='x'>" * 20_000 + GOOD
    assert len(feeds(text)) == 1


@given(st.text(max_size=300))
def test_noise_is_rejected_or_read_and_no_more(noise: str) -> None:
    try:
        items = read(outlines(GOOD, noise), "opml")
    except SourceError:  # more of it is control characters than a text has
        return
    assert isinstance(items[0], FeedToFollow)
    assert all(isinstance(item, FeedToFollow | Reject) for item in items)


@given(st.lists(st.text(max_size=30), max_size=4))
def test_what_is_written_is_read(titles: list[str]) -> None:
    from index.text import clean_line

    given = [(clean_line(one), f"https://toys.org/{n}") for n, one in enumerate(titles)]
    text = writer.write(given)
    assert [(one.title, one.url) for one in feeds(text)] == given if given else opml.recognise(text)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library")
    yield library
    library.close()


def test_an_import_follows_the_feeds_as_one_action(library: Library) -> None:
    def bring(text: str) -> tuple[int, int, int, int]:
        report = library.import_files([None], stdin=io.BytesIO(text.encode()))
        return report.records, report.followed, report.unchanged, report.rejected

    library.follows.add("feed", "http://toys.org/atom")
    assert bring(FILE) == (2, 1, 1, 0)
    assert [one.name for one in library.follows.all()] == ["http://toys.org/atom", "The Toy Blog"]
    assert library.history.entries()[0].label == "followed a feed"
    assert bring(FILE) == (2, 0, 2, 0)
    more = outlines(*(GOOD.replace("good", str(n)) for n in range(3)), GOOD.replace("https", "ftp"))
    assert bring(more) == (4, 3, 0, 1)
    assert library.history.undo().message == "Undone: followed 3 feeds."
    assert len(library.follows.all()) == 2
