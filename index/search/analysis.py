"""Analysis: the words of a text, as they are indexed, searched and marked.

A word is folded (``index.text.fold``), so accents and case never matter. Words joined by hyphens or
apostrophes are posted singly and as one: ``fine-tuning`` holds ``fine``, ``tuning`` and
``finetuning``. Chinese and Japanese characters are a word each. The same function serves the index,
the query and the marks, so the three cannot disagree.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.analysis.filters import STOP_WORDS
from whoosh.lang.porter2 import stem as porter2
from whoosh.lang.stopwords import stoplists

from index.text import fold

__all__ = [
    "BREAK",
    "STOP_WORDS",
    "PaperAnalyzer",
    "Word",
    "joins",
    "parts",
    "stem",
    "words",
]

LONGEST_WORD = 64  # characters; what is longer is cut, in the index and in the query alike
MOST_PARTS = 6  # of a compound that is also posted as one word
BREAK = "\x1e"  # cleaned text never holds it: no phrase runs across it
_BREAK_GAP = 100  # positions

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Marks that Python's \w leaves out, though they stand inside words.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u0900-\u0963\u0966-\u109f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
)
_PART = re.compile(f"[{_CJK}][{_MARKS}]*|(?:[^\\W_{_CJK}]++[{_MARKS}]*+)+")
_JOINT = re.compile("['’ʼ\\-‐‑‒–−\xad]")
_WILD_PART = re.compile(f"[{_CJK}][{_MARKS}]*[*?]*|(?:[^\\W_{_CJK}]++[{_MARKS}]*+[*?]*)+")

_LITTLE = STOP_WORDS | stoplists["en"]  # words that no compound begins or ends with
_SHORTEST_PART = 3  # letters of a word that another may be cut into


class Word(NamedTuple):
    """A word of a text. A compound spans the positions of its parts."""

    text: str  # folded
    position: int
    start: int
    end: int  # text[start:end] is where it stands
    width: int = 1  # positions; more than 1 only for a compound


def words(text: str, wild: bool = False) -> Iterator[Word]:
    """The words of ``text``, which is Unicode without LaTeX; a compound comes after its parts.

    wild: the wildcards ``*`` and ``?`` after a letter belong to its word.
    """
    position = before = 0
    compound: list[Word] = []
    pattern, folded_words = (_WILD_PART, _folded_wild) if wild else (_PART, _folded)
    for match in pattern.finditer(text):
        start, end = match.span()
        joint = text[before:start]
        joined = before and len(joint) == 1 and _JOINT.match(joint)
        if not joined:
            yield from _joined(compound)
            compound = []
        before = end
        if joined and joint in "'’ʼ" and match[0] in ("s", "S"):
            continue  # Newton's is Newton
        if BREAK in joint:
            position += _BREAK_GAP
        for folded in folded_words(match[0]):
            word = Word(folded, position, start, end)
            yield word
            compound.append(word)
            position += 1
    yield from _joined(compound)


def _joined(parts: list[Word]) -> Iterator[Word]:
    if 1 < len(parts) <= MOST_PARTS:
        text = "".join(part.text for part in parts)[:LONGEST_WORD]
        first, last = parts[0], parts[-1]
        yield Word(text, first.position, first.start, last.end, len(parts))


@lru_cache(maxsize=1 << 17)
def _folded(part: str) -> tuple[str, ...]:
    """The folded words of one written word: mostly one (½ gives 1 and 2, a lone mark none)."""
    return tuple(word[:LONGEST_WORD] for word in _PART.findall(fold(part[: 2 * LONGEST_WORD])))


def _folded_wild(part: str) -> tuple[str, ...]:
    return tuple(word[:LONGEST_WORD] for word in _WILD_PART.findall(fold(part[: 2 * LONGEST_WORD])))


@lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of a folded word (Porter's second English stemmer).

    But for its last letter it is how the word begins, and two letters at the least, so a word's
    other forms stand near it in the lexicon: ``dying`` is not led to ``die``.
    """
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return word
    stemmed: str = porter2(word)
    return stemmed if word.startswith(stemmed[: max(2, len(stemmed) - 1)]) else word


def joins(one: str, other: str) -> bool:
    """Whether two folded words side by side may be one word, as in ``data set`` and ``dataset``."""
    digits = one[-1].isdigit() and other[0].isdigit()
    return not digits and one not in _LITTLE and other not in _LITTLE


@lru_cache(maxsize=1 << 14)
def parts(word: str) -> tuple[tuple[str, str], ...]:
    """The ways to cut a folded word into two that join: ``gpt4`` is ``gpt`` and ``4``.

    Each has three letters or more, but where a number meets a letter.
    """
    cuts = ((word[:at], word[at:]) for at in range(1, len(word)))
    return tuple((one, other) for one, other in cuts if _cuttable(one, other) and joins(one, other))


def _cuttable(one: str, other: str) -> bool:
    if one.isalpha() and other.isalpha():
        return min(len(one), len(other)) >= _SHORTEST_PART
    return one.isalpha() and other.isdigit()


class PaperAnalyzer(Analyzer):
    """Whoosh's view of ``words``."""

    def __call__(self, value: str, **options: Any) -> Iterator[Token]:
        token = Token(positions=True, chars=True)
        for token.text, token.pos, token.startchar, token.endchar, _ in words(value):
            yield token
