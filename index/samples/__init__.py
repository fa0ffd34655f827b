"""The sample library: landmark papers, so that the first run shows something.

Titles, authors, dates and identifiers are the papers' own; the abstracts were written for carrel.
The very longest author lists stop after ten names. A paper's date is that of its first appearance,
or the year of its venue where that is a later one.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path


def landmarks() -> AbstractContextManager[Path]:
    """The file of the sample, one paper a line as ``jsonl`` reads it, for as long as it is open."""
    return as_file(files(__name__) / "landmarks.jsonl")
