"""Carrel: the application. It holds the themes and the key sequences; the desk does the rest."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.command import Provider
from textual.theme import BUILTIN_THEMES

import themes
from index.locations import state_file
from tui import state
from tui.commands.command import KEY_NAMES
from tui.screens.desk import Desk


def _commands() -> type[Provider]:
    from tui.commands.palette import CommandProvider

    return CommandProvider


class Carrel(App[str]):
    """The reader over the library in a folder. ``run`` returns what is to be printed afterwards."""

    TITLE = "carrel"
    COMMANDS = {_commands}  # noqa: RUF012

    def __init__(self, folder: Path, sample: bool = False) -> None:
        """``sample``: fill the library with the sample where it is empty."""
        super().__init__()
        self._folder, self._sample = folder, sample
        self._held = ""  # the first key of a sequence
        view = state.load(state_file(folder))
        for theme in themes.builtin():
            self.register_theme(theme)
        self.theme = view.theme if view.theme in self.available_themes else themes.DEFAULT
        for name in BUILTIN_THEMES:
            self.unregister_theme(name)
        self._desk = Desk(folder, view, sample)

    def get_default_screen(self) -> Desk:
        """The desk."""
        return self._desk

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer names it."""
        return KEY_NAMES.get(binding.key) or super().get_key_display(binding)

    async def on_key(self, event: events.Key) -> None:
        """Put key sequences together: ``g g`` is bound like a key, by a name with a space."""
        active = self.screen.active_bindings
        sequence, self._held = f"{self._held} {event.key}", ""
        if sequence in active:
            node, binding, _, _ = active[sequence]
            await self.run_action(binding.action, node)
        elif any(key.startswith(f"{event.key} ") for key in active):
            self._held = event.key
        else:
            return
        event.prevent_default()

    async def open_sample(self) -> None:
        """Leave this library for the sample."""
        from index.locations import sample_folder

        await self._desk.leave()
        folder = sample_folder()
        self._desk = Desk(folder, state.load(state_file(folder)), sample=True)
        await self.switch_screen(self._desk)

    async def leave(self, last_words: str | None = None) -> None:
        """Save what there is to save and quit."""
        await self._desk.leave()
        self.exit(last_words)

    async def action_quit(self) -> None:
        """Quit."""
        await self.leave()
