"""The memory of a process and of all that it started, looked at again and again.

Linux divides what processes share among them (PSS), so the sum over the processes is what they take
together. Elsewhere it is the sum of RSS, which counts shared pages in each.
"""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EVERY = 0.2  # seconds between two looks

KIND = "PSS" if Path("/proc/self/smaps_rollup").exists() else "RSS"
"""What is added up over the processes."""


class Peak:
    """The most that was seen."""

    bytes = 0


@contextmanager
def watching(process: int) -> Iterator[Peak]:
    """Look at a process and its descendants meanwhile, and once more at the end.

    The process had better be another one.
    """
    peak, over = Peak(), threading.Event()
    held = pss if KIND == "PSS" else rss

    def look() -> None:
        peak.bytes = max(peak.bytes, held(process))

    def watch() -> None:
        while not over.wait(EVERY):
            look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()
        look()  # it may all have been over before the first look


def pss(process: int) -> int:
    """The bytes of a process and its descendants, shared ones divided; 0 of one that is gone."""
    folder, kib = Path(f"/proc/{process}"), 0
    children: list[str] = []
    with suppress(OSError):
        for line in (folder / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                kib = int(line.split()[1])
        for file in folder.glob("task/*/children"):
            children += file.read_text().split()
    return kib * 1024 + sum(pss(int(child)) for child in children)


def rss(process: int) -> int:
    """The bytes of a process and its descendants, shared ones counted in each; as ``pss``."""
    asked = ["ps", "-A", "-o", "pid=,ppid=,rss="]
    printed = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    rows = [[int(number) for number in line.split()] for line in printed.splitlines()]

    def held(parent: int) -> int:
        return sum(kib * 1024 + held(child) for child, of, kib in rows if of == parent)

    return held(process) + sum(kib * 1024 for child, _, kib in rows if child == process)
