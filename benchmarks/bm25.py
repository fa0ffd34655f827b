"""BM25 as Lucene computes it, written out plainly: what rankings are held against.

Robertson, Walker, Jones, Hancock-Beaulieu and Gatford (1994), with Lucene's idf, its English stop
words and Porter's stemmer. Title and text are one field.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from whoosh.lang.porter import stem

STOP_WORDS = frozenset(
    """a an and are as at be but by for if in into is it no not of on or such that the their then
    there these they this to was will with""".split()
)
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """The words of a text, lower-cased."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=1 << 18)
def _stem(word: str) -> str:
    return str(stem(word))


def terms(text: str) -> list[str]:
    """The stems of a text's words, stop words left out."""
    return [_stem(word) for word in words(text) if word not in STOP_WORDS]


class Bm25:
    """An index of texts in memory."""

    def __init__(self, texts: Iterable[str]) -> None:
        postings: dict[str, tuple[list[int], list[int]]] = {}
        lengths = []
        for number, text in enumerate(texts):
            counts = Counter(terms(text))
            lengths.append(counts.total())
            for term, count in counts.items():
                numbers, frequencies = postings.setdefault(term, ([], []))
                numbers.append(number)
                frequencies.append(count)
        self._postings = {
            term: (np.array(numbers, np.int32), np.array(frequencies, np.int32))
            for term, (numbers, frequencies) in postings.items()
        }
        self._lengths: npt.NDArray[np.float64] = np.array(lengths, float)

    def rank(self, query: str, rows: int, *, k1: float, b: float) -> Sequence[int]:
        """The texts that hold a word of the query, best first: their places, from 0."""
        scores = np.zeros(len(self._lengths))
        norms = k1 * (1 - b + b * self._lengths / self._lengths.mean())
        for term, times in Counter(terms(query)).items():
            if term not in self._postings:
                continue
            numbers, frequencies = self._postings[term]
            rest = len(self._lengths) - len(numbers)
            idf = np.log1p((rest + 0.5) / (len(numbers) + 0.5))
            scores[numbers] += times * idf * frequencies / (frequencies + norms[numbers])
        best: list[int] = np.argsort(-scores, kind="stable")[:rows].tolist()
        return [number for number in best if scores[number] > 0]
