"""Formulas: the LaTeX between two dollars, shown in a line of Unicode.

Reads the subset of maths that titles and abstracts use. What it does not know it refuses whole, so
that nobody is shown half a formula. ``pylatexenc`` lends its table of symbols; its parser is not
used, because it takes ``%`` for a comment, drops macros it does not know, and follows ``\\input``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category

from index.text.macros import MATHS_ACCENTS, SILENT, STYLES, SWITCHES, accented, symbol

_ATOM = re.compile(r"\\(?:operatorname\*|[A-Za-z]+)\s*|\\.|\s+|.", re.DOTALL)
_DEPTH = 20
LONGEST = 1000
"""Characters of the longest formula that is read."""

_WORDS = frozenset(
    "arccos arcsin arctan arg argmax argmin choose cos cosh cot csc deg det dim exp gcd hom inf "
    "ker lg lim ln log max min mod Pr sec sgn sin sinh sup tan tanh".split()
)
_HIDDEN = SWITCHES | SILENT
_HIDDEN |= frozenset(
    "left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr limits "
    "nolimits displaystyle textstyle scriptstyle nonumber notag mathstrut".split()
)
_ESCAPED = {"\\|": "‖", "\\!": "", "\\/": "", **{f"\\{mark}": mark for mark in "%&_#${}"}}
_ESCAPED |= {f"\\{blank}": " " for blank in ",;:> \n\\"} | {"\\quad": " ", "\\qquad": " "}
_DOUBLE_STRUCK = str.maketrans("CHNPQRZ", "ℂℍℕℙℚℝℤ")

_RAISED = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
)
_LOWERED = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_AS_THEY_ARE = {
    "∘": "°",
    "*": "*",
    "∗": "*",
    "′": "′",
    "'": "'",
    "†": "†",
    "‡": "‡",
    "⋆": "⋆",
    "⊤": "ᵀ",
}
_ORDINAL = re.compile(r"st|nd|rd|th")


class _UnknownError(Exception):
    """A formula that is shown as it came."""


@lru_cache(maxsize=4096)
def formula(latex: str) -> str | None:
    """Show the inside of a formula as one line, or return None where it holds what is not known."""
    if len(latex) > LONGEST:
        return None
    try:
        return _Formula(latex).show()
    except _UnknownError:
        return None


class _Formula:
    """One pass over the atoms of a formula, group within group."""

    def __init__(self, latex: str) -> None:
        self._atoms = [match[0] for match in _ATOM.finditer(latex)]
        self._next = 0
        self._depth = 0

    def show(self) -> str:
        shown = self._until("")
        return " ".join(shown.split())

    def _until(self, end: str) -> str:
        """Show all up to the atom ``end``, which is taken too; "" is the end of the formula."""
        shown = ""
        while (atom := self._take()) != end:
            if not atom:
                raise _UnknownError
            piece = self._script(atom) if atom in "^_" else self._show(atom)
            if _needs_air(piece, shown):
                shown += " "
            shown += piece
        return shown

    def _take(self) -> str:
        if self._next == len(self._atoms):
            return ""
        self._next += 1
        return self._atoms[self._next - 1]

    def _takes(self, atom: str) -> bool:
        """Take the next atom where it is this one."""
        found = self._next < len(self._atoms) and self._atoms[self._next] == atom
        self._next += found
        return found

    def _argument(self) -> str:
        atom = self._take()
        while atom.isspace():
            atom = self._take()
        if not atom or atom in "}^_":
            raise _UnknownError
        return self._show(atom)

    def _show(self, atom: str) -> str:
        if self._depth == _DEPTH:
            raise _UnknownError
        self._depth += 1
        shown = self._macro(atom) if atom[0] == "\\" else self._group_or_character(atom)
        self._depth -= 1
        return shown

    def _group_or_character(self, atom: str) -> str:
        if atom == "{":
            return self._until("}")
        if atom == "}":
            raise _UnknownError
        return " " if atom.isspace() or atom in "~&" else atom

    def _macro(self, atom: str) -> str:
        if atom in _ESCAPED:
            return _ESCAPED[atom]
        name = atom[1:].rstrip().rstrip("*")
        if name in _HIDDEN:
            if name in ("left", "right"):
                self._takes(".")
            return ""
        if name in STYLES:
            inside = self._argument()
            return inside.translate(_DOUBLE_STRUCK) if name == "mathbb" else inside
        if name in MATHS_ACCENTS:
            inside = self._argument()
            letter = inside.strip()
            accent = MATHS_ACCENTS[name]
            return inside.replace(letter, accented(letter, accent)) if len(letter) == 1 else inside
        if name in ("frac", "tfrac", "dfrac", "nicefrac"):
            return f"{_operand(self._argument())}/{_operand(self._argument())}"
        if name in ("binom", "tbinom", "dbinom"):
            return f"({self._argument()} choose {self._argument()})"
        if name == "sqrt":
            degree = _script(self._until("]"), _RAISED, "^") if self._takes("[") else ""
            return f"{degree}√{_operand(self._argument())}"
        shown = name if name in _WORDS else symbol(name)
        if shown is None:
            raise _UnknownError
        return shown + (" " if atom[-1].isspace() else "")

    def _script(self, sign: str) -> str:
        shown = _script(self._argument(), _RAISED if sign == "^" else _LOWERED, sign)
        if self._atoms[self._next - 1][-1].isspace():  # after a macro: A^\top x
            return f"{shown} "
        following = "".join(self._atoms[self._next : self._next + 1])
        return bracketed(shown) if re.match(r"\\?[^\W_]", following) else shown


def _script(text: str, forms: dict[int, int], sign: str) -> str:
    """Raise or lower text where every character has such a form, else keep the sign before it."""
    close = re.sub(r"\s*([+=-])\s*", r"\1", text.strip())
    if sign == "^" and close in _AS_THEY_ARE:
        return _AS_THEY_ARE[close]
    if sign == "^" and _ORDINAL.fullmatch(close):
        return close
    runs_on = re.search(r"[^\W\d_]{2}", close)  # a word is easier to read at its full size
    if not runs_on and all(ord(character) in forms for character in close):
        return close.translate(forms)
    return sign + _operand(text)


def bracketed(script: str) -> str:
    """Set brackets around a word after ``^`` or ``_``, so that a letter after it stays apart."""
    return re.sub(r"^([_^])([^\W_]+)$", r"\1(\2)", script)


def _operand(text: str) -> str:
    """Text that can stand beside an operator: in brackets where it holds more than one thing."""
    text = text.strip()
    return (
        text if re.fullmatch(r"[^\W_]*|\d+\.\d+|\W|[(\[{][^()\[\]{}]*[)\]}]", text) else f"({text})"
    )


def _needs_air(piece: str, before: str) -> bool:
    """Whether a blank is due: "m log k", and as much air before a relation as follows it."""
    if piece.rstrip() in _WORDS:
        return before[-1:].isalnum()
    relation = len(piece) == 2 and piece[1] == " " and category(piece[0]) == "Sm"
    return relation and before[-1:] not in ("", " ", "(")
