"""What is followed: when each was fetched and what came of it, beginning to follow and ceasing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from index.errors import CarrelError
from index.views import Follow
from tui.gathering import ago
from tui.screens.following import FollowDialog, Wish
from tui.screens.library_screen import LibraryScreen
from tui.widgets.follow_list import KINDS, FollowList
from tui.widgets.line_list import LineList
from tui.widgets.paper_text import MUTED

if TYPE_CHECKING:
    from tui.screens.desk import Desk

AGAIN_AFTER = 30.0  # seconds after which it is told anew how long ago things were

NOTHING = """\
You follow nothing yet.

What you follow brings its new papers whenever it is fetched:
a category or a query of arXiv, Hugging Face's daily papers,
the feed of a journal or a blog, an author.

a begins to follow something; importing an OPML file
follows all the feeds of another reader at once."""


class FollowsScreen(LibraryScreen):
    """What is followed in a list, and below it all about the one at the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "follow", "Follow", show=False),
        Binding("x,delete", "unfollow", "Stop following", show=False),
        Binding("enter", "papers", "Its papers", show=False),
        Binding("f", "fetch_one", "Fetch this one", show=False),
        Binding("U", "fetch_all", "Fetch all", show=False),
        Binding("u", "undo", "Undo", show=False),
        Binding("q,F", "leave", "Leave", show=False),
    ]

    DEFAULT_CSS = """
    FollowsScreen {
        #parts { height: 1fr; }
        FollowList { height: 1fr; }
        #told { height: auto; max-height: 50%; border-top: solid $border-blurred;
            padding: 0 1; margin-bottom: 1; }
    }
    """

    def __init__(self, desk: Desk) -> None:
        hint = "enter papers · a follow · f fetch · U all · x stop · u undo · esc leave"
        super().__init__("Following", hint, desk)
        self._follows: tuple[Follow, ...] = ()
        self._goes_to_last = False  # whether the cursor goes to what was begun last

    def compose_body(self) -> ComposeResult:
        """What is followed, and the one at the cursor."""
        yield Static(NOTHING, id="nothing")
        with Vertical(id="parts"):
            yield FollowList()
            yield Static(id="told")
        yield Static(id="said")

    def on_mount(self) -> None:
        """Begin in the list, and see when something begins or ends to be fetched."""
        self._list.focus()
        self._desk.gathering.changed.subscribe(self, lambda _: self._look())
        self.set_interval(AGAIN_AFTER, self._list.refresh)

    # -- looking

    @property
    def _list(self) -> FollowList:
        return self.query_one(FollowList)

    async def fetch(self) -> None:
        """Fetch what is followed."""
        follows = await self._desk.librarian.ask("act", lambda library: library.follows.all())
        at = follows[-1].id if follows and self._goes_to_last else 0
        self._follows, self._goes_to_last = follows, False
        self.set_class(not follows, "-empty")
        self._list.show(follows, self._desk.gathering.fetching, at)
        self._tell_of_follow()

    @on(LineList.Moved)
    def _moved(self) -> None:
        self._say("")
        self._tell_of_follow()

    def _tell_of_follow(self) -> None:
        if follow := self._list.follow:
            now = dt.datetime.now().astimezone()
            self.query_one("#told", Static).update(follow_text(follow, now))

    # -- acting

    def action_follow(self) -> None:
        """Begin to follow something."""
        self._ask()

    def _ask(self, wish: Wish | None = None, problem: str = "") -> None:
        """Ask what is to be followed; again, with the problem, where that cannot be."""

        def apply(wish: Wish | None) -> None:
            if wish:
                self._desk.start(self._follow, wish)

        FollowDialog(wish, problem).ask(self.app, apply)

    async def _follow(self, wish: Wish) -> None:
        try:
            done = await self._desk.librarian.ask(
                "act", lambda library: library.follows.add(wish.kind, wish.what)
            )
        except CarrelError as error:
            self._ask(wish, str(error))
        else:
            self._goes_to_last = bool(done.changed)
            self._look()
            self._say(f"{done.message} f fetches it." if done.changed else done.message)

    def action_papers(self) -> None:
        """Leave for the papers of the one at the cursor."""
        if follow := self._list.follow:
            if not follow.last:
                self._say("Nothing came of it yet: f fetches it.")
                return
            self._desk.wander(follow.query)
            self.dismiss(None)

    def action_unfollow(self) -> None:
        """Stop following the one at the cursor."""
        if follow := self._list.follow:
            self._act(lambda library: library.follows.remove([follow.id]), hint="u undoes it.")

    def action_fetch_one(self) -> None:
        """Fetch the one at the cursor."""
        if follow := self._list.follow:
            self._desk.gathering.fetch([follow.id])

    def action_fetch_all(self) -> None:
        """Fetch all, due or not."""
        if self._follows:
            self._desk.gathering.fetch([one.id for one in self._follows])

    def action_undo(self) -> None:
        """Undo the last change of the library; an import only once that is confirmed."""
        self._act(
            lambda library: library.history.undo(imports=False),
            lambda library: library.history.undo(),
        )


def follow_text(follow: Follow, now: dt.datetime) -> Content:
    """All about something that is followed. No markup is read."""
    since = f"followed since {_day(follow.at)}" if follow.at else ""
    last = f"fetched {ago(follow.last, now)}" if follow.last else "never fetched"
    lines = [
        Content.styled(follow.name, "bold"),
        Content.styled(
            " · ".join(filter(None, (KINDS[follow.kind], follow.what, since, last))), MUTED
        ),
    ]
    if follow.result:
        lines.append(Content.styled(follow.result, "$error" if follow.failed else ""))
    return Content("\n").join(lines)


def _day(moment: str) -> str:
    day = dt.datetime.fromisoformat(moment).astimezone()
    return f"{day.day} {day:%B %Y}"
