"""The text of a saved Hugging Face Papers page: titles and abstracts in turn, a line each.

Two lines of invitation come first, and the first title is glued to the word "Subscribe". Where the
turns break, because a line was lost, what a line reads like tells where they go on: so one record
is lost, and not all that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.sources.base import Record, make_paper
from index.sources.lines import Line, Lines
from index.text import clean_line
from index.views import Reject

name = "hf_page"

_INVITATION = re.compile(r"Get trending papers in your email inbox[\w ]{0,40}!$")
_SUBSCRIBE = re.compile(r"Subscribe(?!(?:r|d|rs)?[\s,:;.!?-])")  # but not as a word of a title

LONGEST_TITLE = 250
"""Characters. Longer titles are known by the abstract that follows them, up to twice as many."""


def recognise(head: str) -> bool:
    """Whether a text begins with an invitation, or with titles and abstracts in turn."""
    lines = [line for line in map(str.strip, head.split("\n")) if line][:8]
    if any(_INVITATION.search(line) for line in lines[:3]):
        return True
    in_turn = all(_reads_as_title(line) == (at % 2 == 0) for at, line in enumerate(lines))
    return in_turn and len(lines) >= (2 if _SUBSCRIBE.match(lines[0]) else 4)


def read(lines: Lines) -> Iterator[Record | Reject]:
    """The papers of a page, each by the line of its title."""
    title: Line | None = None
    in_turn = True
    for line, following in _with_following(_content(lines)):
        if isinstance(line, Reject):  # too long for a title: the abstract of the one before
            title = None
            yield line
        elif title is None:
            if _may_be_title(line, following):
                title = line
            else:
                yield _alone(lines, line, "an abstract without a title")
        elif _reads_as_title(line.text) and (following or not in_turn):
            yield _alone(lines, title, "a title without an abstract")
            title = line
            in_turn = False
        else:
            yield _record(lines, title, line)
            title = None
            in_turn = True
    if title:
        yield _alone(lines, title, "a title without an abstract")


def _record(lines: Lines, title: Line, abstract: Line) -> Record | Reject:
    raw = f"{title.text}\n{abstract.text}"
    try:
        paper = make_paper(title=title.text, abstract=abstract.text, source=name)
    except ValueError as error:
        return lines.reject(title.number, str(error), raw)
    return Record(paper, title.number, raw=raw)


def _alone(lines: Lines, line: Line, what: str) -> Reject:
    return lines.reject(line.number, f"{what}: {_start(line)}", line.text)


def _reads_as_title(text: str) -> bool:
    """Whether a line reads like a title: short, and without a sentence that ends."""
    return (
        len(text) <= LONGEST_TITLE
        and not text.endswith((".", "。"))
        and not re.search(r"\w\w(?<!\bvs)\. [A-Z]", text)
    )


def _may_be_title(line: Line, following: Line | Reject | None) -> bool:
    """Whether a line where a title is due is one; an odd title is told by the abstract after it."""
    if _reads_as_title(line.text):
        return True
    before_abstract = not (isinstance(following, Line) and _reads_as_title(following.text))
    return len(line.text) <= 2 * LONGEST_TITLE and following is not None and before_abstract


def _content(lines: Lines) -> Iterator[Line | Reject]:
    """The lines that hold something of a paper, without invitations and the word after them.

    Several pages may follow one another, the end of one glued to the beginning of the next.
    """
    page_begins = True
    invited = False
    for line in lines:
        if isinstance(line, Reject):
            yield line
            continue
        text = line.text.strip()
        if invitation := _INVITATION.search(text):
            text = text[: invitation.start()].rstrip()
            if text:
                yield Line(line.number, text)
            page_begins = invited = True
            continue
        if not text:
            continue
        if page_begins:
            glued = text.startswith("Subscribe") if invited else _SUBSCRIBE.match(text)
            text = text.removeprefix("Subscribe").lstrip() if glued else text
            page_begins = invited = False
        if text:
            yield Line(line.number, text)


def _with_following(
    lines: Iterator[Line | Reject],
) -> Iterator[tuple[Line | Reject, Line | Reject | None]]:
    line = next(lines, None)
    while line is not None:
        following = next(lines, None)
        yield line, following
        line = following


def _start(line: Line) -> str:
    """The first words of a line, to know it by."""
    text = clean_line(line.text[:200])
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"
