"""Queries as every engine can be asked them: a small tree that each puts into its own language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


@dataclass(frozen=True)
class Word:
    """A word in any of its forms."""

    text: str


@dataclass(frozen=True)
class Phrase:
    """Words that stand side by side."""

    text: str


@dataclass(frozen=True)
class Begins:
    """A word that begins so."""

    text: str


@dataclass(frozen=True)
class Wildcard:
    """A word with ``*`` for any letters and ``?`` for one."""

    text: str


@dataclass(frozen=True)
class Fuzzy:
    """A word that is at most some edits away."""

    text: str
    edits: int = 1


@dataclass(frozen=True)
class All:
    """Every one of the clauses."""

    clauses: tuple[Node, ...]


@dataclass(frozen=True)
class Either:
    """At least one of the clauses."""

    clauses: tuple[Node, ...]


@dataclass(frozen=True)
class Not:
    """Stands among others in ``All``."""

    clause: Node


@dataclass(frozen=True)
class In:
    """A clause in one field: title, abstract, author or venue."""

    field: str
    clause: Node


@dataclass(frozen=True)
class Years:
    """Years of publication, both inclusive."""

    first: int
    last: int


@dataclass(frozen=True)
class Marked:
    """What a reader made of papers: ``kind`` is "tag" or "is"."""

    kind: str
    name: str


@dataclass(frozen=True)
class Everything:
    """All papers."""


Node: TypeAlias = (
    Word
    | Phrase
    | Begins
    | Wildcard
    | Fuzzy
    | All
    | Either
    | Not
    | In
    | Years
    | Marked
    | Everything
)


class CannotError(Exception):
    """An engine has no such queries."""


class Query(NamedTuple):
    """One query of a workload. ``as_typed``: its last word is still being typed."""

    kind: str
    tree: Node
    as_typed: bool = False

    @property
    def text(self) -> str:
        """The query in carrel's language."""
        text = in_carrel(self.tree)
        return text.removesuffix("*") if self.as_typed else text


def words(text: str) -> Node:
    """Words that must all occur; one of them is a clause of its own."""
    found = [Word(word) for word in text.split()]
    return All(tuple(found)) if len(found) > 1 else found[0]


def in_carrel(node: Node) -> str:
    """A tree in carrel's language."""
    match node:
        case Word(text) | Wildcard(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Begins(text):
            return f"{text}*"
        case Fuzzy(text, edits):
            return f"{text}~{edits if edits > 1 else ''}"
        case All(clauses):
            return " ".join(_grouped(clause) for clause in clauses)
        case Either(clauses):
            return " OR ".join(_grouped(clause) for clause in clauses)
        case Not(clause):
            return f"-{_grouped(clause)}"
        case In(field, clause):
            return f"{field}:{_grouped(clause)}"
        case Years(first, last):
            return f"year:{first}..{last}"
        case Marked(kind, name):
            return f"{kind}:{name}"
        case Everything():
            return "*"


def _grouped(node: Node) -> str:
    text = in_carrel(node)
    return f"({text})" if isinstance(node, All | Either) else text
