"""The fields of a paper as a person writes them: texts, and what is wrong in one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import cast, get_args

from pydantic import ValidationError

from index.errors import EditError
from index.fields import FIELDS, LISTED, Field, Value, checked, value
from index.identifiers import parse_identifier
from index.paper import LinkKind, Paper
from index.text import clean_line, shortened

WORDS: Mapping[str, str] = {
    "title": "title",
    "authors": "authors",
    "published": "date",
    "venue": "venue",
    "key": "citation key",
    "categories": "categories",
    "identifiers": "identifiers",
    "links": "links",
    "abstract": "abstract",
}
"""What can be edited, in the order of a form, and what people call it."""

_SHOWN = 60  # characters of what was written within a sentence


def texts(paper: Paper, key: str) -> dict[str, str]:
    """All that can be edited of a paper; of a list, an item a line."""
    found: dict[str, str] = {"key": key}
    for name in FIELDS:
        one = value(paper, name)
        found[name] = one if isinstance(one, str) else "\n".join(one)
    return {name: found[name] for name in WORDS}


def parsed(
    changes: Mapping[str, str | Sequence[str]], known: Sequence[str] = ()
) -> tuple[dict[Field, Value], str | None]:
    """The values of fields from their texts or items, and the citation key where it is given.

    An author written “Ek, Otto” is Otto Ek, unless ``known``, the authors as they are, has that
    name. Raises EditError for the first that cannot be kept.
    """
    for name in changes:
        if name not in WORDS:
            raise EditError(f"A paper has no field “{_short(name)}”.")
    values = {cast(Field, name): _value(name, changes[name]) for name in changes if name != "key"}
    if authors := values.get("authors"):
        from index.sources.fields import given_first

        names = (name if name in known else given_first(name) for name in authors)
        values["authors"] = tuple(dict.fromkeys(names))
    if not values.get("title", "-"):
        raise EditError("A paper needs a title.")
    return values, _key(changes["key"]) if "key" in changes else None


def _value(name: str, given: str | Sequence[str]) -> Value:
    items = given.split("\n") if isinstance(given, str) else list(given)
    text = "\n".join(items)
    found: Value = clean_line(text) if name == "published" else text
    if name in LISTED:
        items = [item for item in map(clean_line, items) if item]
        if name == "identifiers":
            items = sorted(_identifier(item) for item in items)  # as they are stored
        elif name == "links":
            items = [_link(item) for item in items]
        found = tuple(dict.fromkeys(items))
    try:
        return checked(cast(Field, name), found)
    except ValidationError as error:
        from index.sources.base import reason

        if name == "title" and not clean_line(text):
            raise EditError("A paper needs a title.") from None
        why = reason(error).partition(": ")[2] or reason(error)
        raise EditError(f"The {WORDS[name]} cannot be kept: {why}.") from None


def _identifier(item: str) -> str:
    name = parse_identifier(item)
    if name is None:
        raise EditError(
            f"“{_short(item)}” is no identifier: write doi:10.1000/x, arxiv:2402.14393,"
            " acl:P19-1001, openreview:hv3SklibkL or the address of the paper's page."
        )
    return f"{name.scheme}:{name.value}"


def _link(item: str) -> str:
    kind, _, url = item.partition(" ")
    if not url:
        from index.sources.links import kind_of

        kind, url = kind_of(item), item
    if kind.lower() not in get_args(LinkKind) or " " in url.strip():
        kinds = ", ".join(get_args(LinkKind))
        raise EditError(
            f"“{_short(item)}” is no link: write an address, or what it leads to ({kinds}) and then"
            " the address."
        )
    return f"{kind.lower()} {url.strip()}"


def _key(given: str | Sequence[str]) -> str:
    key = clean_line(given if isinstance(given, str) else " ".join(given))
    if not re.fullmatch(r"[a-z0-9-]{1,60}", key):
        raise EditError(
            f"“{_short(key)}” is no citation key: it is made of 1 to 60 small letters, digits and"
            " hyphens."
        )
    return key


def _short(text: str) -> str:
    return shortened(clean_line(text), _SHOWN)
