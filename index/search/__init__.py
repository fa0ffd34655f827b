"""Search: the Whoosh index, derived from the store and disposable.

Nothing of Whoosh's types leaves this package.
"""

from __future__ import annotations

from index.search.engine import SearchIndex
from index.search.highlight import Marker
from index.search.interface import Engine, Hits
from index.search.papers import Papers

__all__ = ["Engine", "Hits", "Marker", "Papers", "SearchIndex"]
