"""Groups: the clauses of a query, joined by what stands between them."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from whoosh.qparser import syntax

from index.search.analysis import STOP_WORDS
from index.search.clauses import And, Not, Or, Query, Spelled, boosted, ranks
from index.search.nodes import MOST_JOINED, Clause


class Group(syntax.GroupNode):
    """Clauses that belong together."""

    def __init__(self, nodes: list[syntax.SyntaxNode] | None = None, **options: Any) -> None:
        syntax.GroupNode.__init__(self, nodes, **options)

    def asked(self, parser: object) -> list[tuple[syntax.SyntaxNode, Query]]:
        """The clauses that ask for something, with what they ask."""
        return [(node, found) for node in self.nodes if (found := node.query(parser))]


class All(Group):
    """Clauses that must all hold. Stop words count only where nothing else tells."""

    def asked(self, parser: object) -> list[tuple[syntax.SyntaxNode, Query]]:
        told = super().asked(parser)
        if any(not isinstance(node, Negation) and not _is_stop(node) for node, _ in told):
            told = [(node, found) for node, found in told if not _is_stop(node)]
        return told

    def query(self, parser: object) -> Query | None:
        return _group(And, [found for _, found in self.asked(parser)])


class Row(All):
    """Clauses in a row, without an operator between them.

    any_word: one of the words is enough; what does not rank must hold all the same.
    """

    any_word = False

    def query(self, parser: object) -> Query | None:
        told = self.asked(parser)
        clauses = [found for _, found in told]
        if self.any_word:
            wanted = _group(Or, [found for found in clauses if ranks(found)])
            either = _group(
                Spelled, [wanted, *(joined for _, joined in self._joined(told, parser))]
            )
            found = _group(And, [either, *(found for found in clauses if not ranks(found))])
        else:
            others = [
                _group(And, [*clauses[:at], joined, *clauses[at + 2 :]])
                for at, joined in self._joined(told, parser)
            ]
            found = _group(Spelled, [_group(And, clauses), *others])
        return boosted(found, self.boost) if found else None

    def _joined(
        self, told: Sequence[tuple[syntax.SyntaxNode, Query]], parser: object
    ) -> list[tuple[int, Query]]:
        """Two neighbours as one word (``data set``: ``dataset``), and where the first stands."""
        if len(told) > MOST_JOINED:
            return []
        places = {id(node): place for place, (node, _) in enumerate(told)}
        return [
            (places[id(one)], found)
            for one, other in pairwise(self.nodes)
            if id(one) in places and isinstance(one, Clause) and isinstance(other, Clause)
            if (joined := one.with_next(other)) and (found := joined.query(parser))
        ]


class AnyRow(Row):
    """A row of which any word is enough."""

    any_word = True


class Either(Group):
    """Clauses of which one must hold."""

    def query(self, parser: object) -> Query | None:
        return _group(Or, [found for _, found in self.asked(parser)])


class Negation(Group):
    """A clause that must not hold."""

    def __init__(self, nodes: list[syntax.SyntaxNode], **options: Any) -> None:
        Group.__init__(self, nodes, **options)
        for clause in clauses_of(self):
            clause.negated = True

    def query(self, parser: object) -> Query | None:
        found = self.nodes[0].query(parser)
        return Not(found) if found else None


def clauses_of(node: syntax.SyntaxNode) -> Iterator[Clause]:
    """The clauses of a query as they stand in it, from left to right."""
    if isinstance(node, Clause):
        yield node
    elif isinstance(node, Group):
        for child in node.nodes:
            yield from clauses_of(child)


def _group(kind: type[And | Or], clauses: Sequence[Query | None]) -> Query | None:
    asked = [clause for clause in clauses if clause]
    return kind(asked) if len(asked) > 1 else asked[0] if asked else None


def _is_stop(node: syntax.SyntaxNode) -> bool:
    if not isinstance(node, Clause) or node.fieldname or node.unfinished:
        return False
    return node.word in STOP_WORDS
