"""A note, its Markdown rendered: text with styles and nothing else, so that no text can act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from index.text.clean import scrub
from tui.widgets.blocks import NOTHING, Block, Blocks

if TYPE_CHECKING:
    from markdown_it.token import Token

LONGEST = 20_000
"""Characters that are rendered. A longer note is for an editor; nobody waits for it to be drawn."""

NEAR = 1_000

MUTED = "$muted $muted-style"

HEADINGS = {"h1": "bold $primary", "h2": "bold"}
MINOR_HEADING = "bold $muted"
CODE = "$accent on $panel"
STYLES = {"em": "italic", "strong": "bold", "s": "strike", "link": "underline $primary"}

_TASKS = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}
_BULLET, _QUOTE = "• ", "▎ "


class NoteText(Blocks):
    """A note under its heading."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._note = ""
        self.display = False

    def show(self, note: str) -> None:
        """Show a note; an empty one takes no room."""
        if note == self._note:
            return
        self._note = note
        self.display = bool(note)
        self.update((Block(Content.styled("Note", "bold $secondary")), *note_blocks(note)))


def note_blocks(note: str) -> list[Block]:
    """The blocks of a note in Markdown, as far as it is rendered."""
    if not note:
        return []
    from markdown_it import MarkdownIt

    shown = note
    if len(note) > LONGEST:  # the end of a line is not far, or there are no lines
        shown = note[: max(note.rfind("\n", LONGEST - NEAR, LONGEST), 0) or LONGEST]
    parser = MarkdownIt("commonmark").enable("strikethrough")
    blocks = _Layout().of(parser.parse(shown))
    if more := len(note) - len(shown):
        said = f"… and {more:,} more characters: E opens all of them in your editor."
        blocks += [Block(NOTHING), Block(Content.styled(said, MUTED))]
    return blocks


@dataclass(slots=True)
class _Level:
    """A list item or a quotation around what is read: what stands before its lines."""

    first: Content
    rest: Content
    begun: bool = False


class _Layout:
    """Goes through the tokens of a text, in which blocks lie within blocks."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._levels: list[_Level] = []
        self._numbers: list[int | None] = []  # of the next item of each list around; None: bullets
        self._apart = False  # whether an empty line stands before the next block
        self._style = ""  # of the paragraph

    def of(self, tokens: Iterable[Token]) -> list[Block]:
        """The blocks that some tokens stand for."""
        for token in tokens:
            match token.type:
                case "bullet_list_open" | "ordered_list_open":
                    self._begin_list(token)
                case "bullet_list_close" | "ordered_list_close":
                    self._numbers.pop()
                case "list_item_open":
                    self._begin_item()
                case "blockquote_open":
                    bar = Content.styled(_QUOTE, "$border-blurred")
                    self._levels.append(_Level(bar, bar))
                case "list_item_close" | "blockquote_close":
                    self._levels.pop()
                case "paragraph_open":
                    self._style = ""
                    self._apart |= not token.hidden
                case "heading_open":
                    self._style, self._apart = HEADINGS.get(token.tag, MINOR_HEADING), True
                case "inline":
                    self._paragraph(token)
                case "fence" | "code_block" | "html_block":
                    self._apart = True
                    self._add(Content.styled(scrub(token.content).rstrip("\n"), CODE), CODE)
                case "hr":
                    self._apart = True
                    self._add(Content.styled("───", "$border-blurred"))
        return self._blocks

    def _begin_list(self, token: Token) -> None:
        self._apart |= not self._numbers
        ordered = token.type == "ordered_list_open"
        self._numbers.append(int(token.attrs.get("start", 1)) if ordered else None)

    def _begin_item(self) -> None:
        number = self._numbers[-1]
        marker = _BULLET if number is None else f"{number}. "
        if number is not None:
            self._numbers[-1] = number + 1
        self._levels.append(_Level(Content.styled(marker, "$accent"), Content(" " * len(marker))))

    def _paragraph(self, token: Token) -> None:
        text = _inline(token.children or ())
        level = self._levels[-1] if self._levels else None
        task = _TASKS.get(token.content[:4])
        if task and level and not level.begun and self._numbers:
            level.first, text = Content.styled(task, "$accent"), text[4:]
        self._add(text.stylize_before(self._style) if self._style else text)

    def _add(self, text: Content, fill: str = "") -> None:
        if self._apart and self._blocks:
            begun = [level.rest for level in self._levels if level.begun]
            self._blocks.append(Block(NOTHING, NOTHING.join(begun)))
        first = [level.rest if level.begun else level.first for level in self._levels]
        rest = [level.rest for level in self._levels]
        self._blocks.append(Block(text, NOTHING.join(first), NOTHING.join(rest), fill))
        for level in self._levels:
            level.begun = True
        self._apart = False


def _inline(tokens: Iterable[Token]) -> Content:
    """The text of a paragraph. The address of a link follows its words, unless they are it."""
    parts: list[Content] = []
    styles: list[str] = []
    links: list[tuple[str, int]] = []  # the address, and where its words begin
    for token in tokens:
        kind = token.type.removesuffix("_open").removesuffix("_close")
        if token.nesting > 0:
            address = str(token.attrs.get("href", ""))
            is_web = kind != "link" or address.startswith(("http://", "https://"))
            styles.append(STYLES.get(kind, "") if is_web else "")
            links.append((address, len(parts)))
        elif token.nesting < 0:
            styles.pop()
            address, start = links.pop()
            words = "".join(part.plain for part in parts[start:])
            parts.append(_address(address, words))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(Content("\n"))
        else:
            own = [CODE] if token.type == "code_inline" else []
            style = " ".join(filter(None, [*styles, *own]))
            parts.append(Content.styled(scrub(token.content), style))
            parts.append(_address(str(token.attrs.get("src", ""))))
    return NOTHING.join(parts)


def _address(address: str, words: str = "") -> Content:
    if address in ("", words, f"mailto:{words}"):
        return NOTHING
    return Content.styled(f" ({scrub(address)})", MUTED)
