"""Feeds of every kind, and of every kind of breakage, from their bytes."""

from __future__ import annotations

import codecs
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.paper import Paper
from index.sources import Record
from index.sources.atom_rss import Entry, day, papers, parse_feed, people
from index.views import Reject

ATOM = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Toys</title>
<entry><id>a</id><title>Naïve Tuning</title><author><name>Ada Søng</name></author></entry>
<entry><published>2026-11-20T23:30:00-05:00</published><title>On $a&lt;b$ &amp; more</title></entry>
</feed>
"""


def entries(text: str | bytes) -> tuple[Entry, ...]:
    return parse_feed(text.encode() if isinstance(text, str) else text).entries


def titles(text: str | bytes) -> list[str]:
    return [entry.fields["title"] for entry in entries(text)]


RSS_1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="{}"><channel><title>t</title></channel><item><title>One</title></item>
<item><title>Two</title></item></rdf:RDF>"""
RSS_2 = """<rss version="{}"><channel><title>t</title><item><title>One</title></item>
<item><title>Two</title></item></channel></rss>"""


@pytest.mark.parametrize(
    "text",
    [
        RSS_1.format("http://my.netscape.com/rdf/simple/0.9/"),
        RSS_1.format("http://purl.org/rss/1.0/"),
        *(RSS_2.format(version) for version in ("0.91", "0.92", "2.0", "3")),
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://a.org/rss.dtd">'
        + RSS_2.format("0.91"),
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#">'
        "<entry><title>One</title></entry><entry><title>Two</title></entry></feed>",
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom">'
        "<a:entry><a:title>One</a:title></a:entry><a:entry><a:title>Two</a:title></a:entry></a:feed>",
    ],
)
def test_every_kind_of_feed_is_read(text: str) -> None:
    found = entries(text)
    assert [entry.fields["title"] for entry in found] == ["One", "Two"]
    assert all(entry.is_whole for entry in found)
    for entry, title in zip(found, ("One", "Two"), strict=True):
        assert entry.raw in text
        assert f"title>{title}</" in entry.raw


def test_an_entry_has_its_fields_and_its_xml_as_it_came() -> None:
    feed = parse_feed(ATOM.encode())
    assert feed.fields["title"] == "Toys"
    first, second = feed.entries
    assert first.raw == ATOM.splitlines()[2]
    assert people(first.fields) == ["Ada Søng"]
    assert day(first.fields) is None
    assert second.fields["title"] == "On $a<b$ & more"
    assert day(second.fields) == "2026-11-20"


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-20T00:30:00+09:00", "2026-11-20"),
        ("2026-11", "2026-11"),
        ("Fri, 20 Nov 2026 23:30:00 -0500", "2026-11-20"),
        ("20 Nov 2026 00:30 +0900", "2026-11-20"),
        ("20261120", "2026-11-20"),
        ("Fri, 31 Feb 2026 00:00:00 GMT", "2026-02"),
        ("soon", None),
        ("Fri, 99 Nov 99999999999999999999 00:00:00 GMT", None),
        ("", None),
    ],
)
def test_the_day_is_that_of_where_it_was_said(moment: str, said: str | None) -> None:
    item = f"<item><title>One</title><pubDate>{moment}</pubDate></item>"
    (entry,) = entries(f'<rss version="2.0"><channel>{item}</channel></rss>')
    assert day(entry.fields) == said


@pytest.mark.parametrize(
    ("charset", "body"),
    [
        ("", ATOM.encode()),
        ("", codecs.BOM_UTF8 + ATOM.encode()),
        ("", ATOM.encode("utf-16")),
        ("", ATOM.encode("utf-16-be")),
        ("", ATOM.replace("UTF-8", "ISO-8859-1").encode("latin-1")),
        ("iso-8859-1", ATOM.encode("latin-1")),
        ("iso-8859-1", ATOM.encode()),  # which the server only says of everything
        ("utf-8", ATOM.replace("UTF-8", "nonsense").encode("latin-1")),
        ("zlib_codec", ATOM.encode("cp1252")),
        ("", b" \n\n" + ATOM.encode()),
    ],
)
def test_a_feed_is_the_same_in_every_encoding(charset: str, body: bytes) -> None:
    first, second = parse_feed(body, charset).entries
    assert first.fields["title"] == "Naïve Tuning"
    assert people(first.fields) == ["Ada Søng"]
    assert second.fields["title"] == "On $a<b$ & more"


def test_a_name_that_was_read_in_the_wrong_encoding_is_read_again() -> None:
    misread = "José Raúl".encode().decode("latin-1")
    (first, _) = entries(ATOM.replace("Ada Søng", misread))
    assert people(first.fields) == ["José Raúl"]


def test_a_feed_without_entries_is_a_feed() -> None:
    feed = parse_feed(b'<rss version="2.0"><channel><title>Quiet</title></channel></rss>')
    assert feed.fields["title"] == "Quiet"
    assert feed.entries == ()


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is empty"),
        (b" \n<?xml version='1.0'?>", "it is empty"),
        (b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>", "it is a web page"),
        (b"<html lang='en'><body><item>x</item></body></html>", "it is a web page"),
        (b'{"papers": []}', "it is neither Atom nor RSS"),
        (b"%PDF-1.7 \x00\xff", "it is neither Atom nor RSS"),
        (b"\x00\x01\x02", "it is neither Atom nor RSS"),
        (b"<other><title>x</title></other>", "it is neither Atom nor RSS"),
        (b'<rss version="2.0"><channel><title>cut', "it is neither Atom nor RSS"),
    ],
)
def test_what_is_no_feed_is_told(body: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        parse_feed(body)


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE rss [\n<!ENTITY a0 "ha">\n'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">\n' for n in range(1, 10))
    + ']>\n<rss version="2.0"><channel><item><title>&a9;</title></item></channel></rss>'
)
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + RSS_2.format(
    "2.0"
).replace("One", "&x;")


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, BOMB.replace("\n", " "), f"<!-- {BOMB} -->{BOMB}"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_a_feeds_own_are_refused(text: str, encoding: str) -> None:
    with pytest.raises(ValueError, match="it declares entities of its own"):
        parse_feed(text.encode(encoding))


def test_entities_that_nobody_declared_stand_for_themselves() -> None:
    (title,) = titles(BOMB[BOMB.index("<rss") :])
    assert title == "&a9;"


def test_entities_of_html_are_characters() -> None:
    assert titles(RSS_2.format("2.0").replace("One", "caf&eacute; &#233; &amp; &#0;&#xD800;x"))[
        0
    ] == ("café é & x")


@pytest.mark.parametrize("cut", range(20, len(ATOM) - 10, 7))
def test_of_a_feed_that_breaks_off_the_whole_entries_come(cut: int) -> None:
    text = ATOM[:cut]
    whole = text.count("</entry>")
    try:
        found = entries(text)
    except ValueError:
        assert not whole
        return
    assert [entry.is_whole for entry in found[:whole]] == [True] * whole
    assert not any(entry.is_whole for entry in found[whole:])
    for entry, title in zip(found[:whole], ("Naïve Tuning", "On $a<b$ & more"), strict=False):
        assert entry.fields["title"] == title


def test_where_what_are_entries_is_not_clear_their_fields_stand_for_their_xml() -> None:
    foreign = '<x:item xmlns:x="urn:other"/>'
    found = entries(RSS_2.format("2.0").replace("</channel>", f"{foreign}</channel>"))
    assert [json.loads(entry.raw)["title"] for entry in found] == ["One", "Two"]
    assert all(entry.is_whole for entry in found)


PLACED = "<gml:pos>52 13</gml:pos>"
"""A place outside of its frame, on which feedparser raises."""


def test_an_entry_that_cannot_be_read_costs_only_itself() -> None:
    text = RSS_2.format("2.0").replace('">', '" xmlns:gml="http://www.opengis.net/gml">')
    broken = f"<item><title>Broken</title>{PLACED}</item>"
    feed = parse_feed(text.replace("<item>", f"{broken}<item>", 1).encode())
    assert feed.fields["title"] == "t"
    assert [entry.fields.get("title") for entry in feed.entries] == [None, "One", "Two"]
    assert feed.entries[0].raw == broken
    items = list(papers(feed, lambda fields: Paper(title=str(fields["title"])), "toys"))
    assert [(item.line, item.reason) for item in items if isinstance(item, Reject)] == [
        (1, "nothing in it can be read")
    ]
    assert [item.paper.title for item in items if isinstance(item, Record)] == ["One", "Two"]


def test_a_feed_that_cannot_be_read_outside_of_its_entries_has_them_all_the_same() -> None:
    text = RSS_2.format("2.0").replace('">', '" xmlns:gml="http://www.opengis.net/gml">')
    assert titles(text.replace("<title>t</title>", PLACED)) == ["One", "Two"]
    with pytest.raises(ValueError, match=r"^it is too broken to be read$"):
        parse_feed(re.sub("<item>.*</item>", PLACED, text, flags=re.S).encode())


def test_tags_in_comments_and_character_data_begin_no_entry() -> None:
    item = "<item><title>One</title><description><![CDATA[</item><item>]]></description></item>"
    (entry,) = entries(f'<rss version="2.0"><channel><!-- <item> -->{item}</channel></rss>')
    assert entry.raw == item


@pytest.mark.parametrize(
    "body",
    [
        b"<a>" * 10_000 + b"</a>" * 10_000,
        b"\n" * 100_000,
        b"x" * 200_000,
        b"1-" * 100_000,
        b"<item " * 1000,
        b"<![CDATA[" * 10_000,
        b"&#99999999999;" * 1000,
        b"&nothing;" * 1000,
        b"\x00" * 10_000,
    ],
    ids=repr,
)
@pytest.mark.parametrize("element", ["title", "author", "pubDate", "link", "description"])
def test_hostile_values_cost_no_more_than_themselves(body: bytes, element: str) -> None:
    tag = element.encode()
    first = b"<item><title>One</title></item>"
    text = (
        b'<rss version="2.0"><channel>' + first + b"<item><%b>%b</%b></item></channel></rss>"
    ) % (tag, body, tag)
    assert parse_feed(text).entries[0].fields["title"] == "One"


@settings(max_examples=60, deadline=None)
@given(noise=st.binary(max_size=300))
def test_noise_is_read_or_refused_and_no_more(noise: bytes) -> None:
    for body in (noise, ATOM.encode()[:300] + noise, ATOM.encode().replace(b"more", noise)):
        try:
            feed = parse_feed(body)
        except ValueError:
            continue
        assert all(entry.raw for entry in feed.entries)
