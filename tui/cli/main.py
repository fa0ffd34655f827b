"""``carrel``: its options, its commands, and what becomes of errors."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Any, TextIO

import click

from index.errors import CarrelError, StoppedError
from tui.cli import (
    adding,
    completing,
    duplicates,
    exporting,
    fields,
    following,
    history,
    importing,
    lists,
    marks,
    notes,
    pdfs,
    saved,
    searching,
    tags,
)
from tui.cli.desk import Desk
from tui.cli.progress import STOPPED


class Commands(click.Group):
    """The commands, in the order in which a reader meets them. Errors become one line."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; exit with 1 and a sentence where it fails."""
        try:
            return super().invoke(ctx)
        except StoppedError as error:
            click.echo(str(error), err=True)
            raise click.exceptions.Exit(STOPPED) from None
        except CarrelError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            if error.errno == errno.EPIPE:  # whoever read has read enough; click sees to it
                raise
            raise click.ClickException(f"{error.strerror}.") from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, in the order in which they were added."""
        return list(self.commands)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--library",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder of the library; else CARREL_LIBRARY, else the user's data folder.",
)
@click.option("--sample", is_flag=True, help="Use the sample library of landmark papers.")
@click.version_option(package_name="carrel", message="carrel %(version)s")
@click.pass_context
def main(ctx: click.Context, folder: Path | None, sample: bool) -> None:
    """A reading desk for research papers. Without a command: the reader.

    An ID is the number that “carrel search” prints; "-" reads IDs from standard input.
    """
    for stream in filter(None, (sys.stdout, sys.stderr)):
        _say_what_can_be_said(stream)
    if folder and sample:
        raise click.UsageError("--library and --sample name two libraries: choose one.")
    ctx.obj = ctx.with_resource(Desk(folder, sample=sample))
    if ctx.invoked_subcommand is None:
        ctx.obj.read()


def _say_what_can_be_said(stream: TextIO) -> None:
    # A terminal in another encoding gets a question mark for α, never a traceback.
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        reconfigure(errors="replace")


for _room in (
    importing,
    adding,
    following,
    completing,
    searching,
    saved,
    marks,
    notes,
    fields,
    pdfs,
    tags,
    lists,
    duplicates,
    history,
    exporting,
):
    for _command in _room.COMMANDS:
        main.add_command(_command)
