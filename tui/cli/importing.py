"""The command that brings papers in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.desk import Desk, pass_desk, standard_input
from tui.cli.pdfs import complete_imported
from tui.cli.progress import progress_bar
from tui.telling import account, rejections

if TYPE_CHECKING:
    from index.views import Reject


@click.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "format_", metavar="NAME", help="Instead of recognising the format.")
@click.option("--restore", is_flag=True, help="Let papers in that were deleted before.")
@click.option("--offline", is_flag=True, help="Do not look up what papers lack that are PDFs.")
@click.option(
    "--rejects",
    metavar="FILE",
    help="Write what is left out to a new file, as JSON lines: file, line, reason.",
)
@pass_desk
def import_(
    desk: Desk,
    files: tuple[str, ...],
    format_: str | None,
    restore: bool,
    offline: bool,
    rejects: str | None,
) -> None:
    """Bring in papers from files and folders; "-" is standard input.

    Formats: bibtex (BibLaTeX too), ris, csl_json, csv (with a header), jsonl (a paper a line),
    hf_page (a saved Hugging Face Papers page: its text), hf_page_html (its HTML), arxiv_dump
    (arXiv's metadata), acl_xml (the ACL Anthology) and beir; packed as .gz or .zip too. A PDF is
    attached to its paper, which is then completed. The same file again changes nothing. The exit
    code is 1 where anything was left out.
    """
    with _rejects_file(rejects) as on_reject, progress_bar("Reading", "bytes") as progress:
        report = desk.library.import_files(
            [None if file == "-" else Path(file) for file in files],
            format=format_,
            stdin=standard_input() if "-" in files else None,
            restore=restore,
            progress=progress,
            on_reject=on_reject,
        )
    if report.from_pdfs and not offline:
        complete_imported(desk.library, report.from_pdfs)
    with progress_bar("Indexing") as progress:
        desk.library.catch_up(progress)
    if holder := desk.library.indexing():
        click.echo(f"{holder} is writing the index; it will take these papers in too.", err=True)
    for line in [] if rejects else rejections(report, len(report.rejects)):
        click.echo(line, err=True)
    click.echo(account(report))
    if rejects and report.rejected:
        click.echo(f"What was left out is told in {rejects}.", err=True)
    if report.rejected:
        raise click.exceptions.Exit(1)


@contextmanager
def _rejects_file(name: str | None) -> Iterator[Callable[[Reject], object] | None]:
    """What writes a record that is left out to a file; nothing where there is to be none."""
    if name is None:
        yield None
        return
    try:
        file = Path(name).open("x", encoding="utf-8", newline="\n")  # noqa: SIM115 (closed below)
    except FileExistsError:
        raise click.ClickException(f"{name} exists already; name a new file.") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "that is no name of a file"
        raise click.ClickException(f"{name} cannot be written: {why}.") from None
    with file:
        yield lambda reject: file.write(json.dumps(asdict(reject), ensure_ascii=False) + "\n")


COMMANDS = (import_,)
