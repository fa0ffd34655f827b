from __future__ import annotations

import pytest

from index.sources.html_text import plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("no markup at all", "no markup at all"),
        ("<p>One <b>bold</b> word.</p>\n<p>Second<br/>line</p>", "One bold word.\nSecond\nline"),
        ("caf&eacute; &amp;amp; more &#960;", "café & more π"),
        ('<a href="https://a.org/?a=b>c" title=x>here</a>', "here"),
        ("<script>alert('<p>')</script>Text<style>p {}</style><!-- <b> -->.", "Text."),
        ("Cut off <!-- here", "Cut off"),
        ("Cut off <script>here", "Cut off"),
        ("CO<sub>2</sub> in <i>E. coli</i>", "CO2 in E. coli"),
        ("<jats:p>Of a publisher</jats:p>", "Of a publisher"),
        ("<ul><li>one</li><li>two</li></ul>", "one\ntwo"),
    ],
)
def test_html_becomes_its_text(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize(
    "text",
    ["We show $a<b$ and $c>d$.", "n <m and p> q", "if x < y > z", "a <unknown> word", "1 < 2"],
)
def test_what_only_looks_like_a_tag_stays(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize(
    "piece", ["<p ", "<!--", "<script>", '<a href="', "<a b=c ", " \n", "<", "&", "<p", " a=b"]
)
def test_markup_over_and_over_is_read_in_one_go(piece: str) -> None:
    assert len(plain("<p>" + piece * 100_000)) <= 1_000_000
