"""The blocks of a BibTeX file, one at a time: so a broken one costs only itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.sources.lines import LONGEST_RECORD, Lines
from index.views import Reject

_START = re.compile(r"\s*@[ \t]*(\w+)[ \t]*([{(])")
# As bibtexparser counts: what a backslash stands before opens and closes nothing.
_MARK = re.compile(r'(?<!\\)[{}"]|\)')


class Block(NamedTuple):
    """``@article{…}`` as it stands, and the line that it begins on."""

    line: int
    kind: str  # in small letters: "article", "string", "comment"
    text: str


def blocks(lines: Lines) -> Iterator[Block | Reject]:
    """The blocks of a file. One that is not closed ends where the next begins a line."""
    open_: _Open | None = None
    begins_line = True
    for number, text in lines.pieces():
        at = 0
        if open_ and begins_line and _START.match(text):
            yield from _not_closed(lines, open_)
            open_ = None
        if begins_line or open_:
            while at < len(text):
                if open_ is None:
                    start = _START.match(text, at)
                    if not start:
                        break
                    open_, at = _Open(number, start[1], start[2]), start.end()
                end = open_.take(text, at)
                if end is None:
                    break
                if open_.length > LONGEST_RECORD:
                    yield lines.reject(open_.line, _TOO_LONG)
                else:
                    yield Block(open_.line, open_.kind, "".join(open_.parts))
                open_, at = None, end
        begins_line = text.endswith("\n")
    if open_:
        yield from _not_closed(lines, open_)


_TOO_LONG = f"the entry is longer than {LONGEST_RECORD >> 20} MB"


def _not_closed(lines: Lines, block: _Open) -> Iterator[Reject]:
    if block.kind != "comment":
        raw = "".join(block.parts) if block.length <= LONGEST_RECORD else ""
        yield lines.reject(block.line, f"@{block.kind[:40]}: its braces are not closed", raw)


class _Open:
    """A block that has begun."""

    def __init__(self, line: int, kind: str, opening: str) -> None:
        self.line = line
        self.kind = kind.lower()
        self.parts = [f"@{kind}{opening}"]
        self.length = 0
        self._round = opening == "("  # @article(…)
        self._depth = 0 if self._round else 1
        self._quoted = False

    def take(self, text: str, at: int) -> int | None:
        """Take what belongs to the block; returns where it ends, None where it goes on."""
        for mark in _MARK.finditer(text, at):
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
