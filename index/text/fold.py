"""Folding: what words and titles are compared by, so that accents and case never matter.

``Müller`` and ``MULLER`` fold alike, and so do α and ``alpha``: a Greek letter always folds to its
name in LaTeX, so that the beginning of a word, folded, begins the folded word.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, normalize

from index.text.clean import clean_line
from index.text.latex import to_unicode

# Accents in the scripts that are read without them. Vowel signs of Indic scripts, of Thai and the
# voicing of kana are marks to Unicode too, but letters to their readers: they stay.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\xad]"
)

_SPELLED = (
    "α alpha β beta γ gamma δ delta ∆ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda "
    "μ mu ν nu ξ xi ο omicron π pi ρ rho σ sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega "
    "ø o æ ae œ oe ł l đ d ð d þ th ı i ȷ j ħ h ŧ t ŋ n ƒ f ĸ k ⁄ /"
).split()
_FOLDED = str.maketrans(
    dict(zip(_SPELLED[::2], _SPELLED[1::2], strict=True))
    | dict.fromkeys("‘’‚‛′ʹʻʼˈ‹›`´", "'")
    | dict.fromkeys("“”„‟″«»", '"')
    | dict.fromkeys("‐‑‒–—―−", "-")
)


def fold(text: str) -> str:
    """Fold text for comparing: no case, accents, ligatures or typography; Greek letters spelled.

    ``Łódź`` is ``lodz``, ``ﬁne‐tuning`` is ``fine-tuning``, ``β₁`` is ``beta1``. Folding what is
    folded changes nothing.
    """
    if text.isascii():
        return text.lower().replace("`", "'")
    text = _ACCENTS.sub("", normalize("NFKD", text)).casefold()
    return normalize("NFC", text.translate(_FOLDED))


@lru_cache(maxsize=1024)  # it is asked for several times while a record comes in
def fold_title(title: str) -> str:
    """Fold a title to its letters and digits: the key by which two records are one paper.

    LaTeX is read as Unicode first, and the words are joined by single blanks. Letters of every
    script stay. A title of symbols alone is its own key, so only an empty title has an empty key.
    """
    folded = re.sub(r"[{}]", "", fold(to_unicode(title)))  # {B}ERT is one word
    if folded.isascii():
        words = re.sub(r"[\W_]+", " ", folded)
    else:
        words = "".join(c if c.isalnum() or category(c)[0] == "M" else " " for c in folded)
    return " ".join(words.split()) or clean_line(title).casefold()
