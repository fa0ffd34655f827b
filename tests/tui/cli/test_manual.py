"""The command line explains itself."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from tui.cli import main


def commands(group: click.Group, path: str = "carrel") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


ALL = dict(commands(main))


@pytest.mark.parametrize("path", ALL)
def test_every_command_says_what_it_does(path: str) -> None:
    command = ALL[path]
    assert command.help, path
    assert command.get_short_help_str(100).endswith((".", "…", "...")), path


def test_many_of_them_print_data_for_programs() -> None:
    printing = [
        *("search", "show", "note", "tag", "tag tree", "list", "list show", "saved", "saved run"),
        *("history", "duplicates", "complete", "pdf"),
    ]
    for path in printing:
        options = {flag for option in ALL[f"carrel {path}"].params for flag in option.opts}
        assert "--json" in options, path


def test_what_may_change_many_papers_can_be_told_not_to_ask() -> None:
    asking = [
        *("star", "unstar", "read", "unread", "skip", "unskip", "rate", "delete", "undo", "detach"),
        "complete",
        *(f"tag {name}" for name in ("add", "remove", "rename", "merge", "delete")),
        *(f"list {name}" for name in ("add", "remove", "status", "edit", "delete")),
    ]
    for path in asking:
        options = {flag for option in ALL[f"carrel {path}"].params for flag in option.opts}
        assert "--yes" in options, path
