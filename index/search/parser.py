"""The query language, as plugins of Whoosh's query parser.

Words are ANDed; ``OR`` joins its two neighbours, ``AND`` binds tighter than ``OR``, ``NOT`` and
``-`` tightest. Quotes hold a phrase of words as written, parentheses group, ``diff*`` is the
beginning of a word, and ``title:`` and its like (``nodes.FIELDS``) stand before what they apply to.
What is no syntax is words, so a pasted title finds its paper.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from re import Match

from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser
from whoosh.qparser.taggers import RegexTagger

from index.errors import QueryError
from index.search.clauses import Query
from index.search.nodes import FIELDS, All, Clause, Either, Negation
from index.text import to_unicode

LONGEST_QUERY = 2000  # characters
DEEPEST = 50  # parentheses within parentheses

_QUOTES = '"“”„'
_END = rf"(?=[\s(){_QUOTES}]|$)"


def parse(text: str, *, as_typed: bool = False) -> Query | None:
    """What a query asks for; None where it asks for nothing in particular.

    as_typed: the query is being typed. Its last word, if it stands at the very end, counts as the
    beginning of a word, and what dangles is passed over. Raises QueryError where the query cannot
    be understood.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"The query is too long: {len(text):,} characters, and {LONGEST_QUERY:,} are the most."
        )
    text = to_unicode(text)
    parser = _parser(as_typed)
    found: Query | None = parser.process(text).query(parser)
    if found is None and text.strip() and not as_typed:
        raise QueryError("There is no word in the query to search for.")
    return found


@lru_cache(maxsize=2)
def _parser(as_typed: bool) -> QueryParser:
    return QueryParser(None, None, [Lexer(as_typed), Structure(as_typed)], group=All)


class Field(syntax.MarkerNode):
    """``title:`` and its like: applies to the clause that follows."""

    def __init__(self, name: str) -> None:
        self.name = name


class Operator(syntax.MarkerNode):
    """``AND``, ``OR``, ``NOT`` (also written ``-``), ``(`` or ``)``."""

    def __init__(self, sign: str) -> None:
        self.sign = sign


class _Tagger(RegexTagger):
    """Makes a node of what a pattern matches."""

    def __init__(self, pattern: str, node: Callable[[Match[str]], syntax.SyntaxNode]) -> None:
        RegexTagger.__init__(self, pattern)
        self.node = node

    def create(self, parser: QueryParser, match: Match[str]) -> syntax.SyntaxNode:
        return self.node(match)


class Lexer(plugins.Plugin):
    """Cuts a query into fields, operators and clauses; every character belongs to one of them."""

    def __init__(self, as_typed: bool) -> None:
        names = "|".join(FIELDS)
        clause = partial(_clause, as_typed=as_typed)
        self._taggers = [
            _Tagger(
                rf"(?i:(?P<name>{names})):", lambda match: Field(FIELDS[match["name"].lower()])
            ),
            _Tagger(rf"(?P<sign>AND|OR|NOT){_END}|(?P<paren>[()])", _operator),
            _Tagger(r"(?<![^\s(:-])-(?=\S)", lambda match: Operator("NOT")),
            _Tagger(rf"[{_QUOTES}](?P<text>[^{_QUOTES}]*)(?P<closed>[{_QUOTES}]|$)", clause),
            _Tagger(rf"(?P<text>[^\s(){_QUOTES}]+)", clause),
        ]

    def taggers(self, parser: QueryParser) -> list[tuple[RegexTagger, int]]:
        return [(tagger, priority) for priority, tagger in enumerate(self._taggers)]


def _operator(match: Match[str]) -> Operator:
    return Operator(match[0])


def _clause(match: Match[str], as_typed: bool) -> Clause:
    groups = match.groupdict()
    at_end = match.end() == len(match.string) and not groups.get("closed")
    return Clause(match["text"], quoted="closed" in groups, unfinished=as_typed and at_end)


class Structure(plugins.Plugin):
    """Builds the tree: parentheses, fields, negation, AND, OR."""

    def __init__(self, as_typed: bool) -> None:
        self._as_typed = as_typed

    def filters(
        self, parser: QueryParser
    ) -> list[tuple[Callable[[QueryParser, syntax.GroupNode], syntax.GroupNode], int]]:
        return [(self._build, 510)]  # after the white space is gone

    def _build(self, parser: QueryParser, tokens: syntax.GroupNode) -> syntax.GroupNode:
        levels: list[list[syntax.SyntaxNode]] = [[]]
        for token in tokens:
            sign = token.sign if isinstance(token, Operator) else ""
            if sign == "(":
                levels.append([])
                if len(levels) > DEEPEST + 1:
                    raise QueryError(f"Parentheses stand more than {DEEPEST} deep in the query.")
            elif sign != ")":
                levels[-1].append(token)
            elif len(levels) > 1:
                inner = levels.pop()
                levels[-1].append(self._group(inner))
        while len(levels) > 1:  # what is open at the end, ends there
            inner = levels.pop()
            levels[-1].append(self._group(inner))
        return self._group(levels[0])

    def _group(self, tokens: list[syntax.SyntaxNode]) -> syntax.GroupNode:
        """The clauses of one level of parentheses, operators applied."""
        tokens = list(self._prefixed(tokens))
        tokens = self._infixed(tokens, "AND", All)
        tokens = self._infixed(tokens, "OR", Either)
        return All(tokens)

    def _prefixed(self, tokens: list[syntax.SyntaxNode]) -> Iterator[syntax.SyntaxNode]:
        """Apply fields and negations to the clause that follows them."""
        waiting: list[Field | Operator] = []
        for token in tokens:
            if isinstance(token, Field) or (isinstance(token, Operator) and token.sign == "NOT"):
                waiting.append(token)
                continue
            if isinstance(token, Operator):
                self._dangles(waiting)
                waiting = []
            node = token
            while waiting:
                marker = waiting.pop()
                if isinstance(marker, Field):
                    node.set_fieldname(marker.name)
                else:
                    if isinstance(node, Clause):
                        node.negated = True
                    node = Negation([node])
            yield node
        self._dangles(waiting)

    def _infixed(
        self, tokens: list[syntax.SyntaxNode], sign: str, kind: type[syntax.GroupNode]
    ) -> list[syntax.SyntaxNode]:
        """Join the neighbours of each operator ``sign``."""
        joined: list[syntax.SyntaxNode] = []
        pending: list[Operator] = []
        chain: syntax.GroupNode | None = None
        for token in tokens:
            if isinstance(token, Operator) and token.sign == sign:
                if pending or not joined or isinstance(joined[-1], Operator):
                    self._dangles([token])
                else:
                    pending = [token]
            elif not pending or isinstance(token, Operator):
                self._dangles(pending)
                pending, chain = [], None
                joined.append(token)
            else:
                if chain is None:
                    chain = kind([joined.pop()])
                    joined.append(chain)
                chain.append(token)
                pending = []
        self._dangles(pending)
        return joined

    def _dangles(self, markers: list[Field | Operator] | list[Operator]) -> None:
        """Refuse markers with nothing to apply to, unless they are being typed."""
        if markers and not self._as_typed:
            marker = markers[-1]
            if isinstance(marker, Field):
                raise QueryError(f"{marker.name}: needs a word after it.")
            sides = "after it" if marker.sign == "NOT" else "on both sides"
            raise QueryError(f"{marker.sign} needs a word {sides}.")
