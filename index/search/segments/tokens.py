"""Tokens: texts cut into numbered words, many at a time.

A text is cut at blanks, and each distinct run of characters is given to ``analysis.words`` once:
words never reach across a blank, so the words of a text are those of its runs, one after the other.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.search.analysis import BREAK, LONGEST_WORD, stem, words

MOST_RUNS = 1_000_000  # kept in memory: about 200 MB

_END = b"\x1d"  # of a text; no run that is kept from a text is this
_BREAK = BREAK.encode()
_APART = b" " + _BREAK + b" "


def _table() -> bytes:
    """For bytes.translate: ASCII that never stands in a word becomes blank, and case goes."""
    kept = frozenset(b"'-" + _BREAK)
    return bytes(
        byte if byte >= 128 or byte in kept or chr(byte).isalnum() else 32 for byte in range(256)
    ).lower()


_BLANKED = _table()


class Tokens(NamedTuple):
    """The words of some texts, in order: arrays of one length, and the length of each text."""

    texts: NDArray[np.int32]
    words: NDArray[np.int32]  # numbers of the vocabulary
    positions: NDArray[np.int32]
    lengths: NDArray[np.int64]  # one a text, in words


class Vocabulary(dict[bytes, int]):
    """The words met so far, numbered, and the runs of characters that they were met in.

    As a dict: a run's number.
    """

    def __init__(self) -> None:
        super().__init__()
        self.words: list[bytes] = []
        self.stems: list[bytes] = []
        self.stem_of = array("i")  # one a word
        self._numbers: dict[bytes, int] = {}
        self._stem_numbers: dict[str, int] = {}
        self._held = array("i")  # words of all runs
        self._steps = array("i")  # their positions from the beginning of the run
        self._first = array("i", [0])  # one a run, and one: where its words begin
        self._spans = array("i")  # one a run: positions from its beginning to the next run's
        self._add(_END, [], 0)

    def __missing__(self, run: bytes) -> int:
        if run.isalnum() and len(run) <= LONGEST_WORD:  # ASCII: a word as it stands
            return self._add(run, [(run, 0)], 1)
        found = list(words(run.decode()))
        singles = [word.position for word in found if word.width == 1]
        span = singles[-1] + 1 if singles else 0
        if run == _BREAK:
            span = next(words(f"{BREAK}a")).position
        return self._add(run, [(word.text.encode(), word.position) for word in found], span)

    def _add(self, run: bytes, found: Iterable[tuple[bytes, int]], span: int) -> int:
        for word, step in found:
            self._held.append(self._number(word))
            self._steps.append(step)
        self._first.append(len(self._held))
        self._spans.append(span)
        number = self[run] = len(self._spans) - 1
        return number

    def _number(self, word: bytes) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.words)
            self.words.append(word)
            stemmed = stem(word.decode())
            stem_number = self._stem_numbers.setdefault(stemmed, len(self.stems))
            if stem_number == len(self.stems):
                self.stems.append(stemmed.encode())
            self.stem_of.append(stem_number)
        return number

    def cut(self, texts: Iterable[str]) -> Tokens:
        """Cut texts into words."""
        blanked = [text.encode(errors="replace").translate(_BLANKED) for text in texts]
        if not blanked:
            return Tokens(*(np.empty(0, np.int32),) * 3, np.empty(0, np.int64))
        runs = (b" " + _END + b" ").join([*blanked, b""]).replace(_BREAK, _APART).split()
        numbers = np.fromiter(map(self.__getitem__, runs), np.int32, len(runs))
        ended = numbers == 0
        texts_of = np.cumsum(ended)
        first, spans = np.frombuffer(self._first, "i"), np.frombuffer(self._spans, "i")
        counts = first[numbers + 1] - first[numbers]
        base = np.cumsum(spans[numbers]) - spans[numbers]
        begins = np.concatenate(([0], base[ended]))  # of each text
        base -= begins[texts_of]
        run_of = np.repeat(np.arange(len(numbers)), counts)
        ends = np.cumsum(counts)
        held = np.arange(len(run_of)) + np.repeat(first[numbers] - (ends - counts), counts)
        tokens_of = texts_of[run_of].astype(np.int32)
        return Tokens(
            tokens_of,
            np.frombuffer(self._held, "i")[held],
            np.frombuffer(self._steps, "i")[held] + base[run_of].astype(np.int32),
            np.bincount(tokens_of, minlength=len(blanked)),
        )

    def whole(self, names: Iterable[Sequence[str]]) -> Tokens:
        """Names as words: each name of each text is one."""
        found = [[self._number(name.encode(errors="replace")) for name in each] for each in names]
        lengths = np.array(list(map(len, found)), np.int64)
        texts = np.repeat(np.arange(len(found), dtype=np.int32), lengths)
        return Tokens(
            texts,
            np.fromiter(chain.from_iterable(found), np.int32, len(texts)),
            np.zeros(len(texts), np.int32),
            lengths,
        )
