"""Where a paper is from: the source of each field, and every record that told of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from index.text import clean_text
from index.views import Origin, Provenance
from tui.screens.dialog import Dialog
from tui.widgets.scroller import Scroller

MUTED = "$muted $muted-style"
LONGEST_RAW = 20_000  # characters of a record that are shown
NAMES = {"published": "date"}  # fields that the reader knows by another name


class ProvenanceDialog(Dialog[None]):
    """The provenance as a text; the records as they came when they are asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,P", "leave", "Leave", show=False),
        Binding("enter,r", "toggle_raw", "Records as they came", show=False),
    ]

    DEFAULT_CSS = """
    ProvenanceDialog {
        #frame { width: 90; }
        Scroller { height: auto; max-height: 100%; }
        Static { height: auto; padding-bottom: 1; }
    }
    """

    def __init__(self, title: str, provenance: Provenance) -> None:
        super().__init__("Where it is from", "j k scroll · r records as they came · esc leave")
        self._paper, self._provenance = title, provenance
        self._raw = False

    def compose_body(self) -> ComposeResult:
        """The whole text."""
        with Scroller():
            yield Static(self._text)

    def action_toggle_raw(self) -> None:
        """Show the records as they came, or no longer."""
        self._raw = not self._raw
        self.query_one(Static).update(self._text)

    @property
    def _text(self) -> Content:
        return provenance_text(self._paper, self._provenance, raw=self._raw)


def provenance_text(title: str, provenance: Provenance, *, raw: bool = False) -> Content:
    """The text of a provenance. All of it is plain text with styles: no markup is read."""
    named = [(NAMES.get(field, field), source) for field, source in provenance.fields]
    width = max((len(field) for field, _ in named), default=0)
    fields = Content("\n").join(
        Content.assemble(
            (field.ljust(width + 2), MUTED),
            ("you edited it", "$accent") if source == "reader" else source,
        )
        for field, source in named
    )
    origins = Content("\n\n" if raw else "\n").join(
        _origin(origin, raw=raw) for origin in provenance.origins
    )
    blocks = [
        Content.styled(title, "bold"),
        Content.assemble(("Fields\n", "bold $primary"), fields),
        Content.assemble(("Records\n", "bold $primary"), origins),
    ]
    return Content("\n\n").join(blocks)


def _origin(origin: Origin, *, raw: bool) -> Content:
    told = Content.assemble(
        (f"{origin.day or 'earlier'}  ", MUTED),
        (f"{origin.source}  ", "$accent"),
        origin.where,
    )
    if not raw:
        return told
    shown = (
        clean_text(origin.raw[:LONGEST_RAW])
        or "Not kept: it came with an earlier version of carrel."
    )
    return Content.assemble(told, "\n", (shown, MUTED))
