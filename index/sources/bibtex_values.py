"""The values of BibTeX's fields: macros, braces, names and dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from index.sources.fields import MONTHS, full_name, unescaped
from index.sources.lines import LONGEST_RECORD
from index.text import clean_line, to_unicode

_PART = re.compile(r'\s*(?P<joined>#\s*)?(?:(?P<macro>[^\s#{}",]+)|(?P<open>[{"]))\s*')
_BRACE = re.compile(r"(?<!\\)[{}]")
_QUOTE = re.compile(r'(?<!\\)[{}"]')
_MATHS = re.compile(r"(?<!\\)\$(?:\\.|[^$\\]){1,1000}\$")
# What a group belongs to: a macro, an accent, a script, or the option before it.
_LATEX = re.compile(r"""\\[A-Za-z]+\*?\s*$|\\["'`^~=.]$|(?<!\\)[\^_]$|\]$""")


def value(written: str, macros: Mapping[str, str], room: int = LONGEST_RECORD) -> str:
    """What a value says: ``{A} # acl # " B"`` put together, without what encloses it.

    A macro that nobody defined says its own name, as ``2024`` does, and bare words say themselves.
    Raises ValueError where the value is no value, or takes more characters than there is ``room``:
    macros of macros grow as fast as entities of entities.
    """
    parts: list[str] = []
    at = 0
    is_word = False  # whether the part before is bare
    while at < len(written):
        part = _PART.match(written, at)
        if not part:
            raise ValueError("not a value of BibTeX")
        if at and not part["joined"]:
            if part["open"] or not is_word:
                raise ValueError("not a value of BibTeX: a comma or a # is missing")
            parts.append(" ")
        at = part.end()
        is_word = not part["open"]
        if part["open"]:
            end = _end(written, part.start("open"))
            parts.append(written[part.start("open") + 1 : end])
            at = end + 1
        else:
            parts.append(macros.get(part["macro"].lower(), part["macro"]))
        room -= len(parts[-1])
        if room < 0:
            raise ValueError(f"its macros make it longer than {LONGEST_RECORD >> 20} MB")
    return "".join(parts)


def _end(written: str, start: int) -> int:
    """Where the part of a value that is enclosed from ``start`` ends."""
    depth = 0
    mark = _QUOTE if written[start] == '"' else _BRACE
    for found in mark.finditer(written, start + 1):
        if found[0] == "{":
            depth += 1
        elif depth and found[0] == "}":
            depth -= 1
        elif not depth:
            return found.start()
    raise ValueError("not a value of BibTeX")


def plain(text: str) -> str:
    """Text without the braces that only keep capitals, and with its entities as characters.

    ``{BERT} for {\\"o}`` is ``BERT for {\\"o}``: macros, formulas and their groups stay as they
    came. A tie is a blank; hyphens in a row are a dash, and quotation marks what they are set as.
    """
    text = unescaped(text)
    if "``" in text:
        text = re.sub(r"``(?=\S)([^`]{1,400}?)''", r"“\1”", text)
    if "--" in text:
        text = re.sub(r"(?<!-)--(?!-)", "–", re.sub(r"(?<!-)---(?!-)", "—", text))
    if "{" in text or "}" in text:
        text = _without_case_braces(text)
    return re.sub(r"(?<!\\)~", " ", text) if "~" in text else text


def _without_case_braces(text: str) -> str:
    maths = [match.span() for match in _MATHS.finditer(text)]
    starts = [start for start, _ in maths]
    waiting: list[tuple[int, bool, bool]] = []
    gone: list[int] = []
    argument_to = -1  # where the last group that belongs to a macro ends; the next may follow it
    for brace in _BRACE.finditer(text):
        at = brace.start()
        if brace[0] == "{":
            before = text[max(at - 40, 0) : at]
            nearest = bisect_right(starts, at) - 1
            formula = nearest >= 0 and at < maths[nearest][1]
            belongs = formula or argument_to == at or bool(_LATEX.search(before))
            waiting.append((at, belongs, belongs or text[at + 1 : at + 2] in ("\\", "}")))
        elif waiting:
            start, belongs, kept = waiting.pop()
            argument_to = at + 1 if belongs else argument_to
            gone += [] if kept else [start, at]
    pieces = [0, *(at for brace in sorted(gone) for at in (brace, brace + 1)), len(text)]
    return "".join(text[start:end] for start, end in zip(pieces[::2], pieces[1::2], strict=True))


def authors(written: str) -> list[str]:
    """The names of a list of authors, written ``Given Family``; "and others" is left out."""
    from bibtexparser.middlewares.names import split_multiple_persons_names

    names = split_multiple_persons_names(written.replace("\n", " "))
    each = (one for name in names for one in _by_comma(name))
    return [_author(name) for name in each if name.strip().lower() != "others"]


def _by_comma(name: str) -> list[str]:
    """The names in what is set apart by commas, as no single name is: ``Ada Byron, Bo Li, …``."""
    parts = name.split(",")
    several = len(parts) > 2 and all(" " in part.strip() for part in parts)
    return parts if several and "{" not in name and "=" not in name else [name]


def _author(name: str) -> str:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    if "=" in name and (extended := _extended(name)):
        return extended
    parts = parse_single_name_into_parts(name, strict=False)
    given, particle, family, suffix = (
        plain(" ".join(words)) for words in (parts.first, parts.von, parts.last, parts.jr)
    )
    return full_name(given, family, particle, suffix)


def _extended(name: str) -> str:
    """A name in BibLaTeX's extended form: ``family=Berg, given=Jan, prefix=van der``."""
    pairs = [part.partition("=") for part in name.split(",")]
    parts = {key.strip().lower(): plain(said.strip().strip('"')) for key, _, said in pairs}
    if "family" not in parts:
        return ""
    particle, suffix = parts.get("prefix", ""), parts.get("suffix", "")
    return full_name(parts.get("given", ""), parts["family"], particle, suffix)


def date(fields: Mapping[str, str]) -> str:
    """A year, a month or a day, of ``date`` or of ``year`` and ``month``; a text to be read."""
    if said := fields.get("date", ""):
        return said.partition("/")[0]
    year, month = fields.get("year", ""), fields.get("month", "")
    found = re.search(r"(?<!\d)[12]\d{3}(?!\d)", year)
    if not found:
        return ""
    name = re.search(r"[a-z]{3}", clean_line(to_unicode(month)).lower())
    if name and name[0] in MONTHS:
        return f"{found[0]}-{MONTHS.index(name[0]) + 1:02}"
    number = re.fullmatch(r"\D{0,3}(0?[1-9]|1[0-2])\D{0,3}", month)
    return f"{found[0]}-{int(number[1]):02}" if number else found[0]
