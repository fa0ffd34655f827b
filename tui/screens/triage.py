"""Triage: one paper after the other, a key a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from index.errors import NotFoundError
from index.text import capital
from index.views import Detail, Done, Shelf
from tui.asking import Ask
from tui.commands.papers import follow_link
from tui.deeds import HIGHEST
from tui.screens.busy import Busy
from tui.screens.dialog import Dialog
from tui.screens.names import Changes, Names, NamesDialog
from tui.triage import Decision, Pile
from tui.widgets.paper_text import MUTED, paper_sources, paper_text

if TYPE_CHECKING:
    from index.library import Library
    from tui.screens.desk import Desk

WIDEST = 100  # cells of a line of text
BAR = 24  # cells of the bar that shows how far one is

KEYS = (
    ("l", "read later"),
    ("s", "star"),
    ("-", "skip"),
    ("r", "read"),
    ("t", "tag"),
    ("1-5", "rate"),
    ("space", "go on"),
    ("k", "back"),
    ("o", "open"),
    ("u", "undo"),
    ("ctrl+r", "redo"),
    ("L", "other list"),
    ("esc", "have done"),
)


class TriageScreen(Dialog[None], Busy):
    """The paper at hand, how many are left, and the keys that decide."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "later", "Read later", show=False),
        Binding("L", "other_list", "Read later on another list", show=False),
        Binding("s", "star", "Star", show=False),
        Binding("minus", "skip", "Skip", show=False),
        Binding("r", "read", "Mark as read", show=False),
        Binding("t", "tag", "Tag", show=False),
        *(
            Binding(str(rating), f"rate({rating})", "Rate", show=False)
            for rating in range(1, HIGHEST + 1)
        ),
        Binding("o", "open", "Open the link", show=False),
        Binding("space,j", "go(1)", "Go on, undecided", show=False),
        Binding("k", "go(-1)", "Back", show=False),
        Binding("u", "undo", "Undo", show=False),
        Binding("ctrl+r", "redo", "Redo", show=False),
        Binding("down", "scroll(1)", "Scroll", show=False),
        Binding("up", "scroll(-1)", "Scroll", show=False),
        Binding("pagedown,ctrl+d,ctrl+f", "scroll(10)", "Scroll", show=False),
        Binding("pageup,ctrl+u,ctrl+b", "scroll(-10)", "Scroll", show=False),
        Binding("q,T", "leave", "Leave", show=False),
    ]

    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012

    DEFAULT_CSS = """
    TriageScreen {
        #frame { width: 100%; max-width: 100%; height: 100%; max-height: 100%; padding: 0 1; }
        #frame { align-horizontal: center; }
        &.-high #frame { padding: 1 1 0 1; }
        #progress { height: 1; width: 100%; max-width: 100; padding: 0 1; margin-bottom: 1; }
        VerticalScroll {
            height: 1fr;
            width: 100%;
            max-width: 100;
            scrollbar-size-vertical: 1;
            Static { width: 100%; height: auto; padding: 0 1; }
        }
        #said { height: 1; width: 100%; max-width: 100; padding: 0 1; }
        #keys { height: auto; width: 100%; max-width: 100; padding: 0 1; margin-top: 1; }
    }
    """

    def __init__(self, desk: Desk, pile: Pile, ask: Ask | None = None) -> None:
        """``ask``: what the papers were found by, if they were."""
        super().__init__(f"Triage · {pile.name}", "")
        self._desk, self._pile, self._ask = desk, pile, ask
        self._papers: dict[int, Detail] = {}  # those near the one at hand
        self._gone: set[int] = set()  # those near it that the library holds no more
        # The list for what is read later, unless it is gone since.
        self._later = desk.later if desk.later in _names(desk.overview.lists) else ""

    def compose_body(self) -> ComposeResult:
        """How far one is, the paper, what was decided last, and the keys."""
        yield Static(id="progress")
        with VerticalScroll(can_focus=False):
            yield Static(id="paper-text")
        yield Static(id="said")
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Show the first paper."""
        self._turn()

    def on_resize(self) -> None:
        """Lay the keys out anew."""
        self.query_one("#keys", Static).update(keys(min(WIDEST, self.size.width - 4) - 2))

    # -- showing

    @property
    def _paper(self) -> Detail | None:
        return self._papers.get(self._pile.paper)

    def _turn(self) -> None:
        """Show the paper at hand, as far as it is known, and fetch what may be wanted next."""
        self.query_one(VerticalScroll).scroll_home(animate=False)
        self._show()
        self.start_instead("papers", self._fetch, tuple(self._pile.near))

    async def _fetch(self, ids: Sequence[int]) -> None:
        """Fetch papers, as they are once the decisions before are done."""

        query, as_typed = (self._ask.query, self._ask.as_typed) if self._ask else ("", False)

        def papers(library: Library) -> dict[int, Detail]:
            found = {}
            for paper_id in ids:
                with suppress(NotFoundError):  # another process has deleted it
                    found[paper_id] = library.detail(paper_id, query, as_typed=as_typed)
            return found

        self._papers = await self._desk.librarian.ask("act", papers)
        self._gone = {*ids}.difference(self._papers)
        self._show()

    def _show(self) -> None:
        pile = self._pile
        self.query_one("#progress", Static).update(progress(pile))
        self.query_one("#paper-text", Static).update(self._text())

    def _text(self) -> Content:
        if not self._pile.paper:
            return the_end(self._pile)
        if paper := self._paper:
            text = paper_text(paper, self._desk.tag_colours)
            return Content("\n\n").join([text, paper_sources(paper)])
        gone = self._pile.paper in self._gone
        return Content.styled("This paper is no longer in the library." if gone else "· · ·", MUTED)

    def _say(self, message: str) -> None:
        said = Content(message).truncate(max(1, self.size.width - 6), ellipsis=True)
        self.query_one("#said", Static).update(said.stylize("$success"))

    # -- deciding

    def _decide(self, what: str, work: Callable[[Library, int], Done]) -> None:
        """Decide about the paper at hand: the screen goes on at once, the library follows."""
        if paper_id := self._pile.paper:
            title = self._paper.title if self._paper else ""
            decision = Decision(
                title, self._pile.place, what, lambda library: work(library, paper_id)
            )
            self._pile.decide(decision)
            self._follow(decision, decision.do, "")

    def _follow(self, decision: Decision, work: Callable[[Library], None], how: str) -> None:
        self._desk.errands.act(work, again=False)
        said = f"{how} {decision.what}".strip()
        title = f": “{decision.title}”" if decision.title else ""
        self._say(f"{capital(said)}{title}")
        self._turn()

    def action_star(self) -> None:
        """Star the paper."""
        self._decide("starred", lambda library, one: library.marks.star(one))

    def action_skip(self) -> None:
        """Skip the paper."""
        self._decide("skipped", lambda library, one: library.marks.skip(one))

    def action_read(self) -> None:
        """Mark the paper as read."""
        self._decide("read", lambda library, one: library.marks.read(one))

    def action_rate(self, rating: int) -> None:
        """Rate the paper."""
        self._decide("rated", lambda library, one: library.marks.rate(one, rating))

    def action_later(self) -> None:
        """Put the paper on the list for what is read later; the first time, ask which that is."""
        if name := self._later:
            self._decide(f"to “{name}”", lambda library, one: library.lists.add(name, one))
        else:
            self.action_other_list()

    def action_other_list(self) -> None:
        """Choose the list for what is read later, and put the paper on it."""

        def apply(changes: Changes | None) -> None:
            if name := next((name for name, on in changes or () if on), ""):
                self._desk.later = self._later = name
                self.action_later()

        if self._pile.paper:
            about = "Where to put what you read later. l puts it there, L asks anew."
            known = _names(self._desk.overview.lists)
            NamesDialog("reading list", about, known, Names(1, {})).ask(self.app, apply)

    def action_tag(self) -> None:
        """Tag the paper."""

        def apply(changes: Changes | None) -> None:
            if changes:
                self._decide("tagged", lambda library, one: library.tags.change(one, dict(changes)))

        if paper := self._paper:
            known = _names(self._desk.overview.tags)
            borne = Names(1, dict.fromkeys(paper.tags, 1))
            colours = self._desk.tag_colours
            NamesDialog("tag", paper.title, known, borne, colours).ask(self.app, apply)

    # -- going

    def action_go(self, by: int) -> None:
        """Go on without a decision, or back."""
        self._pile.go(by)
        self._turn()

    def action_undo(self) -> None:
        """Take back the last decision that was made here, and go back to its paper."""
        if decision := self._pile.undo():
            self._follow(decision, decision.undo, "undone:")
        else:
            self._say("Nothing was decided here yet.")

    def action_redo(self) -> None:
        """Decide again what was undone last."""
        if decision := self._pile.redo():
            self._follow(decision, decision.redo, "again")
        else:
            self._say("Nothing was undone here.")

    def action_open(self) -> None:
        """Open the paper's page."""
        if paper := self._paper:
            follow_link(self._desk, paper)

    def action_scroll(self, lines: int) -> None:
        """Scroll the text."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Have done, and say what was decided."""
        self.dismiss()
        self._desk.errands.look_again(search=True)
        self._desk.tell(self._pile.account)


def _names(shelves: Iterable[Shelf]) -> list[str]:
    return [shelf.name for shelf in shelves]


def progress(pile: Pile) -> Content:
    """How many papers are left, in words and as a bar."""
    total, left = len(pile.papers), pile.left
    filled = round(BAR * (total - left) / total)
    return Content.assemble(
        (f"{left:,} of {total:,} left  ", "bold"),
        ("━" * filled, "$success"),
        ("━" * (BAR - filled), "$border-blurred"),
    )


def the_end(pile: Pile) -> Content:
    """What is said after the last paper."""
    left = pile.left
    if not left:
        rest = "Every paper is decided."
    else:
        papers = "1 paper is" if left == 1 else f"{left:,} papers are"
        rest = f"That was the last; {papers} undecided. k goes back."
    return Content("\n\n").join([Content.styled(rest, "bold"), Content(pile.account)])


def keys(width: int) -> Content:
    """The keys that decide, in lines of a width in cells. A key stays with its word."""
    lines = [Content("")]
    for key, word in KEYS:
        one = Content.assemble((key, "bold $accent"), f" {word}  ")
        if lines[-1].cell_length + one.cell_length - 2 > width:
            lines.append(Content(""))
        lines[-1] = lines[-1].append(one)
    return Content("\n").join(lines)
