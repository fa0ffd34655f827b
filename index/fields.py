"""The fields of a paper, each by itself: as texts that an edit, a form and the store can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from index.identifiers import Identifier, parse_identifier
from index.paper import Link, Paper

Single = Literal["title", "authors", "published", "venue", "abstract"]
United = Literal["categories", "identifiers", "links"]
Field = Single | United
SINGLE: tuple[Field, ...] = get_args(Single)
"""Those that have one value: that of the source that wins."""
UNITED: tuple[Field, ...] = get_args(United)
"""Those that have what any source gives."""
FIELDS = SINGLE + UNITED
LISTED: frozenset[str] = frozenset({"authors", *UNITED})

Value = str | tuple[str, ...]
"""Of a field: a text, or the items of a listed one. Empty: nothing is known."""


def value(paper: Paper, field: Field) -> Value:
    """A field's value; an identifier is ``doi:10.1000/x``, a link ``pdf https://…``."""
    match field:
        case "identifiers":
            return tuple(f"{name.scheme}:{name.value}" for name in paper.identifiers)
        case "links":
            return tuple(f"{link.kind} {link.url}" for link in paper.links)
        case "published":
            return paper.published or ""
        case _:
            found: Value = getattr(paper, field)
            return found


def put(paper: Paper, values: Mapping[Field, Value]) -> Paper:
    """A paper with other values, as ``value`` gives them. They passed the gate before."""
    return paper.model_copy(update={field: _stored(field, one) for field, one in values.items()})


def _stored(field: Field, found: Value) -> Any:
    match field:
        case "identifiers":
            pairs = (one.partition(":") for one in found)
            return tuple(Identifier(scheme, name) for scheme, _, name in pairs)  # type: ignore[arg-type]
        case "links":
            parts = (one.partition(" ") for one in found)
            return tuple(Link.model_construct(kind=kind, url=url) for kind, _, url in parts)
        case "published":
            return found or None
        case _:
            return found


def checked(field: Field, found: Value) -> Value:
    """A value that comes from outside, cleaned. Raises ValueError where it is none of the field's.

    Of pydantic's, ``sources.base.reason`` makes a few words.
    """
    given: Any = found or None if field == "published" else found
    if field == "links":
        given = [dict(zip(("kind", "url"), one.split(" ", 1), strict=False)) for one in found]
    if field == "identifiers":
        given = [parse_identifier(one) for one in found]
        if None in given:
            raise ValueError(f"{found[given.index(None)]!r} is no identifier")
    about: dict[str, Any] = {"title": "-"} | {field: given}
    return value(Paper.model_validate(about), field)
