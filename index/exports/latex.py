r"""Text made safe for LaTeX and BibTeX; LaTeX that stands in it stays.

What comes out is ASCII as far as LaTeX has macros for it, so that BibTeX sorts and shortens an
``é``, which it would take for two letters, as one, and pdfLaTeX prints it: a few letters with T1
fonts, a few symbols with ``amssymb``. What LaTeX has no macro for, as Chinese and emoji, stays as
it is in UTF-8, for Biber with XeLaTeX or LuaLaTeX.

Braces always come in pairs, and none is escaped by a backslash: BibTeX counts it all the same, and
other readers do not.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import category

from index.text import to_unicode
from index.text.macros import MATHS_ACCENTS

_KEPT = re.compile(
    r"""
    \$\$ (?P<display> [^$]{1,1000} ) \$\$
  | \$ (?!\s) (?P<dollars> (?:[^$\\]|\\.){1,1000}? ) (?<!\s) \$
  | \\\( (?P<round> (?:[^\\]|\\[^()]){1,1000}? ) \\\)
  | (?P<style> \\(?:emph|text(?:it|bf|tt|sc|sf|rm|sl|up|md)) ) (?=\{)
  | \\ (?P<brace> [{}] )
    """,
    re.VERBOSE,
)
# In place of what is kept, while the rest becomes Unicode: characters that mean nothing in a text.
_PLACE = re.compile("[\ue000-\uf8ff]")
_FIRST_PLACE, _PLACES = 0xE000, 0xF900 - 0xE000
_TOKEN = re.compile(
    r"(?P<word>[^\W_](?:[\w'’+-]*[\w+])?)|(?P<place>[\ue000-\uf8ff])|(?P<brace>[{}])"
    r"|[^\w{}\ue000-\uf8ff]+|_"
)

_ESCAPED = (
    {sign: f"\\{sign}" for sign in "&%$#_"}
    | {"\\": "{\\textbackslash}", "~": "{\\textasciitilde}", "^": "{\\textasciicircum}"}
    | {"<": "{\\textless}", ">": "{\\textgreater}", "|": "{\\textbar}"}
    | {"{": "{\\textbraceleft}", "}": "{\\textbraceright}"}
    | {"–": "--", "—": "---", "“": "``", "”": "''", "‘": "`", "’": "'", "‐": "-", "‑": "-"}
)
# What pylatexenc knows macros for, and LaTeX with T1 fonts and amssymb does not.
_FOREIGN = re.compile(r"\\(?:cyr|CYR|mathscr|boldsymbol|mathit|textfrac|acute|ddot|[UC]\b|not\b)")
_FOREIGN_SIGNS = frozenset("ŉƕƞəɛɸʔʞ˚ΆΈΉΊΌΎΏ↜↝⇅⇵∟∬∭∯∰∱∻∾≆≋≌≙≛≸≹⊧⊨⊫⊶⊷⊹⊾⋘⋙⋨⋰⌆⌕♩♭♮♯⨏⨖ϒ")

_FUNCTIONS = frozenset(
    "arg cos det dim exp gcd inf lbrace lim ln log max min Pr rbrace sin sup tan tanh".split()
)
_WITH_ARGUMENT = frozenset(MATHS_ACCENTS) | frozenset(
    "frac sqrt mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak".split()
)
_MACRO = re.compile(r"\\([A-Za-z]+)\s*(\{?)")
_NO_FORMULA = re.compile(r"[$%&#]|\\[^A-Za-z,;:!| ]")
_GROUP = re.compile(r"\{([^{}]*)\}")
_ATOM = r"\s*(?:\\[A-Za-z]+|[^\\\s])\s*"
_BAD_SCRIPT = re.compile(rf"[\^_]\s*(?:$|[\^_'])|([\^_]){_ATOM}(?:[\^_]{_ATOM})?(?:\1|')")


def escape(text: str) -> str:
    """Escape plain text, so that it is printed as it stands."""
    return text.translate(_table())


def keep(text: str, *, title: bool = False) -> str:
    """Escape text in which the LaTeX stays LaTeX: formulas, accents, type, groups in braces.

    A formula that may not run, and a macro that nobody knows, is printed as it is shown.
    ``title``: capitals that belong to their word are put in braces, because the styles of BibTeX
    set titles in small letters. These are words with a capital inside (``BERT``), single capitals,
    and, in a title that is otherwise in small letters, every one.
    """
    places: list[str] = []
    shown = _with_places(_PLACE.sub("", text), places)
    pairs = _pairs(shown)
    sentence = title and _is_sentence(shown)

    def write(token: re.Match[str]) -> str:
        if place := token["place"]:
            return places[ord(place) - _FIRST_PLACE]
        if brace := token["brace"]:
            return brace if token.start() in pairs else escape(brace)
        protected = title and token["word"] and _has_own_capital(token[0], sentence)
        return f"{{{escape(token[0])}}}" if protected else escape(token[0])

    return _TOKEN.sub(write, shown)


def _with_places(text: str, places: list[str]) -> str:
    """The text as Unicode, what is kept of its LaTeX moved to ``places``."""
    parts: list[str] = []
    done = at = 0
    while (span := _KEPT.search(text, at)) and len(places) < _PLACES:
        kept = span["style"] or escape(span["brace"] or "") or _formula(span)
        at = span.end() if kept else span.start() + 1
        if kept:
            parts += text[done : span.start()], chr(_FIRST_PLACE + len(places))
            places.append(kept)
            done = at
    return to_unicode("".join(parts) + text[done:])


def _formula(span: re.Match[str]) -> str:
    """A formula in its dollars, in braces against small letters; "" where it is none or unsafe."""
    whole = span.string[span.start() : span.end() + 1]  # what follows may tell that it is money
    if to_unicode(whole) == whole:
        return ""
    inside = span["display"] or span["dollars"] or span["round"]
    inside = inside.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace ").strip()
    inside = "".join(sign if sign.isascii() else _in_maths(sign) for sign in inside)
    known = all(
        brace if name in _WITH_ARGUMENT else name in _FUNCTIONS or name in _macros()
        for name, brace in _MACRO.findall(inside)
    )
    return f"{{${inside}$}}" if known and inside and _may_run(inside) else ""


def _may_run(formula: str) -> bool:
    """Whether braces are paired and no sign has two superscripts, or a script that is missing."""
    if _NO_FORMULA.search(formula):
        return False
    while group := _GROUP.search(formula):
        if _BAD_SCRIPT.search(group[1]):
            return False
        formula = f"{formula[: group.start()]}.{formula[group.end() :]}"
    return not _BAD_SCRIPT.search(formula) and not {"{", "}"} & set(formula)


def _in_maths(sign: str) -> str:
    """A character that is not ASCII within a formula; "%", which none may hold, if it cannot be."""
    found = re.fullmatch(r"\{\$(.+)\$\}", escape(sign))
    return f"{found[1]} " if found else "%"


def _pairs(text: str) -> set[int]:
    """The positions of the braces that have a partner."""
    waiting: list[int] = []
    pairs: set[int] = set()
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            waiting.append(brace.start())
        elif waiting:
            pairs |= {waiting.pop(), brace.start()}
    return pairs


def _is_sentence(title: str) -> bool:
    """Whether a title is written in small letters, as a sentence is."""
    _, *words = re.findall(r"[^\W\d_]{4,}", title) or [""]
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 2 < len(words)


def _has_own_capital(word: str, sentence: bool) -> bool:
    """Whether a word of a title has a capital that is not there because it is in a title."""
    return (sentence and word[0].isupper()) or any(
        any(map(str.isupper, part[1:])) or _is_symbol(part) for part in word.split("-")
    )


def _is_symbol(word: str) -> bool:
    """Whether a capital stands alone, as in ``C++``, ``T5`` and ``Q``; but not as the article."""
    return word[:1].isupper() and word != "A" and not any(map(str.isalpha, word[1:]))


@cache
def _table() -> dict[int, str]:
    """What characters are written as, by their numbers: a group each, or what needs none."""
    from pylatexenc.latexencode import get_builtin_uni2latex_dict

    known = {
        code: re.sub(r"^\\ensuremath\{(.+)\}$", r"$\1$", macro)
        for code, macro in get_builtin_uni2latex_dict().items()
        if code > 127 and not _FOREIGN.search(macro) and category(chr(code))[0] != "M"
    }
    groups = {code: f"{{{macro}}}" for code, macro in known.items()}
    for sign in _FOREIGN_SIGNS:
        del groups[ord(sign)]
    return groups | {ord(sign): written for sign, written in _ESCAPED.items()}


@cache
def _macros() -> frozenset[str]:
    """The macros that LaTeX has for single characters."""
    return frozenset(re.findall(r"\\([A-Za-z]+)", " ".join(_table().values())))
