"""What came of an import, in words."""

from __future__ import annotations

from index.views import ImportReport, Reject


def account(report: ImportReport) -> str:
    """What an import did, in a sentence."""
    papers = "paper" if report.added == 1 else "papers"
    added = f"{report.added:,} {papers} added" if report.added else "Nothing added"
    rest = {
        "updated": report.updated,
        "unchanged": report.unchanged,
        "deleted before, and left out": report.deleted,
        "with tags, lists, notes or marks of their own": report.restored,
        "rejected": report.rejected,
    }
    told = "".join(f", {count:,} {what}" for what, count in rest.items() if count)
    records = "record" if report.records == 1 else "records"
    files = "file" if report.skipped == 1 else "files"
    skipped = f" {report.skipped:,} {files} of no known format left out." if report.skipped else ""
    return f"{added} from {report.records:,} {records}{told}.{skipped}"


def rejection(reject: Reject) -> str:
    """Where a record was left out, and why."""
    where = f"{reject.file}, line {reject.line}: " if reject.line else ""
    return f"{where}{reject.reason}"


def rejections(report: ImportReport, limit: int) -> list[str]:
    """The first of the records that were left out, a line each, and how many more there are."""
    lines = [rejection(reject) for reject in report.rejects[:limit]]
    more = report.rejected - len(lines)
    return [*lines, f"and {more:,} more"] if more > 0 else lines
