"""The papers that a search found: ids of them all, rows of those in view."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar, TypeVar

from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from index.views import Row
from tui.marks import Marks
from tui.messages import MarksChanged, PaperChosen, RowsWanted
from tui.widgets.line_list import LineList
from tui.widgets.row import PARTS, Columns, draw_row
from tui.widgets.tag_colours import TAG_CLASSES, TAG_CSS, Colours, tag_class

Item = TypeVar("Item")

Line = tuple[tuple[str, str], ...]
"""A line of what is said beside rows: texts, each with the part that it is ("said", "key", ...)."""


class Glimpse(Sequence[int]):
    """The ids of a long result of which only a stretch is known; 0 stands for the others."""

    def __init__(self, length: int, start: int, known: Sequence[int]) -> None:
        self._length, self._start, self._known = length, start, known

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: int | slice) -> int | list[int]:  # type: ignore[override]
        if isinstance(index, slice):
            return [self._at(one) for one in range(*index.indices(self._length))]
        return self._at(index)

    def _at(self, index: int) -> int:
        within = index - self._start
        return self._known[within] if 0 <= within < len(self._known) else 0


class ResultList(LineList):
    """The results: rows, or a sentence in their place: no row stands for a failed search."""

    COMPONENT_CLASSES: ClassVar[set[str]] = (
        {f"row--{part}" for part in PARTS}
        | TAG_CLASSES
        | {
            "line--marked",
            "row--said",
            "row--key",
            "row--error",
        }
    )

    DEFAULT_CSS = f"""
    ResultList {{
        & > .row--muted {{ color: $muted; text-style: $muted-style; }}
        & > .row--mark {{ color: $mark; text-style: bold underline; }}
        & > .line--marked {{ background: $marked; text-style: $marked-style; }}
        & > .row--marked {{ color: $accent; }}
        & > .row--unread {{ color: $unread; }}
        & > .row--star {{ color: $star; }}
        & > .row--tag {{ color: $tag; }}
        {TAG_CSS}
        & > .row--said {{ color: $muted; text-style: $muted-style; }}
        & > .row--key {{ color: $accent; text-style: bold; }}
        & > .row--error {{ color: $error; }}
    }}
    """

    AHEAD = 50  # rows that are fetched above and below the view
    KEPT = 2000  # rows that are kept in memory

    def __init__(self) -> None:
        super().__init__()
        self.ids: Sequence[int] = ()
        self._rows: dict[int, Row] = {}
        self._asked: tuple[int, ...] = ()
        self._columns: Columns | None = None
        self._said: tuple[Line, ...] = ()
        self._marks = Marks()
        self._colours: Colours = {}

    # -- what it shows

    def show(
        self, ids: Sequence[int], rows: Iterable[Row], cursor: int = 0, top: int | None = 0
    ) -> None:
        """Show a result: every id, the rows at hand, and where the cursor and the view stand.

        A range that is being marked goes on where the same papers stand, and else is kept.
        """
        start = self._marks.start
        if start is not None and [*ids[start : start + 1]] != [*self.ids[start : start + 1]]:
            self.marks = self._marks.kept(self.ids, self.cursor)
        self.ids, self._said = ids, ()
        self._rows, self._asked = {}, ()
        self.learn(rows)
        self.place(cursor, top)
        self.want()

    def say(self, sentence: str, *, error: bool = False) -> None:
        """Show a sentence in place of rows."""
        self.show((), ())
        self.add([((sentence, "error" if error else "said"),)])

    def add(self, lines: Iterable[Line]) -> None:
        """Say something more, below the rows or what is said in their place."""
        self._said += tuple(lines)
        self.refresh()

    def colour_tags(self, colours: Colours) -> None:
        """Draw tags in their colours."""
        if colours != self._colours:
            self._colours = colours
            self.refresh()

    def learn(self, rows: Iterable[Row]) -> None:
        """Take in rows that were fetched."""
        if len(self._rows) > self.KEPT:
            near = [int(one) for one in self.in_view(self.ids)]
            self._rows = {one: self._rows[one] for one in near if one in self._rows}
        self._rows.update((row.id, row) for row in rows)
        self._columns = None
        self.refresh()

    def reorder(self, ids: Sequence[int]) -> None:
        """Show the same papers in another order; the cursor stays on its paper.

        A range that is being marked is kept.
        """
        if self._marks.start is not None:
            self.marks = self._marks.kept(self.ids, self.cursor)
        paper, self.ids = self.paper_id, ids
        self.place(list(ids).index(paper))
        self.want()

    def drop(self, papers: Collection[int]) -> None:
        """Drop papers; the cursor goes to the next that stays."""
        cursor = self.cursor
        before = sum(int(one) in papers for one in self.ids[:cursor])
        self.ids = [one for one in self.ids if one not in papers]
        self.place(cursor - before)
        self.want()
        self.post_message(self.Moved(self))

    # -- what it knows

    @property
    def count(self) -> int:
        """How many papers were found."""
        return len(self.ids)

    @property
    def paper_id(self) -> int:
        """The id of the paper at the cursor; 0 where there is none."""
        return int(self.ids[self.cursor]) if self.cursor < len(self.ids) else 0

    @property
    def row(self) -> Row | None:
        """The row at the cursor, where it is at hand."""
        return self._rows.get(self.paper_id)

    @property
    def rows_in_view(self) -> tuple[Row, ...]:
        """The rows on the screen, from the first one on as far as they are at hand."""
        found = []
        for paper_id in self.ids[self.top : self.top + self.page]:
            if int(paper_id) not in self._rows:
                break
            found.append(self._rows[int(paper_id)])
        return tuple(found)

    def in_view(self, ids: Sequence[Item]) -> Sequence[Item]:
        """The part of a result that is to be at hand: the view, and some more on both sides."""
        return ids[max(0, self.top - self.AHEAD) : self.top + self.page + self.AHEAD]

    def want(self) -> None:
        """Ask for the rows in view that are not at hand."""
        view = self.ids[self.top : self.top + self.page]
        if all(int(one) in self._rows for one in view):
            return
        missing = tuple(int(one) for one in self.in_view(self.ids) if int(one) not in self._rows)
        missing = tuple(one for one in missing if one)
        if missing and missing != self._asked:
            self._asked = missing
            self.post_message(RowsWanted(missing))

    def rows_of(self, papers: Collection[int]) -> list[Row]:
        """The rows of some papers, as far as they are at hand."""
        return [row for row in self._rows.values() if row.id in papers]

    # -- what is marked

    @property
    def marks(self) -> Marks:
        """The marks, and the range that is being marked."""
        return self._marks

    @marks.setter
    def marks(self, marks: Marks) -> None:
        self._marks = marks
        self._count_marks()
        self.refresh()

    @property
    def marked(self) -> frozenset[int]:
        """The papers that are marked, those of the range among them."""
        return self._marks.kept(self.ids, self.cursor).papers

    def _count_marks(self) -> None:
        self.post_message(MarksChanged(len(self.marked)))

    # -- how it is drawn

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """The row of a paper, or dots until it is at hand."""
        row = self._rows.get(int(self.ids[line]))
        if row is None:
            return Content.styled("   · · ·".ljust(width)[:width], self._style("muted"))
        self._columns = self._columns or Columns.fit(width, self._rows.values())
        marked = self._is_marked(line)
        return draw_row(
            row,
            self._columns,
            width,
            self._style,
            self._tag_style,
            cursor=cursor,
            marked=marked,
        )

    def ground(self, line: int) -> Style:
        """The style that lies below a line's own: a marked paper stands on another ground."""
        if line != self.cursor and self._is_marked(line):
            return self.get_visual_style("line--marked")
        return super().ground(line)

    def _is_marked(self, line: int) -> bool:
        return self._marks.hold(int(self.ids[line]), line, self.cursor)

    def render_line(self, y: int) -> Strip:
        """Draw a line of the view: a row, or what is said below the rows."""
        below = self.top + y - self.count
        if below < 0 or not self._said:
            return super().render_line(y)
        width = self.size.width
        lines = self._said_lines(max(1, width - 4))
        line = Content("  ").append(lines[below] if below < len(lines) else "")
        return Strip(line.truncate(width, pad=True).render_segments(self.visual_style), width)

    def _said_lines(self, width: int) -> list[Content]:
        lines = [Content("")]
        for line in self._said:
            said = Content.assemble(*((text, self._style(part)) for text, part in line))
            lines += said.wrap(width) or [Content("")]
        return lines

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"row--{part}", partial=True)

    def _tag_style(self, tag: str) -> Style:
        colour = tag_class(self._colours.get(tag, ""))
        return self.get_visual_style(colour or "row--tag", partial=True)

    # -- what it tells

    def on_resize(self) -> None:
        """Fit the columns to the new width and fetch what came into view. The base is told too."""
        self._columns = None
        self.want()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Fetch what came into view."""
        super().watch_scroll_y(old_value, new_value)
        self.want()

    def watch_cursor(self, old: int, new: int) -> None:
        """Show the cursor where it is now, and the range that follows it."""
        super().watch_cursor(old, new)
        if self._marks.start is not None:
            self._count_marks()
            self.refresh()

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Say which paper the cursor stands on."""
        event.stop()
        self.post_message(PaperChosen(self.paper_id))
