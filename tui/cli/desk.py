"""What every command works at: the library that was chosen, opened when it is first needed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

import click

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
        if "library" in self.__dict__:
            self.library.close()

    @property
    def folder(self) -> Path:
        """Where the library is."""
        from index import locations

        return locations.sample_folder() if self._sample else locations.library_folder(self._folder)

    @cached_property
    def library(self) -> Library:
        """The library, filled with the sample papers where it is the sample and new. StoreError."""
        from index import Library

        library = Library.open(self.folder)
        if self._sample and not library.overview().views[0].count:
            library.add_sample()
        return library

    def read(self) -> None:
        """Open the reader."""
        if not all(stream and stream.isatty() for stream in (sys.stdin, sys.stdout)):
            raise click.UsageError("The reader needs a terminal; “carrel search” does without.")
        from tui.app import Carrel

        Carrel(self.folder, sample=self._sample).run()


pass_desk = click.make_pass_decorator(Desk)


class Ids(click.ParamType[list[int]]):
    """The number of a paper, or ``-`` for those on standard input, one a line."""

    name = "ID"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> list[int]:
        """Read one argument. A usage error where it is no number."""
        if value == "-":
            words = standard_input().read().decode("utf-8", "replace").split()
            return [self._number(word, param, ctx) for word in words]
        return [self._number(str(value), param, ctx)]

    def _number(self, word: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if not is_number(word):
            self.fail(f"{word[:40]!r} is not the number of a paper.", param, ctx)
        return int(word)


def is_number(word: str) -> bool:
    """Whether a word is a number that something may have in a library."""
    return word.isascii() and word.isdigit() and len(word) < 19


ids_argument = click.argument("ids", nargs=-1, required=True, type=Ids(), metavar="ID...")


def flat(ids: Iterable[Iterable[int]]) -> list[int]:
    """The numbers of all the arguments, each once, in their order."""
    return list(dict.fromkeys(number for group in ids for number in group))


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


def on_terminal() -> bool:
    """Whether a person watches standard error, and so a progress bar."""
    return sys.stderr is not None and sys.stderr.isatty()
