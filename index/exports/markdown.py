"""Markdown: papers as they are read on GitHub, in Obsidian, or through pandoc.

    # thesis

    ## [Graph Parsing Networks](https://arxiv.org/abs/2402.14393)

    Yunchong Song, Siyuan Huang, Xinbing Wang

    ICLR 2024 · read · starred · ★★★★ · [PDF](https://arxiv.org/pdf/2402.14393) · `#gnn`

    > The reader's own note, in the reader's own Markdown.

    <details>
    <summary>Abstract</summary>
    <p>…</p>
    </details>

Nothing that came from outside is Markdown here: titles, authors, venues and abstracts are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from index.exports.escape import address, code, html, inline, paragraph, quotation
from index.exports.facts import page
from index.exports.options import Abstracts, Exported, ExportOptions
from index.text import clean_line
from index.views import Detail

_MOST_AUTHORS = 10


def write(items: Iterable[Exported], options: ExportOptions) -> Iterator[str]:
    """Yield the papers as Markdown, and last how many there were."""
    if title := clean_line(options.title):
        yield f"# {inline(title)}\n\n"
    count = 0
    for item in items:
        yield "\n\n".join(_blocks(item.detail, options.abstracts)) + "\n\n"
        count += 1
    yield f"---\n\n{'1 paper' if count == 1 else f'{count:,} papers'}\n"


def _blocks(paper: Detail, abstracts: Abstracts) -> Iterator[str]:
    url = page(paper)
    title = inline(paper.title)
    yield f"## [{title}]({url})" if url else f"## {title}"
    if paper.authors:
        yield paragraph(_authors(paper.authors))
    if facts := _facts(paper, url):
        yield facts
    if paper.note:
        yield quotation(paper.note)
    if paper.abstract and abstracts != "none":
        split = [" ".join(part.split()) for part in paper.abstract.split("\n\n")]
        yield from [_folded(split)] if abstracts == "folded" else map(paragraph, split)


def _authors(authors: tuple[str, ...]) -> str:
    if len(authors) <= _MOST_AUTHORS:
        return ", ".join(authors)
    return f"{', '.join(authors[:_MOST_AUTHORS])} and {len(authors) - _MOST_AUTHORS} others"


def _facts(paper: Detail, main: str) -> str:
    year = paper.published[:4]
    venue = paper.venue if year in paper.venue else f"{paper.venue} {year}".strip()
    facts = [paragraph(venue)] if venue else []
    facts += ["read"] * paper.read + ["skipped"] * paper.skipped + ["starred"] * paper.starred
    facts += ["★" * paper.rating] if paper.rating else []
    for kind, name in (("pdf", "PDF"), ("code", "code")):
        addresses = [address(link.url) for link in paper.links if link.kind == kind]
        facts += [f"[{name}]({url})" for url in addresses if url and url != main]
    if paper.tags:
        facts.append(" ".join(code(f"#{tag}") for tag in paper.tags))
    return " · ".join(facts)


def _folded(paragraphs: list[str]) -> str:
    """An abstract behind a line that opens it: HTML without an empty line, which would end it."""
    inside = "\n".join(f"<p>{html(text)}</p>" for text in paragraphs)
    return f"<details>\n<summary>Abstract</summary>\n{inside}\n</details>"
