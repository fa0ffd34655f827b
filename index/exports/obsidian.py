"""Obsidian: a folder of notes that link to each other, one a paper and one a reading list.

    papers/song2024graph.md     named by the citation key, which never changes
    lists/thesis.md             its papers in the order of the list, with check boxes

What is known of a paper is in its front matter, as YAML whose values are also JSON. Links are those
of Markdown, relative to the file, so that they hold wherever the folder lies. ``carrel:`` in the
front matter says that a file is carrel's own: an export replaces such files and no other.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import quote

from index.checklist import BOXES
from index.exports.escape import address, inline, paragraph
from index.exports.facts import identifier, page, status
from index.exports.files import file_name
from index.exports.folders import MADE_BY_CARREL
from index.exports.options import Exported, ExportOptions
from index.text import clean_line, fold
from index.views import Detail

_NO_TAG = re.compile(r"[^\w/-]+")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def write(items: Iterable[Exported], options: ExportOptions) -> Iterator[tuple[str, str]]:
    """Yield a note for each paper, then a page for each list that one of them is on."""
    listed: dict[str, dict[int, str]] = {}  # the line of each paper on a list
    names = _ListNames(options.orders)
    for item in items:
        paper = item.detail
        for place in paper.items:
            box = BOXES[place.status]
            line = f"- [{box}] {_link(paper, '../papers/')}"
            note = inline(clean_line(place.note))
            listed.setdefault(place.list, {})[paper.id] = f"{line} — {note}" if note else line
        yield f"papers/{_file(paper)}", _note(paper, names, options)
    for name, lines in listed.items():
        yield f"lists/{names.file(name)}", _page(name, lines, options.orders.get(name, ()))


class _ListNames:
    """A file name for each list; two that would have the same one get a number."""

    def __init__(self, lists: Iterable[str]) -> None:
        self._files: dict[str, str] = {}
        for name in sorted(lists, key=fold):
            self.file(name)

    def file(self, name: str) -> str:
        """The name of a list's page."""
        if name not in self._files:
            taken = {fold(file) for file in self._files.values()}
            number, file = 1, file_name(name, ".md")
            while fold(file) in taken:
                number += 1
                file = file_name(name, f" {number}.md")
            self._files[name] = file
        return self._files[name]


def _note(paper: Detail, names: _ListNames, options: ExportOptions) -> str:
    blocks = [_front_matter(paper), f"# {inline(paper.title)}"]
    if paper.authors:
        blocks.append(paragraph(", ".join(paper.authors)))
    links = ((link.kind, address(link.url)) for link in paper.links)
    blocks.append(" · ".join(f"[{kind}]({url})" for kind, url in links if url))
    if paper.abstract and options.abstracts != "none":
        parts = (paragraph(" ".join(part.split())) for part in paper.abstract.split("\n\n"))
        blocks += "## Abstract", *parts
    if paper.items:
        pages = (f"- [{inline(n)}](../lists/{quote(names.file(n))})" for n in paper.lists)
        blocks += "## Lists", "\n".join(pages)
    if similar := options.similar(paper.id):
        blocks += "## Similar", "\n".join(f"- {_link(other)}" for other in similar)
    if paper.note:  # last: nobody knows what in it is left open
        blocks += "## Note", paper.note
    return "\n\n".join(filter(None, blocks)) + "\n"


def _front_matter(paper: Detail) -> str:
    properties = {
        MADE_BY_CARREL: paper.key,
        "title": paper.title,
        "aliases": [paper.title],
        "authors": paper.authors,
        "year": int(paper.published[:4]) if paper.published else None,
        "published": paper.published,
        "venue": paper.venue,
        **{scheme: identifier(paper, scheme) for scheme in ("doi", "arxiv", "acl", "openreview")},
        "url": page(paper),
        "tags": list(dict.fromkeys(filter(None, map(_tag, paper.tags)))),
        "status": status(paper),
        "starred": paper.starred,
        "rating": paper.rating or None,
        "lists": paper.lists,
        "added": paper.added,
    }
    return _yaml({name: value for name, value in properties.items() if value not in (None, "", [])})


def _page(name: str, lines: dict[int, str], order: Sequence[int]) -> str:
    """The page of a list: its papers in its order; those it does not name follow as they came."""
    places = {paper_id: place for place, paper_id in enumerate(order)}
    in_order = sorted(lines, key=lambda paper_id: places.get(paper_id, len(places)))
    head = _yaml({MADE_BY_CARREL: "reading list", "title": name, "aliases": [name]})
    return "\n\n".join((head, f"# {inline(name)}", "\n".join(lines[i] for i in in_order))) + "\n"


def _yaml(properties: dict[str, object]) -> str:
    """Front matter. What is JSON is YAML too, but for a few characters that YAML must escape."""
    lines = (
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in properties.items()
    )
    escaped = (_UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", line) for line in lines)
    return "\n".join(("---", *escaped, "---"))


def _link(paper: Detail, folder: str = "") -> str:
    return f"[{inline(paper.title)}]({folder}{quote(_file(paper))})"


def _file(paper: Detail) -> str:
    return file_name(paper.key, ".md")


def _tag(name: str) -> str:
    """A tag as Obsidian takes them: letters, digits, ``_``, ``-``, ``/``, and not digits alone."""
    levels = (_NO_TAG.sub("-", level).strip("-") for level in name.split("/"))
    tag = "/".join(filter(None, levels))
    return f"_{tag}" if tag.isdigit() else tag
