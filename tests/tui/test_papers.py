"""Each key does its thing to the paper at the cursor, and the library shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.views import Detail
from tests.tui.reading import library, reading

FIRST = "Pooling of Graphs by Parsing"


def paper(folder: Path, title: str = FIRST) -> Detail:
    """A paper as another process sees it."""
    with library(folder) as other:
        details = other.details(other.search("").ids)
        return next(detail for detail in details if detail.title == title)


async def test_s_stars_and_takes_the_star_away(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s")
        assert paper(folder).starred
        assert "★" in reader.screen
        assert "Starred: “Pooling of Graphs by Parsing”." in reader.screen
        await reader.press("s")
        assert not paper(folder).starred
        assert "★" not in reader.screen


async def test_the_screen_shows_a_star_before_the_library_has_it(folder: Path) -> None:
    async with reading(folder) as reader:
        desk = reader.desk
        assert desk.row
        await reader.pilot.press("s")
        assert desk.row.starred
        assert desk.paper.detail
        assert desk.paper.detail.starred


async def test_the_last_of_many_quick_presses_counts(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.pilot.press(*"sssss", *"rrrr")
        await reader.settle()
        assert paper(folder).starred
        assert not paper(folder).read
        assert reader.desk.row
        assert reader.desk.row.starred


async def test_r_marks_as_read_and_the_row_stays_on_its_shelf(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("tab", "tab", "j", "j", "enter")
        assert reader.desk.shelf.name == "Unread"
        await reader.press("r")
        assert paper(folder).read
        assert reader.title == FIRST, "a second r is for the same paper"
        await reader.press("r")
        assert not paper(folder).read


async def test_t_makes_a_tag_and_offers_it_by_a_few_letters(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("t")
        await reader.type("Neural")
        assert "create tag ‘Neural’" in reader.screen
        await reader.press("enter", "j", "t")
        await reader.type("nrl")
        await reader.press("enter")
        assert paper(folder).tags == ("Neural",)
        assert paper(folder, "Trees that Remember the Rain").tags == ("Neural",)
        assert "#Neural" in reader.screen
        await reader.press("t", "down", "enter")
        assert paper(folder, "Trees that Remember the Rain").tags == ()


async def test_tab_chooses_several_tags_at_once(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("t")
        await reader.type("one")
        await reader.press("tab")
        await reader.type("two")
        await reader.press("tab", "enter")
        assert paper(folder).tags == ("one", "two")
        await reader.press("t")
        assert "✓ one" in reader.screen
        await reader.press("enter")
        assert paper(folder).tags == ("one", "two"), "nothing was chosen, nothing changes"


async def test_escape_leaves_the_tags_as_they_were(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("t")
        await reader.type("one")
        await reader.press("tab", "escape")
        assert paper(folder).tags == ()


async def test_l_puts_a_paper_on_a_list_and_takes_it_off(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("l")
        await reader.type("my thesis")
        await reader.press("enter")
        assert paper(folder).lists == ("my thesis",)
        assert "0/1" in reader.screen
        await reader.press("r")
        assert "1/1" in reader.screen
        await reader.press("l")
        await reader.type("thes")
        await reader.press("enter")
        assert paper(folder).lists == ()


@pytest.mark.parametrize(("answer", "left"), [("y", 3), ("enter", 3), ("n", 4), ("escape", 4)])
async def test_delete_asks(folder: Path, answer: str, left: int) -> None:
    async with reading(folder) as reader:
        await reader.press("D")
        assert "Delete this paper?" in reader.screen
        await reader.press(answer)
        with library(folder) as other:
            assert len(other.search("").ids) == left
        assert reader.desk.results.list.count == left


async def test_u_undoes_a_deletion_and_all_before_it(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("s", "t")
        await reader.type("gnn")
        await reader.press("enter", "D", "y", "u")
        assert paper(folder).starred
        assert "Undone: deleted" in reader.screen
        await reader.press("u", "u")
        assert paper(folder).tags == ()
        assert not paper(folder).starred
        await reader.press("u", "y")
        assert "Undone: imported" in reader.screen
        assert reader.desk.results.list.count == 0


async def test_a_deletion_of_the_last_paper_leaves_the_cursor_on_one(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("G", "D", "y")
        assert reader.title == "A Survey of Slow Lamps"
        assert reader.desk.paper.detail
        assert reader.desk.paper.detail.title == reader.title


async def test_o_offers_the_links_and_without_a_browser_copies(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("o")
        assert "https://arxiv.org/abs/2402.99993" in reader.screen
        await reader.press("2")
        assert reader.app.clipboard == "https://example.org/parsing.pdf"
        assert "No browser here: the address is copied" in reader.screen


async def test_o_opens_the_only_link_at_once(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "o")
        assert reader.app.clipboard == "https://doi.org/10.1234/rings"


async def test_o_searches_for_a_title_without_a_link(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("j", "j", "o")
        assert reader.app.clipboard == (
            "https://www.semanticscholar.org/search?q=A+Survey+of+Slow+Lamps"
        )


async def test_the_keys_of_a_paper_do_nothing_without_one(folder: Path) -> None:
    async with reading(folder) as reader:
        await reader.press("slash")
        await reader.type("nowhere")
        await reader.press("enter", *"strlnoyD")
        assert len(reader.app.screen_stack) == 1
        assert "star" not in reader.screen
