"""Text made safe for Markdown, escaping no more than would be read as markup.

Readers of Markdown differ: CommonMark is what all share, GitHub adds strikethrough and maths,
pandoc sub- and superscripts, Obsidian tags, highlights and comments. What is escaped here is plain
text to each of them.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_MARKUP = re.compile(
    r"""
    [\\`*\[\]<]
  | &(?=\#?\w+;)                # an entity; R&D is none
  | (?<![^\W_])_ | _(?![^\W_])  # emphasis; within snake_case there is none
  | ~(?=~) | (?<=\S)~           # strikethrough and subscript; ~5% is none
  | (?<!\w)\#                   # a tag, a reference, or the end of a heading; C# is none
  | =(?==) | %(?=%)             # a highlight, a comment
    """,
    re.VERBOSE,
)
# What begins a list, a quotation or a line block, where a paragraph begins.
_START = re.compile(
    r"\A((?:\(?(?:\d{1,9}|[a-z]|[ivx]{2,5})(?=[.)]))?)([-+](?=[-+\s]|$)|[>|]|:(?=\s)|[.)](?=\s|$))"
)
_MARKUP_IN_HTML = re.compile(r"[&<>\\`*_\[\]~$^#@]")
_UNSAFE_IN_ADDRESS = re.compile(r"[^!#%&+,./0-9:;=?@A-Za-z_~-]+")
# Unclosed, these would swallow what follows the note; and details would fold it.
_SWALLOWING = re.compile(
    r"<(?=[!?]|/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext|details|summary"
    r"|blockquote)\b)",
    re.IGNORECASE,
)


def inline(text: str) -> str:
    """Escape text that stands within a line of Markdown."""
    text = _MARKUP.sub(r"\\\g<0>", text)
    for sign in "$^":  # maths and superscripts take two
        if text.count(sign) > 1:
            text = text.replace(sign, f"\\{sign}")
    return text


def paragraph(text: str) -> str:
    """Escape a line of text that a paragraph of Markdown begins with."""
    return _START.sub(r"\1\\\2", inline(text))


def html(text: str) -> str:
    """Escape text within HTML, also for readers that look for Markdown in there."""
    text = _MARKUP_IN_HTML.sub(lambda sign: f"&#{ord(sign[0])};", text)
    return _START.sub(lambda start: f"{start[1]}&#{ord(start[2])};", text)


def code(text: str) -> str:
    """Set a line of text as code."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if longest and (text[0] == "`" or text[-1] == "`") else ""
    return f"{fence}{blank}{text}{blank}{fence}"


def address(url: str) -> str:
    """Make an address safe within a link; "" for one that is neither http nor https."""
    if not url.lower().startswith(("http://", "https://")):
        return ""
    url = _UNSAFE_IN_ADDRESS.sub(lambda part: quote(part[0], safe=""), url)
    return re.sub(r"&(?=#?\w+;)", "&amp;", url)


def quotation(markdown: str) -> str:
    """Quote somebody's own Markdown: it stays Markdown, and stays within the quotation."""
    lines = _SWALLOWING.sub("&lt;", markdown).split("\n")
    return "\n".join(f"> {line}" if line else ">" for line in lines)
