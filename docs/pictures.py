"""Draws the pictures of the README: the reader on the sample library, as Textual exports it.

Run it by ``make pictures``.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from index import Library
from tui.app import Carrel

PICTURES = Path(__file__).parent / "pictures"
PATIENCE = 30.0  # seconds


def furnish(folder: Path) -> None:
    """A library that somebody has begun to work with."""
    library = Library.open(folder)
    library.add_sample()
    by_key = {paper.key: paper.id for paper in library.details(library.search("").ids)}

    def ids(*words: str) -> list[int]:
        return [n for word in words for key, n in by_key.items() if word in key]

    library.catch_up()
    library.lists.add("thesis", list(library.search("graph networks").ids)[:6])
    library.lists.add("classics", list(library.search("year:1900..1979").ids))
    library.tags.add(list(library.search("graph").ids)[:4], "gnn")
    library.tags.add(list(library.search("attention transformer").ids), "transformers")
    library.marks.star(list(library.search("attention").ids)[:2])
    library.marks.read(list(library.search("year:1900..1965").ids))
    library.marks.read(list(library.search("", shelf="list:thesis").ids)[:2])
    library.notes.write(ids("2017attention")[0], "Figure 1 is all you need for the talk.")
    library.close()


async def until(pilot: Pilot[str], true: Callable[[], bool]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await pilot.pause(0.05)


async def draw(folder: Path, name: str, size: tuple[int, int], query: str, *keys: str) -> None:
    """Open the reader, search, press keys, and export what is on the screen."""
    app = Carrel(folder)
    async with app.run_test(size=size) as pilot:
        desk = app.screen
        await until(pilot, lambda: bool(getattr(desk, "row", None)))
        await pilot.press("slash", *query)
        await until(pilot, lambda: getattr(desk, "sought", None) == query)
        await until(pilot, lambda: " of " in str(desk.query_one("#results").border_subtitle))
        await pilot.press("enter", *keys)
        await pilot.pause(0.5)
        picture = app.export_screenshot(title="carrel", simplify=True)
    # The fonts are those of whoever looks at it: a picture fetches nothing.
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    (PICTURES / f"{name}.svg").write_text(picture, "utf-8")


def main() -> None:
    """Draw them all."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "library"
        furnish(folder)
        asyncio.run(draw(folder, "desk", (150, 36), "network", "j"))
        (folder / "state.json").unlink(missing_ok=True)
        asyncio.run(draw(folder, "narrow", (80, 24), "graph"))


if __name__ == "__main__":
    main()
