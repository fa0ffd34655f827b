"""What a query's tree is made of: Whoosh's classes, and those that it has not.

A tree, as ``parse`` makes it, joins with And, Or and Not these:

- AnyField, words: one clause a field of its words. Each is a leaf (Term, Forms, Prefix, Wildcard or
  FuzzyTerm), leaves that stand near each other (Adjacent), or an Or of these. A Term or Forms also
  finds the words that it can be cut into (``expand.cuts``).
- Spelled, an Or: words as they were written, or with two neighbours as one.
- Similar: papers like another.
- ConstantScore of an AnyField, with score 0: ``category:`` and ``source:``, whose terms are whole
  folded names (``cs.cl``, ``hf_page``) in the fields ``categories`` and ``source``.
- Span, a range of a column; Mask, what the store answers; Every. These rank nothing.

Only AnyField and Similar bear a boost: the parser hands that of a group on to them.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from collections.abc import Sequence as Ordered
from functools import cached_property
from typing import TypeAlias

from whoosh.query.compound import And, AndMaybe, AndNot, Or
from whoosh.query.positional import Sequence
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import TermRange
from whoosh.query.terms import FuzzyTerm, MultiTerm, Prefix, Term, Wildcard
from whoosh.query.wrappers import ConstantScoreQuery as ConstantScore
from whoosh.query.wrappers import Not

from index.search.analysis import stem

__all__ = [
    "Adjacent",
    "And",
    "AndMaybe",
    "AndNot",
    "AnyField",
    "ConstantScore",
    "Every",
    "Forms",
    "FuzzyTerm",
    "JoinedForms",
    "JoinedTerm",
    "Leaf",
    "Mask",
    "Not",
    "Or",
    "Prefix",
    "Query",
    "Similar",
    "Span",
    "Spelled",
    "Term",
    "TermRange",
    "Wildcard",
    "boosted",
    "ranks",
]


class _Value(Query):
    """A clause that is what it holds: equal where the same was asked."""

    def _key(self) -> tuple[object, ...]:
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self), self._key()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._key()!r}"


class Forms(_Value, MultiTerm):
    """The written forms of a word's stem; with ``begun`` also the words that begin with it."""

    def __init__(self, fieldname: str, text: str, begun: bool = False) -> None:
        self.fieldname = fieldname
        self.text = text
        self.begun = begun
        self.boost = 1.0

    def _key(self) -> tuple[object, ...]:
        return self.fieldname, self.text, self.begun

    def __str__(self) -> str:
        return f"{self.fieldname}:{self.text}{'~*' if self.begun else '~'}"

    @cached_property
    def stem(self) -> str:
        """What the forms have in common."""
        return stem(self.text)

    @property
    def nearby(self) -> str:
        """How every form begins: the stem but for its last letter (see ``stem``)."""
        return self.stem[: max(2, len(self.stem) - 1)]

    def accepts(self, word: str) -> bool:
        """Whether a folded word is one of them."""
        return (self.begun and word.startswith(self.text)) or stem(word) == self.stem


class JoinedTerm(Term):
    """Words of the query written as one. It is cut into no others."""


class JoinedForms(Forms):
    """The forms of words of the query written as one. It is cut into no others."""


Leaf: TypeAlias = Term | Forms | Prefix | Wildcard | FuzzyTerm


class Adjacent(Sequence):
    """Leaves of one field in their order, with at most ``slop`` other words between them in all."""

    subqueries: Ordered[Leaf]

    def __init__(self, subqueries: Ordered[Query], slop: int = 0) -> None:
        Sequence.__init__(self, list(subqueries), slop=slop)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Adjacent)
            and self.slop == other.slop
            and self.subqueries == other.subqueries
        )

    __hash__ = Sequence.__hash__

    @property
    def fieldname(self) -> str:
        """The field of them all."""
        return self.subqueries[0].fieldname


class AnyField(Or):
    """The same words, one clause a field: they are scored as one term (BM25F).

    written: the clause as the query has it, for example ``author:hinton``. Two are equal whatever
    it is.
    """

    def __init__(
        self, subqueries: Ordered[Query], boost: float = 1.0, *, written: str = ""
    ) -> None:
        Or.__init__(self, list(subqueries), boost=boost)
        self.written = written


class Spelled(Or):
    """The first child is the words as written; in each other two neighbours are one word."""


class Similar(_Value):
    """Papers like another one."""

    def __init__(self, paper_id: int, boost: float = 1.0) -> None:
        self.paper_id = paper_id
        self.boost = boost

    def _key(self) -> tuple[object, ...]:
        return self.paper_id, self.boost


class Span(_Value):
    """Papers whose value in a column lies in a range, both ends included; 0 (unknown) never does.

    column: ``year``; ``published`` (yyyymmdd, with 00 for a month or a day that is not known);
    ``added`` or ``opened`` (``datetime.date.toordinal``); or ``rating``. low: 1 or more. low may
    lie above high: no paper.
    """

    def __init__(self, column: str, low: int, high: int) -> None:
        self.column = column
        self.low = low
        self.high = high

    def _key(self) -> tuple[object, ...]:
        return self.column, self.low, self.high


class Mask(_Value):
    """Papers that the store names: of a tag, on a list, in a state, with words or an identifier.

    kind: ``tag``, ``list``, ``follow``, ``status``, ``is``, ``note``, ``text`` or ``id``. name:
    folded, but for the words of a note or a text and an identifier. begun: names that begin with
    it count too. lists: of a status, the lists on which it is meant; without any, it is one on any
    list.
    """

    def __init__(
        self, kind: str, name: str, begun: bool = False, *, lists: tuple[Mask, ...] = ()
    ) -> None:
        self.kind = kind
        self.name = name
        self.begun = begun
        self.lists = lists

    def _key(self) -> tuple[object, ...]:
        return self.kind, self.name, self.begun, self.lists

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}{'*' * self.begun}"


def ranks(tree: Query) -> bool:
    """Whether a query ranks what it finds: it holds words, and not only filters."""
    match tree:
        case AnyField() | Similar():
            return True
        case And() | Or():
            return any(ranks(child) for child in tree.children())
    return False


def boosted(tree: Query, boost: float) -> Query:
    """A query whose words count for ``boost`` times as much."""
    match tree:
        case _ if boost == 1:
            return tree
        case AnyField():
            return AnyField(tree.subqueries, tree.boost * boost, written=tree.written)
        case Similar():
            return Similar(tree.paper_id, tree.boost * boost)
        case And() | Or():
            return type(tree)([boosted(child, boost) for child in tree.children()])
    return tree
