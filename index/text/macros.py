"""What the macros of LaTeX stand for: the tables that ``latex`` and ``maths`` read."""

from __future__ import annotations

from functools import cache
from unicodedata import normalize


def _table(pairs: str) -> dict[str, str]:
    words = pairs.split()
    return dict(zip(words[::2], words[1::2], strict=True))


ACCENTS = dict(
    zip(
        "\"'`^~=.cvuHkrdb",
        "\u0308\u0301\u0300\u0302\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0328\u030a\u0323\u0331",
        strict=True,
    )
)
"""Accent macros of text, such as ``\\c`` and ``\\"``, and their combining characters."""

MATHS_ACCENTS = _table(
    "hat \u0302 widehat \u0302 tilde \u0303 widetilde \u0303 bar \u0304 overline \u0304 vec \u20d7 "
    "dot \u0307 ddot \u0308 check \u030c breve \u0306 acute \u0301 grave \u0300"
)

STYLES = frozenset(
    "emph text textit textbf texttt textsc textsf textrm textsl textup textmd textnormal underline "
    "uline mbox mathrm mathbf mathit mathsf mathtt mathcal mathscr mathfrak mathbb mathbbm mathds "
    "mathnormal boldsymbol bm pmb operatorname ensuremath".split()
)
"""Macros that only set their one argument in another type."""

SWITCHES = frozenset(
    "em it bf rm sc tt sf sl cal itshape bfseries scshape ttfamily sffamily rmfamily slshape "
    "upshape mdseries normalfont tiny scriptsize footnotesize small normalsize large Large LARGE "
    "huge Huge boldmath".split()
)
"""Macros that change the type from here to the end of the group."""

SCRIPTS = {"textsuperscript": "^", "textsubscript": "_"}
"""Macros that raise or lower their one argument in running text."""

SILENT = frozenset(
    "nobreakdash protect noindent xspace allowbreak nolinebreak newline centering".split()
)
"""Macros that show nothing."""

LETTERS = _table(
    "ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ dj đ DJ Đ ng ŋ "
    "NG Ŋ"
)
"""Letters of words: TeX swallows the blanks after one (``Stra\\ss e``)."""

_SYMBOLS = _table(
    "epsilon ε phi φ ne ≠ neg ¬ lnot ¬ land ∧ lor ∨ gets ← iff ⟺ implies ⟹ leadsto ⇝ colon : "
    "coloneqq ≔ models ⊨ Re ℜ Im ℑ triangle △ Box □ checkmark ✓ ddagger ‡ degree ° S § P ¶ "
    "copyright © pounds £ euro € textless < textgreater > textbar | textbraceleft { "
    "textbraceright } textasciicircum ^ prime ′ TeX TeX LaTeX LaTeX BibTeX BibTeX"
)
# The templates of vision conferences define these, and their authors leave them in abstracts.
_SYMBOLS |= _table("eg e.g. Eg E.g. ie i.e. Ie I.e. wrt w.r.t.") | {"etal": "et al."}


def symbol(name: str) -> str | None:
    """Return what a macro without arguments shows (``alpha`` is α), or None where it is unknown."""
    return LETTERS.get(name) or _SYMBOLS.get(name) or _pylatexenc_symbols().get(name)


def accented(base: str, accent: str) -> str:
    """Put a combining accent on a character, or on the letter of ``\\i`` or ``\\j``."""
    return normalize("NFC", base.lstrip("\\") + accent)


@cache
def _pylatexenc_symbols() -> dict[str, str]:
    from pylatexenc.latex2text import get_default_latex_context_db  # not needed for a first paint

    specs = get_default_latex_context_db().iter_macro_specs()
    shown = {spec.macroname: spec.simplify_repl for spec in specs}
    return {
        name: text
        for name, text in shown.items()
        if isinstance(text, str) and len(text) == 1 and " " < text < "\U00010000" and name.isalpha()
    }
