"""Carrel: the application. It sees to keys, themes and settings; the desk does the rest."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import Provider
from textual.filter import LineFilter, Monochrome
from textual.theme import BUILTIN_THEMES, Theme

import themes
from index.errors import SettingsError
from index.locations import settings_file, state_file, themes_folder
from tui import state
from tui.commands.command import shown_key
from tui.screens.desk import Desk
from tui.screens.dialog import Dialog
from tui.widgets.fields import TakesText

if TYPE_CHECKING:
    from index.settings import Settings


def _commands() -> type[Provider]:
    from tui.commands.palette import CommandProvider

    return CommandProvider


def _read_settings() -> tuple[Settings, list[Theme], list[SettingsError]]:
    """The settings, the reader's own themes, and what is wrong with either."""
    from index.settings import Settings, load_settings

    own, errors = themes.load(themes_folder())
    try:
        return load_settings(settings_file()), own, errors
    except SettingsError as error:
        return Settings(), own, [error, *errors]


class Carrel(App[None]):
    """The reader over the library in a folder. ``run`` returns what is to be printed afterwards."""

    TITLE = "carrel"
    COMMANDS = {_commands}  # noqa: RUF012
    # The desk binds the palette's key, as it does all others. Textual's would work over dialogs.
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+p", "command_palette", show=False)]

    def __init__(self, folder: Path, sample: bool = False) -> None:
        """``sample``: fill the library with the sample where it is empty."""
        super().__init__()
        self.search_as_you_type = True
        self._held = ""  # the first key of a sequence
        self.holds_keys = False  # whether a dialog is on its way
        self._ahead: list[events.Key | events.Paste] = []  # what was typed for it meanwhile
        view = state.load(state_file(folder))
        known = {theme.name: theme for theme in themes.builtin()}
        if view.theme and view.theme not in known:  # a theme of one's own is worth the wait
            known |= {theme.name: theme for theme in themes.load(themes_folder())[0]}
        for theme in known.values():
            self.register_theme(theme)
        self.theme = view.theme if view.theme in known else themes.DEFAULT
        for name in BUILTIN_THEMES:
            self.unregister_theme(name)
        self._desk = Desk(folder, view, sample)

    def get_default_screen(self) -> Desk:
        """The desk."""
        return self._desk

    def action_help_quit(self) -> None:
        """Say how to leave, to whoever pressed ctrl+c."""
        self._desk.tell("q quits.")

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What becomes of each line before it is shown."""
        filters = super().get_line_filters()
        if self.no_color and self.native_ansi_color:
            from tui.no_colour import NoColour

            return [NoColour() if isinstance(one, Monochrome) else one for one in filters]
        return filters

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer names it."""
        return shown_key(binding.key)

    async def on_event(self, event: events.Event) -> None:
        """See to keys and pastes before any widget does."""
        if isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            if self.holds_keys or (isinstance(self.screen, Dialog) and not self.screen.listens):
                self._ahead.append(event)
                return
            if await self._take(event):
                return
        await super().on_event(event)

    async def _take(self, event: events.Key | events.Paste) -> bool:
        """Do at once what a key or a paste stands for; False where it stands for nothing here.

        Left to Textual, a key would travel to the widget that has the focus and back, and of keys
        that come fast the second would overtake what the first does: of ``/graph`` no letter would
        reach the field. Two keys in sequence (``g g``) are bound like one, by a name with a space.
        """
        focused = self.focused
        if isinstance(event, events.Paste):
            from index.text import clean_text

            event.text = clean_text(event.text)  # it is text from outside like any other
            if isinstance(focused, TakesText):
                focused.take(event.text)
                return True
            event.text = event.text.replace("\n", " ")  # of several lines Textual takes the first
            return False
        if isinstance(focused, TakesText):
            if text := focused.typed(event):
                focused.take(text)
                return True
        elif focused and focused.check_consume_key("a", "a"):
            return False  # a field of Textual's own, as in the palette
        active = self.screen.active_bindings
        sequence, self._held = f"{self._held} {event.key}", ""
        found = active.get(sequence) or active.get(event.key)
        if found and found.enabled:
            return await self.run_action(found.binding.action, found.node)
        if any(key.startswith(f"{event.key} ") for key in active):
            self._held = event.key
            return True
        return False

    def release_keys(self) -> None:
        """Go on with the keys that were pressed while a dialog was on its way."""
        self.holds_keys = False
        ahead, self._ahead = self._ahead, []
        for event in ahead:
            self.post_message(event)

    def on_ready(self) -> None:
        """After the first frame, see to the settings and to the reader's own themes."""
        self._desk.start(self._settle)

    async def _settle(self) -> None:
        settings, own, errors = await asyncio.to_thread(_read_settings)
        for error in errors:
            self.notify(str(error), severity="warning", timeout=10, markup=False)
        for theme in own:
            self.register_theme(theme)
        if settings.theme and settings.theme in self.available_themes:
            self.theme = settings.theme
        elif settings.theme:
            self.notify(f"There is no theme “{settings.theme}”.", severity="warning", markup=False)
        self.search_as_you_type = settings.search_as_you_type

    async def leave(self) -> None:
        """Save what there is to save and quit."""
        await self._desk.leave()
        self.exit()

    async def action_quit(self) -> None:
        """Quit; a dialog is left first, which asks where something was written in it."""
        if isinstance(self.screen, Dialog):
            self.screen.action_leave()
        else:
            self._desk.start(self.leave)
