"""The one gate that outside text passes: cleaning, folding, LaTeX to Unicode."""

from __future__ import annotations

from index.text.alike import likeness, title_likeness
from index.text.clean import clean_line, clean_text, shortened
from index.text.fold import fold, fold_title
from index.text.latex import to_unicode
from index.text.titles import tells_little, tells_nothing

__all__ = [
    "clean_line",
    "clean_text",
    "fold",
    "fold_title",
    "likeness",
    "shortened",
    "tells_little",
    "tells_nothing",
    "title_likeness",
    "to_unicode",
]
