"""Why something will not do, where it is typed."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Refusal(Static):
    """A sentence in a dialog. Where there is nothing to say, it takes no room."""

    DEFAULT_CSS = """
    Refusal { color: $error; height: auto; margin-bottom: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.display = False

    def say(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence: nothing is any more."""
        self.update(Content(sentence))
        self.display = bool(sentence)
