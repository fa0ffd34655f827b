"""How words are spread over papers: what made papers must share with real ones."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from benchmarks.corpus import Document
from benchmarks.tables import table

_WORD = re.compile(r"\w+")
TOP = 50  # commonest words whose document frequencies are compared


class Terms:
    """Counts over the title and abstract of some papers, words lower-cased."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.papers = 0
        self.occurrences: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()  # papers that hold a word
        self.bigrams: Counter[tuple[str, str]] = Counter()
        self.titles: list[int] = []  # words
        self.abstracts: list[int] = []
        self.characters: list[int] = []  # of the abstracts
        self.authors: Counter[str] = Counter()
        self.authors_each: list[int] = []
        self.growth: list[tuple[int, int]] = []  # words so far, distinct words so far
        words = 0
        for document in documents:
            title = _WORD.findall(document.title.lower())
            abstract = _WORD.findall(document.abstract.lower())
            text = title + abstract
            self.papers += 1
            self.titles.append(len(title))
            self.abstracts.append(len(abstract))
            self.characters.append(len(document.abstract))
            self.authors.update(document.authors)
            self.authors_each.append(len(document.authors))
            self.occurrences.update(text)
            self.documents.update(set(text))
            self.bigrams.update(itertools.pairwise(text))
            words += len(text)
            self.growth.append((words, len(self.occurrences)))

    def heaps(self) -> float:
        """The exponent by which the vocabulary grows with the text (Heaps, 1978).

        Fitted from a twentieth of the papers on.
        """
        words, distinct = np.log(np.array(self.growth[len(self.growth) // 20 :], float)).T
        return float(np.polyfit(words, distinct, 1)[0])

    def zipf(self, first: int, last: int) -> float:
        """How steeply frequency falls with rank, between two ranks (Zipf, 1935).

        Not a number where there are not twice as many words as the first of the ranks.
        """
        counts = np.array(sorted(self.occurrences.values(), reverse=True))
        last = min(last, len(counts))
        if last < 2 * first:
            return np.nan
        ranks = np.unique(np.geomspace(first, last, 200).astype(int))
        return float(-np.polyfit(np.log(ranks), np.log(counts[ranks - 1]), 1)[0])

    def hapaxes(self) -> float:
        """The share of words that occur once."""
        return _once(self.occurrences)

    def repeated_bigrams(self) -> tuple[float, float]:
        """The share of pairs of neighbours that occur again: of distinct pairs, and of all."""
        again = [count for count in self.bigrams.values() if count > 1]
        return len(again) / len(self.bigrams), sum(again) / self.bigrams.total()

    def burstiness(self, least: int, most: int) -> float:
        """Occurrences of a word in a paper that holds it, for words in some numbers of papers."""
        words = [word for word, papers in self.documents.items() if least <= papers < most]
        papers = sum(self.documents[word] for word in words)
        return sum(self.occurrences[word] for word in words) / max(papers, 1)

    def top(self) -> npt.NDArray[np.float64]:
        """The document frequencies of the TOP commonest words, as shares, descending."""
        counts = [count for _, count in self.documents.most_common(TOP)]
        return np.array(counts) / self.papers


def _once(counts: Counter[str]) -> float:
    return sum(count == 1 for count in counts.values()) / len(counts)


def _spread(values: list[int]) -> str:
    return f"{np.mean(values):.1f} ± {np.std(values):.1f}"


def comparison(corpora: Mapping[str, Iterable[Document]]) -> str:
    """The statistics of corpora side by side, as Markdown."""
    terms = [Terms(documents) for documents in corpora.values()]
    rows: dict[str, list[str]] = {
        "papers": [f"{one.papers:,}" for one in terms],
        "words of a title": [_spread(one.titles) for one in terms],
        "words of an abstract": [_spread(one.abstracts) for one in terms],
        "characters of an abstract": [_spread(one.characters) for one in terms],
        "authors of a paper": [_spread(one.authors_each) for one in terms],
        "distinct words": [f"{len(one.occurrences):,}" for one in terms],
        "Heaps' exponent": [f"{one.heaps():.3f}" for one in terms],
    }
    for first, last in ((1, 100), (100, 1_000), (1_000, 10_000), (10_000, 40_000)):
        row = f"Zipf's slope, ranks {first:,} to {last:,}"
        rows[row] = [f"{one.zipf(first, last):.2f}" for one in terms]
    rows["words that occur once"] = [f"{one.hapaxes():.1%}" for one in terms]
    bigrams = [one.repeated_bigrams() for one in terms]
    rows["distinct pairs of words that recur"] = [f"{types:.1%}" for types, _ in bigrams]
    rows["all pairs of words that recur"] = [f"{tokens:.1%}" for _, tokens in bigrams]
    for least, most in ((5, 50), (50, 500), (500, 5_000)):
        row = f"occurrences where it occurs, words in {least:,} to {most:,} papers"
        rows[row] = [f"{one.burstiness(least, most):.2f}" for one in terms]
    tops = [one.top() for one in terms]
    for rank in (1, 2, 5, 10, 20, 30, 40, 50):
        row = f"papers with the word of document rank {rank}"
        rows[row] = [f"{top[rank - 1]:.1%}" if rank <= len(top) else "" for top in tops]
    rows["distinct authors"] = [f"{len(one.authors):,}" for one in terms]
    rows["authors with one paper"] = [f"{_once(one.authors):.1%}" for one in terms]
    return table(["", *corpora], [[name, *values] for name, values in rows.items()])
