"""Any number of made papers by seed, or real ones from a file: what every benchmark runs on.

The same seed gives the same papers, and fewer papers are the beginning of more. How like real ones
they are, ``--compare FILE`` tells (see ``statistics``).
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

BLOCK = 4096  # papers written side by side
TITLE_WORDS, TITLE_SPREAD = 2.27, 0.37  # mean and deviation of the logarithm
ABSTRACT_WORDS, ABSTRACT_SPREAD = 133, 44


class Document(NamedTuple):
    """A paper as an engine gets it. ``published`` is ISO 8601; ``key`` tells it from all others."""

    key: str
    title: str
    abstract: str
    authors: tuple[str, ...]
    published: str
    venue: str
    categories: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        """The year of publication; 0 where it is not known."""
        return int(self.published[:4] or 0)

    def json(self) -> str:
        """One line of JSON, as carrel imports it."""
        fields = {**self._asdict(), "doi": f"10.5555/{self.key}"}
        return json.dumps(fields, ensure_ascii=False)


def make(papers: int, seed: int = 1) -> Iterator[Document]:
    """Made papers, without end to their number. (NumPy is imported here: reading needs none.)"""
    import numpy as np

    from benchmarks.people import CATEGORIES, People
    from benchmarks.prose import Prose, punctuate
    from benchmarks.vocabulary import AREAS, Spelling

    prose, spelling, people = Prose(), Spelling(), People()
    for block in range(0, papers, BLOCK):
        rng = np.random.Generator(np.random.SFC64([seed, block]))
        title = np.clip(rng.lognormal(TITLE_WORDS, TITLE_SPREAD, BLOCK), 2, 30).astype(np.int64)
        abstract = np.clip(rng.normal(ABSTRACT_WORDS, ABSTRACT_SPREAD, BLOCK), 15, 400)
        length = title + abstract.astype(np.int64)
        area = rng.integers(0, AREAS, BLOCK)
        text = prose.write(rng, title, length, area)
        words = spelling.spell(text, punctuate(rng, text, title, length))
        authors = people.authors(rng, BLOCK)
        dates = people.dates(rng, BLOCK)
        venues = people.venues(rng, dates)
        starts = (np.cumsum(length) - length).tolist()
        for paper, (start, title_words, all_words) in enumerate(
            zip(starts, title.tolist(), length.tolist(), strict=True)
        ):
            if block + paper == papers:
                return
            yield Document(
                key=f"made.{seed}.{block + paper}",
                title="".join(words[start : start + title_words]).rstrip(" ."),
                abstract="".join(words[start + title_words : start + all_words]).rstrip(),
                authors=authors[paper],
                published=dates[paper],
                venue=venues[paper],
                categories=(CATEGORIES[area[paper]],),
            )


def read(file: Path) -> Iterator[Document]:
    """Papers from JSON Lines, plain or .gz; lines without a title are left out."""
    opened = gzip.open if file.suffix == ".gz" else open
    with opened(file, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            fields = json.loads(line)
            if not fields.get("title"):
                continue
            yield Document(
                key=str(fields.get("key") or f"line.{number}"),
                title=str(fields["title"]),
                abstract=str(fields.get("abstract") or ""),
                authors=tuple(map(str, fields.get("authors") or ())),
                published=str(fields.get("published") or fields.get("year") or ""),
                venue=str(fields.get("venue") or ""),
                categories=tuple(map(str, fields.get("categories") or ())),
            )


def write(documents: Iterable[Document], file: Path) -> int:
    """Write papers as JSON Lines; returns how many."""
    count = 0
    with file.open("w", encoding="utf-8") as out:
        for count, document in enumerate(documents, 1):  # noqa: B007
            out.write(document.json() + "\n")
    return count


def arguments(description: str | None, papers: int = 20_000) -> argparse.ArgumentParser:
    """The options by which every benchmark is told its papers."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=int, default=papers, metavar="N", help="how many papers")
    parser.add_argument("--seed", type=int, default=1, help="of the made papers")
    parser.add_argument(
        "--papers-from", type=Path, metavar="FILE", help="real papers instead: JSON Lines, or .gz"
    )
    return parser


def chosen(options: argparse.Namespace) -> Iterator[Document]:
    """The papers that the options name."""
    if options.papers_from:
        return itertools.islice(read(options.papers_from), options.papers)
    return make(options.papers, options.seed)


def main(argv: list[str] | None = None) -> None:
    """Write papers to standard output, or compare made ones with real ones."""
    parser = arguments(__doc__)
    parser.add_argument("-o", "--output", type=Path, metavar="FILE")
    parser.add_argument("--compare", type=Path, metavar="FILE", help="with these real papers")
    options = parser.parse_args(argv)
    if options.compare:
        from benchmarks.term_statistics import comparison

        real = list(itertools.islice(read(options.compare), options.papers))
        print(comparison({"made": make(len(real), options.seed), options.compare.name: real}))
    elif options.output:
        print(f"{write(chosen(options), options.output):,} papers", file=sys.stderr)
    else:
        for document in chosen(options):
            print(document.json())


if __name__ == "__main__":
    main()
