"""Explanations: how a query was understood, what its clauses find, and why a paper is a hit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from index.search.clauses import (
    Adjacent,
    AnyField,
    ConstantScore,
    Every,
    Leaf,
    Mask,
    Not,
    Or,
    Query,
    Similar,
    Span,
    Spelled,
)
from index.search.expand import cuts
from index.search.highlight import TextWords
from index.search.schema import WEIGHTS
from index.search.wording import understood, written
from index.views import ClauseHits, Explanation, Reason


class Counts(Protocol):
    """What the evaluator tells."""

    def count(self, tree: Query) -> int:
        """The papers that a query finds."""

    def score(self, tree: Query, paper_id: int) -> float:
        """What a query adds to a paper's score; 0 where it does not find it."""


def explain(tree: Query | None, counts: Counts) -> Explanation:
    """How a query was understood, and how many papers each of its clauses finds."""
    whole = tree or Every()
    clauses = dict.fromkeys(_clauses(whole))
    hits = (
        ClauseHits(written(clause), counts.count(clause), negated) for clause, negated in clauses
    )
    return Explanation(understood(whole), counts.count(whole), tuple(hits))


def reasons(
    tree: Query | None, paper_id: int, texts: Mapping[str, str], counts: Counts
) -> tuple[Reason, ...]:
    """What puts a paper among the hits, the greatest share of its score first.

    texts: the paper's, by field. What a clause adds to the score is shared out among the fields by
    the occurrences of its words and the weights of the fields; their lengths are left out.
    """
    held = {field: TextWords(text) for field, text in texts.items()}
    found: list[tuple[float, str, str, tuple[str, ...]]] = []
    for clause, negated in dict.fromkeys(_clauses(tree or Every())):
        score = 0.0 if negated else counts.score(clause, paper_id)
        if score > 0 and isinstance(clause, Similar):
            found.append((score, written(clause), "", ()))
        elif score > 0:
            found += _shared_out(clause, score, held)
    total = sum(score for score, *_ in found)
    greatest_first = sorted(found, key=lambda each: -each[0])
    return tuple(
        Reason(clause, field, words, score / total)
        for score, clause, field, words in greatest_first
    )


def _shared_out(
    clause: Query, score: float, held: Mapping[str, TextWords]
) -> Iterator[tuple[float, str, str, tuple[str, ...]]]:
    occurrences = {
        field: [word for one in runs for word in held[field].matched(one)]
        for field, runs in _runs(clause, held).items()
    }
    weights = {field: WEIGHTS[field] * len(found) for field, found in occurrences.items()}
    total = sum(weights.values())
    for field, found in occurrences.items():
        if found:
            words = tuple(dict.fromkeys(word.text for word in found))
            yield score * weights[field] / total, written(clause), field, words


def _runs(clause: Query, held: Mapping[str, TextWords]) -> dict[str, list[Leaf | Adjacent]]:
    """The spellings of an AnyField, by field."""
    runs: dict[str, list[Leaf | Adjacent]] = {}
    for child in clause.children():
        for run in child.children() if isinstance(child, Or) else [child]:
            if isinstance(run, Leaf | Adjacent) and run.fieldname in held:
                runs.setdefault(run.fieldname, []).extend((run, *cuts(run, held[run.fieldname])))
    return runs


def _clauses(tree: Query, negated: bool = False) -> Iterator[tuple[Query, bool]]:
    """The clauses of a query as they were written, from left to right."""
    match tree:
        case Spelled():
            yield from _clauses(tree[0], negated)
        case Not():
            yield from _clauses(tree.query, not negated)
        case AnyField() | ConstantScore() | Span() | Mask() | Similar() | Every():
            yield tree, negated
        case _:
            for child in tree.children():
                yield from _clauses(child, negated)
