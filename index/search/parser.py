"""The query language, as plugins of Whoosh's query parser.

Words are ANDed; ``OR`` joins its two neighbours, ``AND`` binds tighter than ``OR``, ``NOT`` and
``-`` tightest. Quotes hold a phrase of words as written (``~3`` after it lets that many others
stand between), parentheses group, ``diff*`` is the beginning of a word, ``gr?ph`` a pattern,
``word~`` a word that may be misspelled, ``^2`` makes what it follows count twice, and ``title:``
and its like (FIELDS) stand before what they apply to; of the words after ``any:`` one is enough.
What is no syntax is words, so a pasted title finds its paper.
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from re import Match

from whoosh.qparser import plugins, syntax
from whoosh.qparser.default import QueryParser
from whoosh.qparser.taggers import RegexTagger

from index.errors import QueryError
from index.search.clauses import Query
from index.search.groups import All, AnyRow, Either, Negation, Row, clauses_of
from index.search.nodes import Clause
from index.search.scope import scoped
from index.text import to_unicode

FIELDS = {
    "title": "title",
    "abstract": "abstract",
    "author": "authors",
    "authors": "authors",
    "venue": "venue",
    "year": "year",
    "published": "published",
    "added": "added",
    "opened": "opened",
    "category": "categories",
    "source": "source",
    "follow": "follow",
    "id": "id",
    "tag": "tag",
    "list": "list",
    "status": "status",
    "rating": "rating",
    "note": "note",
    "text": "text",
    "is": "is",
    "has": "has",
    "similar": "similar",
    "any": "any",
}
"""What may stand before a colon, and the field it means; ``any`` is none, but stands as they do."""

LONGEST_QUERY = 2000  # characters
DEEPEST = 50  # parentheses within parentheses

_QUOTES = '"“”„'
_END = rf"(?=[\s(){_QUOTES}]|$)"
_BOOST = r"(?:\^(?P<boost>\d{1,3}(?:\.\d{0,3})?|\.\d{1,3})?(?![\w.]))?"
_SLOP = r"(?:~(?P<slop>\d{1,2})?(?!\w))?"


def parse(
    text: str, *, as_typed: bool = False, any_word: bool = False, today: dt.date | None = None
) -> Query | None:
    """What a query asks for; None where it asks for nothing in particular.

    as_typed: the query is being typed. Its last word, if it stands at the very end, counts as the
    beginning of a word, and what dangles is passed over. any_word: one of the words is enough,
    where no AND joins them. today: the day that ``added:7d`` counts from; without it the reader's.
    Raises QueryError where the query cannot be understood.
    """
    parser = _parser(as_typed, any_word, today or dt.datetime.now().astimezone().date())
    found: Query | None = parser.process(_readable(text)).query(parser)
    if found is None and text.strip() and not as_typed:
        raise QueryError("There is no word in the query to search for.")
    return scoped(found) if found else None


def clauses(text: str, *, as_typed: bool = False) -> list[Clause]:
    """The clauses of a query that must hold, as they stand in it. Raises QueryError."""
    parser = _parser(as_typed, False, dt.date.min)
    found = clauses_of(parser.process(_readable(text)))
    return [clause for clause in found if not clause.negated]


def _readable(text: str) -> str:
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            f"The query is too long: {len(text):,} characters, and {LONGEST_QUERY:,} are the most."
        )
    return to_unicode(text)


@lru_cache(maxsize=8)
def _parser(as_typed: bool, any_word: bool, today: dt.date) -> QueryParser:
    plugins_ = [Lexer(as_typed, today), Structure(as_typed, AnyRow if any_word else Row)]
    return QueryParser(None, None, plugins_, group=Row)


class Field(syntax.MarkerNode):
    """``title:`` and its like: applies to the clause that follows."""

    def __init__(self, name: str) -> None:
        self.name = name

    def before(self, node: syntax.SyntaxNode) -> syntax.SyntaxNode:
        """A clause or a group with the field applied to it."""
        if self.name == "any":
            return AnyRow(node.nodes, boost=node.boost) if isinstance(node, Row) else node
        node.set_fieldname(self.name)
        return node


class Operator(syntax.MarkerNode):
    """``AND``, ``OR``, ``NOT`` (also written ``-``), ``(`` or ``)``, which may bear a boost."""

    def __init__(self, sign: str, boost: float = 1.0) -> None:
        self.sign = sign
        self.boost = boost


class _Tagger(RegexTagger):
    """Makes a node of what a pattern matches."""

    def __init__(self, pattern: str, node: Callable[[Match[str]], syntax.SyntaxNode]) -> None:
        RegexTagger.__init__(self, pattern)
        self.node = node

    def create(self, parser: QueryParser, match: Match[str]) -> syntax.SyntaxNode:
        return self.node(match)


class Lexer(plugins.Plugin):
    """Cuts a query into fields, operators and clauses; every character belongs to one of them."""

    def __init__(self, as_typed: bool, today: dt.date) -> None:
        names = "|".join(FIELDS)
        quoted, bare = partial(_quoted, as_typed, today), partial(_bare, as_typed, today)
        self._taggers = [
            _Tagger(rf"(?i:(?P<name>{names})):", _field),
            _Tagger(rf"(?P<sign>(?:AND|OR|NOT){_END}|\()|\){_BOOST}", _operator),
            _Tagger(r"(?<![^\s(:-])-(?=\S)", lambda match: Operator("NOT")),
            _Tagger(rf"[{_QUOTES}](?P<text>[^{_QUOTES}]*)(?:[{_QUOTES}]{_SLOP}{_BOOST}|$)", quoted),
            _Tagger(rf"(?P<text>[^\s(){_QUOTES}]+?)(?P<fuzzy>~[12]?)?{_BOOST}{_END}", bare),
        ]

    def taggers(self, parser: QueryParser) -> list[tuple[RegexTagger, int]]:
        return [(tagger, priority) for priority, tagger in enumerate(self._taggers)]


def _field(match: Match[str]) -> Field:
    return Field(FIELDS[match["name"].lower()])


def _operator(match: Match[str]) -> Operator:
    return Operator(match["sign"] or ")", _boost(match))


def _quoted(as_typed: bool, today: dt.date, match: Match[str]) -> Clause:
    text, slop = match["text"], int(match["slop"] or 0)
    unfinished = as_typed and match.end("text") == len(match.string)
    return Clause(text, today, quoted=True, unfinished=unfinished, slop=slop, boost=_boost(match))


def _bare(as_typed: bool, today: dt.date, match: Match[str]) -> Clause:
    fuzzy = match["fuzzy"]
    return Clause(
        match["text"],
        today,
        unfinished=as_typed and match.end("text") == len(match.string),
        fuzzy=int(fuzzy[1:] or 1) if fuzzy else 0,
        boost=_boost(match),
    )


def _boost(match: Match[str]) -> float:
    return float(match["boost"] or 1)


class Structure(plugins.Plugin):
    """Builds the tree: parentheses, fields, negation, AND, OR."""

    def __init__(self, as_typed: bool, row: type[Row]) -> None:
        self._as_typed = as_typed
        self._row = row

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
                levels[-1].append(self._group(inner, token.boost))
        while len(levels) > 1:  # what is open at the end, ends there
            inner = levels.pop()
            levels[-1].append(self._group(inner))
        return self._group(levels[0])

    def _group(self, tokens: list[syntax.SyntaxNode], boost: float = 1.0) -> syntax.GroupNode:
        """The clauses of one level of parentheses, operators applied."""
        tokens = list(self._prefixed(tokens))
        tokens = self._infixed(tokens, "AND", All)
        tokens = self._infixed(tokens, "OR", Either)
        return self._row(tokens, boost=boost)

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
            negated = False
            for marker in reversed(waiting):
                if isinstance(marker, Field):
                    token = marker.before(token)
                else:  # NOT NOT is nothing
                    negated = not negated
            waiting = []
            yield Negation([token]) if negated else token
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
