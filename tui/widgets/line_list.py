"""A list of lines with a cursor that draws only the lines in view, however many there are."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from tui.commands.moving import MOVE_BINDINGS, Move, step


class LineList(ScrollView, can_focus=True, inherit_bindings=False):
    """The base of every list on the desk. A subclass says how many lines there are, and draws."""

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*MOVE_BINDINGS]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--cursor"}

    DEFAULT_CSS = """
    LineList {
        background: transparent;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;

        & > .line--cursor { background: $cursor-blurred; text-style: $cursor-blurred-style; }
        &:focus > .line--cursor { background: $cursor; color: $cursor-text; text-style: none; }
    }
    """

    CONTEXT = 2  # lines that stay in view above and below the cursor

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another line."""

        def __init__(self, line_list: LineList) -> None:
            super().__init__()
            self.line_list = line_list

        @property
        def control(self) -> LineList:
            """The list."""
            return self.line_list

    class Opened(Moved):
        """A line was clicked twice."""

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """A line, ``width`` cells wide, with the styles that lie on top of the line's own."""
        raise NotImplementedError

    def ground(self, line: int) -> Style:
        """The style that lies below a line's own."""
        return self.get_visual_style("line--cursor") if line == self.cursor else self.visual_style

    def is_heading(self, line: int) -> bool:
        """Whether the cursor steps over a line."""
        return False

    @property
    def top(self) -> int:
        """The first line in view."""
        return self.scroll_offset.y

    @property
    def page(self) -> int:
        """How many lines fit in view."""
        return max(1, self.size.height)

    def place(self, cursor: int, top: int | None = None) -> None:
        """Put the cursor on a line without saying so, and a line at the top of the view."""
        self.set_reactive(LineList.cursor, max(0, min(cursor, self.count - 1)))
        self.virtual_size = Size(0, self.count)
        if top is not None:
            self.scroll_to(y=top, animate=False, force=True)
        self.reveal()
        self.refresh()

    def reveal(self) -> None:
        """Scroll as little as brings the cursor into view."""
        if not self.size.height:
            return
        page, context = self.page, min(self.CONTEXT, (self.page - 1) // 2)
        lowest, highest = self.cursor + context - page + 1, self.cursor - context
        top = max(lowest, min(self.top, highest))
        top = max(0, min(top, self.count - page))
        if top != self.top:
            self.scroll_to(y=top, animate=False, force=True)

    def action_move(self, move: Move) -> None:
        """Move the cursor, past a heading where it would stand on one."""
        line = step(move, self.cursor, self.count, self.page)
        way = 1 if line > self.cursor or move == "first" else -1
        while 0 <= line < self.count and self.is_heading(line):
            line += way
        if 0 <= line < self.count:
            self.cursor = line
        if move == "first":
            self.scroll_to(y=0, animate=False)

    def watch_cursor(self, old: int, new: int) -> None:
        """Show the cursor where it is now."""
        self.refresh_line(old)
        self.refresh_line(new)
        self.reveal()
        self.post_message(self.Moved(self))

    def render_line(self, y: int) -> Strip:
        """Draw a line of the view."""
        line, width = self.top + y, self.size.width
        if line >= self.count:
            return Strip.blank(width, self.rich_style)
        cursor = line == self.cursor
        content = self.draw(line, width, cursor)
        if cursor and self.has_focus and self.app.current_theme.ansi:
            content = content.without_spans  # sixteen colours do not all show on the cursor's
        return Strip(content.render_segments(self.ground(line)), width)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self.reveal()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line; the second of two clicks opens it."""
        line = self.top + event.get_content_offset_capture(self).y
        if line < self.count and not self.is_heading(line):
            self.cursor = line
            if event.chain == 2:
                self.post_message(self.Opened(self))
