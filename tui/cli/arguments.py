"""How papers, other things that bear a number, and formats are named to a command."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import click

from index.errors import CarrelError
from tui.cli.streams import standard_input


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
        if not _is_number(word):
            self.fail(f"{word[:40]!r} is not the number of a paper.", param, ctx)
        return int(word)


ids_argument = click.argument("ids", nargs=-1, required=True, type=Ids(), metavar="ID...")


def flat(ids: Iterable[Iterable[int]]) -> list[int]:
    """The numbers of all the arguments, each once, in their order."""
    return list(dict.fromkeys(number for group in ids for number in group))


def single(ids: Sequence[int], otherwise: str) -> int:
    """The one paper that an argument names. A usage error where standard input has no one number.

    ``otherwise`` is that error, a sentence.
    """
    if len(ids) != 1:
        raise click.UsageError(otherwise)
    return ids[0]


class Number(click.ParamType[int]):
    """The number of something in the library that is no paper."""

    name = "NUMBER"

    def __init__(self, otherwise: str) -> None:
        """``otherwise`` is what is said of a word that is none: “is not the number of …”."""
        self._otherwise = otherwise

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Read one argument. A usage error where it is no number."""
        word = str(value)
        if not _is_number(word):
            self.fail(f"{word[:40]!r} {self._otherwise}.", param, ctx)
        return int(word)


class FormatName(click.ParamType[str]):
    """The name of a format."""

    name = "NAME"

    def __init__(self, check: Callable[[str], object]) -> None:
        """``check`` raises CarrelError where no format has this name."""
        self._check = check

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Read one option. A usage error where there is no such format."""
        try:
            self._check(str(value))
        except CarrelError as error:
            self.fail(str(error), param, ctx)
        return str(value)


def _is_number(word: str) -> bool:
    """Whether a word is a number that something may have in a library."""
    return word.isascii() and word.isdigit() and len(word) < 19
