"""The frame that all dialogs share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual.app import App, ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from tui.widgets.refusal import Refusal

if TYPE_CHECKING:
    from tui.app import Carrel

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A framed question over the desk. Escape leaves it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "Leave", show=False)]

    # On a short screen the list gives way, so that what stands below it is still seen.
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]  # noqa: RUF012

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;

        &:ansi { background: transparent; }

        #frame {
            width: 72;
            max-width: 94%;
            height: auto;
            max-height: 90%;
            overflow-y: auto;
            scrollbar-size-vertical: 1;
            padding: 1 2 0 2;
            border: round $border;
            border-title-color: $foreground;
            border-title-style: bold;
            border-subtitle-color: $muted;
            background: $surface;
        }
        #frame > .about {
            color: $muted;
            text-style: $muted-style;
            height: auto;
            max-height: 4;  /* a title may be as long as a page */
            margin-bottom: 1;
        }
        Input, Input:focus {
            border: none;
            height: 1;
            padding: 0 1;
            background: $panel;
            margin-bottom: 1;
        }
        OptionList, OptionList:focus {
            border: none;
            padding: 0;
            height: auto;
            max-height: 12;
            background: transparent;
            scrollbar-size-vertical: 1;
            margin-bottom: 1;
        }
        &.-short #frame { max-height: 100%; padding: 0 2; }
        &.-short #frame > .about { max-height: 3; }
        &.-short OptionList, &.-short OptionList:focus { max-height: 6; }
        OptionList > .option-list--option { padding: 0 1; }
        OptionList > .option-list--option-highlighted { background: $cursor; color: $cursor-text; }
    }
    """

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self._title, self._hint = title, hint
        self._then: Callable[[Answer | None], object] = lambda answer: None
        self.listens = False  # whether the focus is where keys are expected

    def on_mount(self) -> None:
        """Once the focus is set, take the keys that were pressed meanwhile."""
        self.call_after_refresh(self._listen)

    def _listen(self) -> None:
        self.listens = True
        cast("Carrel", self.app).release_keys()

    def compose(self) -> ComposeResult:
        """The frame around what the dialog holds."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(self._title)
            frame.border_subtitle = Content(self._hint)
            yield from self.compose_body()

    def compose_body(self) -> ComposeResult:
        """What the dialog holds."""
        raise NotImplementedError

    def refuse(self, sentence: str) -> None:
        """Say why something will not do, in the ``Refusal``; by an empty sentence, that it may."""
        self.query_one(Refusal).say(sentence)

    def ask(self, app: App[Any], then: Callable[[Answer | None], object]) -> None:
        """Come up; ``then`` is given the answer, or None."""
        self._then = then
        app.push_screen(self)

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Leave with an answer. What follows from it is done before the next key is."""
        gone = super().dismiss(result)
        self._then(result)
        return gone

    def action_leave(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
