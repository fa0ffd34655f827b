"""The plain text of HTML, as feeds and publishers give it.

A sign that only looks like a tag (``$a<b$``) stays: abstracts are full of them.
"""

from __future__ import annotations

import re

from index.sources.fields import unescaped

_INLINE = (
    "a|abbr|b|big|button|cite|code|del|dfn|em|embed|font|form|i|iframe|img|input|ins|kbd|label|mark|"
    "math|m[ino]|mfrac|mrow|msqrt|msu[bp]|msubsup|mtext|object|picture|q|s|samp|small|source|span|"
    "strike|strong|sub|sup|svg|time|tt|u|var|video|wbr|(?:jats|mml):[a-z-]+"
)
_BLOCK = (
    "article|aside|blockquote|body|br|center|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|"
    "header|hr|html|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul"
)
_REST = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))*+\s*/?>"""
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|head|template)\b[^<>]*>.*?(?:</\1\s*>|\Z)", re.I | re.S
)
_TAG = re.compile(rf"</?(?:(?P<block>{_BLOCK})|{_INLINE}){_REST}", re.I)


def plain(html: str) -> str:
    """The text of HTML, its paragraphs on lines of their own, entities as characters."""
    if "<" in html:
        html = re.sub(r"\s+", " ", _UNSEEN.sub("", html))
        html = _TAG.sub(lambda tag: "\n" if tag["block"] else "", html)
        html = re.sub(r" *\n[ \n]*", "\n", html).strip()
    return unescaped(html)
