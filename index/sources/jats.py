"""The plain text of JATS, the XML that publishers mark titles and abstracts with at Crossref."""

from __future__ import annotations

import re

from index.sources.html_text import plain as plain_html

_HEADING = re.compile(
    r"\s*<jats:title>\s*(?:abstract|summary)\s*[:.]?\s*</jats:title>", re.IGNORECASE
)
_BLOCK = re.compile(
    r"<(/?)jats:(?:p|title|sec|list|list-item|disp-formula|disp-quote|break)\b[^<>]*>"
)
# A formula in both ways: TeX, maybe as a whole document, and MathML besides.
_ALTERNATIVES = re.compile(r"<jats:alternatives>(.*?)</jats:alternatives>", re.DOTALL)
_TEX = re.compile(r"<jats:tex-math\b[^<>]*>(.*?)</jats:tex-math>", re.DOTALL)
_DOCUMENT = re.compile(r"\\begin\s*\{document\}(.*?)\\end\s*\{document\}", re.DOTALL)
_MATHML = re.compile(r"<mml:math\b[^<>]*>(.*?)</mml:math>", re.DOTALL)


def plain(marked: str) -> str:
    """The text, an empty line between paragraphs; the heading “Abstract” is left out.

    Formulas are in TeX where they are given so.
    """
    marked = _HEADING.sub("", marked, count=1)
    marked = _ALTERNATIVES.sub(_one_way, marked)
    marked = _TEX.sub(_formula, marked)
    marked = _MATHML.sub(lambda math: re.sub(r">\s+<", "><", math[1]).strip(), marked)
    return plain_html(_BLOCK.sub(r"<\1p>", marked)).replace("\n", "\n\n")


def _one_way(ways: re.Match[str]) -> str:
    tex = _TEX.search(ways[1])
    return tex[0] if tex else ways[1]


def _formula(tex: re.Match[str]) -> str:
    """A formula between dollar signs, one on each side."""
    document = _DOCUMENT.search(tex[1])
    formula = (document[1] if document else tex[1]).strip()
    return f"${formula.strip('$').strip()}$"
