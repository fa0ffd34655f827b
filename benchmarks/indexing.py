"""How fast papers become searchable, and what their index takes: carrel beside the others.

Each engine is built in a process of its own, one after the other, from the same file. Then 100 more
papers are added until they are found, and the index is opened afresh for its first query.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from statistics import median
from typing import Any, NamedTuple

from benchmarks import corpus
from benchmarks.corpus import Document
from benchmarks.engines import load
from benchmarks.opening import Opening, opening
from benchmarks.queries import Query, words
from benchmarks.setting import Setting, arguments, build, setting, tell
from benchmarks.tables import machine, mb, ms, table, times
from benchmarks.worker import Built, Worker

ADDED = 100  # papers
TIMES_ADDED = 5
MARKER = "zyzzyvas"  # no paper holds it before


class Indexing(NamedTuple):
    """What was measured of an engine."""

    built: Built
    opening: Opening
    adding: list[float]  # seconds, a time each


def measure(where: Setting, engine: str) -> Indexing:
    """Build, open and add."""
    built = build(where, engine)
    began = opening(where, engine)
    tell(f"adding to {load(engine).name} …")
    adding = []
    copy = where.folder / "more"  # what was built serves other benchmarks too
    shutil.copytree(where.of(engine), copy)
    with Worker(engine, copy) as worker:
        worker.open()
        for turn in range(TIMES_ADDED):
            query = Query("a rare word", words(f"{MARKER}{turn}"))
            added = corpus.write(_more(turn), where.folder / "more.jsonl")
            adding.append(worker.add(where.folder / "more.jsonl", query, added))
    shutil.rmtree(copy)
    return Indexing(built, began, adding)


def _more(turn: int) -> Iterator[Document]:
    """Papers that are not in the corpus, all with one word in their titles."""
    for paper in corpus.make(ADDED, seed=1_000_003 + turn):
        yield paper._replace(title=f"{paper.title} {MARKER}{turn}")


def report(papers: int, engines: dict[str, Indexing]) -> str:
    """The tables."""
    carrel = engines.get("carrel")
    rows = []
    for name, one in engines.items():
        index = one.built.seconds["index"]
        row = [load(name).name, f"{papers / index:,.0f}"]
        row += [times(index / carrel.built.seconds["index"])] if carrel else []
        row += [mb(one.built.bytes), mb(one.built.memory)]
        row += [ms(median(one.adding)), ms(max(one.adding))]
        rows.append(row + [ms(one.opening.opened), ms(one.opening.first), ms(one.opening.over)])
    head = ["", "papers/s"] + (["carrel's speed / this"] if carrel else [])
    head += ["MB on disk", "MB of memory", f"{ADDED} more, ms", "at most"]
    text = table(head + ["to open, ms", "first query", "over warm, at worst"], rows)
    if carrel:
        whole = sum(carrel.built.seconds.values())
        text += (
            f"\n\ncarrel's papers/s are from its store into its index. From the file into the "
            f"store it takes {papers / carrel.built.seconds['import']:,.0f} papers/s, and from the "
            f"file to be found {papers / whole:,.0f}."
        )
    return text


def _as_json(engines: dict[str, Indexing]) -> dict[str, Any]:
    return {
        name: {
            **one.built._asdict(),
            "opening": one.opening._asdict(),
            "adding": one.adding,
        }
        for name, one in engines.items()
    }


def main(argv: list[str] | None = None) -> None:
    """Measure and print."""
    options = arguments(__doc__).parse_args(argv)
    with setting(options) as where:
        engines = {engine: measure(where, engine) for engine in where.engines}
        about = f"{where.said}; {machine()}"
        if options.json:
            print(json.dumps({"about": about, "engines": _as_json(engines)}))
            return
        print(f"{about}.\n\n{report(where.papers, engines)}")


if __name__ == "__main__":
    main()
