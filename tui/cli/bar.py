"""The progress bar of a terminal. It is drawn by Rich, which only commands that show one load."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from tui.cli.streams import at_terminal


class Rate(ProgressColumn):
    """How much is done in a second: ``12.4 MB/s``, ``3,210 papers/s``."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def render(self, task: Task) -> Text:
        """The rate of the last half minute; nothing before there is one."""
        speed = task.finished_speed or task.speed
        if speed is None:
            return Text("")
        if self._unit == "bytes":
            return Text(f"{speed / 1e6:,.1f} MB/s")
        amount = f"{speed:,.0f}" if speed >= 10 else f"{speed:.1f}"
        return Text(f"{amount} {self._unit}".rstrip() + "/s")


def make_bar(label: str, unit: str) -> Progress:
    """A bar on standard error with one task; it goes when it is stopped."""
    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn() if unit == "bytes" else MofNCompleteColumn(),
        Rate(unit),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True),
        transient=True,
        # Lines of results go above the bar, but into the file where they were sent to one.
        redirect_stdout=at_terminal(sys.stdout),
    )
    progress.add_task(label, total=None)
    return progress
