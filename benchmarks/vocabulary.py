"""The words of the made papers: real ones where they are common, invented ones beyond.

A word is known by its rank: 0 is the commonest. Invented stems are built of syllables; every second
block of ranks holds inflected forms of the stems in the block before, so that stemming has work.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

TABLE = 1 << 16  # ranks whose words are kept; the others are spelt when they occur
AREAS = 16  # fields of research; a block of as many ranks holds one word of each
FIRST_FIELD_WORD, LAST_FIELD_WORD = 600, 20_000  # ranks that the rarer real words are spread over

PLAIN, COMMA, STOP, CAPITAL = range(4)  # how a word stands in its sentence

_WORDS = Path(__file__).with_name("words")
_ONSETS = "b c d f g h l m n p r s t v br ch cl cr dr fl gr pl pr sp st str th tr".split()
_VOWELS = "a e i o u ai ea io".split()
_CODAS = "b ct d l ll m n nd nt p r rm rn s st t".split()
_FIRST_ONSETS = [*_ONSETS, "", "k", "w", "sc", "ph"]
_ENDINGS = ("s", "ing", "s", "ed")
_PREFIXES = "multi pre self non cross low inter meta semi co high sub".split()
_SYLLABLES = len(_ONSETS) * len(_VOWELS) * len(_CODAS)
_STEMS = len(_FIRST_ONSETS) * len(_VOWELS) * _SYLLABLES  # of two syllables
_STRIDE = 104_729  # a prime: neighbouring stems look nothing alike


def word(rank: int) -> str:
    """The word of a rank."""
    real = real_words()
    if rank in real:
        return real[rank]
    block, area = divmod(rank, AREAS)
    number = block // 2 * AREAS + area
    match rank * 7919 % 101:
        case 0 | 1 | 2 | 3:
            return f"{rank / 10:.1f}" if rank % 3 else str(rank)
        case 4 | 5 | 6:
            return _stem(number)[:5].upper()
        case 7 | 8 | 9 | 10 | 11 | 12:
            return f"{_PREFIXES[rank % len(_PREFIXES)]}-{_stem(number)}"
    return _stem(number) + (_ENDINGS[number % len(_ENDINGS)] if block % 2 else "")


def _stem(number: int) -> str:
    """An invented word, another for every number."""
    more, number = divmod(number, _STEMS)
    number, second = divmod(number * _STRIDE % _STEMS, _SYLLABLES)
    onset, vowel = divmod(number, len(_VOWELS))
    stem = _FIRST_ONSETS[onset] + _VOWELS[vowel] + _syllable(second)
    while more:
        more, last = divmod(more, _SYLLABLES)
        stem += _syllable(last)
    return stem


def _syllable(number: int) -> str:
    number, coda = divmod(number, len(_CODAS))
    onset, vowel = divmod(number, len(_VOWELS))
    return _ONSETS[onset] + _VOWELS[vowel] + _CODAS[coda]


@cache
def real_words() -> dict[int, str]:
    """The real words by rank: common ones without a gap, then rarer ones at growing distances."""
    words = dict(enumerate(_read("common.txt").split()))
    rarer = _read("field.txt").split()
    ranks = np.geomspace(FIRST_FIELD_WORD, LAST_FIELD_WORD, len(rarer)).astype(int)
    return words | dict(zip(ranks.tolist(), rarer, strict=True))


@cache
def phrases() -> list[list[tuple[float, list[int]]]]:
    """What is said again and again, each with its weight: everywhere, then in one group of fields.

    A phrase is a list of ranks.
    """
    ranks = {word: rank for rank, word in real_words().items()}
    groups = [group.splitlines() for group in _read("phrases.txt").split("\n\n")]
    return [
        [
            (float(weight), [ranks[word] for word in words])
            for weight, *words in map(str.split, group)
        ]
        for group in groups
    ]


def _read(name: str) -> str:
    return (_WORDS / name).read_text(encoding="utf-8")


class Spelling:
    """Words as they stand in sentences, with the blank that follows them."""

    def __init__(self) -> None:
        words = [word(rank) for rank in range(TABLE)]
        shapes = [shape(word, way) for word in words for way in range(4)]
        self._table: npt.NDArray[np.object_] = np.array(shapes, dtype=object)

    def spell(self, ranks: npt.NDArray[np.int64], ways: npt.NDArray[np.int64]) -> list[str]:
        """One string a rank, in the way that it stands in its sentence."""
        spelt = self._table[np.minimum(ranks, TABLE - 1) * 4 + ways]
        for place in np.flatnonzero(ranks >= TABLE).tolist():
            spelt[place] = shape(word(int(ranks[place])), int(ways[place]))
        words: list[str] = spelt.tolist()
        return words


def shape(word: str, way: int) -> str:
    """A word with what follows it."""
    match way:
        case 1:
            return f"{word}, "
        case 2:
            return f"{word}. "
        case 3:
            return f"{word[:1].upper()}{word[1:]} "
    return f"{word} "
