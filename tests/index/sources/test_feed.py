from __future__ import annotations

import pytest

from index.errors import ServiceError
from index.identifiers import Identifier
from index.paper import Paper
from index.sources import feed
from index.sources.base import Record
from index.sources.http import Http, Known
from index.views import Reject
from tests.index.sources.samples import is_inert, records, rejects
from tests.index.sources.serving import Reply, Server, versioned

ARXIV = """<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/"
 version="2.0">
<channel><title>cs.LG updates on arXiv.org</title><link>http://rss.arxiv.org/rss/cs.LG</link>
<item>
  <title>Toys with $a &lt; b$</title>
  <link>https://arxiv.org/abs/2402.14393</link>
  <description>arXiv:2402.14393v{version} Announce Type: {type}
Abstract: We show $a&lt;b$ and $c&gt;d$ for R\\&amp;D.</description>
  <guid isPermaLink="false">oai:arXiv.org:2402.14393v{version}</guid>
  <category>cs.LG</category>
  <category>cs.AI</category>
  <pubDate>Fri, 20 Nov 2026 00:00:00 -0500</pubDate>
  <arxiv:announce_type>{type}</arxiv:announce_type>
  <arxiv:DOI>10.1234/Abc.5</arxiv:DOI>
  <arxiv:journal_reference>J. Toys 3</arxiv:journal_reference>
  <dc:creator>Ada Song (MIT, Boston), Bo Li, Plato</dc:creator>
</item></channel></rss>
"""

JOURNAL = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/">
<channel rdf:about="https://toys.org/rss"><title>Toys</title></channel>
<item rdf:about="https://toys.org/articles/5">
<title><![CDATA[Tuning <i>E. coli</i> &amp; more]]></title>
<link>https://toys.org/articles/5</link>
<content:encoded><![CDATA[<p>Toys, 20 November 2026</p>We tune 1 &lt; 2.]]></content:encoded>
<dc:creator>Song, Ada</dc:creator>
<dc:creator>Bo Li</dc:creator>
<dc:identifier>doi:10.1234/abc.5</dc:identifier>
<prism:publicationName>Journal of Toys</prism:publicationName>
<prism:publicationDate>2026-11</prism:publicationDate>
</item></rdf:RDF>
"""

BLOG = """<feed xmlns="http://www.w3.org/2005/Atom">
<title type="html">The &lt;b&gt;Toy&lt;/b&gt; Blog</title>
<entry><title>On a &lt; b</title><link href="/posts/5"/><id>tag:toys.org,2026:5</id>
<link rel="related" href="https://arxiv.org/abs/2402.14393"/>
<updated>2026-11-20T10:00:00Z</updated>
<author><name>Ada Song</name><email>ada@toys.org</email></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>One <b>bold</b> &lt; two.</p><p>Code: <a href="x">https://github.com/toys/code</a>.</p></div>
</content></entry></feed>
"""

ITEM = """<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title>
<item><title>One</title>{}</item></channel></rss>"""


def serve(server: Server, body: str | bytes) -> str:
    """Let a feed be there; its address."""
    content = body.encode() if isinstance(body, str) else body
    server.on("/feed.xml", Reply(content))
    return f"{server.address}/feed.xml"


def one(server: Server, http: Http, body: str) -> Record:
    (record,) = records(feed.read(http, serve(server, body)))
    return record


def paper(server: Server, http: Http, item: str) -> Paper:
    """The paper of an item with these elements."""
    return one(server, http, ITEM.format(item)).paper


def test_arxivs_own_feed_gives_whole_papers(server: Server, http: Http) -> None:
    text = ARXIV.format(version=1, type="cross")
    record = one(server, http, text)
    paper = record.paper
    assert paper.title == "Toys with $a < b$"
    assert paper.abstract == "We show $a<b$ and $c>d$ for R\\&D."
    assert paper.authors == ("Ada Song", "Bo Li", "Plato")
    assert paper.published == "2026-11-20"
    assert paper.venue == "J. Toys 3"
    assert paper.categories == ("cs.LG", "cs.AI")
    assert paper.version == 1
    assert paper.source == "feed"
    assert paper.identifiers == (
        Identifier("arxiv", "2402.14393"),
        Identifier("doi", "10.1234/abc.5"),
    )
    assert paper.links == ()
    assert (record.file, record.line) == (f"{server.address}/feed.xml", 1)
    assert record.raw == text[text.index("<item>") : text.index("</channel>")]


def test_the_day_of_a_new_version_is_not_that_of_the_paper(server: Server, http: Http) -> None:
    paper = one(server, http, ARXIV.format(version=3, type="replace-cross")).paper
    assert paper.version == 3
    assert paper.published is None


def test_a_journals_feed_gives_its_papers(server: Server, http: Http) -> None:
    paper = one(server, http, JOURNAL).paper
    assert paper.title == "Tuning E. coli & more"
    assert paper.abstract == "Toys, 20 November 2026\nWe tune 1 < 2."
    assert paper.authors == ("Ada Song", "Bo Li")
    assert paper.published == "2026-11"
    assert paper.venue == "Journal of Toys"
    assert paper.identifiers == (Identifier("doi", "10.1234/abc.5"),)
    assert [(link.kind, link.url) for link in paper.links] == [
        ("page", "https://toys.org/articles/5")
    ]


def test_a_blogs_feed_gives_its_entries(server: Server, http: Http) -> None:
    paper = one(server, http, BLOG).paper
    assert paper.title == "On a < b"
    assert paper.abstract == "One bold < two.\nCode: https://github.com/toys/code."
    assert paper.authors == ("Ada Song",)
    assert paper.published == "2026-11-20"
    assert paper.identifiers == ()
    assert [(link.kind, link.url) for link in paper.links] == [
        ("page", f"{server.address}/posts/5"),
        ("code", "https://github.com/toys/code"),
    ]


@pytest.mark.parametrize(
    ("item", "identifier"),
    [
        ("<link>https://doi.org/10.1234/ABC</link>", Identifier("doi", "10.1234/abc")),
        ("<guid>https://dx.doi.org/10.1234/abc</guid>", Identifier("doi", "10.1234/abc")),
        (
            "<link>https://dl.acm.org/doi/abs/10.1234/abc?af=R</link>",
            Identifier("doi", "10.1234/abc"),
        ),
        (
            "<link>https://a.wiley.com/doi/10.1234%2Fabc%281%29</link>",
            Identifier("doi", "10.1234/abc(1)"),
        ),
        ("<dc:identifier>info:doi/10.1234/abc</dc:identifier>", Identifier("doi", "10.1234/abc")),
        ("<dc:identifier>10.1234/abc</dc:identifier>", Identifier("doi", "10.1234/abc")),
        ("<link>http://arxiv.org/abs/2402.14393v2</link>", Identifier("arxiv", "2402.14393")),
        (
            "<link>https://aclanthology.org/2024.acl-long.1/</link>",
            Identifier("acl", "2024.acl-long.1"),
        ),
    ],
)
def test_what_names_a_paper_is_found(
    server: Server, http: Http, item: str, identifier: Identifier
) -> None:
    assert paper(server, http, item).identifiers == (identifier,)


@pytest.mark.parametrize(
    ("item", "authors"),
    [
        (
            "<dc:creator>Ada Song, Bo Li and Cy Young</dc:creator>",
            ("Ada Song", "Bo Li", "Cy Young"),
        ),
        ("<dc:creator>Song, Ada; Li, Bo</dc:creator>", ("Ada Song", "Bo Li")),
        ("<author>ada@toys.org (Ada Song)</author>", ("Ada Song",)),
        ("<author>ada@toys.org</author>", ()),
        ("<authors>Ada Song</authors>", ()),
    ],
)
def test_authors_are_told_apart(
    server: Server, http: Http, item: str, authors: tuple[str, ...]
) -> None:
    assert paper(server, http, item).authors == authors


@pytest.mark.parametrize(
    "item",
    [
        "<links>x</links><tags>x</tags><authors>x</authors><content>x</content>",
        "<published_parsed>x</published_parsed><title_detail>x</title_detail>",
        '<dc:identifier kind="doi">10.1234/abc</dc:identifier>',
        '<summary_detail type="html"/><source>x</source><enclosure/>',
        "<pubDate>soon</pubDate><link>javascript:alert(1)</link><guid>x</guid>",
        "<link>http://[</link><comments/><category/>",
    ],
)
def test_strange_elements_cost_nothing(server: Server, http: Http, item: str) -> None:
    assert paper(server, http, item).title == "One"


def test_a_whole_article_is_shortened(server: Server, http: Http) -> None:
    found = paper(server, http, f"<description>{'word ' * 100_000}</description>")
    assert found.abstract.endswith("word…")
    assert len(found.abstract) <= 20_000


def test_hostile_text_is_plain_text(server: Server, http: Http) -> None:
    hostile = "<![CDATA[[/foo] \x9b31m \u202egnp.exe <img src=x onerror=alert(1)>]]>"
    found = paper(server, http, f"<description>{hostile}</description>")
    assert found.abstract == "[/foo] ›31m gnp.exe"
    assert is_inert(found.abstract)


def test_entries_without_a_title_cost_only_themselves(server: Server, http: Http) -> None:
    text = ITEM.format("").replace("</channel>", "<item><link>x</link></item></channel>")
    items = list(feed.read(http, serve(server, text)))
    assert len(records(items)) == 1
    assert rejects(items) == [(2, "the title is missing")]


def test_an_entry_longer_than_any_costs_only_itself(server: Server, http: Http) -> None:
    text = ITEM.format("").replace(
        "<item>", f"<item><title>Long</title><x>{'word ' * 900_000}</x></item><item>"
    )
    items = list(feed.read(http, serve(server, text)))
    assert [record.line for record in records(items)] == [2]
    assert rejects(items) == [(1, "the entry is longer than 4 MB")]


def test_a_feed_larger_than_any_is_one_sentence(server: Server, http: Http) -> None:
    address = serve(server, b" " * (feed.LARGEST + 1))
    with pytest.raises(ServiceError, match="more than 16 MB"):
        list(feed.read(http, address))


@pytest.mark.parametrize(
    ("cut", "came", "left_out"),
    [
        ("Two", ["One"], [(2, "the answer breaks off within it")]),
        ("<item><title>Two", ["One"], []),
        ("</channel>", ["One", "Two"], []),
    ],
)
def test_a_feed_that_breaks_off_gives_what_is_whole_and_says_so(
    server: Server, http: Http, cut: str, came: list[str], left_out: list[tuple[int, str]]
) -> None:
    text = ITEM.format("").replace("</channel>", "<item><title>Two</title></item></channel>")
    items: list[Record | Reject] = []
    with pytest.raises(ServiceError) as error:
        items.extend(feed.read(http, serve(server, text[: text.index(cut)])))
    assert str(error.value) == "The feed breaks off in the middle; try again later."
    assert [record.paper.title for record in records(items)] == came
    assert rejects(items) == left_out


def test_a_feed_in_which_nothing_is_new_gives_nothing(server: Server, http: Http) -> None:
    server.on("/feed.xml", versioned(JOURNAL.encode()))
    known: Known = {}
    assert len(list(feed.read(http, f"{server.address}/feed.xml", known))) == 1
    assert list(feed.read(http, f"{server.address}/feed.xml", known)) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "it is empty"),
        (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "it is a web page"),
        (b'{"papers": []}', "it is neither Atom nor RSS"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><rss/>', "it declares entities of its own"),
    ],
)
def test_what_is_no_feed_is_one_sentence(
    server: Server, http: Http, body: bytes, reason: str
) -> None:
    address = serve(server, body)
    for question in (feed.title, lambda http, what: list(feed.read(http, what))):
        with pytest.raises(ServiceError) as error:
            question(http, address)
        assert str(error.value) == f"This is no feed: {reason}."


def test_a_feed_says_what_it_is_called(server: Server, http: Http) -> None:
    assert feed.title(http, serve(server, BLOG)) == "The Toy Blog"
    assert feed.title(http, serve(server, JOURNAL)) == "Toys"
    nameless = serve(server, ITEM.format("").replace("<title>t</title>", ""))
    assert feed.title(http, nameless) == nameless


@pytest.mark.parametrize(
    ("what", "recognised"),
    [
        ("https://toys.org/feed.xml", True),
        ("http://localhost:8000/", True),
        ("file:///etc/passwd", False),
        ("ftp://toys.org/feed", False),
        ("toys.org/feed", False),
        ("", False),
    ],
)
def test_an_address_is_recognised(what: str, recognised: bool) -> None:
    assert feed.recognise(what) == recognised
