"""The process that reads one PDF: see ``pdf``, which starts it and waits for it.

``pdf_process.py page FILE`` prints what the first page tells, as JSON; ``pdf_process.py text FILE``
the text of all pages, one after the other. It ends with 0, or with 1 and a few words on standard
error. It needs nothing but the standard library and pypdf, so that it starts at once.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pypdf
from pypdf.errors import FileNotDecryptedError

MEMORY = 1 << 30  # bytes that reading may take, all of Python included
SECONDS = {"page": 20, "text": 120}
LONGEST_PAGE = 100_000  # characters of the first page
LONGEST_TEXT = 5_000_000  # characters of all pages

Matrix = Sequence[float]

_TURNED = 0.05  # how much text may lean; the stamp in a margin stands upright
_UPPER = 0.4  # of the page, from below: there the title ends
_LARGER = 1.1  # times the size of other text: a title
_ALIKE = 0.85  # how near in size the lines of one title are
_MOST_LINES = 8
_LONGEST_TITLE = 400
_LETTER = re.compile(r"[^\W\d_]")
_DIVIDED = re.compile(r"(\w+)-\n(\w+)")
_BOLD = re.compile(r"bold|black|heavy|-medi|(cm|sf|ec|lm)bx", re.IGNORECASE)


@dataclass(slots=True)
class _Line:
    """A line of the first page that stands level."""

    height: float  # above the foot of the page
    parts: list[str] = field(default_factory=list)
    sizes: list[float] = field(default_factory=list)  # of its letters
    bold: int = 0  # letters

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    @property
    def size(self) -> float:
        """The mean: so an initial counts for little, and small capitals for what they are."""
        return sum(self.sizes) / len(self.sizes) if self.sizes else 0.0

    @property
    def is_bold(self) -> bool:
        """Whether most of its letters are."""
        return 2 * self.bold > len(self.sizes)


class _Piece(NamedTuple):
    """Text of one size that runs one way."""

    text: str
    way: int | None  # 0: to the right, 1: upwards, 2: to the left, 3: downwards; None: aslant
    at: tuple[float, float]  # from the left and above the foot of the page
    size: float
    is_bold: bool


class _Page:
    """What is seen on a page while its text is taken."""

    def __init__(self, page: pypdf.PageObject) -> None:
        self._pieces: list[_Piece] = []
        self._box = page.mediabox
        self.text = page.extract_text(visitor_text=self._see)[:LONGEST_PAGE]
        letters = Counter[int | None]()
        for piece in self._pieces:
            letters[piece.way] += len(_LETTER.findall(piece.text))
        # A page may lie on its side: level is what most of it is.
        level = max(range(4), key=lambda way: letters[way])
        sides = float(self._box.width), float(self._box.height)
        self.height = sides[1 - level % 2]
        self.turned = [piece.text for piece in self._pieces if piece.way != level]
        self.lines = list(_lines(self._pieces, level, sides))

    def _see(self, text: str, page: Matrix, line: Matrix, font: object, size: float) -> None:
        if not text:
            return
        across = line[0] * page[0] + line[1] * page[2]
        up = line[0] * page[1] + line[1] * page[3]
        scale = (across**2 + up**2) ** 0.5
        x = line[4] * page[0] + line[5] * page[2] + page[4] - float(self._box.left)
        y = line[4] * page[1] + line[5] * page[3] + page[5] - float(self._box.bottom)
        way = None
        if abs(up) <= _TURNED * scale:
            way = 0 if across > 0 else 2
        elif abs(across) <= _TURNED * scale:
            way = 1 if up > 0 else 3
        self._pieces.append(_Piece(text, way, (x, y), scale * size, _is_bold(font)))

    def title(self) -> str:
        """The largest text of the upper part of the page; empty where none stands out.

        Where none is larger than the text, that which is bold above all else.
        """
        lines = [line for line in self.lines if line.sizes]
        upper = [line for line in lines if line.height > _UPPER * self.height]
        long = [line for line in upper if len(line.sizes) >= 6 or len(line.text.split()) > 2]
        if not long:
            return ""
        largest = max(long, key=lambda line: line.size)
        own = _around(upper, largest)
        others = [size for line in lines if line not in own for size in line.sizes]
        is_larger = not others or largest.size >= _LARGER * median(others)
        if len(own) > _MOST_LINES or not is_larger:
            own = list(takewhile(lambda line: line.is_bold, upper))
        title = _DIVIDED.sub(self._whole, "\n".join(line.text for line in own)).replace("\n", " ")
        return title if len(own) <= _MOST_LINES and len(title) <= _LONGEST_TITLE else ""

    def _whole(self, divided: re.Match[str]) -> str:
        """A word that a line's end divides: the page has it whole elsewhere, or it has a hyphen."""
        whole = divided[1] + divided[2]
        return whole if whole.lower() in self.text.lower() else f"{divided[1]}-{divided[2]}"


def _lines(pieces: Iterable[_Piece], level: int, sides: tuple[float, float]) -> Iterator[_Line]:
    """The lines of a page that stand level, as they are written; ``sides``: width and height."""
    line: _Line | None = None
    for piece in pieces:
        if piece.way != level:
            if piece.text.strip():
                line = None
            continue
        x, y = piece.at
        height = (y, sides[0] - x, sides[1] - y, x)[level]
        for number, part in enumerate(piece.text.split("\n")):
            if number:
                line = None
            if part:
                if line is None:
                    line = _Line(height)
                    yield line
                letters = len(_LETTER.findall(part))
                line.parts.append(part)
                line.sizes += [piece.size] * letters
                line.bold += letters * piece.is_bold


def _around(lines: Sequence[_Line], largest: _Line) -> list[_Line]:
    """A line and those before and after it that may be of one title with it."""
    first = lines.index(largest)
    last = first + 1
    while first > 0 and _goes_on(lines[first - 1], lines[first], largest.size):
        first -= 1
    while last < len(lines) and _goes_on(lines[last - 1], lines[last], largest.size):
        last += 1
    return list(lines[first:last])


def _goes_on(upper: _Line, lower: _Line, size: float) -> bool:
    """Whether two lines that follow each other may be of one title."""
    alike = all(_ALIKE <= line.size / size <= 1 / _ALIKE for line in (upper, lower))
    return alike and 0 <= upper.height - lower.height < 3 * size


def _is_bold(font: object) -> bool:
    """Whether a font's name says so."""
    return isinstance(font, dict) and _BOLD.search(str(font.get("/BaseFont"))) is not None


def first_page(reader: pypdf.PdfReader) -> Iterator[str]:
    """What the first page, and the file itself, tell of the paper: one JSON object."""
    page = _Page(reader.pages[0])
    said = {}
    with suppress(Exception):  # a file says much of itself that is broken
        said = {
            str(name).lstrip("/").lower(): str(value)[:LONGEST_PAGE]
            for name, value in (reader.metadata or {}).items()
        }
    yield json.dumps(
        {"said": said, "title": page.title(), "turned": "".join(page.turned), "text": page.text}
    )


def whole_text(reader: pypdf.PdfReader) -> Iterator[str]:
    """The text of each page; of those that are broken nothing."""
    left = LONGEST_TEXT
    for number in range(len(reader.pages)):
        with suppress(Exception):
            text = reader.pages[number].extract_text()[:left]
            left -= len(text)
            yield f"{text}\n"
        if left <= 0:
            return


def _limit(seconds: int) -> None:
    """Bound what this process may take, where the system can."""
    with suppress(ImportError, ValueError, OSError):  # there is none in Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))  # if nobody waits any more


def _reason(error: Exception) -> str:
    match error:
        case MemoryError():
            return "it takes too much memory"
        case FileNotDecryptedError():
            return "it is encrypted"
        case RecursionError():
            return "it nests too deeply"
        case OSError(strerror=str(why)):
            return why
    return "it is damaged"


def main(what: str, file: Path) -> int:
    """Print what is asked of a file and return 0, or say what is wrong with it and return 1."""
    logging.disable()  # pypdf tells of every flaw
    _limit(SECONDS[what])
    try:
        with file.open("rb") as opened:
            for text in {"page": first_page, "text": whole_text}[what](pypdf.PdfReader(opened)):
                sys.stdout.buffer.write(text.encode("utf-8", "ignore"))
                sys.stdout.buffer.flush()
    except Exception as error:
        print(_reason(error), file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
