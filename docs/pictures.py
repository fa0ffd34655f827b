"""Draws the pictures of the README: the reader on the sample library, as Textual exports it.

Run it by ``make pictures``.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from index import Library
from tests.index.sources.serving import Reply, Request, serving
from tests.index.sources.test_arxiv import entry, feed
from tui.app import Carrel

PICTURES = Path(__file__).parent / "pictures"
PATIENCE = 30.0  # seconds
NOTE = """## For the talk

- Figure 1 is all **you** need
- ask: why `sqrt(d)`?
"""


def furnish(folder: Path) -> None:
    """A library that somebody has begun to work with."""
    library = Library.open(folder)
    library.add_sample()
    library.catch_up()

    def ids(query: str) -> list[int]:
        return list(library.search(query).ids)

    networks = ids("graph networks")
    library.lists.add("thesis", networks[:6])
    library.lists.add("classics", ids("year:1900..1979"))
    library.lists.add("later", ids("reinforcement"))
    library.tags.add(ids("graph")[:4], "ml/gnn")
    library.tags.add(ids("attention transformer"), "ml/transformers")
    library.tags.add(ids("year:1900..1949"), "history")
    library.tags.colour("ml", "blue")
    library.tags.colour("ml/transformers", "purple")
    library.tags.colour("history", "orange")
    library.marks.star(ids("attention")[:2])
    library.marks.read(ids("year:1900..1965"))
    library.marks.skip(ids("bitcoin"))
    library.marks.rate(ids("attention transformer")[:1], 5)
    library.marks.rate(networks[1:2], 4)
    library.lists.status("thesis", networks[0], "done")
    library.lists.status("thesis", networks[1], "reading")
    library.lists.status("thesis", networks[4], "skipped")
    library.lists.note("thesis", networks[1], "chapter 2: why depth matters")
    library.saved.save("language models", "language models", "date")
    library.saved.save("seldom read", "is:unread year:..1999")
    library.notes.write(ids("attention transformer")[0], NOTE)
    library.close()


def follow(folder: Path) -> None:
    """Follow some things, and fetch them from a server of our own: a picture asks nobody."""
    with serving() as server:

        def at_arxiv(request: Request) -> Reply:
            numbers = range(14) if "cat:" in request.query["search_query"] else range(20, 22)
            made = (entry(f"2611.{number:05}v1", f"Made {number}") for number in numbers)
            return Reply(feed(made).encode())

        daily = [{"paper": {"id": f"2611.{n:05}", "title": f"Made {n}"}} for n in range(10, 37)]
        server.on("/arxiv", at_arxiv)
        server.on("/papers/daily_papers", Reply(json.dumps(daily).encode()))
        library = Library(folder, server.services())
        library.follows.add("arxiv", "cs.CL")
        library.follows.add("hf", "daily")
        library.follows.add("author", "Ada Lovelace")
        library.follows.fetch()
        library.follows.add("arxiv", 'abs:"graph pooling"')
        library.close()


async def until(pilot: Pilot[None], true: Callable[[], bool]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await pilot.pause(0.05)


async def draw(
    folder: Path,
    name: str,
    size: tuple[int, int],
    *keys: str,
    query: str = "",
    shelf: str = "",
    shows: str = "",
) -> None:
    """Open the reader on a shelf, search, press keys, and export what is on the screen.

    ``shows``: a text that is waited for.
    """
    (folder / "state.json").unlink(missing_ok=True)
    app = Carrel(folder)
    async with app.run_test(size=size) as pilot:
        desk = app.get_default_screen()
        await until(pilot, lambda: desk.row is not None)
        if shelf:
            await until(pilot, lambda: bool(desk.overview.lists))
            overview = desk.overview
            shelves = (*overview.views, *overview.lists, *overview.saved, *overview.tags)
            desk.go_to_shelf(next(one for one in shelves if one.name == shelf))
            await until(pilot, lambda: desk.answered == desk.ask and desk.row is not None)
        if query:
            await pilot.press("slash", *query)
            await until(pilot, lambda: " of " in str(desk.results.border_subtitle))
            await pilot.press("enter")
        await pilot.press(*keys)
        await until(pilot, lambda: shows in app.export_screenshot().replace("&#160;", " "))
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

        async def all_of_them() -> None:
            await draw(folder, "desk", (150, 36), "j", query="network")
            await draw(folder, "narrow", (80, 24), query="graph")
            await draw(folder, "triage", (110, 26), "T", shelf="Inbox", shows="left")
            await draw(folder, "list", (150, 20), "j", shelf="thesis")
            await draw(folder, "tags", (110, 26), "asterisk", "t", shelf="thesis", shows="of 6")
            await draw(folder, "history", (130, 20), "H", "j", "j", shows="History")
            await draw(folder, "edit", (110, 30), "B", query="attention", shows="Edit the paper")
            follow(folder)
            await draw(folder, "follows", (110, 14), "F", shows="cs.CL")

        asyncio.run(all_of_them())


if __name__ == "__main__":
    main()
