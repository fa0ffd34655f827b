"""Made prose: which word follows which.

Here and there a paper uses a phrase that papers of its field use. Any other word is one of three
things: a favourite successor of the word before it, so that pairs recur; a word that the paper has
used before, so that a paper keeps to its words; or a new draw, bent towards the paper's field.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from benchmarks.vocabulary import AREAS, CAPITAL, COMMA, PLAIN, STOP, TABLE, phrases
from benchmarks.zipf import Curve, Ints

Bools = npt.NDArray[np.bool_]

# How often words are drawn, by rank, such that papers hold them as often as abstracts of
# computational linguistics do (``corpus --compare``); beyond, the frequency falls with the slope.
FREQUENCIES = [
    (1, 27_000),
    (2, 22_000),
    (4, 17_000),
    (10, 12_500),
    (20, 6_000),
    (50, 2_060),
    (100, 1_205),
    (200, 703),
    (500, 286),
    (1_000, 145),
    (2_000, 76),
    (5_000, 25.5),
    (10_000, 9.5),
    (20_000, 3.2),
]
SLOPE = 1.85

FAVOURITE, USED_BEFORE = 0.75, 0.3  # the shares of words that are so; the others are new draws
PAIR = 2  # words are used again together
FEWEST, MOST = 3, 512  # favourites of a word; the commoner, the more
FAVOURITES_A_SHARE = 8_000  # as many times a word's relative frequency
FONDNESS = 1.5  # of the favourites for the first among them; 1 is none
TOPICAL = 0.6  # of the new draws among FIRST_TOPICAL and rarer
FIRST_TOPICAL = 96
TITLE_CONTENT = 0.7  # of the new draws in a title leave the commonest words out
COMMON_PHRASES, FIELD_PHRASES = 0.075, 0.025  # begun at a word
SENTENCE, CLAUSE = 22, 24  # words, on average
SMALL_WORDS = 20  # of the commonest are not capitals in titles


class Prose:
    """The language: one for all seeds."""

    def __init__(self) -> None:
        self.words = Curve(FREQUENCIES, SLOPE, TABLE)
        wanted = (self.words.frequencies * FAVOURITES_A_SHARE).astype(np.int64)
        self._favourites = np.clip(wanted, FEWEST, MOST)
        self._first = np.cumsum(self._favourites) - self._favourites
        rng = np.random.default_rng(1935)
        self._successors = self.words.draw(rng, int(self._favourites.sum()))
        self._common, *self._fields = map(Phrases, phrases())

    def write(self, rng: np.random.Generator, title: Ints, length: Ints, area: Ints) -> Ints:
        """The words of papers, one paper after the other, as ranks.

        title, length: words of each paper's title and of the whole. area: its field of research,
        below AREAS. The papers grow side by side, a word each at a time; the longest are in front,
        so that those that still grow are a slice.
        """
        longest = np.argsort(-length, kind="stable")
        title, length, area = title[longest], length[longest], area[longest]
        growing = np.searchsorted(-length, -np.arange(int(length[0])), side="left")
        starts = np.concatenate([[0], np.cumsum(growing)])
        place = np.repeat(np.arange(len(growing)), growing)
        paper = np.arange(len(place)) - starts[place]
        in_title = place < title[paper]
        follows = rng.random(len(place), dtype=np.float32) < FAVOURITE
        repeats = np.zeros(len(place), np.bool_)
        earlier = np.zeros(len(place), np.int64)
        chance = rng.random(len(place), dtype=np.float32)
        begins = np.flatnonzero((chance < USED_BEFORE / PAIR) & ~in_title)
        source = (rng.random(len(begins)) * (place[begins] - PAIR + 1)).astype(np.int64)
        for offset in range(PAIR):
            there = place[begins] + offset < length[paper[begins]]
            at = starts[place[begins[there]] + offset] + paper[begins[there]]
            repeats[at] = True
            earlier[at] = starts[source[there] + offset] + paper[begins[there]]
        text = self._draw(rng, in_title, area[paper])
        for begins, words in self._quote(rng, in_title, area[paper]):
            for offset in range(words.shape[1]):
                there = place[begins] + offset < length[paper[begins]]
                there &= words[:, offset] >= 0
                at = starts[place[begins[there]] + offset] + paper[begins[there]]
                text[at] = words[there, offset]
                follows[at] = repeats[at] = False
        luck = rng.random(len(text), dtype=np.float32)
        luck **= FONDNESS
        for row in range(1, len(growing)):
            now = slice(starts[row], starts[row + 1])
            before = text[starts[row - 1] :][: growing[row]] & (TABLE - 1)
            chance = (luck[now] * self._favourites[before]).astype(np.int64)
            followed = self._successors[self._first[before] + chance]
            new = np.where(follows[now], followed, text[now])
            new = np.where(new == before, followed, new)
            text[now] = np.where(repeats[now], text[earlier[now]], new)
        return text[np.argsort(longest[paper].astype(np.uint16), kind="stable")]

    def _draw(self, rng: np.random.Generator, in_title: Bools, area: Ints) -> Ints:
        """New draws, bent towards the field of research: it has one word of a block of ranks."""
        drawn = self.words.draw(rng, len(area))
        content = np.flatnonzero(in_title & (rng.random(len(area)) < TITLE_CONTENT))
        skip = self.words.share(FIRST_TOPICAL)
        drawn[content] = self.words.draw(rng, len(content), skip=skip)
        topical = (drawn >= FIRST_TOPICAL) & (rng.random(len(area)) < TOPICAL)
        return np.where(topical, drawn - drawn % AREAS + area, drawn)

    def _quote(
        self, rng: np.random.Generator, in_title: Bools, area: Ints
    ) -> list[tuple[Ints, Ints]]:
        """Where phrases begin, and their words, a row each and -1 after the last."""
        chance = rng.random(len(area), dtype=np.float32)
        common = np.flatnonzero((chance < COMMON_PHRASES) & ~in_title)
        quoted = [(common, self._common.choose(rng, len(common)))]
        field = np.flatnonzero(chance > 1 - FIELD_PHRASES)
        group = area[field] % len(self._fields)
        for number, known in enumerate(self._fields):
            begins = field[group == number]
            quoted.append((begins, known.choose(rng, len(begins))))
        return quoted


class Phrases:
    """A group of phrases, some more frequent than others."""

    def __init__(self, group: list[tuple[float, list[int]]]) -> None:
        longest = max(len(words) for _, words in group)
        padded = [words + [-1] * (longest - len(words)) for _, words in group]
        self._words: Ints = np.array(padded)
        sums = np.cumsum([weight for weight, _ in group])
        self._sums = sums / sums[-1]

    def choose(self, rng: np.random.Generator, size: int) -> Ints:
        """Phrases, a row each, -1 after the last word."""
        return self._words[np.searchsorted(self._sums, rng.random(size), side="right")]


def punctuate(rng: np.random.Generator, text: Ints, title: Ints, length: Ints) -> Ints:
    """How each word of ``Prose.write`` stands: capitals, commas and full stops."""
    chance = rng.random(len(text), dtype=np.float32)
    ways = np.full(len(text), PLAIN)
    ways[chance < 1 / CLAUSE] = COMMA
    ways[chance > 1 - 1 / SENTENCE] = STOP
    ends = np.cumsum(length)
    starts = ends - length
    ways[np.concatenate([starts + title - 1, ends - 1])] = STOP
    begins = np.concatenate([[True], ways[:-1] == STOP])
    ways[begins] = CAPITAL
    in_title = np.arange(len(text)) - np.repeat(starts, length) < np.repeat(title, length)
    ways[in_title] = np.where(text[in_title] < SMALL_WORDS, PLAIN, CAPITAL)
    ways[starts] = CAPITAL
    return ways
