"""What is told of memory is what the processes hold."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from benchmarks import memory
from benchmarks.memory import KIND, pss, rss, watching

HELD = 100_000_000  # bytes
PYTHON = 40_000_000  # that two processes of Python hold themselves, at the most

TWO = """
import subprocess, sys
held = b"x" * SIZE
if len(sys.argv) == 1:
    subprocess.run([sys.executable, "-c", sys.orig_argv[2], "child"])
else:
    print("ready", flush=True)
    sys.stdin.read()
"""

SHARING = """
import mmap, os, sys
held = mmap.mmap(-1, SIZE)
held.write(b"x" * SIZE)
if os.fork():
    os.wait()
else:
    held.read(SIZE), held[::4096]
    print("ready", flush=True)
    sys.stdin.read()
"""

linux = pytest.mark.skipif(KIND != "PSS", reason="Only Linux divides what is shared.")


@contextmanager
def running(program: str) -> Iterator[int]:
    """Two processes that hold so many bytes each; the id of the first."""
    command = [sys.executable, "-c", program.replace("SIZE", str(HELD))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        yield process.pid


@pytest.mark.parametrize("held", [pytest.param(pss, marks=linux), rss])
def test_the_memory_of_a_child_counts_too(held: Callable[[int], int]) -> None:
    with running(TWO) as process:
        assert 2 * HELD < held(process) < 2 * HELD + PYTHON


@linux
def test_what_two_processes_share_counts_once() -> None:
    with running(SHARING) as process:
        assert HELD < pss(process) < HELD + PYTHON
        assert rss(process) > 2 * HELD


@pytest.mark.parametrize("held", [pytest.param(pss, marks=linux), rss])
def test_a_process_that_is_gone_holds_nothing(held: Callable[[int], int]) -> None:
    with running(TWO) as process:
        pass
    assert held(process) == 0


def test_the_peak_stays_when_what_was_held_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "EVERY", 0.001)
    with ExitStack() as watched, running(TWO) as process:
        peak = watched.enter_context(watching(process))
        while peak.bytes < 2 * HELD:
            time.sleep(0.01)
    assert 2 * HELD < peak.bytes < 2 * HELD + PYTHON
