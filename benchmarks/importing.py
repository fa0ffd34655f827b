"""How long a dump of arXiv's metadata takes to come in and to be found, and to come in again.

The records are made, in the shape of the real dump. Beside them stands what cannot be done without:
each line decoded as JSON, and put into a bare table of SQLite. Each step has a process of its own.
"""

from __future__ import annotations

import json
import os
import textwrap
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

import apsw

import index.importing  # noqa: F401 (so that no time holds an import)
from benchmarks import corpus
from benchmarks.corpus import Document
from benchmarks.engines import bytes_on_disk
from benchmarks.memory import EVERY, KIND, watching
from benchmarks.setting import tell
from benchmarks.tables import machine, mb, table, times
from index.library import Library

FIRST_MONTH = 7 * 12 + 3  # April 2007, when the ids began that are in use
A_MONTH = 10_000  # papers
CHUNK = 1000  # rows a transaction, as carrel has it

_T = TypeVar("_T")


class Import(NamedTuple):
    """What importing the dump took."""

    papers: int  # that are in the library
    brought: float  # seconds until all are in the store
    found: float  # seconds until a search finds them
    memory: int  # bytes at the most, of all its processes at one time


def lines(papers: Iterator[Document]) -> Iterator[str]:
    """Papers as lines of the dump."""
    for number, paper in enumerate(papers):
        month = FIRST_MONTH + number // A_MONTH
        day = date.fromisoformat(paper.published[:10]) if len(paper.published) >= 10 else date.min
        names = [name.rpartition(" ") for name in paper.authors]
        yield json.dumps(
            {
                "id": f"{month // 12:02}{month % 12 + 1:02}.{number % A_MONTH:05}",
                "submitter": paper.authors[0] if paper.authors else None,
                "authors": ", ".join(paper.authors),
                "title": paper.title,
                "comments": f"{number % 40 + 4} pages, {number % 9} figures",
                "journal-ref": paper.venue if number % 3 else None,
                "doi": f"10.5555/{paper.key}" if number % 2 else None,
                "report-no": None,
                "categories": " ".join(paper.categories),
                "license": "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
                "abstract": textwrap.fill(paper.abstract, 76, initial_indent="  ") + "\n",
                "versions": [
                    {"version": "v1", "created": f"{day:%a, %d %b %Y} 19:18:42 GMT"},
                    {"version": "v2", "created": f"{day:%a, %d %b %Y} 21:10:00 GMT"},
                ],
                "update_date": f"{day}",
                "authors_parsed": [[family, given, ""] for given, _, family in names],
            }
        )


def make(papers: Iterator[Document], file: Path) -> None:
    """Write a dump."""
    with file.open("w", encoding="utf-8") as out:
        out.writelines(f"{line}\n" for line in lines(papers))


def bring(folder: Path, file: Path) -> tuple[int, float, float]:
    """Import a dump, and search until it is found: an ``Import`` but for its memory."""
    with closing(Library.open(folder)) as library:
        library.search("learning")  # so that no time holds an import
        start = time.perf_counter()
        library.import_files([file])
        brought = time.perf_counter() - start
        library.catch_up()
        library.search("learning")
        found = time.perf_counter() - start
        papers = len(library.search("").ids)
    return papers, brought, found


def bare(folder: Path, file: Path) -> float:
    """Decode each line and keep it, and no more; seconds."""
    start = time.perf_counter()
    with closing(apsw.Connection(str(folder / "bare.db"))) as db, file.open("rb") as dump:
        db.pragma("journal_mode", "wal")
        db.pragma("synchronous", "full")
        db.execute("CREATE TABLE records (id TEXT NOT NULL PRIMARY KEY, line BLOB NOT NULL)")
        rows = [(json.loads(line)["id"], line) for line in dump]
        for at in range(0, len(rows), CHUNK):
            with db:
                db.executemany("INSERT INTO records VALUES (?, ?)", rows[at : at + CHUNK])
    return time.perf_counter() - start


def alone(work: Callable[..., _T], *given: object) -> tuple[_T, int]:
    """Do something in a process of its own; what it returned, and the most bytes it held."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        process = pool.submit(os.getpid).result()
        with watching(process) as peak:
            found = pool.submit(work, *given).result()
    return found, peak.bytes


def report(first: Import, again: Import, least: float, dump: int, library: int) -> str:
    """The table, and what follows from it."""
    rows = [
        [
            name,
            f"{one.brought:.1f}",
            f"{one.found:.1f}",
            f"{first.papers / one.brought:,.0f}",
            times(one.brought / least),
            mb(one.memory),
        ]
        for name, one in (("the first time", first), ("again", again))
    ]
    rows.append(["decoded and kept, no more", f"{least:.1f}", "", f"{first.papers / least:,.0f}"])
    rows[-1] += [times(1), ""]
    head = ["", "s to be in", "s to be found", "records/s", "beside the least", f"MB of {KIND}"]
    return (
        f"{table(head, rows)}\n\nAgain it takes 1/{first.brought / again.brought:.1f} of the time "
        f"to be in, and 1/{first.found / again.found:.1f} to be found. The dump has {mb(dump)} MB; "
        f"library and index have {mb(library)} MB, {times(library / dump)} of it. {KIND}: the "
        f"most that all processes held at one time, looked at every {EVERY} s."
    )


def main(argv: list[str] | None = None) -> None:
    """Measure and print."""
    parser = corpus.arguments(__doc__)
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(argv)
    with TemporaryDirectory(prefix="carrel-bench-") as folder:
        dump, library = Path(folder, "dump.jsonl"), Path(folder, "library")
        tell("making a dump …")
        make(corpus.chosen(options), dump)
        tell("importing …")
        took, memory = alone(bring, library, dump)
        first = Import(*took, memory)
        sizes = dump.stat().st_size, bytes_on_disk(library)
        tell("importing again …")
        took, memory = alone(bring, library, dump)
        again = Import(*took, memory)
        tell("decoding and keeping, no more …")
        least, _ = alone(bare, Path(folder), dump)
    about = f"{first.papers:,} records as arXiv's dump has them; {machine()}"
    if options.json:
        figures = {"first": first._asdict(), "again": again._asdict(), "least": least}
        figures |= {"dump": sizes[0], "library": sizes[1], "kind": KIND}
        print(json.dumps({"about": about, **figures}))
        return
    print(f"{about}.\n\n{report(first, again, least, *sizes)}")


if __name__ == "__main__":
    main()
