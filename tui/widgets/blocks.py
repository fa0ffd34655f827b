"""A text of blocks: what stands before a line stands before none of those that it wraps into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

NOTHING = Content("")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that wrap together, and what stands before the first of them and before the others."""

    text: Content
    first: Content = NOTHING
    rest: Content = NOTHING
    fill: str = ""  # the style of what is left of each line

    def lines(self, width: int) -> Iterator[Content]:
        """The lines, at most ``width`` cells wide."""
        half = width // 2  # is left for the text, however deep it lies
        first, rest = self.first.truncate(half), self.rest.truncate(half)
        room = max(1, width - rest.cell_length)
        for number, line in enumerate(self.text.wrap(room)):
            if self.fill:
                line = line.append(Content.styled(" " * (room - line.cell_length), self.fill))
            yield (rest if number else first).append(line)


class Blocks(Widget):
    """Blocks below each other, as high as they are at its width."""

    DEFAULT_CSS = """
    Blocks { width: 100%; height: auto; }
    """

    def __init__(self, blocks: Sequence[Block] = (), id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._blocks = blocks
        self._drawn: tuple[int, Content] | None = None  # at a width

    def update(self, blocks: Sequence[Block]) -> None:
        """Show others."""
        self._blocks, self._drawn = blocks, None
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """How many lines there are at a width."""
        return self._draw(width).plain.count("\n") + 1

    def render(self) -> Content:
        """All lines."""
        return self._draw(self.size.width)

    def _draw(self, width: int) -> Content:
        if self._drawn is None or self._drawn[0] != width:
            lines = [line for block in self._blocks for line in block.lines(max(1, width))]
            self._drawn = width, Content("\n").join(lines)
        return self._drawn[1]
