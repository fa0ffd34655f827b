"""A reading list as Markdown with check boxes, and back.

    # thesis

    - [ ] Graph Parsing Networks · Song et al. 2024 {#song2024graph}
    - [x] Attention Is All You Need · Vaswani et al. 2017 {#vaswani2017attention}
      Why it is on the list, in any number of lines.

A paper is known by the citation key at the end of its line: its title may be edited as one likes.
What came from outside is escaped, and cannot become a line, a box or a key of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from index.exports.escape import inline
from index.text import clean_line, clean_text
from index.views import ItemStatus

BOXES: dict[ItemStatus, str] = {"to read": " ", "reading": "/", "done": "x", "skipped": "-"}
_STATUSES: dict[str, ItemStatus] = {
    **{box: status for status, box in BOXES.items()},
    "": "to read",
    "X": "done",
}

_HELP = """\
<!-- [ ] to read, [/] reading, [x] done, [-] skipped. Move lines, tick them, take them out. What is
indented below a line is its note. A new line adds the paper whose arXiv id, DOI or key it is. -->
"""

_INDENT = "  "
_BULLET = r"(?:[-*+]|\d{1,9}[.)])[ \t]+"
_KEY = r"(?<!\\)\{\#(?P<key>[^{}\s]+)\}[ \t]*$"
_LINE = re.compile(
    rf"(?:{_BULLET})?(?:\[(?P<box>[^\[\]]?)\](?=[ \t]|$))?(?P<text>.*?)(?:{_KEY})?", re.DOTALL
)
# A line of a note that looks like a paper's bears a backslash: without one it may well be one.
_LIKE_A_PAPER = re.compile(rf"^[ \t]*{_BULLET}.*{_KEY}", re.MULTILINE)
_TO_ESCAPE = re.compile(rf"^[ \t]*(?=\\*{_BULLET}.*{_KEY})", re.MULTILINE)
_ESCAPED = re.compile(rf"^([ \t]*)\\(?=\\*{_BULLET}.*{_KEY})", re.MULTILINE)


class Listed(NamedTuple):
    """A paper on a reading list."""

    key: str
    title: str
    who: str  # and when: ``Song et al. 2024``
    status: ItemStatus
    note: str = ""


class Entry(NamedTuple):
    """A line that stands for a paper, and the note below it."""

    line: int  # the first is 1
    key: str  # empty where it has none
    text: str  # what else stands in the line
    status: ItemStatus | None  # None: it has no box
    note: str = ""


class Problem(NamedTuple):
    """What is wrong with a line."""

    line: int
    reason: str


def render(name: str, papers: Iterable[Listed]) -> str:
    """The text of a list."""
    return "".join([f"# {inline(name)}\n\n{_HELP}\n", *map(_item, papers)])


def parse(text: str) -> tuple[list[Entry], list[Problem]]:
    """The papers that a text names, in its order, and what in it is not understood."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, line, below in _blocks(text):
        match = _LINE.fullmatch(line)
        box = match["box"] if match else None
        if not match or line[0].isspace():
            problems.append(Problem(number, "stands below no paper"))
        elif line.startswith("<!--"):
            problems.append(Problem(number, "begins a comment that has no end"))
        elif box is not None and box not in _STATUSES:
            problems.append(Problem(number, f"has [{clean_line(box)}] for its status"))
        else:
            status = None if box is None else _STATUSES[box]
            entries.append(Entry(number, match["key"] or "", match["text"], status, _note(below)))
        problems += [
            Problem(number + down, "is indented like a note and names a paper")
            for down, note in enumerate(below, 1)
            if _LIKE_A_PAPER.match(note)
        ]
    return entries, problems


def names_in(text: str) -> list[str]:
    """What may name a paper in a line without a key: all of it, and its words one by one."""
    plain = clean_line(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))
    words = (word.rstrip(".,;:") for word in re.split(r"[\s<>()\[\]]+", plain))
    return list(dict.fromkeys(filter(None, [plain, *words])))


def _item(paper: Listed) -> str:
    who = f" · {inline(paper.who)}" if paper.who else ""
    line = f"- [{BOXES[paper.status]}] {inline(paper.title)}{who} {{#{paper.key}}}"
    note = _TO_ESCAPE.sub(r"\g<0>\\", paper.note).split("\n") if paper.note else []
    return "\n".join([line, *(_INDENT + part if part else "" for part in note), ""])


def _blocks(text: str) -> Iterator[tuple[int, str, list[str]]]:
    """The lines that begin something, with their numbers, and what is indented or empty below."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    at, headed = 0, False
    while at < len(lines):
        start, line = at, lines[at]
        at += 1
        if line.startswith("<!--"):
            end = next((n for n in range(start, len(lines)) if "-->" in lines[n]), None)
            if end is not None:
                at = end + 1
                continue
        elif not line.strip():
            continue
        elif line.startswith("# ") and not headed:
            headed = True
            continue
        while at < len(lines) and (not lines[at].strip() or lines[at][0].isspace()):
            at += 1
        yield start + 1, line, lines[start + 1 : at]


def _note(lines: Sequence[str]) -> str:
    """A note without its indentation."""
    first = next(filter(str.strip, lines), "")
    margin = first[: len(first) - len(first.lstrip())]
    plain = "\n".join(
        line.removeprefix(margin) if line.startswith(margin) else line.lstrip() for line in lines
    )
    return _ESCAPED.sub(r"\1", clean_text(plain))
