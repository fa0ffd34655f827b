"""Duplicates: papers that came in twice under different names, and which of them to keep."""

from index.duplicates.finding import Progress, find
from index.duplicates.groups import exact

__all__ = ["Progress", "exact", "find"]
