"""The fields of a paper as a plain text to be edited: written, and read again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from index.errors import EditError
from index.text import clean_line, shortened

LABELS: Mapping[str, str] = {
    "title": "Title",
    "published": "Date",
    "venue": "Venue",
    "key": "Key",
    "authors": "Authors",
    "categories": "Categories",
    "identifiers": "Identifiers",
    "links": "Links",
    "abstract": "Abstract",
}
"""What a form calls the fields, in its order; the abstract last, for it may hold anything."""

_LISTS = frozenset({"authors", "categories", "identifiers", "links"})
_NAMES = {label: name for name, label in LABELS.items()}
_HEAD = re.compile(rf"({'|'.join(_NAMES)}):(.*)")
_HELP = """\
# What you change here is yours: no source overwrites it. A field without text is cleared.
# A date is a year, a month (2024-03) or a day. Authors, categories, identifiers (doi:10.1000/x)
# and links (pdf https://…) have a line each.
"""


def written(texts: Mapping[str, str]) -> str:
    """A form with the texts of ``library.papers.editable``."""
    return _HELP + "".join(_field(name, texts[name]) for name in LABELS)


def _field(name: str, text: str) -> str:
    if name == "abstract":
        return f"{LABELS[name]}:\n\n{text}\n"
    if name in _LISTS:
        return f"{LABELS[name]}:\n" + "".join(f"  {line}\n" for line in text.split("\n") if line)
    return f"{LABELS[name]}: {text}\n"


def changes(before: Mapping[str, str], form: str) -> dict[str, str]:
    """What of a form has become another text, for ``library.papers.edit``.

    A field that the form no longer has stays as it is. Raises EditError where a line is no part of
    a form.
    """
    after = _read(form)
    return {name: text for name, text in after.items() if text != before[name].strip()}


def _read(form: str) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    name = ""
    for number, line in enumerate(form.split("\n"), 1):
        if name == "abstract":
            fields[name].append(line)
        elif head := _HEAD.fullmatch(line):
            name = _NAMES[head[1]]
            if name in fields:
                raise EditError(f"Line {number}: {head[1]} is there twice.")
            fields[name] = [head[2].strip()]
        elif name and (name in _LISTS or line.startswith(" ")):
            fields[name].append(line.strip())
        elif line.strip() and (name or not line.startswith("#")):
            shown = shortened(clean_line(line), 40)
            raise EditError(f"Line {number}, “{shown}”, belongs to no field.")
    return {
        name: "\n".join(lines if name == "abstract" else filter(None, lines)).strip()
        for name, lines in fields.items()
    }
