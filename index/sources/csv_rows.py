"""The rows of a CSV file, one at a time: a quotation mark that is not closed costs its own row."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from index.sources.lines import Line, Lines
from index.views import Reject

LONGEST_ROW = 1 << 20
"""Characters. A row that is not closed by then has a quotation mark that is not."""


class Row(NamedTuple):
    """The cells of a row, the line that it begins on, and its text."""

    line: int
    cells: list[str]
    text: str


def rows(lines: Lines, delimiter: str) -> Iterator[Row | Reject]:
    """The rows of a file; empty ones are passed over."""
    ahead: deque[Line | Reject] = deque()
    coming = iter(lines)
    while line := (ahead.popleft() if ahead else next(coming, None)):
        if isinstance(line, Reject):
            yield line
            continue
        taken = [line]
        quotes, length = line.text.count('"'), len(line.text)
        while quotes % 2 and length <= LONGEST_ROW:
            following = ahead.popleft() if ahead else next(coming, None)
            if not isinstance(following, Line):
                ahead.extendleft([following] if following else [])
                break
            taken.append(following)
            quotes += following.text.count('"')
            length += len(following.text) + 1
        if quotes % 2:
            yield lines.reject(line.number, "a quotation mark is not closed", line.text)
            ahead.extendleft(reversed(taken[1:]))
            continue
        text = "\n".join(one.text for one in taken)
        try:
            cells = next(csv.reader([text], delimiter=delimiter))
        except (csv.Error, StopIteration):
            if text.strip():
                reason = "not CSV: a cell is longer than 128 KB"
                yield lines.reject(line.number, reason, text)
            continue
        if any(cell.strip() for cell in cells):
            yield Row(line.number, cells, text)
