"""Formats that other packages bring: entry points of the group ``carrel.sources``.

Each names a ``Source``, for example a module with its three names. One that cannot be loaded, or
that breaks, costs a sentence and no more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points

from index.errors import SourceError
from index.sources.base import FeedToFollow, LibraryRecord, Record, Source
from index.sources.lines import Lines
from index.text import clean_line
from index.views import Reject

GROUP = "carrel.sources"


@dataclass(frozen=True, slots=True)
class PlugIns:
    """The formats that were found, and a sentence for each that cannot be used."""

    sources: tuple[Source, ...]
    complaints: tuple[str, ...]


def plug_ins() -> PlugIns:
    """What is installed, in the order of the names."""
    sources: list[Source] = []
    complaints: list[str] = []
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        try:
            sources.append(_PlugIn(entry))
        except Exception as error:  # whatever another's code raises
            complaints.append(f"The plug-in {_what(entry.name, error)} cannot be loaded.")
    return PlugIns(tuple(sources), tuple(complaints))


class _PlugIn:
    """A source of somebody else's, whose exceptions are told as a sentence."""

    def __init__(self, entry: EntryPoint) -> None:
        self._source: Source = entry.load()
        self.name = clean_line(str(self._source.name))
        if not (callable(self._source.recognise) and callable(self._source.read)):
            raise TypeError("it has no functions recognise and read")

    def recognise(self, head: str) -> bool:
        """What the plug-in says."""
        try:
            return bool(self._source.recognise(head))
        except Exception as error:
            raise SourceError(f"The plug-in {_what(self.name, error)} broke.") from error

    def read(self, lines: Lines) -> Iterator[Record | LibraryRecord | FeedToFollow | Reject]:
        """What the plug-in reads, as far as it comes."""
        try:
            for item in self._source.read(lines):
                if not isinstance(item, Record | LibraryRecord | FeedToFollow | Reject):
                    raise TypeError("it gave what is neither a Record nor a Reject")
                yield item
        except (SourceError, OSError):
            raise
        except Exception as error:
            raise SourceError(
                f"The plug-in {_what(self.name, error)} broke while it read {lines.file}."
            ) from error


def _what(name: str, error: Exception) -> str:
    said = clean_line(str(error))[:200].rstrip(". ")
    return f"“{clean_line(name)}” ({said or type(error).__name__})"
