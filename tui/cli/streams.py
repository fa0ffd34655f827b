"""What commands read from and print to, and whether a person is at the other end of it."""

from __future__ import annotations

import sys
from typing import BinaryIO, TextIO

import click


def standard_input() -> BinaryIO:
    """The bytes of standard input. A usage error where it is closed."""
    if sys.stdin is None:
        raise click.UsageError("“-” reads standard input, and it is closed.")
    return sys.stdin.buffer


def print_bytes(text: str) -> None:
    """Print in UTF-8, whatever the terminal speaks. A program reads it."""
    if sys.stdout is None:
        raise click.UsageError("Standard output is closed.")
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


def at_terminal(*streams: TextIO | None) -> bool:
    """Whether a person is at the other end of all these streams; None is one that is closed."""
    return all(stream is not None and stream.isatty() for stream in streams)
