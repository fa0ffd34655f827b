"""The shelves of the library: views, reading lists, saved searches and tags, under headings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar, get_args

from textual import events
from textual.content import Content
from textual.style import Style

from index.views import Overview, Shelf, ShelfKind
from tui.messages import ShelfChosen
from tui.state import Section
from tui.widgets.line_list import LineList
from tui.widgets.tag_colours import TAG_CLASSES, TAG_CSS, tag_class

INDENT = 2  # cells for each tag that one lies below
DEEPEST = 4  # indents; what lies deeper is not moved further

TITLES: dict[Section, str] = {
    "lists": "Lists",
    "saved": "Saved",
    "tags": "Tags",
    "archived": "Archived lists",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above a section, or in place of one that is folded."""

    section: Section
    count: int  # shelves
    folded: bool

    @property
    def text(self) -> str:
        """What it says."""
        return f"{'▸ ' if self.folded else ''}{TITLES[self.section]}"


class ShelfList(LineList):
    """The shelves, one a line. The one under the cursor is the one that is searched.

    The cursor steps over the heading of a section that is open, and stands on one that is folded:
    what was searched before stays.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = TAG_CLASSES | {
        "shelf--bar",
        "shelf--muted",
        "shelf--heading",
        "shelf--new",
    }

    DEFAULT_CSS = f"""
    ShelfList {{
        & > .shelf--bar {{ color: $border; }}
        & > .shelf--muted {{ color: $muted; text-style: $muted-style; }}
        & > .shelf--heading {{ color: $border-blurred; }}
        & > .shelf--new {{ color: $accent; text-style: bold; }}
        {TAG_CSS}
    }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._overview = Overview()
        self._folded: set[Section] = set()
        self._lines: list[Heading | Shelf] = []
        self._chosen: tuple[str, str] | None = None  # what the desk last said that it looks at
        self._coloured = False  # whether any tag is, so that all leave room for the mark

    # -- what it shows

    def fold_as(self, folded: Iterable[Section]) -> None:
        """Have some sections folded from the next time that shelves are shown."""
        self._folded = set(folded)

    def show(self, overview: Overview, chosen: Shelf) -> None:
        """Show how the library stands, the cursor on a shelf, or on a heading where it was there.

        A shelf of a folded section has the section's heading for its line. Where the desk has not
        heard yet that the cursor moved on, the cursor stays.
        """
        at = self._line_at_cursor
        has_moved_on = isinstance(at, Shelf) and self._chosen == (chosen.kind, chosen.name)
        self._chosen = chosen.kind, chosen.name
        self._overview = overview
        self._coloured = any(shelf.colour for shelf in overview.tags)
        self._lines = list(self._laid_out())
        folded = at.section if isinstance(at, Heading) and at.section in self._folded else None
        own = self._line_of(at) if isinstance(at, Shelf) and has_moved_on else None
        self.place(self._heading(folded) or own or self._line_of(chosen), self.top)

    def turn_to(self, shelf: Shelf) -> None:
        """Put the cursor on a shelf, out of whatever section it lies in."""
        self._chosen = shelf.kind, shelf.name
        self._folded -= {_section_of(shelf)}
        self._lines = list(self._laid_out())
        self.place(self._line_of(shelf), self.top)

    def fold(self) -> None:
        """Fold the section at the cursor into its heading."""
        if self.shelf and (section := _section_of(self.shelf)):
            self._turn(section)

    def unfold(self) -> bool:
        """Open the folded section at the cursor; False where there is none."""
        line = self._line_at_cursor
        if isinstance(line, Heading):
            self._turn(line.section)
        return isinstance(line, Heading)

    def _turn(self, section: Section) -> None:
        """Fold or open a section. The cursor goes to its heading, or to its first shelf."""
        self._folded ^= {section}
        self._lines = list(self._laid_out())
        heading = self._heading(section) or 0
        self.place(heading + (section not in self._folded), self.top)
        self.post_message(self.Moved(self))

    def _laid_out(self) -> Iterable[Heading | Shelf]:
        """The lines of all shelves that are not folded away."""
        yield from self._overview.views
        for section in get_args(Section):
            shelves: tuple[Shelf, ...] = getattr(self._overview, section)
            if shelves:
                folded = section in self._folded
                yield Heading(section, len(shelves), folded)
                yield from () if folded else shelves

    def _heading(self, section: Section | None) -> int | None:
        """The line of a section's heading."""
        for number, line in enumerate(self._lines):
            if isinstance(line, Heading) and line.section == section:
                return number
        return None

    def _line_of(self, shelf: Shelf) -> int:
        """The line of a shelf, or of the heading that it is folded under; else the first."""
        for number, line in enumerate(self._lines):
            if isinstance(line, Shelf) and line.name == shelf.name and line.kind == shelf.kind:
                return number
        section = _section_of(shelf)
        return (section in self._folded and self._heading(section)) or 0

    # -- what it knows

    @property
    def count(self) -> int:
        """How many lines there are, headings included."""
        return len(self._lines)

    @property
    def folded(self) -> tuple[Section, ...]:
        """The sections that are folded."""
        return tuple(section for section in get_args(Section) if section in self._folded)

    @property
    def shelf(self) -> Shelf | None:
        """The shelf at the cursor; None on a heading."""
        line = self._line_at_cursor
        return line if isinstance(line, Shelf) else None

    @property
    def _line_at_cursor(self) -> Heading | Shelf | None:
        return self._lines[self.cursor] if self.cursor < len(self._lines) else None

    def is_heading(self, line: int) -> bool:
        """Whether the line is the heading of an open section."""
        heading = self._lines[line]
        return isinstance(heading, Heading) and not heading.folded

    # -- how it is drawn

    def draw(self, line: int, width: int, cursor: bool) -> Content:
        """A heading with its rule, or a shelf's name and count."""
        shown = self._lines[line]
        bar = Content.styled("▌" if cursor else " ", self._style("bar"))
        if isinstance(shown, Heading):
            count = f" {shown.count:,} " if shown.folded else ""
            rule = "─" * (width - len(shown.text) - len(count) - 2)
            heading = Content.assemble(
                bar,
                (f"{shown.text} ", self._style("muted")),
                (rule, self._style("heading")),
                (count, self._style("muted")),
            )
            return heading.truncate(width, pad=True)
        right = self._counted(shown)
        left = Content.assemble(bar, " ", self._mark(shown))
        room = max(0, width - left.cell_length - right.cell_length - 1)
        name = Content(shown.name.rpartition("/")[2] if shown.kind == "tag" else shown.name)
        if colour := tag_class(shown.colour):
            name = name.stylize(self.get_visual_style(colour, partial=True))
        name = name.truncate(room, ellipsis=True, pad=True)
        return Content.assemble(left, name, right, " ").truncate(width)

    def _mark(self, shelf: Shelf) -> Content:
        """What a tag's depth and colour come to, before its name."""
        indent = Content(" " * INDENT * min(shelf.depth, DEEPEST))
        if not self._coloured or shelf.kind != "tag":
            return indent
        colour = tag_class(shelf.colour)
        style = self.get_visual_style(colour, partial=True) if colour else ""
        return Content.assemble(indent, ("■ " if colour else "  ", style))

    def _counted(self, shelf: Shelf) -> Content:
        """How many papers a shelf holds; of a list how far one is, of a search how many are new."""
        is_list = shelf.kind == "list"
        count = f"{shelf.done:,}/{shelf.count:,}" if is_list else f"{shelf.count:,}"
        new = f" +{shelf.new:,}" if shelf.new else ""
        return Content.assemble((new, self._style("new")), " ", (count, self._style("muted")))

    def _style(self, part: str) -> Style:
        return self.get_visual_style(f"shelf--{part}", partial=True)

    # -- what it tells

    def on_click(self, event: events.Click) -> None:
        """Fold or open a section by its heading."""
        number = self.top + event.get_content_offset_capture(self).y
        line = self._lines[number] if number < self.count else None
        if isinstance(line, Heading):
            event.prevent_default()
            self._turn(line.section)

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """Say which shelf the cursor stands on."""
        event.stop()
        if self.shelf:
            self.post_message(ShelfChosen(self.shelf))


def _section_of(shelf: Shelf) -> Section | None:
    """The section that a shelf stands in; the views stand in none."""
    if shelf.archived:
        return "archived"
    sections: dict[ShelfKind, Section] = {"list": "lists", "saved": "saved", "tag": "tags"}
    return sections.get(shelf.kind)
