"""Asking for one name: a new one, or one of those that there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from index.errors import NamingError
from index.text import clean_line
from tui.screens.dialog import Dialog
from tui.screens.names import SHOWN, ranked
from tui.screens.offering import Offering
from tui.widgets.fields import Field
from tui.widgets.options import Options
from tui.widgets.refusal import Refusal
from tui.widgets.tag_colours import Colours, tag_style


class Naming(Dialog[str]):
    """Asks for a name. ``kept`` gives it as it is kept, or raises NamingError, which is shown."""

    def __init__(
        self,
        title: str,
        about: str,
        *,
        text: str = "",
        placeholder: str = "",
        verb: str = "keep",
        kept: Callable[[str], str] = clean_line,
    ) -> None:
        super().__init__(title, f"enter {verb} · esc leave")
        self._about, self._text, self._placeholder = about, text, placeholder
        self._kept = kept

    def compose_body(self) -> ComposeResult:
        """What it is about, the field, and what is wrong with the name."""
        yield Static(Content(self._about), classes="about")
        yield Field(self._text, placeholder=self._placeholder, select_on_focus=False)
        yield Refusal()

    @on(Input.Changed)
    def forget_refusal(self) -> None:
        """Another name may do."""
        self.refuse("")

    def action_submit(self) -> None:
        """Have done, or say why not."""
        try:
            name = self._kept(self.query_one(Field).value)
        except NamingError as error:
            self.refuse(str(error))
        else:
            self.dismiss(name)


class Picking(Offering[str]):
    """Asks for one of some names, found by a few letters."""

    def __init__(
        self, title: str, about: str, names: Sequence[str], verb: str, colours: Colours
    ) -> None:
        super().__init__(title, f"enter {verb} · esc leave")
        self._about, self._names, self._colours = about, names, colours
        self._shown: list[str] = []

    def compose_body(self) -> ComposeResult:
        """What it is about, the field, and the names that fit."""
        yield Static(Content(self._about), classes="about")
        yield Field(select_on_focus=False)
        yield Options(markup=False)

    def on_mount(self) -> None:
        """Show every name."""
        self._list()

    @on(Input.Changed)
    def _list(self) -> None:
        self._shown = ranked(clean_line(self.field.value), self._names)[:SHOWN]
        self.offer(
            [
                Content.styled(name, tag_style(self._colours.get(name, ""), ""))
                for name in self._shown
            ]
        )
        self.options.highlighted = 0 if self._shown else None

    def action_submit(self) -> None:
        """Choose the name at hand, where one fits."""
        at = self.options.highlighted
        if at is not None:
            self.dismiss(self._shown[at])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose by a click."""
        self.dismiss(self._shown[event.option_index])
