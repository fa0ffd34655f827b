"""Library: the one door through which the screen and the command line come in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from index import locations
from index.acting import Acting
from index.errors import ExportError
from index.finding import Progress
from index.views import ImportReport, Sort

if TYPE_CHECKING:
    from index.exports import Abstracts


class Library(Acting):
    """A library on disk. Safe to use from any thread; each call is complete in itself.

    What it finds and shows is in ``index.finding``, what the reader does to it in ``index.acting``;
    here are the ways in and out. Every method raises StoreError where the database cannot be read
    or written.
    """

    @classmethod
    def open(cls, folder: Path | None = None) -> Library:
        """Open the library in a folder; without one, the reader's own."""
        return cls(folder or locations.library_folder())

    def import_files(
        self,
        files: Sequence[Path | None],
        *,
        format: str | None = None,  # noqa: A002
        stdin: BinaryIO | None = None,
        restore: bool = False,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Import files as one entry of the history; None stands for ``stdin``.

        ``format`` is recognised from the content where it is not given; ``restore`` lets papers in
        that were deleted before; ``progress`` is told the bytes read and the bytes in all (0: not
        known). A file that cannot be read is a reject of line 0, and the others come in.
        """
        from index.importing import import_files

        return import_files(
            self._store, files, format=format, stdin=stdin, restore=restore, progress=progress
        )

    def add_sample(self) -> ImportReport:
        """Import the landmark papers that carrel brings along."""
        from index.importing import import_files
        from index.samples import landmarks

        with landmarks() as file:
            # Not in the history: whoever undoes their first steps wants the sample to stay.
            return import_files(self._store, [file], recorded=False)

    def export(
        self,
        query: str,
        *,
        shelf: str = "",
        as_typed: bool = False,
        any_word: bool = False,
        sort: Sort = "relevance",
        format: str = "markdown",  # noqa: A002
        title: str = "",
        abstracts: Abstracts = "folded",
    ) -> Iterator[str]:
        """The papers of a query in a format, piece by piece.

        Raises QueryError, and ExportError where there are no papers or no such format.
        """
        from index.exports import ExportOptions, exporter

        write = exporter(format)
        self.catch_up()
        found = self.search(query, shelf=shelf, as_typed=as_typed, any_word=any_word, sort=sort).ids
        if not found:
            raise ExportError("There are no papers to export.")
        return write(self.details(found), ExportOptions(title=title, abstracts=abstracts))
