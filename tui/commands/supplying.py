"""What papers lack: details from services, and PDFs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from index.text import counted
from index.views import Detail, Row
from tui.commands.command import command
from tui.commands.papers import paper_command, papers_command, with_detail

if TYPE_CHECKING:
    from tui.screens.desk import Desk

MANY = 20
"""Papers that are looked up without being asked about."""

Choice = Literal["download", "attach"]


@papers_command("C", "Look up what papers lack")
def complete(desk: Desk) -> None:
    chosen = desk.chosen
    if len(chosen) <= MANY:
        desk.supplying.complete(chosen)
        return

    def ask(expected: tuple[int, float]) -> None:
        from tui.screens.confirm import Confirm

        def apply(yes: bool | None) -> None:
            if yes:
                desk.supplying.complete(chosen)

        count, seconds = expected
        minutes = max(1, round(seconds / 60))
        takes = f"about {counted(minutes, 'minute')}"
        subject = f"{count:,} of {len(chosen):,} papers lack something: {takes}, beside all else."
        Confirm("Look up these papers?", subject, "look up", "leave").ask(desk.app, apply)

    desk.errands.bring(lambda library: library.completing.expected(chosen), ask)


@paper_command("p", "Open the paper's PDF; download or attach it first", "pdf")
def pdf(desk: Desk, row: Row) -> None:
    def go_on(paper: Detail) -> None:
        if paper.pdf:
            desk.supplying.open_pdf(paper)
        else:
            _ask_for_pdf(desk, paper)

    with_detail(desk, row, go_on)


def _ask_for_pdf(desk: Desk, paper: Detail) -> None:
    from tui.screens.menu import Menu

    def apply(choice: Choice | None) -> None:
        if choice == "download":
            desk.supplying.download(paper)
        elif choice == "attach":
            _ask_for_file(desk, paper)

    choices: list[tuple[str, Choice]] = [("Attach a file of yours", "attach")]
    if _can_be_downloaded(paper):
        choices.insert(0, ("Download it", "download"))
    Menu("There is no PDF yet", choices).ask(desk.app, apply)


def _can_be_downloaded(paper: Detail) -> bool:
    """Whether an address of its PDF is known, its own or one that its identifiers make."""
    return any(link.kind == "pdf" for link in paper.links) or any(
        scheme != "doi" for scheme, _ in paper.identifiers
    )


def _ask_for_file(desk: Desk, paper: Detail) -> None:
    from tui.screens.attaching import AttachDialog

    def apply(file: Path | None) -> None:
        if file:
            desk.act(
                lambda library: library.pdfs.attach(paper.id, file, replace=bool(paper.pdf)),
                again=False,
            )

    AttachDialog(paper.title).ask(desk.app, apply)


@command(
    "",
    "Attach a file of yours as the paper's PDF",
    group="Paper",
    needs="paper",
)
def attach_pdf(desk: Desk) -> None:
    if desk.row:
        with_detail(desk, desk.row, lambda paper: _ask_for_file(desk, paper))


@command("", "Take the PDFs from papers", group="Paper", needs="chosen")
def detach_pdf(desk: Desk) -> None:
    chosen = desk.chosen
    desk.act(lambda library: library.pdfs.detach(chosen), again=True)
