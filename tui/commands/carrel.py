"""What concerns the reader as a program: help, commands, looks, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import command

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@command("question_mark", "Show every key", group="carrel", footer="help")
def show_help(desk: Desk) -> None:
    from tui.screens.help import HelpScreen

    desk.app.push_screen(HelpScreen())


@command("ctrl+p", "Find a command by its name", group="carrel", footer="commands")
def palette(desk: Desk) -> None:
    desk.app.action_command_palette()


@command("ctrl+t", "Change to the next theme", group="carrel")
def next_theme(desk: Desk) -> None:
    names = sorted(desk.app.available_themes)
    desk.app.theme = names[(names.index(desk.app.theme) + 1) % len(names)]
    desk.tell(f"Theme: {desk.app.theme}")


@command("q", "Quit; everything is saved", group="carrel", footer="quit")
def leave(desk: Desk) -> None:
    from tui.screens.confirm import Confirm

    def apply(yes: bool | None) -> None:
        if yes:
            desk.start(desk.carrel.leave)

    if desk.errands.importing:
        kept = "It is kept as far as it has come, and undo takes it back."
        Confirm("Break off the import?", kept, "quit").ask(desk.app, apply)
    else:
        apply(True)
