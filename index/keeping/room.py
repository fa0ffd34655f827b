"""What the rooms have in common: the store, names that can be borne, and papers in a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn

from index.errors import NamingError, NotFoundError
from index.store import Store, papers, rows
from index.text import clean_line, shortened
from index.views import Done

Ids = int | Sequence[int]

LONGEST_NAME = 100


class Room:
    """A part of the library in which the reader acts. Safe to use from any thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def _titled(self, ids: Sequence[int]) -> str:
        """The papers that an action is about, in a few words. Raises NotFoundError."""
        if not ids:
            raise NotFoundError("No paper was named.")
        with self._store.reading() as db:
            missing = papers.missing(db, ids)
            titles = [row.title for row in rows.rows(db, ids[:1])]
        if missing or not titles:
            lost = missing[0] if missing else ids[0]
            raise NotFoundError(f"There is no paper {lost} in this library.")
        return count(len(ids)) if len(ids) != 1 else f"“{shortened(titles[0], 60)}”"


def many(ids: Ids) -> list[int]:
    """The ids, each once, in their order."""
    return [ids] if isinstance(ids, int) else list(dict.fromkeys(ids))


def count(number: int, what: str = "paper") -> str:
    """``1 paper``, ``2,000 papers``"""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def done(changed: int, message: str, already: str) -> Done:
    """What an action did, or that all was so already."""
    return Done(message if changed else already, changed)


def capital(sentence: str) -> str:
    """A sentence with its first letter large; the others stay as they are."""
    return sentence[:1].upper() + sentence[1:]


def told(changes: Mapping[str, bool], form: str) -> str:
    """``+#gnn −#todo``"""
    return " ".join(f"{'+' if on else '−'}{form.format(name)}" for name, on in changes.items())


def proper_name(name: str, kind: str) -> str:
    """A name, cleaned. Raises NamingError where nothing can bear it."""
    name = clean_line(name)
    if not name:
        raise NamingError(f"A {kind} needs a name.")
    if len(name) > LONGEST_NAME:
        raise NamingError(f"The name of a {kind} has at most {LONGEST_NAME} characters.")
    if '"' in name:
        raise NamingError(f"The name of a {kind} may not hold quotation marks.")
    return name


def tag_path(name: str) -> str:
    """The name of a tag with those above it, ``ml/gnn``, cleaned. Raises NamingError."""
    parts = (part.strip() for part in clean_line(name).lstrip("#").split("/"))
    return proper_name("/".join(filter(None, parts)), "tag")


def refuse(kind: str, name: str, known: Sequence[str]) -> NoReturn:
    """Raise NotFoundError for a name that nothing bears, with the one that may be meant."""
    from rapidfuzz import process, utils

    close = process.extractOne(name, known, processor=utils.default_process, score_cutoff=60)
    hint = f" Did you mean “{close[0]}”?" if close else ""
    raise NotFoundError(f"There is no {kind} “{shortened(clean_line(name), 60)}”.{hint}")
