"""What came of an import, or of another errand, in words."""

from __future__ import annotations

from index.text import counted
from index.views import Completed, CompleteReport, ImportReport, Reject


def account(report: ImportReport) -> str:
    """What an import did, in a sentence."""
    added = f"{counted(report.added)} added" if report.added else "Nothing added"
    rest = {
        "updated": report.updated,
        "unchanged": report.unchanged,
        "deleted before, and left out": report.deleted,
        "with tags, lists, notes or marks of their own": report.restored,
        f"followed as {'a feed' if report.followed == 1 else 'feeds'}": report.followed,
        "rejected": report.rejected,
    }
    told = "".join(f", {count:,} {what}" for what, count in rest.items() if count)
    files = counted(report.skipped, "file")
    skipped = f" {files} of no known format left out." if report.skipped else ""
    stopped = " Stopped; the same import goes on from there." if report.stopped else ""
    return f"{added} from {counted(report.records, 'record')}{told}.{skipped}{stopped}"


def rejection(reject: Reject) -> str:
    """Where a record was left out, and why."""
    where = f"{reject.file}, line {reject.line}: " if reject.line else ""
    return f"{where}{reject.reason}"


def rejections(report: ImportReport, limit: int) -> list[str]:
    """The first of the records that were left out, a line each, and how many more there are."""
    lines = [rejection(reject) for reject in report.rejects[:limit]]
    more = report.rejected - len(lines)
    return [*lines, f"and {more:,} more"] if more > 0 else lines


def left_out(report: ImportReport, limit: int) -> str:
    """The first of the files of no known format, and how many more; empty where there are none."""
    named = report.skipped_files[:limit]
    more = report.skipped - len(named)
    return f"left out: {', '.join(named)}{f' and {more:,} more' if more else ''}" if named else ""


def completed(result: Completed, way: str = "") -> str:
    """What was found about a paper, and who knew it; ``way``: how it is merged with its twin."""
    known = f" ({', '.join(result.services)})" if result.services else ""
    told = []
    if result.found:
        told.append(", ".join(result.found) + known)
    if result.twin:
        merge = way or f"“carrel duplicates merge {result.twin} {result.id}” makes them one"
        told.append(f"the same as paper {result.twin}{'' if told else known}; {merge}")
    if result.doubt:
        told.append(result.doubt)
    if result.problem:
        told.append(result.problem)
    return "; ".join(told) or (f"nothing new{known}" if known else "nothing was found")


def completing_account(report: CompleteReport) -> str:
    """What came of completing papers, in sentences."""
    if not (report.asked or report.left or report.recent):
        return "There is nothing to complete."
    told = []
    if report.asked:
        rest = {"nothing new about": report.unknown, "no answer about": report.failed}
        others = "".join(f"; {what} {count:,}" for what, count in rest.items() if count)
        told.append(f"{report.changed:,} of {counted(report.asked)} completed{others}.")
    if report.left:
        told.append(f"{counted(report.left)} left: the same again goes on from there.")
    if report.recent:
        asked = "asked about in the last 30 days; carrel complete --again asks again"
        told.append(f"{counted(report.recent)} passed over, {asked}.")
    return " ".join(told)


def duration(seconds: float) -> str:
    """A time to wait, about: ``40 seconds``, ``12 minutes``, ``3 hours``."""
    for unit, length in (("hour", 3600), ("minute", 60)):
        if seconds >= 1.5 * length:
            return f"{seconds / length:.0f} {unit}s"
    return f"{max(1, round(seconds))} seconds"
