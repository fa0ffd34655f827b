"""Where papers come from: one file a format, all behind one small interface (see ``Source``)."""

from __future__ import annotations

from index.sources.base import (
    FeedToFollow,
    LibraryRecord,
    Record,
    Skipped,
    Source,
    Unread,
    UnreadPdf,
)
from index.sources.folders import size_of
from index.sources.reader import FORMATS, Item, check_format, read_source

__all__ = [
    "FORMATS",
    "FeedToFollow",
    "Item",
    "LibraryRecord",
    "Record",
    "Skipped",
    "Source",
    "Unread",
    "UnreadPdf",
    "check_format",
    "read_source",
    "size_of",
]
