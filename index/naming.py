"""Names that a reader gives to tags, lists and searches: what can bear them, and be found by them.

A query reads LaTeX as Unicode and knows no quotation marks within a name (see ``index.search``). So
a name is kept as a query reads it, and a query for it finds it whatever else it holds.
"""

from __future__ import annotations

from index.errors import NamingError
from index.text import clean_line, fold, to_unicode

LONGEST_NAME = 100

_QUOTES = frozenset('"“”„')
_ENOUGH = 10  # readings of LaTeX within LaTeX


def as_shown(name: str) -> str:
    """A name in a line, its LaTeX as Unicode."""
    name = clean_line(name)
    for _ in range(_ENOUGH):
        # In quotes, as a query holds it: what stands around LaTeX is a part of how it is read.
        shown = clean_line(to_unicode(f'"{name}"')[1:-1])
        if shown == name:
            break
        name = shown
    return name


def proper_name(name: str, kind: str) -> str:
    """A name as it is kept. Raises NamingError where nothing can bear it."""
    if len(name) > LONGEST_NAME * _ENOUGH:  # whatever of it is LaTeX
        raise _too_long(kind)
    name = as_shown(name)
    if not fold(name).strip():
        raise NamingError(f"A {kind} needs a name.")
    if len(name) > LONGEST_NAME:
        raise _too_long(kind)
    if _QUOTES & set(name):
        raise NamingError(f"The name of a {kind} may not hold quotation marks.")
    if to_unicode(f'"{name}"') != f'"{name}"':
        raise NamingError(f"The name of a {kind} may not hold so much LaTeX.")
    return name


def tag_path(name: str) -> str:
    """The name of a tag with those above it, ``ml/gnn``, as it is kept. Raises NamingError."""
    shown = as_shown(name) if len(name) <= LONGEST_NAME * _ENOUGH else name
    # Some signs are a slash to whoever compares names: ½ is found as 1/2.
    plain = "".join(fold(sign) if "/" in fold(sign) else sign for sign in shown)
    parts = (part.lstrip(" #").rstrip() for part in plain.split("/"))
    path = "/".join(part for part in parts if fold(part).strip())
    if path != (kept := proper_name(path, "tag")):
        raise NamingError(f"A tag cannot be called “{kept}”.")
    return path


def _too_long(kind: str) -> NamingError:
    return NamingError(f"The name of a {kind} has at most {LONGEST_NAME} characters.")
