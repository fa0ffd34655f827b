"""Papers as Markdown, read back by a parser of CommonMark."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.exports import FORMATS, Abstracts, Exported, ExportOptions, exporter
from index.text import clean_line, clean_text
from index.views import Detail, Link
from tests.index.exports.papers import exported, shown

HOSTILE = [
    "[/foo] [x](y) [[z|w]] ![i](u) [^1]",
    "[@click=app.quit]x[/]",
    "](javascript:alert(1))",
    "<script>alert(1)</script> <b> </a>",
    "<!-- comment --> <?php ?> <![CDATA[x]]>",
    "<https://x.y> https://x.y www.x.y a@b.c",
    "*a* **b** _c_ __d__ ***e*** snake_case _x",
    "`code` ``two`` ` one",
    "# x",
    "#tag #1 C# ##",
    "C #",
    "1. x",
    "12) x",
    "- x",
    "---",
    "+ x",
    "> x",
    "| a | b |",
    ": x",
    "&amp; &#39; &copy R&D &nbsp;",
    "$x$ $y$ and 5$",
    "~~gone~~ ~5% H~2~O",
    "==high== %%note%% a^b^c",
    r"back\slash \* \[ \ end\\",
    "= === x",
    "Trailing backslash\\",
    "日本語 العربية 👩‍💻 Ünï",
]
TITLES = st.text(
    st.one_of(st.characters(), st.sampled_from("\\`*_{}[]<>()#+-.!|~&$^=%:'\" \t1aé")), min_size=1
)


def parsed(*papers: Detail, title: str = "", abstracts: Abstracts = "folded") -> list[Token]:
    text = markdown(*papers, title=title, abstracts=abstracts)
    return MarkdownIt("commonmark").enable("strikethrough").enable("table").parse(text)


def markdown(*papers: Detail, title: str = "", abstracts: Abstracts = "folded") -> str:
    return exported("markdown", *map(shown, papers), title=title, abstracts=abstracts)


def rendered(inline: Token) -> str:
    """The text of a line as it is read; markup that makes no text is not expected in it."""
    children = inline.children or []
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    return "".join(child.content for child in children)


def headings(tokens: list[Token]) -> Iterator[Token]:
    return (after for token, after in pairwise(tokens) if token.type == "heading_open")


def links(tokens: list[Token]) -> list[str]:
    children = [child for token in tokens for child in token.children or []]
    return [str(child.attrs["href"]) for child in children if child.type == "link_open"]


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_its_text(title: str, linked: bool) -> None:
    urls = (Link("page", "https://x.y/"),) if linked else ()
    paper = Detail(1, "k", title, links=urls, authors=(title,), venue=title, abstract=title)
    tokens = parsed(paper, title=title, abstracts="full")
    assert [rendered(heading) for heading in headings(tokens)] == [title, title]
    lines = [rendered(token) for token in tokens if token.type == "inline"]
    assert lines == [title, title, title, title, title, "1 paper"]
    assert links(tokens) == ["https://x.y/"] * linked


@given(TITLES.map(clean_line).filter(bool), st.booleans())
def test_any_title_is_its_text(title: str, linked: bool) -> None:
    urls = (Link("page", "https://x.y/"),) if linked else ()
    (heading,) = headings(parsed(Detail(1, "k", title, links=urls)))
    assert rendered(heading) == title


@given(TITLES.map(clean_text).filter(bool))
def test_any_abstract_is_its_text(abstract: str) -> None:
    paragraphs = [" ".join(part.split()) for part in abstract.split("\n\n")]
    full = parsed(Detail(1, "k", "T", abstract=abstract), abstracts="full")
    lines = [rendered(token) for token in full if token.type == "inline"]
    assert lines == ["T", *paragraphs, "1 paper"]
    folded = parsed(Detail(1, "k", "T", abstract=abstract))
    (block,) = [token.content for token in folded if token.type == "html_block"]
    assert text_of(block) == ["Abstract", *paragraphs]


@pytest.mark.parametrize("abstract", HOSTILE)
def test_a_folded_abstract_is_plain_text_to_html_and_to_markdown(abstract: str) -> None:
    text = markdown(Detail(1, "k", "T", abstract=abstract))
    line = next(line for line in text.split("\n") if line.startswith("<p>"))
    inside = line.removeprefix("<p>").removesuffix("</p>")
    assert not set(inside) & set("<>*_`[]\\~$")
    # pandoc reads Markdown within HTML
    (paragraph,) = [token for token in MarkdownIt().parse(inside) if token.type == "inline"]
    assert rendered(paragraph) == abstract


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag in ("p", "summary"):
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if self.lines and data != "\n":
            self.lines[-1] += data


def text_of(block: str) -> list[str]:
    reader = _Text()
    reader.feed(block)
    reader.close()
    assert set(reader.tags) == {"details", "summary", "p"}
    return reader.lines


def test_a_paper_in_full() -> None:
    paper = Detail(
        1,
        "song2024graph",
        "Graph Parsing",
        abstract="We parse.\n\nThen we\npool.",
        authors=("Ada Müller", "Bo Li"),
        published="2024-03",
        venue="ICLR",
        identifiers=(("arxiv", "2402.14393"),),
        links=(Link("code", "https://git.example/a(b)"), Link("pdf", "https://x.y/p.pdf")),
        starred=True,
        read=True,
        tags=("gnn", "a/b", "odd`tag"),
        note="Reads *well*.",
    )
    assert markdown(paper, title="thesis") == (
        "# thesis\n\n"
        "## [Graph Parsing](https://x.y/p.pdf)\n\n"
        "Ada Müller, Bo Li\n\n"
        "ICLR 2024 · read · starred · [code](https://git.example/a%28b%29)"
        " · `#gnn` `#a/b` ``#odd`tag``\n\n"
        "> Reads *well*.\n\n"
        "<details>\n<summary>Abstract</summary>\n"
        "<p>We parse.</p>\n<p>Then we pool.</p>\n</details>\n\n"
        "---\n\n1 paper\n"
    )
    assert "We parse.\n\nThen we pool.\n\n" in markdown(paper, abstracts="full")
    assert "pool" not in markdown(paper, abstracts="none")


def test_a_paper_with_nothing_but_a_title() -> None:
    assert markdown(Detail(1, "k", "Alone")) == "## Alone\n\n---\n\n1 paper\n"
    assert markdown() == "---\n\n0 papers\n"


def test_the_page_comes_before_the_pdf_and_both_before_the_identifier() -> None:
    pdf, page = Link("pdf", "https://x.y/p"), Link("page", "https://x.y/")
    doi = (("doi", "10.1016/S0140-6736(05)1"),)
    assert links(parsed(Detail(1, "k", "T", links=(pdf, page)))) == [
        "https://x.y/",
        "https://x.y/p",
    ]
    assert links(parsed(Detail(1, "k", "T", links=(pdf,), identifiers=doi))) == ["https://x.y/p"]
    (by_doi,) = links(parsed(Detail(1, "k", "T", identifiers=doi)))
    assert by_doi == "https://doi.org/10.1016/s0140-6736%2805%291"


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ('https://x.y/a b)(c<d>"e', "https://x.y/a%20b%29%28c%3Cd%3E%22e"),
        ("https://x.y/?a=1&copy=2&lt;=3#é", "https://x.y/?a=1&copy=2&lt;=3#%C3%A9"),
        ("https://x.y/%20_a_*b*[c]\\", "https://x.y/%20_a_%2Ab%2A%5Bc%5D%5C"),
        ("HTTP://x.y/", "HTTP://x.y/"),
    ],
)
def test_addresses_are_safe(url: str, target: str) -> None:
    tokens = parsed(Detail(1, "k", "T", links=(Link("page", url),)))
    assert links(tokens) == [target]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x.y", "file:///etc"])
def test_other_schemes_are_no_links(url: str) -> None:
    tokens = parsed(Detail(1, "k", "T", links=(Link("page", url), Link("code", url))))
    assert links(tokens) == []


def test_the_year_is_not_said_twice() -> None:
    def facts(venue: str, published: str) -> str:
        paper = Detail(1, "k", "T", venue=venue, published=published)
        return markdown(paper).split("\n\n")[1]

    assert facts("Findings of ACL 2023", "2023-07-01") == "Findings of ACL 2023"
    assert facts("Nature", "1999") == "Nature 1999"
    assert facts("", "1999") == "1999"
    assert facts("1. Workshop", "") == "1\\. Workshop"


def test_long_lists_of_authors_are_cut() -> None:
    ten = tuple(f"A{n}" for n in range(10))
    assert "A0, A1, A2, A3, A4, A5, A6, A7, A8, A9\n" in markdown(Detail(1, "k", "T", authors=ten))
    many = markdown(Detail(1, "k", "T", authors=(*ten, "B", "C")))
    assert "A8, A9 and 2 others\n" in many


NOTE = """# My heading

- item

  more of it

```
never closed <!-- nor this
</details><script>"""


def test_a_note_stays_markdown_within_its_quotation() -> None:
    tokens = parsed(Detail(1, "k", "T", note=NOTE, abstract="After."), Detail(2, "l", "U"))
    depth = 0
    quoted: list[str] = []
    outside: list[str] = []
    for token in tokens:
        depth += token.nesting if token.type.startswith("blockquote") else 0
        (quoted if depth else outside).append(token.type)
    assert {"heading_open", "bullet_list_open", "fence"} <= set(quoted)
    assert "html_block" not in quoted
    assert outside.count("heading_open") == 2
    assert outside.count("html_block") == 1
    assert "&lt;script" in markdown(Detail(1, "k", "T", note=NOTE))


def test_no_more_is_escaped_than_needed() -> None:
    plain = "Pre-training v2.0 (R&D): 50% off, snake_case, C#, ~5% for $1 + b? Yes! {x} a|b 2^n > q"
    assert f"## {plain}\n" in markdown(Detail(1, "k", plain))


def test_an_export_streams() -> None:
    def endless() -> Iterator[Exported]:
        number = 0
        while True:
            number += 1
            yield shown(Detail(number, "k", f"Paper {number}"))

    chunks = exporter(FORMATS["markdown"])(endless(), ExportOptions("All"))
    assert [next(chunks) for _ in range(3)] == ["# All\n\n", "## Paper 1\n\n", "## Paper 2\n\n"]
