"""What a query's tree is made of: Whoosh's classes, and three that it has not.

A tree, as ``parse`` makes it, joins with And, Or and Not these: AnyField (words), TermRange
(years), Mask and Every. An AnyField holds one clause a field: a leaf (Term, Prefix or Forms),
leaves that stand side by side (Adjacent), or an Or of Adjacent leaves and the compound they spell.
"""

from __future__ import annotations

from typing import TypeAlias

from whoosh.query.compound import And, Or
from whoosh.query.positional import Sequence
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import TermRange
from whoosh.query.terms import MultiTerm, Prefix, Term
from whoosh.query.wrappers import Not

from index.search.analysis import stem

__all__ = [
    "Adjacent",
    "And",
    "AnyField",
    "Every",
    "Forms",
    "Leaf",
    "Mask",
    "Not",
    "Or",
    "Prefix",
    "Query",
    "Term",
    "TermRange",
]


class Forms(MultiTerm):
    """The written forms of a word's stem; with ``begun`` also the words that begin with it."""

    def __init__(self, fieldname: str, text: str, begun: bool = False) -> None:
        self.fieldname = fieldname
        self.text = text
        self.begun = begun
        self.boost = 1.0
        self._stem = stem(text)

    def __str__(self) -> str:
        return f"{self.fieldname}:{self.text}{'~*' if self.begun else '~'}"

    def accepts(self, word: str) -> bool:
        """Whether a folded word is one of them."""
        return (self.begun and word.startswith(self.text)) or stem(word) == self._stem


Leaf: TypeAlias = Term | Prefix | Forms


class Adjacent(Sequence):
    """Leaves of one field that stand side by side."""

    subqueries: list[Leaf]

    @property
    def fieldname(self) -> str:
        """The field of them all."""
        return self.subqueries[0].fieldname


class AnyField(Or):
    """The same words, one clause a field: they are scored as one term (BM25F)."""


class Mask(Query):
    """Papers that the store names: those of a tag, on a list, or in a state.

    kind: ``tag``, ``list`` or ``is``. name: folded. begun: names that begin with it count too.
    """

    def __init__(self, kind: str, name: str, begun: bool = False) -> None:
        self.kind = kind
        self.name = name
        self.begun = begun

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}{'*' * self.begun}"
