"""Duplicates: papers that came in twice under different names, and which of them to keep."""

from index.duplicates.finding import find
from index.duplicates.groups import groups

__all__ = ["find", "groups"]
