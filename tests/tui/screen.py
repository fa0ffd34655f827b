"""What stands on the reader's screen."""

from __future__ import annotations

import html
import re
from collections import defaultdict

from textual.app import App


def screen_text(app: App[str]) -> str:
    """The lines of the screen."""
    lines: dict[float, str] = defaultdict(str)
    for y, text in re.findall(
        r'<text[^>]* y="([\d.]+)"[^>]*>([^<]*)</text>', app.export_screenshot()
    ):
        lines[float(y)] += html.unescape(text).replace("\xa0", " ")
    return "\n".join(lines[y] for y in sorted(lines))
