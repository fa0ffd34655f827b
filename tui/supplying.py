"""What was found about papers, in words."""

from __future__ import annotations

from collections.abc import Sequence

from index.text import shortened
from index.views import Completed, CompleteReport
from tui.telling import completed

LONGEST = 62  # characters of a title among others


def told_of_completed(report: CompleteReport, found: Sequence[Completed]) -> tuple[str, str]:
    """What came of completing papers, in a few words, and what was found about some of them."""
    if not report.asked and not report.left:
        nothing = (
            "All of that was looked up lately" if report.recent else "Nothing is lacking there"
        )
        return nothing, "C on a single paper asks again." if report.recent else ""
    title = f"Completed {report.changed:,} of {_count(report.asked + report.left)}"
    lines = [_line(one) for one in found if one.found or one.twin]
    if not lines and not report.changed:
        lines.append("No service knows more.")
    return title, "\n".join([*lines, *report.problems])


def _line(one: Completed) -> str:
    return f"{shortened(one.title, LONGEST)}: {completed(one, 'M merges them')}"


def _count(papers: int) -> str:
    return f"{papers:,} paper{'' if papers == 1 else 's'}"
