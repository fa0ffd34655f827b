"""From the command to the first frame: carrel beside an empty Textual app and a bare Python.

Each is started in a real terminal, in turn, so that what the machine does besides falls on all.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.terminal import seconds_until_seen

ROUNDS = 15
SIZE = {"rows": 48, "columns": 160}

EMPTY_APP = """
from textual.app import App
from textual.widgets import Static

class Empty(App):
    def compose(self):
        yield Static("seen-by-the-benchmark")

Empty().run()
"""


def main() -> None:
    """Measure and print."""
    python = sys.executable
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "PYTHONDONTWRITEBYTECODE": ""}
        carrel = [str(Path(python).with_name("carrel"))]
        for _ in range(2):  # the sample is made, and its last view is left behind
            subprocess.run(
                [*carrel, "--sample", "search", "attention"],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        contests = {
            "python -c pass": ([python, "-c", "print('seen')"], b"seen"),
            "carrel --help": ([*carrel, "--help"], b"Commands:"),
            "an empty Textual app": ([python, "-c", EMPTY_APP], b"seen-by-the-benchmark"),
            "carrel, first frame": ([*carrel, "--sample"], b"Library"),
        }
        times: dict[str, list[float]] = {name: [] for name in contests}
        for _ in range(ROUNDS):
            for name, (command, text) in contests.items():
                times[name].append(seconds_until_seen(command, text, environment, **SIZE))
    empty = median(times["an empty Textual app"])
    print(f"Medians of {ROUNDS} starts; the ratio is to an empty Textual app.\n")
    print("| start | ms | ratio |\n| --- | ---: | ---: |")
    for name, seconds in times.items():
        print(f"| {name} | {median(seconds) * 1000:.0f} | {median(seconds) / empty:.2f} |")


if __name__ == "__main__":
    main()
