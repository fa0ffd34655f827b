"""What an empty library offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index.locations import sample_folder
from tui.commands import COMMANDS
from tui.screens.menu import Menu

if TYPE_CHECKING:
    from tui.screens.desk import Desk

SAMPLE = "sample"

BEGINNINGS = [
    ("Open the sample: landmark papers to look around in", SAMPLE),
    ("Add papers by DOI, arXiv id or address", "add_papers"),
    ("Follow arXiv, Hugging Face Papers, a feed or an author", "follows"),
    ("Import files: BibTeX, RIS, CSV, PDFs, saved pages and more", "import_papers"),
]
"""What each is called, and the command that it is."""


def offer_beginnings(desk: Desk) -> None:
    """Ask how to begin, and do so."""

    def begin(choice: str | None) -> None:
        if choice == SAMPLE:
            desk.start(desk.move_to, sample_folder(), True)
        elif choice:
            desk.run(COMMANDS[choice])

    Menu("This library is empty", BEGINNINGS).ask(desk.app, begin)
