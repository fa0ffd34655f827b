"""The view that the reader left: all that the first frame of the next start is drawn from.

It is kept beside the library as a small JSON file. What it says is derived and may be lost: a file
that is missing, broken or of another version is an empty view.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from index.views import Detail, Overview, Row, Shelf, Sort

VERSION = 2

Pane = Literal["sidebar", "search", "results", "paper"]
Section = Literal["lists", "saved", "tags", "archived"]
"""A part of the sidebar that can be folded."""

EVERYTHING = Shelf("All", "", 0)


@dataclass(frozen=True, slots=True)
class View:
    """What stands on the desk: positions count from 0, in the order of the results."""

    overview: Overview = field(default_factory=Overview)
    shelf: Shelf = EVERYTHING
    folded: tuple[Section, ...] = ("archived",)
    first_shelf: int = 0  # the first line of the sidebar in view
    query: str = ""
    any_word: bool = False
    sort: Sort = "relevance"
    pane: Pane = "results"
    hits: int = 0
    total: int = 0  # papers on the shelf
    cursor: int = 0  # the position of the chosen paper
    top: int = 0  # the position of the first row in view
    rows: tuple[Row, ...] = ()  # the rows in view, from ``top`` on
    detail: Detail | None = None  # the paper in its pane
    scrolled: int = 0  # lines of it that are above the pane
    later: str = ""  # the list for what is read later
    theme: str = ""


def save(path: Path, view: View) -> None:
    """Write a view; a reader finds the old file or the new one, whole. Raises OSError."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"version": VERSION, "view": asdict(view)}, file, ensure_ascii=False)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def load(path: Path) -> View:
    """Read a view; an empty one where there is none to read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            return View()
        view: View = _decode(View, data["view"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return View()
    counted = (view.first_shelf, view.hits, view.total, view.cursor, view.top, view.scrolled)
    return view if min(counted) >= 0 else View()


def _decode(kind: Any, data: Any) -> Any:
    """Build a value of a type from JSON. Raises TypeError, ValueError or KeyError."""
    if is_dataclass(kind):
        fields = get_type_hints(kind)
        return cast(Any, kind)(**{name: _decode(fields[name], one) for name, one in data.items()})
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[-1] is ... else inner
        return tuple(_decode(one, value) for one, value in zip(kinds, data, strict=True))
    if origin in (Union, UnionType):
        return None if data is None else _decode(inner[0], data)
    if data not in inner if origin is Literal else type(data) is not kind:
        raise TypeError(f"{data!r} is not {kind}")
    return data
