"""Figures as Markdown, and the machine they come from."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterable, Sequence
from importlib import metadata

import apsw

PACKAGES = ("carrel", "whoosh3", "tantivy", "numpy")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table: the first column to the left, the others to the right."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", r"\|")


def machine() -> str:
    """The machine, the versions and the day, in a line."""
    today = dt.datetime.now(dt.UTC).date().isoformat()
    versions = [f"{package} {metadata.version(package)}" for package in PACKAGES]
    return (
        f"{_processor()}, {os.cpu_count()} cores; {platform.system()} {platform.release()}; "
        f"Python {platform.python_version()}, SQLite {apsw.sqlite_lib_version()}, "
        f"{', '.join(versions)}; {today}"
    )


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
            return next(line.split(":")[1].strip() for line in lines if "model name" in line)
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def ms(seconds: float) -> str:
    """A time in milliseconds, two digits that count."""
    value = seconds * 1000
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def mb(size: float) -> str:
    """A size in megabytes."""
    return f"{size / 1e6:,.1f}" if size < 100e6 else f"{size / 1e6:,.0f}"


def times(ratio: float) -> str:
    """How many times as much."""
    return f"{ratio:.2f}×" if ratio < 10 else f"{ratio:.0f}×"
