"""The fields of a record as loosely typed formats give them, read into what ``Paper`` asks for.

All raise ValueError with a few words that name the field where its type is wrong. Null counts as
absent.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from index.paper import partial_date
from index.text import clean_line

Fields = Mapping[str, Any]

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

_NUMBER = re.compile(r"\s*-?[0-9]{1,15}(\.0*)?\s*")
_ENTITY = re.compile(r"\\?(&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_MARKUP = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]*)?/?>")
_INITIALS = re.compile(r"(.+\w) ([A-Z]{1,3}|(?:[A-Z]\.[ -]?){1,4})")
_SUFFIX = re.compile(r"(?:[js]r\.?|[IV]{1,4}|[23](?:nd|rd))", re.IGNORECASE)
_MONTH = re.compile(
    r"(?<![^\W\d_])(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])",
    re.IGNORECASE,
)
# A day, with the one that it goes on to; what stands around a month's name.
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th)?(?![0-9])(?: ?[-–] ?[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9]))?"
_YEAR = r"(?<![0-9])([12][0-9]{3})(?![0-9])"
_DAY_BEFORE = re.compile(rf"(?<![0-9]){_DAY}[\s./-]{{0,2}}\Z")
_YEAR_BEFORE = re.compile(rf"{_YEAR}[\s,./-]{{0,3}}\Z")
_DAY_AFTER = re.compile(rf"[\s,./-]{{0,3}}{_DAY}")
_DAY_AND_YEAR_AFTER = re.compile(rf"[\s./-]{{0,2}}{_DAY}[\s,./-]{{1,3}}{_YEAR}")
_YEAR_AFTER = re.compile(rf"(?:\.? ?[-–/] ?{_MONTH.pattern})?[\s,./-]{{0,3}}{_YEAR}", re.IGNORECASE)
_AROUND = 30  # characters of that
_DATE = re.compile(r"(?<!\d)([12][0-9]{3})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?(?!\d)")


def text(fields: Fields, key: str) -> str:
    """A field of text; empty where it is absent."""
    value = fields.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{key}: not a text")
    return value


def texts(fields: Fields, key: str) -> list[str]:
    """A field of one text or a list of them."""
    value = fields.get(key)
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key}: not a text or a list of texts")
    return value


def number(fields: Fields, key: str) -> int | None:
    """A whole number, also one that is written as text or with a point and zeros."""
    value = fields.get(key)
    if value is None or value == "":
        return None
    if isinstance(value, str) and _NUMBER.fullmatch(value):
        value = float(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"{key}: not a whole number")
    return value


def date(fields: Fields, key: str) -> str | None:
    """The first year, month or day in a field, as ISO 8601; None where there is none in it.

    A month may be a number after the year, or an English word: ``6 May 2020``, ``May 6, 2020``,
    ``2020 May``. Of ``03/04/2020`` the year alone is certain.
    """
    value = fields.get(key)
    if value is None:
        return None
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise ValueError(f"{key}: not a date")
    match = _DATE.search(str(value))
    parts = [part.zfill(2) for part in match.groups() if part] if match else []
    if len(parts) == 1:
        in_words = _date_in_words(str(value))
        parts = in_words if in_words[:1] == parts else parts
    while parts:
        try:
            return partial_date("-".join(parts))
        except ValueError:  # there is no such day, or month
            parts.pop()
    return None


def _date_in_words(text: str) -> list[str]:
    """The year, month and day, or the first two of them, where the first month's name stands."""
    name = _MONTH.search(text)
    if not name:
        return []
    before = text[max(name.start() - _AROUND, 0) : name.start()]
    after = text[name.end() : name.end() + _AROUND]
    month = f"{MONTHS.index(name[0][:3].lower()) + 1:02}"
    if found := _DAY_AND_YEAR_AFTER.match(after):
        return [found[2], month, found[1].zfill(2)]
    if year := _YEAR_BEFORE.search(before):
        day = _DAY_AFTER.match(after)
    elif year := _YEAR_AFTER.match(after):
        day = _DAY_BEFORE.search(before)
    else:
        return []
    return [year[1], month, *([day[1].zfill(2)] if day else [])]


def names(fields: Fields, key: str) -> list[str]:
    """The names of people: one text, or a list of texts or of objects with a name or fullname."""
    value = fields.get(key)
    if value is None:
        return []
    if isinstance(value, str):
        return split_names(value)
    if not isinstance(value, list):
        raise ValueError(f"{key}: not a list of names")
    return [item if isinstance(item, str) else _name(item, key) for item in value]


def split_names(text: str) -> list[str]:
    """The names in ``A; B``, in ``A and B``, or in ``A, B and C`` where each has several words."""
    if ";" in text:
        return text.split(";")
    named = re.split(r",? and ", clean_line(text))
    by_comma = [part.strip() for name in named for part in name.split(",")]
    return by_comma if all(" " in part for part in by_comma) else named


def _name(item: Any, key: str) -> str:
    if isinstance(item, dict):
        item = item.get("name") or item.get("fullname")
    if not isinstance(item, str):
        raise ValueError(f"{key}: not a list of names")
    return item


def unescaped(text: str) -> str:
    """Text with its HTML entities (``&eacute;``, ``&#233;``; ``\\&amp;`` too) as characters.

    Twice, for what went through two programs has ``&amp;amp;``.
    """
    if "&" not in text:
        return text
    return _ENTITY.sub(_character, _ENTITY.sub(_character, text))


def unmarked(text: str) -> str:
    """Text without the marks of type that Zotero has in titles (``<i>``, ``<sub>``)."""
    return _MARKUP.sub("", text) if "<" in text else text


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity[1])


def full_name(given: str, family: str, particle: str = "", suffix: str = "") -> str:
    """A name written ``Given Family``: ``Ludwig van Beethoven``, ``Sammy Davis Jr.``."""
    return " ".join(filter(None, map(str.strip, (given, particle, family, suffix))))


def initials_first(names: list[str]) -> list[str]:
    """Names as PubMed and Scopus have them, ``Curie M.``, with their initials in front.

    As they are where not all have initials behind: then ``Bo LI`` is no family Bo.
    """
    found = [_INITIALS.fullmatch(name.strip()) for name in names]
    return [full_name(one[2], one[1]) for one in found if one] if all(found) else names


def given_first(name: str) -> str:
    """A name written ``Family, Given`` as ``Given Family``; any other as it is."""
    parts = [part.strip() for part in name.split(",")]
    match parts:
        case [str(family), str(given)] if family and given and not _SUFFIX.fullmatch(given):
            return full_name(given, family)
        case [str(family), str(one), str(other)] if family and one and other:
            suffix, given = (other, one) if _SUFFIX.fullmatch(other) else (one, other)
            return full_name(given, family, suffix=suffix)
    return name
