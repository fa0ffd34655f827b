"""Adding papers in the reader by what names them: the dialog, the palette, and what comes."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from textual.command import CommandList

from index.locations import settings_file
from tests.index.sources.serving import Reply, Request, Server
from tests.index.sources.test_arxiv import entry, feed, serve
from tests.tui.reading import NARROW, PATIENCE, WIDE, Reading, library, reading

LAMPS = feed([entry("2001.00001v1", "Toy Lamps", "They shine.")])
TWO = feed([entry("2001.00001v1", "Toy Lamps"), entry("2001.00002v1", "[/foo] Wicks")])
CSL = json.dumps({"title": "On Wax", "DOI": "10.1234/wax", "type": "article-journal"})


async def add(reader: Reading, names: str) -> None:
    """Add papers by the dialog."""
    await reader.press("A")
    await reader.paste(names)
    await reader.press("enter")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_paper_is_added_and_the_cursor_goes_to_it(
    folder: Path, server: Server, size: tuple[int, int]
) -> None:
    serve(server, LAMPS)
    async with reading(folder, size) as reader:
        await reader.press("G", "A")
        await reader.paste("https://arxiv.org/abs/2001.00001v1 nonsense")
        assert "✓ arxiv 2001.00001" in reader.screen
        assert "? nonsense" in reader.screen
        await reader.press(*["backspace"] * 9, "enter")
        assert "Added" in reader.screen
        assert reader.title == "Toy Lamps"
        assert reader.desk.results.list.count == 5
        await reader.press("enter")
        assert "arXiv 2001.00001v1" in reader.screen, "with the version of the preprint"
        await reader.press("escape", "u", "y")
        assert reader.desk.results.list.count == 4


async def test_several_come_at_once_and_what_fails_is_one_sentence(
    folder: Path, server: Server
) -> None:
    serve(server, TWO)
    async with reading(folder) as reader:
        await add(reader, "2001.00001, 2001.00002\n2001.00009 nonsense")
        assert "2 added" in reader.screen
        assert "[/foo] Wicks" in reader.toasts
        assert "2001.00009: arXiv has no paper" in reader.toasts
        assert "“nonsense” is neither an id nor an address" in reader.toasts
        assert reader.title == "Toy Lamps"


async def test_what_is_known_is_gone_to_and_escape_goes_back(folder: Path, server: Server) -> None:
    serve(server, LAMPS)
    async with reading(folder) as reader:
        await add(reader, "2001.00001")
        await reader.press("slash")
        await reader.type("soup")
        await reader.press("enter")
        assert reader.title == "Diffusion over Small Kitchens"
        await add(reader, "2001.00001")
        assert "Known already" in reader.screen
        assert reader.title == "Toy Lamps"
        assert reader.desk.results.list.count == 5
        await reader.press("escape")
        assert reader.title == "Diffusion over Small Kitchens"
        assert reader.desk.results.field.text == "soup"


async def test_who_has_moved_on_stays_there(folder: Path, server: Server) -> None:
    release = asyncio.Event()
    loop = asyncio.get_running_loop()

    def late(request: Request) -> Reply:
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result(20)
        return Reply(LAMPS.encode())

    server.on("/arxiv", late)
    async with reading(folder) as reader:
        await reader.press("A")
        await reader.paste("2001.00001")
        await reader.pilot.press("enter")
        await reader.until(lambda: "adding 2001.00001" in reader.screen)
        await reader.pilot.press("j")
        await reader.until(lambda: reader.title == "Trees that Remember the Rain")
        release.set()
        await reader.settle()
        assert "Added" in reader.screen
        assert "adding" not in reader.screen
        assert reader.title == "Trees that Remember the Rain"
        assert reader.desk.results.list.count == 5


async def test_what_was_deleted_before_is_offered_back(folder: Path, server: Server) -> None:
    serve(server, LAMPS)
    async with reading(folder) as reader:
        await add(reader, "2001.00001")
        await reader.press("D", "y")
        assert reader.desk.results.list.count == 4
        await add(reader, "2001.00001")
        assert "Deleted before. Bring back?" in reader.screen
        await reader.press("n")
        assert reader.desk.results.list.count == 4
        await add(reader, "2001.00001")
        await reader.press("y")
        assert reader.title == "Toy Lamps"
        assert reader.desk.results.list.count == 5


async def test_nothing_named_is_told_in_the_dialog(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("A", "enter")
        assert "Name a paper." in reader.screen
        await reader.type("2")
        assert "Name a paper." not in reader.screen


async def test_the_palette_adds_what_is_pasted_into_it(tmp_path: Path, server: Server) -> None:
    folder = tmp_path / "library"
    serve(server, TWO)
    server.on(
        "/doi/10.1234/wax",
        Reply(CSL.encode(), headers={"Content-Type": "application/vnd.citationstyles.csl+json"}),
    )
    async with reading(folder) as reader:

        async def offered(text: str, words: str) -> None:
            await reader.press("ctrl+p")
            await reader.paste(text)
            found = reader.app.screen.query_one(CommandList)
            await reader.until(lambda: found.option_count)
            await reader.until(lambda: words in str(found.get_option_at_index(0).prompt))

        await reader.press("escape")
        await offered("2001.00001\n2001.00002", "Add 2 papers")
        await reader.press("enter")
        await reader.until(lambda: reader.desk.results.list.count == 2)
        await offered("add doi: 10.1234/wax", "Add doi:10.1234/wax")
        await reader.press("enter")
        await reader.until(lambda: reader.title == "On Wax")
        await offered("add", "Add papers by identifier or address")
        assert "Add add" not in reader.screen
        await reader.press("escape")
    assert len(server.asked("/arxiv")) == 1, "nothing is asked before enter"


async def test_leaving_breaks_adding_off(folder: Path, server: Server) -> None:
    settings_file().write_text(server.settings(timeout=60, patience=60), "utf-8")
    server.on("/arxiv", server.hanging())
    async with reading(folder) as reader:
        await reader.press("A")
        await reader.paste("2001.00001")
        await reader.pilot.press("enter")
        await reader.until(lambda: server.asked("/arxiv"))
        await asyncio.wait_for(reader.desk.leave(), PATIENCE)
    with library(folder) as other:
        assert len(other.search("").ids) == 4


async def test_nothing_that_is_understood_stays_in_the_dialog(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("A")
        await reader.type("nonsense")
        assert "? nonsense  not understood" in reader.screen
        await reader.press("enter")
        assert "“nonsense” is neither an id nor an address" in " ".join(reader.screen.split())
        assert not reader.toasts


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_advice_is_told_once_not_for_each_name(
    folder: Path, server: Server, size: tuple[int, int]
) -> None:
    serve(server, feed([entry("2001.00001v1", "Toy Lamps")]))
    async with reading(folder, size) as reader:
        await reader.press("A")
        await reader.paste("2001.00001 x yz https://example.org/" + "long" * 20)
        await reader.press("enter")
        assert "can be added" not in reader.toasts
        assert "neither an id nor an address" in reader.toasts
        assert "Toy Lamps" in reader.toasts, "what came is in sight, too"
