"""Why a search finds what it finds: what was understood, what each part finds, and why a paper."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from index.views import ClauseHits, Reason
from tui.asking import Why
from tui.screens.dialog import Dialog
from tui.widgets.scroller import Scroller

MUTED = "$muted $muted-style"
BAR = 10  # cells of a whole share


class WhyDialog(Dialog[None]):
    """The explanation as a text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,w", "leave", "Leave", show=False)]

    DEFAULT_CSS = """
    WhyDialog {
        #frame { width: 90; }
        Scroller { height: auto; max-height: 100%; }
        Static { height: auto; padding-bottom: 1; }
    }
    """

    def __init__(self, why: Why) -> None:
        super().__init__("Why", "j k scroll · esc leave")
        self._why = why

    def compose_body(self) -> ComposeResult:
        """The whole text."""
        with Scroller():
            yield Static(why_text(self._why))


def why_text(why: Why) -> Content:
    """The text of an explanation. All of it is plain text with styles: no markup is read."""
    told = why.explanation
    blocks = [
        Content.assemble(("Understood as\n", "bold $primary"), told.understood),
        Content.assemble(("Papers in the library\n", "bold $primary"), _clauses(told.clauses)),
    ]
    if why.title:
        heading = Content.assemble(("Why\n", "bold $primary"), (f"{why.title}\n", "bold"))
        blocks.append(heading.append(_reasons(why.reasons)))
    return Content("\n\n").join(blocks)


def _clauses(clauses: tuple[ClauseHits, ...]) -> Content:
    width = max((len(f"{clause.hits:,}") for clause in clauses), default=0)
    return Content("\n").join(_clause(clause, width) for clause in clauses)


def _clause(clause: ClauseHits, width: int) -> Content:
    hits = f"{clause.hits:>{width},}  "
    if clause.negated:
        return Content.assemble((hits, MUTED), clause.text, ("  taken away", MUTED))
    if not clause.hits:
        return Content.assemble((hits + clause.text, "bold $error"), ("  in no paper", "$error"))
    return Content.assemble((hits, "$accent"), clause.text)


def _reasons(reasons: tuple[Reason, ...]) -> Content:
    if not reasons:
        return Content.styled("By what it is, not by a word in it.", MUTED)
    return Content("\n").join(map(_reason, reasons))


def _reason(reason: Reason) -> Content:
    bar = "━" * max(1, round(BAR * reason.share))
    where = f" in the {reason.field}" if reason.field else ""
    words = f": {', '.join(reason.words)}" if reason.words else ""
    return Content.assemble(
        (bar.ljust(BAR), "$primary"),
        (f" {reason.share:>4.0%}  ", "$accent"),
        reason.clause,
        (f"{where}{words}", MUTED),
    )
