"""A clause of a query: words that stand together, and what they mean as a query of Whoosh."""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from whoosh.qparser import syntax

from index.search.analysis import Word, joins, words
from index.search.clauses import (
    Adjacent,
    AnyField,
    Every,
    Forms,
    FuzzyTerm,
    JoinedForms,
    JoinedTerm,
    Leaf,
    Or,
    Prefix,
    Query,
    Term,
    Wildcard,
    boosted,
)
from index.search.filters import Value, filtered
from index.search.schema import STEMMED, WEIGHTS

MOST_JOINED = 10  # words in a row of which two neighbours are also tried as one

_WORD_FIELDS = frozenset({"title", "abstract", "authors", "venue"})
_NO_WILDCARD = re.compile(r"(?<![\w*?])[*?]+|\?+(?![\w*?])")  # such as what ends a question


class Clause(syntax.SyntaxNode):
    """Words that stand together: one run of characters, or what is in quotes.

    unfinished: it is being typed still, so its last word counts as the beginning of a word. What is
    negated counts only as it stands: half a word must not take away what the whole one leaves.
    fuzzy: letters in which its words may differ. slop: other words that may stand between them.
    joined: it is two words of the query as one.
    """

    has_fieldname = True

    def __init__(
        self,
        text: str,
        today: dt.date,
        *,
        quoted: bool = False,
        unfinished: bool = False,
        fuzzy: int = 0,
        slop: int = 0,
        boost: float = 1.0,
        joined: bool = False,
    ) -> None:
        self.fieldname: str | None = None
        self.text = text
        self.today = today
        self.quoted = quoted
        self.unfinished = unfinished
        self.fuzzy = fuzzy
        self.slop = slop
        self.boost = boost
        self.joined = joined
        self.negated = False

    def r(self) -> str:
        return repr(self.text)

    @property
    def word(self) -> str | None:
        """The word that it is, where it is a single one without any sign."""
        plain = self.fields and not (self.quoted or self.fuzzy or self._wild)
        return self._found[0].text if plain and len(self._found) == 1 else None

    @property
    def fields(self) -> Sequence[str]:
        """The fields that its words are looked for in; none where it is no words but a value."""
        if self.fieldname is None:
            return tuple(WEIGHTS)
        return (self.fieldname,) if self.fieldname in _WORD_FIELDS else ()

    @property
    def start(self) -> int:
        """Where its text begins in the query."""
        return int(self.startchar) + self.quoted

    @property
    def plain_words(self) -> Sequence[Word]:
        """Its words, in the order and at the places of its text; none where it has a wildcard."""
        signs = self._wild or self.fuzzy or not self.fields
        return [] if signs else [word for word in self._found if word.width == 1]

    def with_next(self, other: Clause) -> Clause | None:
        """This word and the next as one, where they may be."""
        one, two = self.word, other.word
        whole = not self.unfinished and self.fieldname == other.fieldname
        if not (whole and one and two and joins(one, two)):
            return None
        both = Clause(
            one + two, self.today, unfinished=other.unfinished, boost=self.boost, joined=True
        )
        both.fieldname = self.fieldname
        return both

    def query(self, parser: object) -> Query | None:
        if self.fields:
            return self._words()
        field = str(self.fieldname)
        begun = self._begun or (self.text.endswith("*") and not self.quoted)
        text = self.text.rstrip("*") if begun else self.text
        value = Value(field, text, begun, self.unfinished, self.negated, self.today)
        return boosted(found, self.boost) if (found := filtered(value)) else None

    @property
    def _begun(self) -> bool:
        return self.unfinished and not self.negated

    @cached_property
    def _shown(self) -> str:
        """The text; without quotes around it, ``*`` and ``?`` only where they are wildcards."""
        return self.text if self.quoted else _NO_WILDCARD.sub(" ", self.text)

    @property
    def _wild(self) -> bool:
        return not self.quoted and ("*" in self._shown or "?" in self._shown)

    @cached_property
    def _found(self) -> list[Word]:
        return list(words(self._shown, wild=self._wild))

    def _words(self) -> Query | None:
        if self.text and not self.text.strip("*") and not self.quoted:
            return Every()
        runs = _runs(self._found, self.quoted, self.joined)
        if not runs:
            return None
        clauses = [self._in_field(field, runs) for field in self.fields]
        return AnyField(clauses, self.boost, written=self._written())

    def _written(self) -> str:
        field = {None: "", "authors": "author:"}.get(self.fieldname, f"{self.fieldname}:")
        text = f'"{self.text}"' if self.quoted else self.text
        slop = f"~{self.slop}" * bool(self.slop) + f"~{self.fuzzy}" * bool(self.fuzzy)
        return f"{field}{text}{slop}" + (f"^{self.boost:g}" if self.boost != 1 else "")

    def _in_field(self, field: str, runs: Sequence[Sequence[_Spelt]]) -> Query:
        clauses: list[Query] = []
        for *before, last in runs:
            leaves = [self._leaf(field, word) for word in before]
            leaves.append(self._leaf(field, last, begun=self._begun))
            clauses.append(Adjacent(leaves, self.slop) if before else leaves[0])
        return Or(clauses) if len(clauses) > 1 else clauses[0]

    def _leaf(self, field: str, word: _Spelt, begun: bool = False) -> Leaf:
        text = word.text
        beginning = text.rstrip("*")
        if "*" in beginning or "?" in beginning:
            return Wildcard(field, f"{beginning}*" if begun or beginning != text else text)
        if beginning != text:
            return Prefix(field, beginning)
        if self.fuzzy:
            return FuzzyTerm(field, text, maxdist=self.fuzzy)
        if field in STEMMED and not self.quoted:
            return (JoinedForms if word.joined else Forms)(field, text, begun)
        if begun:
            return Prefix(field, text)
        return (JoinedTerm if word.joined else Term)(field, text)


class _Spelt(NamedTuple):
    """A word as it is looked for. joined: several words of the query as one."""

    text: str
    joined: bool = False


def _runs(found: Sequence[Word], quoted: bool, joined: bool) -> list[tuple[_Spelt, ...]]:
    """The ways to spell words that stand together: as written, and compounds as one word.

    In quotes any two neighbours may be a compound.
    """
    single = [_Spelt(word.text, joined) for word in found if word.width == 1]
    if not single:
        return []
    merged = list(single)
    for word in reversed([word for word in found if word.width > 1]):
        merged[word.position : word.position + word.width] = [_Spelt(word.text, True)]
    runs = [tuple(single), tuple(merged)]
    if quoted and len(single) <= MOST_JOINED:
        for at, (one, other) in enumerate(pairwise(single)):
            if joins(one.text, other.text):
                both = _Spelt(one.text + other.text, True)
                runs.append((*single[:at], both, *single[at + 2 :]))
    return list(dict.fromkeys(runs))
