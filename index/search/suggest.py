"""Did you mean: a query that finds nothing, with its unknown words replaced by known ones."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import log1p

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.errors import QueryError
from index.search.analysis import Word
from index.search.clauses import Forms
from index.search.expand import Lexicon, cuts, expand
from index.search.nodes import Clause
from index.search.parser import FIELDS, clauses, parse
from index.search.schema import STEMMED
from index.text import to_unicode

SHORTEST = 4  # letters of a word that is corrected: too many others are near a shorter one
SHORTEST_FIELD = 3  # letters of a field's name that is
LONG = 6  # letters of a word that two of them may be wrong in
_LETTER = 3.0  # one more letter that differs must be made up by e**3 times the papers


def suggest(query: str, lexicons: Mapping[str, Lexicon], *, as_typed: bool = False) -> str | None:
    """A query like this one, its words that the index lacks replaced; None where nothing is near.

    lexicons: one a field. A word is replaced by the one that is nearest to it and in most papers,
    of those that begin with its first letter or, where the first two have changed places, with its
    second; before a colon, by the name of a field that is near, where that makes a query. All else
    stays as it is written. Raises QueryError.
    """
    meant = _corrected(query, lexicons, as_typed)
    try:
        return meant if meant and parse(meant, as_typed=as_typed) else None
    except QueryError:  # the field takes no such value
        return None


def _corrected(query: str, lexicons: Mapping[str, Lexicon], as_typed: bool) -> str | None:
    text = to_unicode(query)
    shown, end = [], 0
    for clause in clauses(query, as_typed=as_typed):
        known = [lexicons[field] for field in clause.fields if field in lexicons]
        for word in clause.plain_words:
            if _is_known(word, clause, lexicons):
                continue
            start, after = clause.start + word.start, clause.start + word.end
            field = _nearest_field(word.text) if text[after : after + 1] == ":" else None
            if better := field or _nearest(word.text, known):
                shown += [text[end:start], better]
                end = after
    return "".join([*shown, text[end:]]) if shown else None


def _is_known(word: Word, clause: Clause, lexicons: Mapping[str, Lexicon]) -> bool:
    begun = clause.unfinished and word == clause.plain_words[-1]
    for field in clause.fields:
        if lexicon := lexicons.get(field):
            leaf = Forms(field, word.text, begun)
            held = expand(leaf, lexicon) if begun or field in STEMMED else lexicon.count(word.text)
            if held or cuts(leaf, lexicon):
                return True
    return False


def _nearest_field(word: str) -> str | None:
    """The name of a field that is most likely meant."""
    if len(word) < SHORTEST_FIELD:
        return None
    names = [name for name in FIELDS if len(name) >= SHORTEST_FIELD]
    found = process.extractOne(word, names, scorer=OSA.distance, score_cutoff=_most(word))
    return found[0] if found else None


def _most(word: str) -> int:
    """How many letters of a word may be wrong."""
    return 2 if len(word) >= LONG else 1


def _nearest(word: str, lexicons: Collection[Lexicon]) -> str | None:
    """The known word that is most likely meant."""
    if len(word) < SHORTEST or not word.isalpha():
        return None
    near = {
        term
        for lexicon in lexicons
        for letter in {word[0], word[1]}
        for term in lexicon.terms(letter)
        if abs(len(term) - len(word)) <= 2
    }
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=_most(word), limit=None)

    def likely(candidate: tuple[str, float, object]) -> tuple[float, str]:
        term, distance, _ = candidate
        papers = sum(lexicon.count(term) for lexicon in lexicons)
        return log1p(papers) - _LETTER * distance, term

    return max(found, key=likely)[0] if found else None
