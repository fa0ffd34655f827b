"""Marks: what several papers have in common that are to be acted on together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.commands.command import AT_PAPER, command

if TYPE_CHECKING:
    from tui.screens.desk import Desk


@command(
    "space",
    "Mark the paper and go on; actions keep the marks",
    group="Marking",
    footer="mark",
    panes=AT_PAPER,
    needs="paper",
)
def mark(desk: Desk) -> None:
    desk.mark()


@command(
    "V", "Mark a range: begin it here, end it there", group="Marking", panes=AT_PAPER, needs="paper"
)
def mark_range(desk: Desk) -> None:
    desk.mark_range()


@command(
    "asterisk",
    "Mark all that is found, or none of it",
    group="Marking",
    panes=AT_PAPER,
    needs="paper",
)
def mark_all(desk: Desk) -> None:
    desk.mark_all()
