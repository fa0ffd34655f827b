"""What an import left out: each record with its file, line and reason, and files of no use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from index.views import ImportReport, Reject
from tui.screens.dialog import Dialog
from tui.telling import account
from tui.widgets.blocks import NOTHING, Block, Blocks
from tui.widgets.scroller import Scroller

MUTED = "$muted $muted-style"
INDENT = Content("  ")


class LeftOutDialog(Dialog[None]):
    """All of it as a text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,q,I", "leave", "Leave", show=False)]

    DEFAULT_CSS = """
    LeftOutDialog {
        #frame { width: 90; }
        Scroller { height: auto; max-height: 100%; }
        Blocks { padding-bottom: 1; }
    }
    """

    def __init__(self, report: ImportReport) -> None:
        super().__init__("Left out", "j k scroll · enter or esc leave")
        self._report = report

    def compose_body(self) -> ComposeResult:
        """The whole text."""
        with Scroller():
            yield Blocks(left_out_blocks(self._report))


def left_out_blocks(report: ImportReport) -> list[Block]:
    """The text: what the import did, then what it left out, file by file. No markup is read."""
    paragraphs = [[Block(Content(account(report)))], *_rejects(report.rejects)]
    if more := report.rejected - len(report.rejects):
        said = f"and {more:,} more: carrel import --rejects FILE writes every one of them to a file"
        paragraphs.append([Block(Content.styled(said, MUTED))])
    if report.skipped:
        paragraphs.append(_skipped(report))
    return [block for one in paragraphs for block in (*one, Block(NOTHING))][:-1]


def _rejects(rejects: Iterable[Reject]) -> Iterator[list[Block]]:
    """Files that were left out whole, then records by their files."""

    def file(reject: Reject) -> str:
        return reject.file if reject.line else ""

    for name, group in groupby(sorted(rejects, key=file), file):
        those = list(group)
        yield _records(name, those) if name else [_whole(one) for one in those]


def _whole(reject: Reject) -> Block:
    return Block(Content(reject.reason), rest=INDENT)  # which names the file


def _records(file: str, rejects: Sequence[Reject]) -> list[Block]:
    width = len(str(max(one.line for one in rejects)))
    heading = Block(Content.styled(file, "bold $primary"))
    return [heading, *(_record(one, width) for one in rejects)]


def _record(reject: Reject, width: int) -> Block:
    line = f"line {reject.line:>{width}}  "
    return Block(Content(reject.reason), Content.styled(line, "$accent"), Content(" " * len(line)))


def _skipped(report: ImportReport) -> list[Block]:
    blocks = [Block(Content.styled("Of no known format", "bold $primary"))]
    blocks += [Block(Content(file), rest=INDENT) for file in report.skipped_files]
    if more := report.skipped - len(report.skipped_files):
        blocks.append(Block(Content.styled(f"and {more:,} more", MUTED)))
    return blocks
