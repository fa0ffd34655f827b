"""What every command works at: the library that was chosen, opened when it is first needed."""

from __future__ import annotations

import sys
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

from tui.cli.streams import at_terminal

if TYPE_CHECKING:
    from index import Library


class Desk:
    """The chosen library. Nothing is imported or opened before a command asks for it."""

    def __init__(self, folder: Path | None, *, sample: bool) -> None:
        self._folder = folder
        self._sample = sample

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if "new_library" in self.__dict__:
            self.new_library.close()

    @property
    def folder(self) -> Path:
        """Where the library is."""
        from index import locations

        return locations.sample_folder() if self._sample else locations.library_folder(self._folder)

    @property
    def library(self) -> Library:
        """The library that is there. Raises StoreError where there is none.

        So a folder that is misspelt is not an empty library: only what begins one makes it.
        """
        from index import locations
        from index.errors import StoreError

        if self._sample:
            return self.new_library
        try:
            locations.database_file(self.folder).stat()
        except (FileNotFoundError, NotADirectoryError):
            raise StoreError(
                f"There is no library in {self.folder}; “carrel import” would make one there."
            ) from None
        except OSError:  # opening it says why
            pass
        return self.new_library

    @cached_property
    def new_library(self) -> Library:
        """The library, made where it is missing; the sample is filled. Raises StoreError."""
        from index import Library

        library = Library.open(self.folder)
        if self._sample and not library.overview().views[0].count:
            library.add_sample()
        return library

    def read(self) -> None:
        """Open the reader."""
        if not at_terminal(sys.stdin, sys.stdout):
            raise click.UsageError("The reader needs a terminal; “carrel search” does without.")
        from tui.app import Carrel

        Carrel(self.folder, sample=self._sample).run()


pass_desk = click.make_pass_decorator(Desk)
