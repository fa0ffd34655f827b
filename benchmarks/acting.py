"""What the reader does, until it is on disk: a star, a tag on many papers, and the way back.

A star is given beside a bare commit to SQLite of one row, as durable, in turn on the same disk.
"""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import apsw
import numpy as np

from benchmarks import setting
from benchmarks.tables import machine, ms, table, times
from index.library import Library
from index.locations import database_file
from index.store import Store
from index.store.moments import now

STARS = 200
TAGGED = 10_000  # papers
ROUNDS = 5
PERCENTILES = (50, 95, 100)


class Acting(NamedTuple):
    """Seconds, a time each; and how many papers the search index would have to read anew."""

    star: list[float]
    commit: list[float]
    tag: list[float]
    undo: list[float]
    redo: list[float]
    tagged: int  # papers
    revised: int


def measure(folder: Path) -> Acting:
    """Star and tag papers of the library in a folder."""
    found = Acting([], [], [], [], [], 0, 0)
    with (
        closing(Library.open(folder)) as library,
        closing(Store(database_file(folder))) as store,
        closing(_bare(folder / "bare.db")) as bare,
    ):
        ids = [int(paper_id) for paper_id in library.search("").ids]
        library.marks.star(ids[0])  # so that no time holds an import
        revision = store.revision()
        for paper_id in ids[1 : STARS + 1]:
            found.star.append(_seconds(library.marks.star, paper_id))
            found.commit.append(
                _seconds(bare.execute, "INSERT INTO stars VALUES (?, ?)", (paper_id, now()))
            )
        chosen = ids[:TAGGED]
        for number in range(ROUNDS):
            found.tag.append(_seconds(library.tags.add, chosen, f"many{number}"))
            found.undo.append(_seconds(library.history.undo))
            found.redo.append(_seconds(library.history.redo))
        revised = store.revision() - revision
    return found._replace(tagged=len(chosen), revised=revised)


def _bare(file: Path) -> apsw.Connection:
    """A database of one table, as durable as the library."""
    bare = apsw.Connection(str(file))
    bare.pragma("journal_mode", "wal")
    bare.pragma("synchronous", "full")
    bare.execute("CREATE TABLE stars (paper_id INTEGER PRIMARY KEY, at TEXT NOT NULL)")
    return bare


def _seconds(act: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    act(*arguments)
    return time.perf_counter() - start


def report(found: Acting) -> str:
    """The table, and what an action costs beside a bare commit."""
    many = f"{found.tagged:,} papers"
    rows = [
        [name, str(len(took)), *(ms(float(np.percentile(took, at))) for at in PERCENTILES)]
        for name, took in (
            ("one star", found.star),
            ("a bare commit", found.commit),
            (f"one tag on {many}", found.tag),
            ("undoing that", found.undo),
            ("redoing it", found.redo),
        )
    ]
    ratios = (
        times(float(np.percentile(found.star, at) / np.percentile(found.commit, at)))
        for at in (50, 95)
    )
    return (
        f"{table(['ms', 'times', 'median', 'p95', 'most'], rows)}\n\n"
        f"A star takes {' (median) and '.join(ratios)} (p95) of a bare commit."
        f" All that gave the search index {found.revised:,} papers to read anew."
    )


def main(argv: list[str] | None = None) -> None:
    """Measure and print."""
    options = setting.arguments(__doc__, rivals=False).parse_args(argv)
    with setting.setting(options) as where:
        setting.ensure_built(where)
        setting.tell("acting …")
        copy = where.folder / "acted"  # what was built serves other benchmarks too
        shutil.copytree(where.of("carrel"), copy)
        try:
            found = measure(copy)
        finally:
            shutil.rmtree(copy)
    about = f"{where.said}; {machine()}"
    if options.json:
        print(json.dumps({"about": about, **found._asdict()}))
        return
    print(f"{about}.\n\n{report(found)}")


if __name__ == "__main__":
    main()
