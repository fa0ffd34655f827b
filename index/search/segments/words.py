"""A sorted list of words, found by binary search in a file."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.search.segments.arrays import ArrayFile, ArrayWriter, smallest

HEAD = 8  # bytes of a word that one integer holds


def write_words(out: ArrayWriter, name: str, words: Sequence[bytes]) -> None:
    """Write words, in UTF-8, ascending and each once."""
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    out.add(f"{name}.letters", np.frombuffer(b"".join(words), np.uint8))
    out.add(f"{name}.starts", smallest(np.concatenate(([0], np.cumsum(lengths)))))
    out.add(f"{name}.heads", heads(words))


def heads(words: Sequence[bytes]) -> NDArray[np.uint64]:
    """The first bytes of each word as an integer, ordered as the words are."""
    padded = np.array(words or [b""], f"S{HEAD}")[: len(words)]
    return padded.view(">u8").astype(np.uint64)


class Words(Sequence[bytes]):
    """The words of a file, ascending; a word's index is its number."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._file = file
        self._name = name
        self._count = len(file[f"{name}.heads"])

    @cached_property
    def _letters(self) -> memoryview:
        return self._file[f"{self._name}.letters"].whole().data

    @cached_property
    def starts(self) -> NDArray[np.uint32]:
        """Where each word begins in the letters, and where the last ends."""
        return self._file[f"{self._name}.starts"].whole()

    @cached_property
    def heads(self) -> NDArray[np.uint64]:
        """The first bytes of each word."""
        return self._file[f"{self._name}.heads"].whole()

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        return bytes(self._letters[self.starts[number] : self.starts[number + 1]])

    def between(self, low: int, high: int) -> list[bytes]:
        """The words numbered from low to high."""
        starts = self.starts[low : high + 1].tolist()
        if not starts:
            return []
        letters, first = bytes(self._letters[starts[0] : starts[-1]]), starts[0]
        return [letters[start - first : end - first] for start, end in pairwise(starts)]

    def find(self, word: bytes) -> int:
        """The number of a word, or -1."""
        number = self.bisect(word)
        return number if number < len(self) and self[number] == word else -1

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The half-open range of the words that begin with a prefix."""
        return self.bisect(prefix), self.bisect(prefix + b"\xff")  # no UTF-8 holds this byte

    def bisect(self, key: bytes) -> int:
        """How many words are less than a key."""
        head = np.uint64(int.from_bytes(key[:HEAD].ljust(HEAD, b"\0"), "big"))
        low = int(self.heads.searchsorted(head))
        if len(key) < HEAD:
            return low
        return bisect_left(self, key, low, int(self.heads.searchsorted(head, "right")))
