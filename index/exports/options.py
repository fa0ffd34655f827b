"""What an exporter is, and what it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from index.views import Detail

Abstracts = Literal["folded", "full", "none"]


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """How papers are exported; a format that cannot fold abstracts gives them in full."""

    title: str = ""  # of the whole: the name of a list, or a query
    abstracts: Abstracts = "folded"


class Exporter(Protocol):
    """Writes papers in a format, piece by piece, for any number of them."""

    def __call__(self, papers: Iterable[Detail], options: ExportOptions) -> Iterator[str]:
        """Yield the text of an export. The same papers and options give the same text."""
