"""The last line of the screen: the keys of the pane, and what has just happened."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tui.commands.command import Command, in_order

ALWAYS = ("question_mark", "q")  # the keys that keep their place at the right end


class StatusBar(Widget):
    """Keys to the left, as many as there is room for; to the right what happens just now."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    StatusBar { dock: bottom; height: 1; background: $panel; color: $foreground; }
    """

    SECONDS = 6.0  # that a message stays

    def __init__(self, can: Callable[[Command], bool]) -> None:
        """``can``: whether a command would do something now."""
        super().__init__()
        self._can = can
        self._message = Content("")
        self._works: dict[Hashable, str] = {}  # how far each long work is
        self._timer: Timer | None = None
        self._ends: list[tuple[int, str]] = []  # the cell at which each key's words end

    def on_mount(self) -> None:
        """Follow the bindings of the focused pane."""
        self.screen.bindings_updated_signal.subscribe(self, self._bindings_changed)

    def _bindings_changed(self, screen: Screen[object]) -> None:
        self.refresh()

    def say(self, message: str) -> None:
        """Show a message for some seconds."""
        self._message = Content.styled(f" {message} ", "$success")
        if self._timer:
            self._timer.stop()
        self._timer = self.set_timer(self.SECONDS, self._forget)
        self.refresh()

    def _forget(self) -> None:
        self._message = Content("")
        self.refresh()

    def work(self, progress: str, which: Hashable = "work") -> None:
        """Show how far a long work is; nothing when it is done. Several are shown side by side."""
        if progress:
            self._works[which] = progress
        else:
            self._works.pop(which, None)
        self.refresh()

    @property
    def _progress(self) -> Content:
        works = " · ".join(self._works.values())
        return Content.styled(f" {works} ", "$muted") if works else Content("")

    def render(self) -> Content:
        """The line."""
        width = self.size.width
        keys = [(binding.key, self._words(binding, word)) for binding, word in self._keys()]
        always = [item for item in keys if item[0] in ALWAYS]
        said = (self._message or self._progress).truncate(width, ellipsis=True)
        right = said or Content("").join(words for _, words in always)
        room = width - right.cell_length
        line, self._ends = Content(" "), []
        for key, words in keys:
            if key in ALWAYS and not said:
                continue
            if line.cell_length + words.cell_length - 1 > room:
                break
            line = line.append(words)
            self._ends.append((line.cell_length, key))
        line = line.truncate(room, pad=True)
        for key, words in [] if said else always:
            line = line.append(words)
            self._ends.append((line.cell_length, key))
        return line.append(said)

    def _words(self, binding: Binding, word: str) -> Content:
        return Content.assemble((self.app.get_key_display(binding), "bold $accent"), f" {word}  ")

    def _keys(self) -> list[tuple[Binding, str]]:
        """The keys that do something now, with a word each, in the order of the commands."""
        shown: dict[str | None, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.binding.show:
                shown.setdefault(active.binding.id, active.binding)
        return [
            (shown[command.id], command.footer)
            for command in in_order()
            if command.id in shown and self._can(command)
        ]

    def on_click(self, event: events.Click) -> None:
        """Press the key that is clicked."""
        key = next((key for end, key in self._ends if event.x < end), None)
        if key:
            self.app.simulate_key(key)
