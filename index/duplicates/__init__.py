"""Duplicates: papers that came in twice under different names, and which of them to keep."""

from index.duplicates.finding import find
from index.duplicates.groups import exact
from index.duplicates.judging import names

__all__ = ["exact", "find", "names"]
