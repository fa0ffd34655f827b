"""What an exporter is, what it is given, and what it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from index.views import Detail

if TYPE_CHECKING:
    from index.paper import Paper

State = Mapping[str, Any]
"""What ``index.state`` reads, as JSON has it."""

Abstracts = Literal["folded", "full", "none"]


@dataclass(frozen=True, slots=True)
class Exported:
    """A paper that is exported."""

    paper: Paper  # as it is stored, its LaTeX as it came
    detail: Detail  # as it is shown, in Unicode
    state: State | None = None  # all that is known besides, for a format that keeps everything


def _none_is_similar(paper_id: int) -> Sequence[Detail]:
    return ()


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How papers are exported; a format that cannot fold abstracts gives them in full."""

    title: str = ""  # of the whole: the name of a list, or a query
    abstracts: Abstracts = "folded"
    libraries: Sequence[State] = ()  # of a whole library: what belongs to no paper of it
    orders: Mapping[str, Sequence[int]] = field(default_factory=dict)  # of lists: their papers' ids
    similar: Callable[[int], Sequence[Detail]] = _none_is_similar  # the papers most like one


@dataclass(frozen=True, slots=True)
class Format:
    """A format that papers leave in."""

    name: str
    module: str
    suffix: str  # of the file: ".md"; "" where it is a folder
    description: str
    is_folder: bool = False
    is_complete: bool = False  # it keeps everything, and is given the state of each paper


class Exporter(Protocol):
    """Writes papers in a format, piece by piece, for any number of them."""

    def __call__(self, items: Iterable[Exported], options: ExportOptions) -> Iterator[str]:
        """Yield the text of an export. The same items and options give the same text."""


class FolderExporter(Protocol):
    """Writes papers as the files of a folder, one by one, for any number of them."""

    def __call__(
        self, items: Iterable[Exported], options: ExportOptions
    ) -> Iterator[tuple[str, str]]:
        """Yield the files, each by its path within the folder and its text."""
