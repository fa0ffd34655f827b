"""SQLite: the truth. It holds all that a person made or chose; the index is derived from it."""

from __future__ import annotations

from index.store.store import Store

__all__ = ["Store"]
