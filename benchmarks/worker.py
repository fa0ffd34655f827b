"""An engine in a process of its own: its memory is its own, and it is opened afresh."""

from __future__ import annotations

import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from benchmarks.engines import Engine, bytes_on_disk, load
from benchmarks.queries import Query

PATIENCE = 60.0  # seconds until added papers must be found
LIMIT = 5.0  # seconds after which a search is broken off; that counts as its time


class Built(NamedTuple):
    """What building an index took."""

    seconds: Mapping[str, float]  # by step
    bytes: int  # on disk, of the index alone
    memory: int  # bytes of memory at the most


class Worker:
    """A process that holds one engine and takes its own times, so that no message counts."""

    def __init__(self, engine: str, folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process = context.Process(target=_serve, args=(other, engine, folder))
        self._process.start()
        other.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with suppress(BrokenPipeError):
            self._pipe.send(None)
        self._process.join()

    def build(self, corpus: Path) -> Built:
        """Build the index of a corpus."""
        built: Built = self._ask("build", corpus)
        return built

    def open(self) -> float:
        """Open what was built; seconds."""
        return float(self._ask("open"))

    def time(self, query: Query, *, count: bool = False) -> float:
        """Search, and count the hits; seconds. Raises CannotError."""
        return float(self._ask("time", query, count))

    def hits(self, query: Query) -> int | None:
        """How many papers match; None where it takes too long to say. Raises CannotError."""
        hits: int | None = self._ask("hits", query)
        return hits

    def rank(self, query: Query, rows: int) -> list[int]:
        """The best papers: their places in the corpus, from 1. Raises CannotError."""
        ranked: list[int] = self._ask("rank", query, rows)
        return ranked

    def add(self, corpus: Path, query: Query, wanted: int) -> float:
        """Add papers until a query finds as many as wanted; seconds."""
        return float(self._ask("add", corpus, query, wanted))

    def memory(self) -> int:
        """The most bytes of memory that the process has held so far."""
        return int(self._ask("memory"))

    def _ask(self, name: str, *arguments: Any) -> Any:
        self._pipe.send((name, arguments))
        answer = self._pipe.recv()
        if isinstance(answer, BaseException):
            raise answer
        return answer


class _TooLongError(Exception):
    """A search has taken LIMIT seconds."""


@contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooLongError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class _Station:
    """What runs in the process."""

    def __init__(self, engine: str, folder: Path) -> None:
        self._kind = load(engine)
        self._folder = folder
        self._engine: Engine | None = None

    def build(self, corpus: Path) -> Built:
        seconds = self._kind.build(self._folder, corpus)
        return Built(seconds, bytes_on_disk(self._kind.files(self._folder)), self.memory())

    def open(self) -> float:
        start = time.perf_counter()
        self._engine = self._kind(self._folder)
        return time.perf_counter() - start

    def time(self, query: Query, count: bool) -> float:
        engine = self._opened()
        start = time.perf_counter()
        with suppress(_TooLongError), _limited():
            engine.search(query, count=count)
        return time.perf_counter() - start

    def hits(self, query: Query) -> int | None:
        with suppress(_TooLongError), _limited():
            return self._opened().search(query, count=True).hits
        return None

    def rank(self, query: Query, rows: int) -> list[int]:
        return [number for number, _ in self._opened().search(query, rows).rows]

    def add(self, corpus: Path, query: Query, wanted: int) -> float:
        engine = self._opened()
        start = time.perf_counter()
        engine.add(corpus)
        while len(engine.search(query, wanted).rows) < wanted:
            if time.perf_counter() > start + PATIENCE:
                raise TimeoutError(f"{self._kind.name} does not find what was added")
        return time.perf_counter() - start

    def memory(self) -> int:
        with suppress(OSError), Path("/proc/self/status").open() as lines:
            for line in lines:
                if line.startswith("VmHWM"):  # ru_maxrss remembers the parent's memory too
                    return int(line.split()[1]) * 1024
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024

    def close(self) -> None:
        if self._engine:
            self._engine.close()

    def _opened(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("open() comes first")
        return self._engine


def _serve(pipe: Connection, engine: str, folder: Path) -> None:
    station = _Station(engine, folder)
    while message := pipe.recv():
        name, arguments = message
        try:
            pipe.send(getattr(station, name)(*arguments))
        except Exception as error:
            pipe.send(error)
    station.close()
