"""From a key that is typed in the search field to the new rows on the screen, in a real terminal.

Sentences are typed letter by letter, each a moment after the rows of the one before have come. A
letter counts where it changes how many papers are found.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks import setting
from benchmarks.screen import Lines, Screen
from benchmarks.tables import machine, ms, table
from index.library import Library
from index.locations import state_file

SENTENCES = (
    "graph neural networks",
    "large language models",
    "quantum field theory",
    "we show that deep learning",
)
SIZE = {"rows": 48, "columns": 160}
LOOKED_AT = 10  # rows that must have come
TITLE = 16  # characters by which a row is known
PAUSE = 0.15  # seconds between the rows of one letter and the next letter: a quick typist
CLEAR = "\x15"  # ctrl+u
PERCENTILES = (50, 95, 99)
SLOWEST = 5  # letters that are named


class Letter(NamedTuple):
    """What one letter leads to."""

    query: str  # up to here; the last of it is the key
    shown: Callable[[Lines], bool]  # whether a screen shows its answer
    alone: float  # seconds that the library takes for the search and the rows of a screen


class Typed(NamedTuple):
    """A letter that was typed, in seconds: until its rows stood on the screen, and its search."""

    query: str
    drawn: float
    alone: float


def letters(library: Library, sentence: str) -> Iterator[Letter]:
    """Every letter of a sentence, and what it must bring."""
    for end in range(1, len(sentence) + 1):
        query = sentence[:end]
        start = time.perf_counter()
        result = library.search(query, as_typed=True)
        rows = library.rows(result.ids[: SIZE["rows"]], query, as_typed=True)
        alone = time.perf_counter() - start
        titles = [row.title[:TITLE].strip() for row in rows[:LOOKED_AT]]
        shown = _shows(f"{len(result.ids):,} of {result.total:,}", titles)
        yield Letter(query, shown, alone)


def _shows(count: str, titles: list[str]) -> Callable[[Lines], bool]:
    def shown(screen: Lines) -> bool:
        text = "\n".join(screen)
        return f" {count} " in text and all(title in text for title in titles)

    return shown


def measure(folder: Path, sentences: Sequence[str]) -> list[Typed]:
    """Type the sentences into a reader of the library in a folder."""
    environment = {**os.environ, "HOME": str(folder), "COLORTERM": "truecolor"}
    command = [sys.executable, "-m", "tui", "--library", str(folder)]
    typed = []
    state_file(folder).unlink(missing_ok=True)  # the view that an earlier run left
    with closing(Library.open(folder)) as library, Screen(command, environment, **SIZE) as screen:
        everything = _shows(f"{len(library.search('').ids):,} papers", [])
        screen.until(everything)
        screen.press("/")
        for sentence in sentences:
            for letter in letters(library, sentence):
                time.sleep(PAUSE)
                counts = not screen.shows(letter.shown)
                pressed = screen.press(letter.query[-1])
                if counts:
                    drawn = screen.until(letter.shown) - pressed
                    typed.append(Typed(letter.query, drawn, letter.alone))
            screen.press(CLEAR)
            screen.until(everything)
    return typed


def main(argv: list[str] | None = None) -> None:
    """Measure and print."""
    parser = setting.arguments(__doc__, rivals=False)
    parser.add_argument(
        "--type", nargs="+", default=SENTENCES, metavar="SENTENCE", help="what is typed"
    )
    options = parser.parse_args(argv)
    with setting.setting(options) as where:
        setting.ensure_built(where)
        setting.tell("typing …")
        typed = measure(where.of("carrel"), options.type)
    about = f"{where.said}; {machine()}"
    if options.json:
        print(json.dumps({"about": about, "letters": [one._asdict() for one in typed]}))
        return
    rows = [
        [name, str(len(typed)), *(ms(float(np.percentile(times, at))) for at in PERCENTILES)]
        for name, times in (
            ("from the key to its rows on the screen", [one.drawn for one in typed]),
            ("the search and its rows alone", [one.alone for one in typed]),
        )
    ]
    slowest = sorted(typed, key=lambda one: -one.drawn)[:SLOWEST]
    print(f"{about}.\n\n{table(['ms', 'letters', *(f'p{at}' for at in PERCENTILES)], rows)}")
    print(f"\nThe slowest: {', '.join(f'`{one.query}` {ms(one.drawn)} ms' for one in slowest)}.")


if __name__ == "__main__":
    main()
