"""JSON as several formats have it: which of them a text is, and its objects one at a time."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NoReturn

from index.paper import Paper
from index.sources.base import Unread
from index.sources.fields import Fields
from index.sources.lines import LONGEST_RECORD, Line, Lines
from index.text import clean_line
from index.views import Reject

Dialect = Literal["arxiv_dump", "beir", "csl_json", "jsonl", ""]

_KEY = re.compile(r'"([\w-]+)"\s*:')
_CSL_KEYS = frozenset(
    "author container-title issued DOI URL ISSN ISBN publisher number page volume abstract".split()
)
_CSL_TYPE = re.compile(r'"type"\s*:\s*"[a-z_-]+"')

_NAMES = "items references data results papers entries works documents records".split()
_LIST = re.compile(rf'"(?:{"|".join(_NAMES)})"\s{{0,50}}:\s{{0,50}}\[')
_LONGEST_NAME = 120  # characters of it, which two pieces may divide
_BEFORE_LIST = 4000  # characters
_OUTSIDE = re.compile(r"\{")
_IN_LIST = re.compile(r"[{\]]")
_MARK = re.compile(r'["{}\n]')
_IN_STRING = re.compile(r'\\.|["\n]')
_BETWEEN = " \t\n,[]"  # what may stand between objects
_BEGINNING = re.compile(r"([ \t]*)[\[,]?[ \t]*\{")


def dialect(head: str) -> Dialect:
    """Which format a text of JSON objects has, by the names of their fields; "": it is none."""
    keys = set(_KEY.findall(head))
    if "title" not in keys if _is_list(head) else not _is_by_line(head):
        return ""
    if "authors_parsed" in keys:
        return "arxiv_dump"
    if {"_id", "text"} <= keys:
        return "beir"
    return "csl_json" if _is_csl(head) else "jsonl"


def _is_list(head: str) -> bool:
    """Whether a text is an array of objects, or an object that holds one of papers."""
    return bool(re.match(r"\s*\[\s*\{", head)) or _is_wrapped(head)


def _is_by_line(head: str) -> bool:
    """Whether most lines of a text begin as an object does."""
    lines = [line for line in map(str.strip, head.split("\n")) if line]
    return sum(bool(re.match(r"\{\s*[\"}]", line)) for line in lines) * 2 > len(lines)


def _is_wrapped(head: str) -> bool:
    """Whether a text begins with an object that is no paper and holds a list of them."""
    beginning = head.lstrip()
    found = _LIST.search(beginning, 0, _BEFORE_LIST) if beginning.startswith("{") else None
    if not found or '"title"' in beginning[: found.start()]:
        return False
    decode = json.JSONDecoder(strict=False).raw_decode
    try:
        first, end = decode(beginning)
        rest = beginning[end:].lstrip()
        second = decode(rest)[0] if rest.startswith("{") else {}
    except (ValueError, RecursionError):  # there is more of it than the beginning
        return True
    return "title" not in first and "title" not in second


def _is_csl(head: str) -> bool:
    keys = set(_KEY.findall(head))
    return bool("title" in keys and keys & _CSL_KEYS and _CSL_TYPE.search(head))


def parse(text: str) -> Fields:
    """The object that a text is. Raises ValueError where it is none, or is nested too deeply."""
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except json.JSONDecodeError as error:
        message = f"{error.msg[:1].lower()}{error.msg[1:]}"
        raise ValueError(f"not JSON: {message} at character {error.pos + 1}") from None
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def unread(
    lines: Lines,
    found: Iterable[Line | Reject],
    name: str,
    paper: Callable[[Fields], Paper],
) -> Iterator[Unread | Reject]:
    """The papers that the objects of a file are, as ``objects`` or ``by_line`` finds them.

    ``paper`` raises ValueError for what is none. Empty lines are passed over.
    """

    def read(text: str) -> Paper:
        fields = parse(text)
        if "title" not in fields and (unknown := _list_in(fields)):
            raise ValueError(
                f"{clean_line(unknown)[:40]}: a list of papers, which is read where it is called "
                f"{', '.join(_NAMES[:-1])} or {_NAMES[-1]}"
            )
        return paper(fields)

    for one in found:
        if isinstance(one, Reject):
            yield one
        elif one.text.strip():
            yield Unread(one.text, one.number, name, read, lines.file)


def _list_in(fields: Fields) -> str:
    """The name of a field that is a list of papers; empty where there is none."""
    for key, value in fields.items():
        match value:
            case [{"title": _}, *_]:
                return key
    return ""


def by_line(lines: Lines) -> Iterator[Line | Reject]:
    """The lines of a file, an object each; or the ``objects`` of one that is written otherwise."""
    head = lines.head
    # Nor need one object be on one line: rejects that were mended have the lines they had.
    goes_on = bool(re.match(r"\s*\{(?![^\n]*\}\s*\n)", head)) and not _is_by_line(head)
    return objects(lines) if _is_list(head) or goes_on else iter(lines)


def objects(lines: Lines) -> Iterator[Line | Reject]:
    """The text of each object of an array or a row of them, by the line that it begins on.

    Of an object that is no paper and holds a list of them (``{"items": […]}``), each of the list.

    An object that is not closed ends where the next begins: on a line of its own that is indented
    no further. What stands in none is told.
    """
    cut = _Cut(lines)
    begins_line = True
    for number, text in lines.pieces():
        start = _BEGINNING.match(text) if begins_line and cut.parts else None
        if start and len(start[1]) <= cut.indent:
            yield cut.not_closed()
            cut.clear()
        yield from cut.take(number, text)
        begins_line = text.endswith("\n")
    if cut.parts:
        yield cut.not_closed()
    yield from cut.outside()


class _Cut:
    """Cuts objects out of a text that comes in pieces."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._strays: list[Line] = []  # what stands in no object, since the last one
        self._stray_length = 0
        self._is_wrapped = _is_wrapped(lines.head)
        self._in_list = not self._is_wrapped
        self._before = ""  # of the next list: the end of the last piece, which may hold its name
        self.clear()

    def clear(self) -> None:
        self.parts: list[str] = []  # of the object that has begun
        self.line = self.indent = self._depth = self._length = 0
        self._in_string = self._escaped = False

    def not_closed(self) -> Reject:
        """The object that has begun, which nothing ends."""
        raw = "".join(self.parts) if self._length <= LONGEST_RECORD else ""
        return self._lines.reject(self.line, "not JSON: the object is not closed", raw)

    def outside(self) -> Iterator[Reject]:
        """What stood in no object, since the last one."""
        if self._strays:
            raw = "".join(stray.text for stray in self._strays).strip(" \t\n,")
            yield self._lines.reject(self._strays[0].number, "not JSON: this is in no object", raw)
            self._strays, self._stray_length = [], 0

    def take(self, number: int, text: str) -> Iterator[Line | Reject]:
        """The objects that end in a piece."""
        text, self._before = self._before + text, ""
        at = start = 0
        if self._escaped:
            at, self._escaped = 1, False
        while mark := self._marks().search(text, at):
            at = mark.end()
            if not self._in_list:
                self._in_list, start = True, at
                continue
            match mark[0]:
                case "]":
                    self._pass_over(number, text[start : mark.start()])
                    yield from self.outside()
                    self._in_list = False
                case "{":
                    if not self._depth:
                        self._pass_over(number, text[start : mark.start()])
                        yield from self.outside()
                        self.clear()
                        start, self.line = mark.start(), number
                        before = text[:start]
                        self.indent = len(before) - len(before.lstrip(" \t"))
                    self._depth += 1
                case "}":
                    self._depth -= 1
                    if not self._depth:
                        whole = "".join(self.parts) + text[start:at]
                        if self._length <= LONGEST_RECORD:
                            yield Line(self.line, whole)
                        else:
                            reason = f"the object is longer than {LONGEST_RECORD >> 20} MB"
                            yield self._lines.reject(self.line, reason)
                        self.clear()
                        start = at
                case '"':
                    self._in_string = not self._in_string
                case "\n":  # no string of JSON goes over a line
                    self._in_string = False
        if self._depth:
            self._length += len(text) - start
            # Of one that is too long no more than its beginning is held.
            if self._length <= LONGEST_RECORD or not self.parts:
                self.parts.append(text[start:])
        elif self._in_list:
            self._pass_over(number, text[start:])
        else:
            self._before = text[at:][-_LONGEST_NAME:]
        self._escaped = self._in_string and at < len(text) and text.endswith("\\")

    def _marks(self) -> re.Pattern[str]:
        """What counts where the text has come to."""
        if self._depth:
            return _IN_STRING if self._in_string else _MARK
        if self._in_list:
            return _IN_LIST if self._is_wrapped else _OUTSIDE
        return _LIST

    def _pass_over(self, number: int, text: str) -> None:
        """What stands in no object: it is told, unless it is what has to stand there."""
        if self._strays or text.strip(_BETWEEN):
            self._stray_length += len(text)
            if self._stray_length <= LONGEST_RECORD or not self._strays:
                self._strays.append(Line(number, text))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) < len(pairs):
        [(key, _)] = Counter(key for key, _ in pairs).most_common(1)
        raise ValueError(f"{clean_line(key)[:40]}: there twice")
    return fields


def _integer(digits: str) -> int | float:
    """An integer; a huge one, which no field of a paper holds, loses digits."""
    return int(digits) if len(digits) <= 18 else float(digits)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"not JSON: {constant}")


# Not strict: control characters in a string, which JSON has no place for, are cleaned away later.
_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_integer, parse_constant=_refuse, strict=False
)
