"""What the word at the cursor of a query may become: a few lines that lie over what is below."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget

from index.views import Completion

SHOWN = 6  # lines
NARROWEST, WIDEST = 15, 44  # cells of a name


def worth_offering(found: Completion, text: str) -> tuple[str, ...]:
    """The words to offer: for a value, or for a name that has two letters already.

    None for what is whole as it stands, but for the tags that lie below one.
    """
    begun = text[found.start : found.end]
    if not text[: found.start].endswith(":") and len(begun) < 2:
        return ()
    if begun in found.candidates:
        return tuple(one for one in found.candidates if one.startswith(f"{begun}/"))
    return found.candidates


class Completions(Widget):
    """A short list that never takes the focus. It is there only while it has something to offer."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Completions {
        display: none;
        overlay: screen;
        constrain: inside inside;
        position: absolute;
        width: auto;
        height: auto;
        padding: 0 1;
        border: round $border-blurred;
        border-subtitle-color: $muted;
        background: $surface;

        &.-open { display: block; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self.border_subtitle = Content("tab takes · esc")
        self._offered: Completion | None = None
        self._at = 0

    @property
    def is_open(self) -> bool:
        """Whether something is offered."""
        return self._offered is not None

    def offer(self, found: Completion, offset: Offset) -> None:
        """Offer some words at a place."""
        self._offered, self._at = found, 0
        self.styles.offset = offset
        self.add_class("-open")
        self.refresh(layout=True)

    def close(self) -> None:
        """Offer nothing."""
        if self._offered:
            self._offered = None
            self.remove_class("-open")

    def move(self, way: int) -> None:
        """Choose the next word, or the one before."""
        if self._offered:
            self._at = (self._at + way) % len(self._offered.candidates)
            self.refresh()

    def taken(self, text: str) -> tuple[str, int]:
        """A text with the chosen word in its place, and where the cursor is after it."""
        if not self._offered:
            return text, len(text)
        word, rest = self._offered.candidates[self._at], text[self._offered.end :]
        if not word.endswith(":") and not rest:
            word += " "  # it is finished
        start = text[: self._offered.start] + word
        return start + rest, len(start)

    def render(self) -> Content:
        """As many of the words as are shown at once, around the chosen one."""
        words = self._offered.candidates if self._offered else ()
        first = max(0, min(self._at - SHOWN // 2, len(words) - SHOWN))
        shown = [Content(word).truncate(WIDEST, ellipsis=True) for word in words]
        width = max([NARROWEST, *(word.cell_length for word in shown)])
        lines = [
            Content(" ")
            .append(word.truncate(width, pad=True))
            .append(" ")
            .stylize("$cursor-text on $cursor" if at == self._at else "")
            for at, word in enumerate(shown)
        ]
        return Content("\n").join(lines[first : first + SHOWN])
