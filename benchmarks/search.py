"""How fast papers are found: carrel beside Whoosh, SQLite's FTS5 and tantivy, on the same papers.

Each engine is one process; they are asked in turn, so that what the machine does besides falls on
all. A time runs from the text of the query to the ids and titles of the 50 best. Only queries that
an engine has count for it.
"""

from __future__ import annotations

import json
from contextlib import ExitStack

from benchmarks.engines import load
from benchmarks.opening import opening
from benchmarks.queries import CannotError, Query
from benchmarks.search_report import Contest, Measured, Performance
from benchmarks.setting import Setting, arguments, ensure_built, setting, tell
from benchmarks.tables import machine
from benchmarks.worker import LIMIT, Worker
from benchmarks.workload import workload

ROUNDS = 15
LONGEST = 0.5  # seconds after which a query is not asked of an engine again
FAR_TOO_LONG = 3.0  # seconds of the very first time after which it is not, and that time counts


def measure(where: Setting, queries: list[Query], rounds: int, count: bool) -> Contest:
    """Ask every engine every query, a round after the other."""
    with ExitStack() as stack:
        workers = {}
        for name in where.engines:
            workers[name] = stack.enter_context(Worker(name, where.of(name)))
            workers[name].open()
        tell(f"{len(queries)} queries in {rounds} rounds …")
        measured = {name: _first(worker, queries) for name, worker in workers.items()}
        for number, query in enumerate(queries):
            for _ in range(rounds):
                for name, found in measured.items():
                    one = found.get(number)
                    if one and sum(one.seconds) < LONGEST:
                        one.seconds.append(workers[name].time(query, count=count))
        memory = {name: worker.memory() for name, worker in workers.items()}
    tell("opening afresh …")
    engines = {
        name: Performance(measured[name], opening(where, name), memory[name])
        for name in where.engines
    }
    return Contest(queries, engines)


def _first(worker: Worker, queries: list[Query]) -> dict[int, Measured]:
    """The queries that an engine has and their hits; each is asked for the first time here."""
    measured = {}
    for number, query in enumerate(queries):
        try:
            seconds = worker.time(query)
        except CannotError:
            continue
        far_too_long = seconds > FAR_TOO_LONG
        hits = None if seconds >= LIMIT else worker.hits(query)
        measured[number] = Measured(hits, [seconds] if far_too_long else [])
    return measured


def main(argv: list[str] | None = None) -> None:
    """Measure and print."""
    parser = arguments(__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="times that a query is asked")
    parser.add_argument(
        "--count", action="store_true", help="all count their hits within the time, as carrel does"
    )
    options = parser.parse_args(argv)
    with setting(options) as where:
        ensure_built(where)
        contest = measure(where, workload(), options.rounds, options.count)
        about = f"{where.said}; {machine()}"
    if options.json:
        print(json.dumps({"about": about, "engines": contest.as_json()}))
        return
    print(f"{about}.\n")
    for name in contest.engines:
        print(f"- {load(name).name}: 1 process; {load(name).setting}.")
    other = "and so do the others" if options.count else "the others need not"
    print(f"\ncarrel counts its hits within the time; {other}.\n\n{contest.report()}")


if __name__ == "__main__":
    main()
