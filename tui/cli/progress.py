"""How far a long work is, and how it is stopped: a bar for a person, events for a program.

A command that takes long gives the library what these make:

    with stoppable() as stop, progress_bar("Fetching", "papers") as progress:
        report = desk.library.follows.fetch(progress=progress, stop=stop)
    click.echo(account(report))
    if report.stopped:
        raise click.exceptions.Exit(STOPPED)

Where nobody watches standard error, ``progress_bar`` gives None and nothing is shown: the one line
that closes the command is all there is. The bar is gone when its context is left.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import click

from index.progress import Progress, Stop
from tui.cli.printing import print_json
from tui.cli.streams import at_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

STOPPED = 130
"""The exit code of a command that was stopped by ctrl+c, as a shell has it."""

EVERY = 0.5  # seconds between two events that tell how far a work is


def say(line: str, *, err: bool = False) -> None:
    """Print a line, above the bar where there is one."""
    # The stream by its name as it is now: else click writes into the line that the bar is drawn on.
    click.echo(line, file=sys.stderr if err else sys.stdout)


@contextmanager
def progress_bar(
    label: str, unit: str = "papers", *, shown: bool = True
) -> Iterator[Progress | None]:
    """A bar with rate and time left on standard error where a person watches, else nothing.

    ``label`` says what is being done (“Reading”), ``unit`` what is counted: ``bytes`` are shown as
    MB, anything else by its name, which may be empty. There is no bar before it is told something.
    """
    if not (shown and at_terminal(sys.stderr)):
        yield None
        return
    bar: Bar | None = None

    def advance(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            from tui.cli.bar import make_bar

            bar = make_bar(label, unit)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, total=total or None)

    try:
        yield advance
    finally:
        if bar:
            bar.stop()


@contextmanager
def progress_events(step: str) -> Iterator[Progress]:
    """Tell on standard output how far a work is, as JSON lines: twice a second, and at its end.

    ``{"event": "progress", "step": "reading", "done": 1024, "total": 4096}``
    """
    told = 0.0

    def advance(done: int, total: int) -> None:
        nonlocal told
        moment = time.monotonic()
        if moment - told >= EVERY or done == total:
            told = moment
            print_event("progress", step=step, done=done, total=total or None)

    yield advance


def print_event(event: str, **facts: object) -> None:
    """Print one event as a JSON line, for whoever reads along."""
    print_json({"event": event, **facts})
    sys.stdout.flush()


@contextmanager
def stoppable() -> Iterator[Stop]:
    """What tells whether ctrl+c was pressed, so that a work may come to a clean end by itself.

    Pressed a second time it interrupts at once, as it does elsewhere.
    """
    asked = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: asked
    finally:
        signal.signal(signal.SIGINT, before)
