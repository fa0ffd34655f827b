"""Formats and services that other packages bring, by entry points.

Those of the group ``carrel.sources`` name a ``Source``, those of ``carrel.services`` a ``Service``,
for example a module with its three names. One that cannot be loaded, or that breaks, costs a
sentence and no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from index.errors import SourceError, StoppedError
from index.sources.base import FeedToFollow, LibraryRecord, Record, Service, Source
from index.sources.lines import Lines
from index.text import clean_line
from index.views import Reject

if TYPE_CHECKING:
    from index.sources.http import Http, Known

SOURCES = "carrel.sources"
SERVICES = "carrel.services"

PlugIn = TypeVar("PlugIn")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class PlugIns(Generic[PlugIn]):
    """What was found in a group, and a sentence for each that cannot be used."""

    found: tuple[PlugIn, ...]
    complaints: tuple[str, ...]


def sources() -> PlugIns[Source]:
    """The formats that are installed, in the order of their names."""
    return _loaded(SOURCES, _Source)


def services() -> PlugIns[Service]:
    """The services that are installed, in the order of their names."""
    return _loaded(SERVICES, _Service)


def _loaded(group: str, load: Callable[[EntryPoint], PlugIn]) -> PlugIns[PlugIn]:
    found: list[PlugIn] = []
    complaints: list[str] = []
    for entry in sorted(entry_points(group=group), key=lambda entry: entry.name):
        try:
            found.append(load(entry))
        except Exception as error:  # whatever another's code raises
            complaints.append(f"The plug-in {_what(entry.name, error)} cannot be loaded.")
    return PlugIns(tuple(found), tuple(complaints))


class _Foreign:
    """What is somebody else's: its exceptions are told as a sentence."""

    def __init__(self, entry: EntryPoint) -> None:
        self._loaded: Any = entry.load()
        self.name = clean_line(str(self._loaded.name))
        if not (callable(self._loaded.recognise) and callable(self._loaded.read)):
            raise TypeError("it has no functions recognise and read")

    def recognise(self, text: str) -> bool:
        """What the plug-in says."""
        try:
            return bool(self._loaded.recognise(text))
        except Exception as error:
            raise SourceError(f"The plug-in {_what(self.name, error)} broke.") from error

    def _given(self, begin: Callable[[], Iterable[Item]], kinds: Any, what: str) -> Iterator[Item]:
        """What the plug-in reads, as far as it comes."""
        try:
            for item in begin():
                if not isinstance(item, kinds):
                    raise TypeError("it gave what is neither a Record nor a Reject")
                yield item
        except (SourceError, StoppedError, OSError):
            raise
        except Exception as error:
            raise SourceError(
                f"The plug-in {_what(self.name, error)} broke while it read {what}."
            ) from error


class _Source(_Foreign):
    """A format."""

    def read(self, lines: Lines) -> Iterator[Record | LibraryRecord | FeedToFollow | Reject]:
        """The records of a file."""
        kinds = Record | LibraryRecord | FeedToFollow | Reject
        return self._given(lambda: self._loaded.read(lines), kinds, lines.file)


class _Service(_Foreign):
    """A service."""

    def read(self, http: Http, what: str, known: Known | None = None) -> Iterator[Record | Reject]:
        """The papers that answer a question."""
        return self._given(
            lambda: self._loaded.read(http, what, known), Record | Reject, clean_line(what)[:100]
        )


def _what(name: str, error: Exception) -> str:
    said = clean_line(str(error))[:200].rstrip(". ")
    return f"“{clean_line(name)}” ({said or type(error).__name__})"
