"""The list of results draws what is in view, at any length and at any width."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.style import Style

from index.views import Row
from tui.messages import PaperChosen, RowsWanted
from tui.widgets.result_list import Glimpse, ResultList
from tui.widgets.row import Columns, draw_row

MILLION = 1_000_000


class Counted(Sequence[int]):
    """A million ids, none of which exists before it is asked for."""

    def __init__(self) -> None:
        self.asked = 0

    def __len__(self) -> int:
        return MILLION

    def __getitem__(self, index: int | slice) -> int | Sequence[int]:  # type: ignore[override]
        if isinstance(index, slice):
            found = range(MILLION)[index]
            self.asked += len(found)
            return [one + 1 for one in found]
        self.asked += 1
        return range(MILLION)[index] + 1


class Bench(App[None]):
    """A list of results alone, and what it asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[tuple[int, ...]] = []
        self.chosen: list[int] = []

    def compose(self) -> ComposeResult:
        yield ResultList()

    @property
    def results(self) -> ResultList:
        return self.query_one(ResultList)

    def on_rows_wanted(self, message: RowsWanted) -> None:
        self.wanted.append(message.ids)
        self.results.learn(Row(one, f"Paper {one}") for one in message.ids)

    def on_paper_chosen(self, message: PaperChosen) -> None:
        self.chosen.append(message.paper_id)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        from themes import builtin

        return builtin()[0].variables


async def test_of_a_million_papers_only_those_in_view_are_touched() -> None:
    app = Bench()
    async with app.run_test(size=(100, 30)) as pilot:
        ids = Counted()
        app.results.show(ids, ())
        app.results.focus()
        for key in ("pagedown", "G", "k", "ctrl+u", "home", "j"):
            await pilot.press(key)
        assert app.results.cursor == 1
        assert MILLION in app.chosen
        assert ids.asked < 20_000
        assert sum(len(one) for one in app.wanted) < 1_000
        assert app.wanted[0] == tuple(range(1, 30 + ResultList.AHEAD + 1))


async def test_rows_that_come_are_drawn_and_old_ones_are_forgotten() -> None:
    app = Bench()
    async with app.run_test(size=(100, 30)) as pilot:
        app.results.show(range(1, MILLION), ())
        app.results.focus()
        await pilot.pause()
        assert [row.id for row in app.results.rows_in_view] == list(range(1, 31))
        for _ in range(60):
            app.results.scroll_to(y=app.results.top + 500, animate=False)
            await pilot.pause()
        assert app.results.rows_in_view[0].id == app.results.top + 1
        assert len(app.results._rows) <= ResultList.KEPT + 200


async def test_ids_without_rows_are_dots_until_they_come() -> None:
    app = Bench()
    async with app.run_test(size=(40, 5)):
        app.results.show(Glimpse(100, 0, []), ())
        assert "· · ·" in app.results.render_line(0).text
        assert app.wanted == [], "an id that is not known cannot be asked for"


async def test_a_sentence_stands_in_place_of_rows() -> None:
    app = Bench()
    async with app.run_test(size=(30, 8)) as pilot:
        app.results.show(range(1, 5), [Row(1, "One"), Row(2, "Two")])
        app.results.say("This query [/foo] cannot be understood at all.", error=True)
        await pilot.pause()
        text = "\n".join(app.results.render_line(y).text.rstrip() for y in range(8))
        assert "This query [/foo] cannot" in text
        assert "One" not in text
        assert app.results.paper_id == 0
        app.results.show(range(1, 5), [Row(1, "One")])
        assert "One" in app.results.render_line(0).text


async def test_dropping_a_paper_moves_on_to_the_next() -> None:
    app = Bench()
    async with app.run_test(size=(30, 8)) as pilot:
        app.results.show([5, 6, 7], ())
        await pilot.pause()
        app.results.drop({5})
        assert list(app.results.ids) == [6, 7]
        assert app.results.paper_id == 6
        app.results.drop({6, 7})
        assert app.results.count == 0
        assert app.results.paper_id == 0


def test_a_glimpse_knows_its_stretch() -> None:
    glimpse = Glimpse(10, 4, [40, 50])
    assert len(glimpse) == 10
    assert glimpse[4] == 40
    assert glimpse[9] == 0
    assert glimpse[3:7] == [0, 40, 50, 0]


PLAIN = Row(1, "A title of some length", "Song et al.", "2024", tags=("gnn", "pooling"))


def drawn(row: Row, width: int, among: Sequence[Row] = ()) -> str:
    """A row as text."""
    columns = Columns.fit(width, [row, *among])
    return draw_row(row, columns, width, lambda part: Style(), lambda tag: Style()).plain


def test_a_row_shows_what_there_is_room_for() -> None:
    assert drawn(PLAIN, 100).split() == (
        "● A title of some length Song et al. 2024 gnn pooling".split()
    )
    assert "Song" not in drawn(PLAIN, 70)
    assert "2024" in drawn(PLAIN, 45)
    assert "gnn" not in drawn(PLAIN, 45)
    assert drawn(PLAIN, 20) == "  ● A title of som… "


def test_a_row_without_authors_and_year_leaves_no_holes() -> None:
    bare = Row(2, "W" * 200)
    assert drawn(bare, 80).rstrip().endswith("W…")
    assert cell_len(drawn(bare, 80).rstrip()) > 72


def test_a_title_takes_the_room_of_empty_columns() -> None:
    bare = Row(2, "W" * 200)
    among = drawn(bare, 100, [PLAIN])
    assert cell_len(among.rstrip()) > 95
    dated = Row(3, "W" * 200, year="1999")
    assert drawn(dated, 100, [PLAIN]).index("1999") == drawn(PLAIN, 100).index("2024")


def test_signs_stand_in_their_own_columns() -> None:
    starred = Row(1, "A", starred=True, noted=True, read=True)
    assert "★✎" in drawn(starred, 40)
    assert "●" not in drawn(starred, 40)
    noted = drawn(Row(1, "A", noted=True), 40)
    assert noted.index("✎") == drawn(starred, 40).index("✎")


@pytest.mark.parametrize(
    "title",
    [
        "漢字の長い題名" * 20,
        "👩‍🔬🧪" * 40,
        "e\u0301" * 100,
        "ไทย" * 60,
        "🇩🇪🇫🇷" * 30,
        "a\u0300漢" * 40,
    ],
)
@pytest.mark.parametrize("width", [20, 41, 78])
def test_wide_and_combining_characters_fill_the_line_exactly(title: str, width: int) -> None:
    assert cell_len(drawn(Row(1, title, tags=("漢字", "x")), width)) == width


PRINTABLE = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=60)


@given(PRINTABLE, st.lists(PRINTABLE, max_size=3), st.booleans(), st.integers(1, 130))
def test_a_row_is_as_wide_as_its_line(
    title: str, tags: list[str], starred: bool, width: int
) -> None:
    row = Row(1, title, "Song", "2024", starred=starred, tags=tuple(tags))
    assert cell_len(drawn(row, width)) == width
