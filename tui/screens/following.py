"""Beginning to follow something: what kind of thing, and which."""

from __future__ import annotations

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from index.text import clean_line
from index.views import FollowKind
from tui.screens.offering import Offering
from tui.widgets.fields import Field
from tui.widgets.follow_list import KIND, KINDS
from tui.widgets.options import Options
from tui.widgets.paper_text import MUTED
from tui.widgets.refusal import Refusal

MEANT: dict[FollowKind, tuple[str, str]] = {
    "arxiv": ("a category, or a query in arXiv's own words", "cs.CL, or au:song AND all:pooling"),
    "hf": ("the papers of the day, or the best of longer", "daily, week or month"),
    "feed": ("the RSS or Atom of a journal, a blog, a search", "https://…"),
    "author": ("what arXiv has of someone", "Mina Song"),
}
"""What can be followed of each kind, and how it is written."""


class Wish(NamedTuple):
    """What is to be followed."""

    kind: FollowKind
    what: str


class FollowDialog(Offering[Wish]):
    """Asks what is to be followed. ``problem``: why it cannot be what was wished before."""

    def __init__(self, wish: Wish | None = None, problem: str = "") -> None:
        super().__init__("Follow", "↑ ↓ what kind · enter follow · esc leave")
        self._wish, self._problem = wish or Wish("arxiv", ""), problem

    def compose_body(self) -> ComposeResult:
        """The field, the kinds, and what was wrong."""
        yield Static("Its new papers come whenever it is fetched.", classes="about")
        yield Field(self._wish.what, select_on_focus=False)
        yield Options(
            *(
                Content.assemble(KINDS[kind].ljust(KIND), (about, MUTED))
                for kind, (about, _) in MEANT.items()
            ),
            markup=False,
        )
        yield Refusal()

    def on_mount(self) -> None:
        """Begin with the kind that was wished before, if one was."""
        self.options.highlighted = list(MEANT).index(self._wish.kind)
        self.refuse(self._problem)

    @property
    def _kind(self) -> FollowKind:
        return list(MEANT)[self.options.highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _say_how(self) -> None:
        self.field.placeholder = MEANT[self._kind][1]

    @on(Input.Changed)
    def _look(self, event: Input.Changed) -> None:
        """An address is a feed's; whatever is typed, it may do now."""
        if event.value.strip().startswith(("http://", "https://")):
            self.options.highlighted = list(MEANT).index("feed")
        if event.value != self._wish.what:
            self.refuse("")

    def action_submit(self) -> None:
        """Have done, or say what is lacking. Of Hugging Face the days are meant at first."""
        what = clean_line(self.field.value) or ("daily" if self._kind == "hf" else "")
        if what:
            self.dismiss(Wish(self._kind, what))
        else:
            self.refuse(f"Say what is to be followed: {MEANT[self._kind][1]}.")
