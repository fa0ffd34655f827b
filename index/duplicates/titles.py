"""When two titles that differ are one title written twice.

All titles here are folded (``index.text.fold_title``): words of letters and digits.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

SMALL_WORDS = frozenset(
    "a an and as at by for from in into is of on or the to using via with".split()
)

_SPELLED = (
    "one 1 two 2 three 3 four 4 five 5 six 6 seven 7 eight 8 nine 9 ten 10 eleven 11 twelve 12 "
    "first 1 second 2 third 3 fourth 4 fifth 5 sixth 6 seventh 7 eighth 8 ninth 9 tenth 10 "
    "eleventh 11 twelfth 12 i 1 ii 2 iii 3 iv 4 v 5 vi 6 vii 7 viii 8 ix 9 x 10 xi 11 xii 12"
).split()
_NUMBERS = dict(zip(_SPELLED[::2], _SPELLED[1::2], strict=True))

_OTHER_WORK = re.compile(
    r"(errat|corrigend|correction|addend|retract|comment|reply|response|discussion|supplement"
    r"|appendix|tutorial|demo|poster|part|volume)"
)


def number_in(word: str) -> str:
    """The number in a word: its digits, or what a number word or Roman numeral means; or none.

    ``wmt20`` has 20; ``ii`` and ``second`` have 2.
    """
    return _NUMBERS.get(word) or "-".join(re.findall(r"\d+", word))


def numbers(title: str) -> list[str]:
    """The numbers of a title, sorted. Works of a series have the same title but for these."""
    return sorted(filter(None, map(number_in, title.split())))


def same_but_for_writing(one: str, other: str) -> bool:
    """Whether titles differ only in small words, spacing, inflection and slips of the keyboard."""
    first, second = ([_NUMBERS.get(word, word) for word in title.split()] for title in (one, other))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    return numbers(one) == numbers(other) and all(
        what == "equal" or _same_words(first[a:b], second[c:d]) for what, a, b, c, d in blocks
    )


def _same_words(gone: list[str], come: list[str]) -> bool:
    if "".join(gone) == "".join(come):
        return True
    one, other = (
        "".join(word for word in words if word not in SMALL_WORDS) for words in (gone, come)
    )
    return one == other or (bool(one and other) and _is_slip(*sorted((one, other), key=len)))


def _is_slip(shorter: str, longer: str) -> bool:
    from rapidfuzz.distance import OSA

    if longer == f"{shorter}s":
        return True
    # What stands at the front of a word turns its meaning: supervised, unsupervised; CNN, RNN.
    if shorter[0] != longer[0] or len(shorter) < 4:
        return False
    most = 1 if len(shorter) < 8 else 2
    return OSA.distance(shorter, longer, score_cutoff=most) <= most


def is_part_of(part: str, whole: str) -> bool:
    """Whether a title is another without the name in front or the subtitle behind."""
    rest = whole.removeprefix(f"{part} ")
    if rest == whole:
        rest = whole.removesuffix(f" {part}")
    return (
        rest != whole
        and len([word for word in part.split() if word not in SMALL_WORDS]) >= 3
        and not _OTHER_WORK.match(rest)
        and numbers(part) == numbers(whole)
    )
