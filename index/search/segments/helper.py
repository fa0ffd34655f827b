"""A second process that builds and merges segments, so that indexing uses two cores.

It runs this file, takes orders from its standard input, and ends when that does: so it never
outlives the process that started it, however that ends. Orders and answers are marshalled, which
is safe between two processes of one program: nothing of it is ever kept.
"""

from __future__ import annotations

import marshal
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from index.search.schema import Document
from index.search.segments.arrays import fresh

WAITING = 2  # orders that may wait for the helper


class HelperError(Exception):
    """The helper is gone, and with it what it was given."""


class Helper:
    """The second process, which writes segments into a folder. Not for several threads at once."""

    def __init__(self, folder: Path) -> None:
        command = "from index.search.segments.helper import serve; serve()"
        # The modules come from where they came to this process, never from the folder it stands in.
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process: subprocess.Popen[bytes] | None = None
        self._orders: queue.Queue[tuple[Any, ...] | None] = queue.Queue(WAITING)
        self._broken = threading.Event()
        try:
            self._process = subprocess.Popen(  # noqa: S603 (this program itself)
                [sys.executable, "-P", "-c", command, str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        except OSError:
            self._broken.set()
        self._feeder = threading.Thread(target=self._feed, daemon=True)
        self._feeder.start()

    def add(self, documents: Sequence[Document]) -> bool:
        """Hand over papers; False where the helper is busy. Raises HelperError, as all methods."""
        if self._broken.is_set():
            raise HelperError
        if self._orders.full():
            return False
        self._orders.put(("add", [tuple(document) for document in documents]))
        return True

    def finish(self) -> None:
        """Begin to write what was handed over."""
        self._orders.put(("finish",))

    def merge(self, names: Sequence[str], deleted: Sequence[Sequence[int]]) -> None:
        """Begin to merge segments, given the numbers of the deleted papers of each."""
        self._orders.put(("merge", list(names), [list(each) for each in deleted]))

    def written(self) -> list[tuple[str, int]]:
        """Wait for what was begun: the new segments, and how many papers are in each."""
        if not self._process or not self._process.stdout:
            raise HelperError
        try:
            found: list[tuple[str, int]] = marshal.load(self._process.stdout)  # noqa: S302 (ours)
        except (EOFError, ValueError, TypeError, OSError) as error:
            raise HelperError from error
        return found

    def close(self) -> None:
        """End the process."""
        self._broken.set()
        if self._process:
            self._process.kill()
        with suppress(queue.Empty):
            while True:
                self._orders.get_nowait()
        self._orders.put(None)
        self._feeder.join()
        if self._process:
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    with suppress(OSError):
                        pipe.close()

    def _feed(self) -> None:
        """Send orders as fast as the helper takes them; where it is gone, drop them."""
        pipe = self._process.stdin if self._process else None
        while order := self._orders.get():
            try:
                if pipe and not self._broken.is_set():
                    marshal.dump(order, pipe)
                    pipe.flush()
            except OSError:
                self._broken.set()


def serve() -> None:
    """What the second process does."""
    from index.search.segments.build import Collector
    from index.search.segments.merge import Part, merge
    from index.search.segments.segment import Segment

    orders, answers = sys.stdin.buffer, sys.stdout.buffer
    folder = Path(sys.argv[1])
    collector = Collector(folder)
    while True:
        try:
            kind, *given = marshal.load(orders)  # noqa: S302 (from the process that started this)
        except EOFError:
            return
        if kind == "add":
            collector.add([Document(*each) for each in given[0]])
            continue
        if kind == "finish":
            written = collector.finish()
        else:
            collector = Collector(folder)  # the words it has learnt take much memory
            parts = []
            for name, deleted in zip(*given, strict=True):
                segment = Segment(folder / name)
                live = np.ones(segment.papers, bool)
                live[deleted] = False
                parts.append(Part(segment, live))
            path = fresh(folder)
            written = [(path.name, merge(path, parts)["papers"])] if parts else []
        marshal.dump(written, answers)
        answers.flush()
