"""What stands on the reader's screen."""

from __future__ import annotations

import html
import re
from collections import defaultdict

from textual.app import App

CELL, LINE = 12.2, 24.4  # width and height of a cell in the picture
TEXT = re.compile(r'<text[^>]* x="([\d.]+)" y="([\d.]+)" textLength[^>]*>([^<\n]+)</text>')


def screen_text(app: App[None]) -> str:
    """The lines of the screen; a character two cells wide counts as one."""
    lines: dict[int, str] = defaultdict(str)
    for x, y, text in TEXT.findall(app.export_screenshot()):
        line = int(float(y) // LINE)
        lines[line] = lines[line].ljust(round(float(x) / CELL)) + html.unescape(text)
    return "\n".join(lines[line] for line in range(max(lines) + 1)).replace("\xa0", " ")
