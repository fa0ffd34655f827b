"""What an empty library offers."""

from __future__ import annotations

from typing import Literal

from tui.screens.menu import Menu

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


def welcome() -> Menu[Start]:
    """The three ways to begin."""
    return Menu(
        "This library is empty",
        [
            ("Open the sample: landmark papers to look around in", "sample"),
            ("Import a file of papers", "import"),
            ("Quit, and read how to fetch papers", "quit"),
        ],
    )
