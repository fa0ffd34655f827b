"""The syntax tree of a query: what its clauses mean, as queries of Whoosh."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NoReturn

from whoosh.qparser import syntax

from index.errors import QueryError
from index.search.analysis import STOP_WORDS, words
from index.search.clauses import (
    Adjacent,
    And,
    AnyField,
    Every,
    Forms,
    Leaf,
    Mask,
    Not,
    Or,
    Prefix,
    Query,
    Term,
    TermRange,
)
from index.search.papers import STATES
from index.search.schema import STEMMED, WEIGHTS
from index.text import clean_line, fold

FIELDS = {
    "title": "title",
    "abstract": "abstract",
    "author": "authors",
    "authors": "authors",
    "venue": "venue",
    "year": "year",
    "tag": "tag",
    "list": "list",
    "is": "is",
    "has": "has",
}
"""What may stand before a colon, and the field it means."""

_YEARS = re.compile(r"(?P<low>\d{0,4})(?P<range>\.\.?)?(?P<high>\d{0,4})")
_HAS = {"note": Mask("is", "noted")}


class Group(syntax.GroupNode):
    """Clauses that belong together."""

    def __init__(self, nodes: list[syntax.SyntaxNode] | None = None, **options: Any) -> None:
        syntax.GroupNode.__init__(self, nodes, **options)


class All(Group):
    """Clauses that must all hold. Stop words count only where nothing else tells."""

    def query(self, parser: object) -> Query | None:
        told = [(node, found) for node in self.nodes if (found := node.query(parser))]
        if any(not isinstance(node, Negation) and not _is_stop(node) for node, _ in told):
            told = [(node, found) for node, found in told if not _is_stop(node)]
        return _joined(And, [found for _, found in told])


class Either(Group):
    """Clauses of which one must hold."""

    def query(self, parser: object) -> Query | None:
        return _joined(Or, [found for node in self.nodes if (found := node.query(parser))])


class Negation(Group):
    """A clause that must not hold."""

    def query(self, parser: object) -> Query | None:
        found = self.nodes[0].query(parser)
        return Not(found) if found else None


def _joined(kind: type[And | Or], clauses: Sequence[Query]) -> Query | None:
    return kind(list(clauses)) if len(clauses) > 1 else clauses[0] if clauses else None


def _is_stop(node: syntax.SyntaxNode) -> bool:
    return isinstance(node, Clause) and node.is_stop_word()


class Clause(syntax.SyntaxNode):
    """Words that stand together: one run of characters, or what is in quotes.

    unfinished: it is being typed still, so its last word counts as the beginning of a word. What is
    negated counts only as it stands: half a word must not take away what the whole one leaves.
    """

    has_fieldname = True

    def __init__(self, text: str, quoted: bool, unfinished: bool) -> None:
        self.fieldname: str | None = None
        self.text = text
        self.quoted = quoted
        self.unfinished = unfinished
        self.negated = False

    def r(self) -> str:
        return repr(self.text)

    def is_stop_word(self) -> bool:
        if self.fieldname or self.quoted or self.unfinished:
            return False
        found = [word.text for word in words(self.text)]
        return len(found) == 1 and found[0] in STOP_WORDS

    def query(self, parser: object) -> Query | None:
        match self.fieldname:
            case "year":
                return self._years()
            case "is" | "has":
                return self._state(self.fieldname)
            case "tag" | "list":
                name = fold(clean_line(self.text))
                return Mask(self.fieldname, name, self._begun) if name else None
            case None:
                return self._words(list(WEIGHTS))
            case field:
                return self._words([field])

    @property
    def _begun(self) -> bool:
        return self.unfinished and not self.negated

    def _words(self, fields: Sequence[str]) -> Query | None:
        if self.text.strip("*") == "" and self.text and not self.quoted:
            return Every()
        found = list(words(self.text))
        parts = [word.text for word in found if word.width == 1]
        if not parts:
            return None
        whole = [] if self.quoted else [word.text for word in found if word.width == len(parts)]
        return AnyField([self._in_field(field, parts, whole) for field in fields])

    def _in_field(self, field: str, parts: Sequence[str], whole: Sequence[str]) -> Query:
        leaves: list[Query] = [self._leaf(field, part) for part in parts[:-1]]
        leaves.append(self._leaf(field, parts[-1], last=True))
        if len(leaves) == 1:
            return leaves[0]
        together = Adjacent(leaves)
        if not whole:
            return together
        return Or([together, self._leaf(field, whole[0], last=True)])

    def _leaf(self, field: str, word: str, last: bool = False) -> Leaf:
        starred = last and not self.quoted and self.text.endswith("*")
        begun = last and self._begun
        if field in STEMMED and not self.quoted and not starred:
            return Forms(field, word, begun)
        return Prefix(field, word) if starred or begun else Term(field, word)

    def _years(self) -> Query | None:
        match = _YEARS.fullmatch(self.text.strip())
        if not match:
            self._refuse("year: takes a year or a range: 2022, 2022..2024, 2022.. or ..2024")
        low, high = match["low"], match["high"]
        if not match["range"]:
            high = low
        whole = (low or high) and match["range"] != "." and {len(low), len(high)} <= {0, 4}
        if not (whole or self._begun):
            if self.unfinished:
                return None
            self._refuse("year: takes years of four digits")
        first, final = low.ljust(4, "0"), (high or "9").ljust(4, "9")
        return TermRange("year", min(first, final), max(first, final))

    def _state(self, field: str) -> Query | None:
        value = fold(self.text.strip())
        known = {state: Mask("is", state) for state in STATES} if field == "is" else _HAS
        if value in known:
            return known[value]
        begun = [mask for state, mask in known.items() if state.startswith(value)]
        if not (self.unfinished and begun):
            self._refuse(f"{field}: takes one of {', '.join(known)}")
        return None if self.negated else _joined(Or, begun)

    def _refuse(self, reason: str) -> NoReturn:
        shown = clean_line(self.text)
        shown = shown if len(shown) <= 40 else shown[:39] + "…"
        raise QueryError(f"{reason}, not “{shown}”.")
