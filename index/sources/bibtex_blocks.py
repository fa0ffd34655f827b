"""The blocks of a BibTeX file, one at a time: so a broken one costs only itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.sources.lines import LONGEST_RECORD, Line, Lines
from index.views import Reject

_START = re.compile(r"\s*@[ \t]*(\w+)\s*([{(])")
_ANYWHERE = re.compile(r"(?<![\w@])@[ \t]*(\w+)\s*([{(])")
_LIKE_A_START = re.compile(r"\s*@\W{0,9}+(?!comment\b)(\w*)", re.IGNORECASE)
_UNFINISHED = re.compile(r"@[ \t]{0,9}\w{0,99}[ \t]{0,9}\n?\Z")
_BRACE = re.compile(r"\s*[{(]")
# As bibtexparser counts: what a backslash stands before opens and closes nothing.
_MARK = re.compile(r'(?<!\\)[{}"]|\)')


class Block(NamedTuple):
    """``@article{…}`` as it stands, and the line that it begins on."""

    line: int
    kind: str  # in small letters: "article", "string", "comment"
    text: str


def blocks(lines: Lines) -> Iterator[Block | Reject]:
    """The blocks of a file. One that is not closed ends where the next begins a line.

    What stands outside is passed over, as BibTeX does, and so is what is behind a ``%``; but a
    line that begins like an entry and is none is told.
    """
    open_: _Open | None = None
    begins_line = may_begin = True
    for number, text in _pieces(lines):
        at = 0
        if open_ and begins_line and (_START if open_.is_one else _LIKE_A_START).match(text):
            yield from _not_closed(lines, open_)
            open_ = None
        may_begin = may_begin or begins_line
        while at < len(text):
            if open_ is None:
                start = _ANYWHERE.search(text, at) if may_begin else None
                if start and "%" not in text[at : start.start()]:
                    open_, at = _Open(number, start[1], start[2]), start.end()
                elif begins_line and not at and (like := _LIKE_A_START.match(text)):
                    open_ = _Open(number, like[1], "")
                else:
                    may_begin = may_begin and "%" not in text[at:]
                    break
            end = open_.take(text, at)
            if end is None:
                break
            if open_.length > LONGEST_RECORD:
                yield lines.reject(open_.line, _TOO_LONG)
            else:
                yield Block(open_.line, open_.kind, "".join(open_.parts))
            open_, at, may_begin = None, end, True
        begins_line = text.endswith("\n")
    if open_:
        yield from _not_closed(lines, open_)


_TOO_LONG = f"the entry is longer than {LONGEST_RECORD >> 20} MB"


def _pieces(lines: Lines) -> Iterator[Line]:
    """The pieces of a file; the beginning of an entry comes with its brace, also on a next line."""
    held: Line | None = None
    for number, text in lines.pieces():
        if held and (_BRACE.match(text) or not held.text.endswith("\n")):
            number, text = held.number, held.text + text
        elif held:
            yield held
        held = None
        if unfinished := _UNFINISHED.search(text, max(0, len(text) - 200)):
            at = unfinished.start()
            if text[:at].strip():
                yield Line(number, text[:at])
                text = text[at:]
            held = Line(number, text)
        else:
            yield Line(number, text)
    if held:
        yield held


def _not_closed(lines: Lines, block: _Open) -> Iterator[Reject]:
    if block.kind != "comment":
        raw = "".join(block.parts) if block.length <= LONGEST_RECORD else ""
        why = "its braces are not closed" if block.is_one else "no entry of BibTeX begins like this"
        yield lines.reject(block.line, f"@{block.kind[:40]}: {why}", raw)


class _Open:
    """A block that has begun; without an opening brace, what is none though it begins like one."""

    def __init__(self, line: int, kind: str, opening: str) -> None:
        self.line = line
        self.kind = kind.lower()
        self.is_one = bool(opening)
        self.parts = [f"@{kind}{opening}"] if opening else []
        self.length = 0
        self._round = opening == "("  # @article(…)
        self._depth = 0 if self._round else 1
        self._quoted = False

    def take(self, text: str, at: int) -> int | None:
        """Take what belongs to the block; returns where it ends, None where it goes on."""
        for mark in _MARK.finditer(text, at) if self.is_one else ():
            match mark[0]:
                case "{":
                    self._depth += 1
                case "}":
                    self._depth -= 1
                case '"' if self._depth == 0:
                    self._quoted = not self._quoted
            is_end = mark[0] == ")" and not self._quoted if self._round else mark[0] == "}"
            if is_end and self._depth <= 0:
                self._keep(text[at : mark.end()])
                return mark.end()
        self._keep(text[at:])
        return None

    def _keep(self, text: str) -> None:
        self.length += len(text)
        if self.length <= LONGEST_RECORD:
            self.parts.append(text)
