"""LaTeX in titles and abstracts, shown as Unicode span by span.

One scan from left to right turns what is surely LaTeX and leaves the rest as it came: prices,
paths, regular expressions, macros that nobody here knows. A text is never handed whole to a LaTeX
parser, which would take every ``%`` for a comment and eat the rest of the line.
"""

from __future__ import annotations

import re
from functools import lru_cache

from index.text.clean import scrub
from index.text.macros import (
    ACCENTS,
    LETTERS,
    SCRIPTS,
    SILENT,
    STYLES,
    SWITCHES,
    accented,
    symbol,
)
from index.text.maths import LONGEST, bracketed, formula

_QUOTED = re.compile(r"``(?=\S)([^`]{1,400}?)(?:''|\")")
# Pages that drop backslashes leave "textit{...}"; a program that takes \t for a tab, "extit{...}".
_BARED = re.compile(r"(?<![\w\\])(?:t?ext(it|bf|tt|sc|rm|sf)|(emph|math(?:cal|bb|rm|bf|sf)))(?=\{)")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)

_TOKEN = re.compile(
    r"""
    (?P<address> https?:// (?: [^\s{}\\$] | \\[_%\#&~$] )+ )
  | (?P<verbatim>
        (?<!\w) [A-Za-z]: \\ (?=[\w.]) [^\s{}$]*          # a path of Windows
      | (?<!\S) \\\\ [\w.-]+ \\ [^\s{}$]*                 # \\server\share
      | (?<!\w) \\(?P<quote>["']) (?=\w) [^\\\n{}]{1,200} \\(?P=quote) (?!\w)   # \"escaped\"
    )
  | \$\$ (?P<display> (?:[^$\\]|\\.){1,1000} ) \$\$
  | \$ (?!\s) (?P<dollars> (?:[^$\\\s]|\\.|\s(?!\$)){1,1000} ) \$
  | (?<!\w) \\\( (?P<round> (?:[^\\]|\\[^()]){1,1000} ) \\\) (?!\w)
  | (?<!\w) \\\[ (?P<square> (?:[^\\]|\\[^\[\]]){1,1000} ) \\\] (?![\w*+?{])
  | \\ (?P<escaped>[%&_\#${}] | (?<=\w\\)'(?=(?:s|m|re|ve|ll|d|t)\b) )          # model\'s
  | (?P<accent> (?P<wrap>\{)? \\
        (?: (?P<sign>["'`^~=.])
            (?: \{\s*(?P<inner>\\[ij]|[^\W\d_])\s*\} | (?P<bare>\\[ij](?![A-Za-z])|[^\W\d_]) )
          | (?P<named>[cvukHrdb])
            (?: \s*\{\s*(?P<held>\\[ij]|[^\W\d_])\s*\} | \s+(?P<next>[A-Za-z]) )
        ) (?(wrap)\}) )
  | \{\\ (?P<lone>[A-Za-z]+) \s*\}
  | \{\\ (?P<switch>SWITCHES) (?![A-Za-z]) \s*
  | \\ (?P<macro>[A-Za-z]+)
  | (?<=[\w)\]}]) (?P<script>[_^]) (?=\{)
  | (?<=[^\W_]) (?P<dash>-{2,3}) (?=[^\W_])
  | (?P<hyphen> (?<=[^\W\d_]{2}) \\- (?=[^\W\d_]{2}) )
  | (?P<space> (?<=[\w.,;:)]) \\ (?=\ ) | (?<=\w) \\, (?=\w) | \ ?\\\\ (?=\s) )
  | (?P<close> \} )
    """.replace("SWITCHES", "|".join(sorted(SWITCHES))),
    re.VERBOSE | re.DOTALL,
)
_EMPTY = re.compile(r"\{\}")
_SWALLOWED = re.compile(r"\s*\{\}|\s+(?=[^\W\d_])")


def to_unicode(text: str) -> str:
    r"""Return text with its LaTeX shown as Unicode: ``na\"ive`` is naïve, ``$O(n^2)$`` is O(n²).

    Text without LaTeX is returned as it is, and so is every macro, dollar and brace that is not
    surely LaTeX. No word of the text is lost, and no control character comes from a macro.
    """
    # Without one of these a text holds no LaTeX. Written out, since most texts get no further.
    if "\\" in text or "$" in text or "{" in text or "``" in text or "--" in text:
        return _shown(text)
    return text


@lru_cache(maxsize=4096)
def _shown(text: str) -> str:
    tex = _QUOTED.sub(r"“\1”", _BARED.sub(_with_backslash, text))
    shown = _Scan(tex).run()
    return text if shown in (text, tex) else scrub(shown)


def _with_backslash(bared: re.Match[str]) -> str:
    return f"\\text{bared[1]}" if bared[1] else f"\\{bared[2]}"


class _Scan:
    """One scan over a text; ``_closing`` holds what closing braces become, by their position."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._partner = _matching_braces(text)
        self._closing: dict[int, str] = {}
        self._at = 0

    def run(self) -> str:
        shown: list[str] = []
        while token := _TOKEN.search(self._text, self._at):
            shown.append(self._text[self._at : token.start()])
            self._at = token.end()
            shown.append(self._show(token))
        shown.append(self._text[self._at :])
        return "".join(shown)

    def _show(self, token: re.Match[str]) -> str:
        """What a token shows. Where it takes more of the text than itself, ``_at`` moves on."""
        match token.lastgroup:
            case "address":
                return self._address(token[0])
            case "display" | "dollars" | "round" | "square":
                return self._maths(token)
            case "accent":
                return _accent(token) or token[0]
            case "lone" if (name := token["lone"]) not in SWITCHES:
                return symbol(name) or token[0]
            case "switch":
                return self._open(token.start())
            case "macro":
                return self._macro(token, token["macro"])
            case "escaped":
                return token["escaped"]
            case "script":
                return self._script(token, token["script"])
            case "dash":
                return "–" if len(token[0]) == 2 else "—"
            case "close":
                return self._closing.pop(token.start(), "}")
            case "space" if token[0] == "\\,":
                return " "
            case "space" | "hyphen" | "lone":
                return ""
        return token[0]

    def _open(self, brace: int, becomes: str = "") -> str:
        """Drop an opening brace that has a partner, which becomes something else."""
        if brace not in self._partner:
            return self._text[brace : self._at]
        self._closing[self._partner[brace]] = becomes
        self._at = max(self._at, brace + 1)
        return ""

    def _address(self, address: str) -> str:
        """An address, and the group right after it, which is the text of the link."""
        address = _plain(address)
        close = self._partner.get(self._at)
        if close is None:
            return address
        if self._text[self._at + 1 : close] in ("", address):
            self._at = close + 1
            return address
        self._open(self._at, ")")
        return f"{address} ("

    def _maths(self, token: re.Match[str]) -> str:
        group = token.lastgroup or ""
        if _is_formula(token[group], token):
            return formula(token[group]) or token[0]
        self._at = token.start(group)  # only the sign: what follows may hold LaTeX of its own
        return token.string[token.start() : self._at]

    def _script(self, token: re.Match[str], sign: str) -> str:
        """A group that ``sign`` raises or lowers, outside of maths or without its dollars."""
        close = self._partner.get(self._at)
        if close is None or close - self._at > LONGEST:
            return token[0]
        shown = formula(sign + self._text[self._at : close + 1])
        if shown is None:
            return token[0]
        self._at = close + 1
        runs_on = self._text[self._at : self._at + 1].isalnum()
        return bracketed(shown) if runs_on else shown

    def _macro(self, token: re.Match[str], name: str) -> str:
        before = token.string[max(token.start() - 2, 0) : token.start()]
        close = self._partner.get(self._at)
        if close is not None:
            if name in STYLES or name in SWITCHES:
                return self._open(self._at)
            if name in SCRIPTS:
                return self._script(token, SCRIPTS[name])
            if name in ("url", "href"):
                address = token.string[self._at + 1 : close]
                self._at = close + 1
                return self._address(address) if name == "href" else _plain(address)
        if name in SWITCHES and before[-1:].isalnum():
            return token[0]
        if name in LETTERS or name in SWITCHES:
            self._skip(_SWALLOWED)
            return LETTERS.get(name, "")
        if name in SILENT:
            return ""
        if len(before) == 2 and before.isalpha():  # rather the end of a path than a symbol
            return token[0]
        return self._symbol(name) or token[0]

    def _symbol(self, name: str) -> str:
        shown = symbol(name) or ""
        if shown:
            self._skip(_EMPTY)
        ends = shown.endswith(".") and self._text.startswith(".", self._at)
        return shown[:-1] if ends else shown

    def _skip(self, pattern: re.Pattern[str]) -> None:
        if found := pattern.match(self._text, self._at):
            self._at = found.end()


def _matching_braces(text: str) -> dict[int, int]:
    """The position of the closing brace for each opening one that has one."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    for brace in _BRACE.finditer(text):
        if brace[0] == "{":
            waiting.append(brace.start())
        elif brace[0] == "}" and waiting:
            partner[waiting.pop()] = brace.start()
    return partner


def _plain(address: str) -> str:
    return re.sub(r"\\([_%#&~$])", r"\1", address)


def _accent(token: re.Match[str]) -> str | None:
    """The accented letter, or None where a regular expression or a path is as likely."""
    mark = token["sign"] or token["named"]
    if base := token["inner"] or token["held"]:
        return accented(base, ACCENTS[mark])
    shown = accented(token["bare"] or token["next"], ACCENTS[mark])
    before = token.string[max(token.start() - 1, 0) : token.start()]
    if token["next"]:  # fa\c cade, \v Skoda; but not "a \d in it"
        surely = mark in "cvukH" and (before.isalpha() or shown[0].isupper())
    else:
        surely = mark != "." and before != "["  # \.com, [\^a]
    return shown if len(shown) == 1 and (surely or token["wrap"]) else None


def _is_formula(inside: str, token: re.Match[str]) -> bool:
    """Whether what stands between two dollars or brackets is maths, not prose, money or code."""
    following = token.string[token.end() : token.end() + 1]
    if "\n\n" in inside or not _is_balanced(inside):
        return False
    if token.lastgroup == "dollars" and following.isdigit():  # US$5/$10, but $\approx$6,500
        return re.search(r"\\[A-Za-z]", inside) is not None
    if re.search(r"[\\^_=<>]", inside):
        return True
    if token.lastgroup == "dollars":
        money = inside[0].isdigit() and re.search(r"\s.*[A-Za-z]{2}", inside, re.DOTALL)
        variable = following.isalpha() and re.search("[A-Za-z]{2}", inside)  # $HOME/$USER
        return not money and not variable
    return token.lastgroup == "round" and not re.search("[a-z]{3}", inside)


def _is_balanced(inside: str) -> bool:
    """Whether braces close what they open, and so brackets, where [0, 1) closes too."""
    for opening, closing in (("{", "}"), ("([", ")]")):
        depth = 0
        for sign in re.findall(r"\\.|[{}()\[\]]", inside):
            depth += (sign in opening) - (sign in closing)
            if depth < 0:
                return False
        if depth:
            return False
    return True
