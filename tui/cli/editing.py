"""Texts that commands take: from standard input, from a file, or from the reader's own editor."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from index.errors import CarrelError
from index.text import clean_line
from tui.cli.streams import standard_input

LONGEST = 4_000_000  # bytes


def text_from(file: str) -> str:
    """The text of a file, ``-`` being standard input. A one-line error where it is no text."""
    name = "Standard input" if file == "-" else clean_line(file)
    try:
        if file == "-":
            content = standard_input().read(LONGEST + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(LONGEST + 1)
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise click.ClickException(f"{name} cannot be read: {error.strerror}.") from None
    except ValueError:  # bytes that are no UTF-8; a file's name with a null character
        raise click.ClickException(f"{name} is not text in UTF-8.") from None
    if len(content) > LONGEST:
        raise click.ClickException(f"{name} holds more than {LONGEST:,} bytes.")
    if "\0" in text:
        raise click.ClickException(f"{name} is not text.")
    return text


def edited(text: str, name: str) -> str:
    """A text as it comes back from the reader's own editor. Raises CarrelError."""
    from tui.editor import edit

    return edit(text, name)


@contextmanager
def kept(text: str, name: str) -> Iterator[None]:
    """Where what is done with a text fails, keep the text in a file, and say in which."""
    try:
        yield
    except (CarrelError, click.Abort) as error:
        from index.exports.files import file_name

        file = Path(tempfile.mkdtemp(prefix="carrel-")) / file_name(name, ".md")
        file.write_text(text, encoding="utf-8", newline="\n")
        said = str(error) or "Nothing was done."
        raise click.ClickException(f"{said} What you wrote is kept in {file}.") from None
