"""The one gate that outside text passes: cleaning, folding, LaTeX to Unicode; and sentences."""

from __future__ import annotations

from index.text.alike import likeness, part_likeness, title_likeness
from index.text.clean import clean_line, clean_text
from index.text.fold import fold, fold_title
from index.text.latex import to_unicode
from index.text.sentences import capital, counted, quoted, series, shortened
from index.text.titles import tells_little, tells_nothing

__all__ = [
    "capital",
    "clean_line",
    "clean_text",
    "counted",
    "fold",
    "fold_title",
    "likeness",
    "part_likeness",
    "quoted",
    "series",
    "shortened",
    "tells_little",
    "tells_nothing",
    "title_likeness",
    "to_unicode",
]
