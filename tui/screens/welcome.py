"""What an empty library offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from index.locations import sample_folder
from tui.commands import COMMANDS
from tui.screens.menu import Menu

if TYPE_CHECKING:
    from tui.screens.desk import Desk

Start = Literal["sample", "import", "quit"]

HOW_TO_FETCH = """\
How to fetch papers for carrel

  1. Open https://huggingface.co/papers in a browser and go to the day or month you like.
  2. Save the page as text (in Firefox: Save Page As, Text Files), for example as papers.txt.
  3. Import it:

         carrel import papers.txt

A file of JSON lines, one paper a line with a "title" and an "abstract", is read as well:

         carrel import papers.jsonl

Then  carrel  opens the reader on what came in.
"""


def offer_beginnings(desk: Desk) -> None:
    """Ask how to begin, and do so."""

    def begin(choice: Start | None) -> None:
        if choice == "sample":
            desk.start(desk.move_to, sample_folder(), True)
        elif choice == "import":
            desk.run(COMMANDS["import_papers"])
        elif choice == "quit":
            desk.start(desk.carrel.leave, HOW_TO_FETCH)

    choices: list[tuple[str, Start]] = [
        ("Open the sample: landmark papers to look around in", "sample"),
        ("Import a file of papers", "import"),
        ("Quit, and read how to fetch papers", "quit"),
    ]
    Menu("This library is empty", choices).ask(desk.app, begin)
