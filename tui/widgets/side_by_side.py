"""Two papers side by side: what they share, where they differ, what one brings to the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from textual.app import ComposeResult
from textual.containers import Grid
from textual.content import Content, Span
from textual.widgets import Static

from index.views import Comparison, Detail
from tui.widgets.paper_text import AUTHORS, MUTED, SCHEMES
from tui.widgets.scroller import Scroller

DIFFERENT = "bold $mark"
BROUGHT = "$success"
SHARED = "bold $primary"

NOTE_LINES = 3
ALIKE = 0.4  # the share of words in common above which the others are worth marking


@dataclass(frozen=True, slots=True)
class Side:
    """One of two papers, and how it stands to the other."""

    paper: Detail
    other: Detail
    shared: tuple[tuple[str, str], ...]  # the identifiers that both are known by
    kept: bool


class SideBySide(Scroller):
    """The comparison of two papers, a row for each of the things that are known of them."""

    DEFAULT_CSS = """
    SideBySide {
        height: 1fr;
        Grid { grid-size: 2; grid-rows: auto; height: auto; }
        Static { height: 100%; }
        .left { padding: 0 1 0 0; border-right: solid $border-blurred; }
        .right { padding: 0 1; }
        .left.last { padding: 0 1 1 0; }
        .right.last { padding: 0 1 1 1; }
    }
    """

    def compose(self) -> ComposeResult:
        """The cells, row by row."""
        with Grid():
            for row in ROWS:
                last = "last" if row in ENDS else ""
                yield Static(classes=f"left {last}")
                yield Static(classes=f"right {last}")

    def show(self, compared: Comparison, keeps_left: bool) -> None:
        """Show two papers, and which of them is to be kept."""
        one, other, shared = compared.one, compared.other, compared.shared
        sides = Side(one, other, shared, keeps_left), Side(other, one, shared, not keeps_left)
        cells = iter(self.query(Static))
        for told in ROWS:
            texts = [told(side) for side in sides]
            for text in texts:
                cell = next(cells)
                cell.display = any(texts)
                cell.update(text)


def _head(side: Side) -> Content:
    if side.kept:
        return Content.styled("▌ is kept", "bold $accent")
    return Content.styled("  goes into it", MUTED)


def _title(side: Side) -> Content:
    return _worded(side.paper.title, side.other.title, side.kept).stylize_before("bold")


def _authors(side: Side) -> Content:
    mine, theirs = ("; ".join(paper.authors[:AUTHORS]) for paper in (side.paper, side.other))
    more = len(side.paper.authors) - AUTHORS
    return _worded(mine, theirs, side.kept).append(f" and {more} more" if more > 0 else "")


def _published(side: Side) -> Content:
    parts = (
        _worded(side.paper.venue, side.other.venue, side.kept),
        _worded(side.paper.published, side.other.published, side.kept),
    )
    return Content(" · ").join([part for part in parts if part])


def _names(side: Side) -> Content:
    paper, shared = side.paper, side.shared
    lines = [
        Content.styled(
            f"= {_named(name)}{'' if name in paper.identifiers else ' by a link'}", SHARED
        )
        for name in shared
    ]
    own = [_named(name) for name in paper.identifiers if name not in shared]
    theirs = [_named(name) for name in side.other.identifiers]
    key = Content.styled(f"  cited as {paper.key}", MUTED)
    return Content("\n").join([*lines, *_gathered(own, theirs, side.kept), key])


def _named(name: tuple[str, str]) -> str:
    scheme, value = name
    return f"{SCHEMES.get(scheme, scheme)} {value}"


def _made_of_it(side: Side) -> Content:
    mine, theirs = _standing(side.paper), _standing(side.other)
    return Content("\n").join(_gathered(mine, theirs, side.kept))


def _standing(paper: Detail) -> list[str]:
    """What the reader has made of a paper, a line for each."""
    marks = ["read"] * paper.read + ["skipped"] * paper.skipped + ["★ starred"] * paper.starred
    rating = [f"rated {paper.rating}"] if paper.rating else []
    tags, lists = (f"#{tag}" for tag in paper.tags), (f"≡ {name}" for name in paper.lists)
    note = [f"✎ {line}" for line in paper.note.strip().split("\n")[:NOTE_LINES] if line]
    return [*marks, *rating, *tags, *lists, *note]


def _links(side: Side) -> Content:
    mine, theirs = ([link.url for link in paper.links] for paper in (side.paper, side.other))
    return Content("\n").join(_gathered(mine, theirs, side.kept))


def _abstract(side: Side) -> Content:
    return _worded(side.paper.abstract, side.other.abstract, side.kept)


def _origins(side: Side) -> Content:
    return Content.styled("\n".join([*side.paper.origins, f"added {side.paper.added}"]), MUTED)


ROWS = (_head, _title, _authors, _published, _names, _made_of_it, _abstract, _links, _origins)
ENDS = (_published, _names, _made_of_it, _abstract, _links)
"""The rows that a blank line follows."""


def _worded(mine: str, theirs: str, kept: bool) -> Content:
    """A text, its words marked where the other paper's differ; what fills a gap stands out."""
    if mine and not theirs:
        return Content(mine) if kept else Content.styled(f"+ {mine}", BROUGHT)
    content = Content(mine, [Span(*span, DIFFERENT) for span in differing(mine, theirs)])
    return content if kept else content.stylize_before(MUTED)


def differing(mine: str, theirs: str) -> list[tuple[int, int]]:
    """The stretches of a text whose words differ from another; none where nearly all do."""
    if mine == theirs or not theirs:
        return []
    places = [match.span() for match in re.finditer(r"\S+", mine)]
    words = [mine[start:end].casefold() for start, end in places]
    matcher = SequenceMatcher(None, words, theirs.casefold().split(), autojunk=False)
    if matcher.ratio() < ALIKE:
        return []
    return [
        (places[start][0], places[end - 1][1])
        for what, start, end, _, _ in matcher.get_opcodes()
        if what != "equal" and end > start
    ]


def _gathered(mine: Sequence[str], theirs: Iterable[str], kept: bool) -> list[Content]:
    """Things of which the kept paper gets all: what it would get stands out."""
    theirs = set(theirs)
    return [
        Content(f"  {thing}")
        if kept
        else Content.styled(f"  {thing}", MUTED)
        if thing in theirs
        else Content.styled(f"+ {thing}", BROUGHT)
        for thing in mine
    ]
