"""What was found about papers, in words."""

from __future__ import annotations

from collections.abc import Sequence

from index.text import counted, shortened
from index.views import Completed, CompleteReport
from tui.telling import completed

LONGEST = 62  # characters of a title among others


def told_of_completed(report: CompleteReport, found: Sequence[Completed]) -> tuple[str, str]:
    """What came of completing papers, in a few words, and what was found about some of them."""
    recent = (
        f"{counted(report.recent)} passed over, looked up in the last 30 days;"
        " C on a single one asks again."
    )
    if not report.asked and not report.left:
        if report.recent:
            return "All of that was looked up lately", recent
        return "Nothing is lacking there", ""
    title = f"Completed {report.changed:,} of {counted(report.asked + report.left)}"
    lines = [_line(one) for one in found if one.found or one.twin or one.doubt]
    if not lines and not report.changed:
        lines.append("No service knows more.")
    lines += [recent] if report.recent else []
    return title, "\n".join([*lines, *report.problems])


def _line(one: Completed) -> str:
    return f"{shortened(one.title, LONGEST)}: {completed(one, 'M merges them')}"
