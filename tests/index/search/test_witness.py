"""Trees of clauses over changing papers: against plain sets, with stock Whoosh as second witness.

``CARREL_QUERIES`` says how many queries are made (10,000 for a thorough run).
"""

# mypy: untyped-calls-exclude=whoosh

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh.query import compound, positional, qcore, wrappers

from index.paper import Paper
from index.search import SearchIndex
from index.search.analysis import stem, words
from index.search.clauses import (
    Adjacent,
    And,
    AndMaybe,
    AndNot,
    AnyField,
    ConstantScore,
    Every,
    Forms,
    FuzzyTerm,
    Mask,
    Not,
    Or,
    Prefix,
    Query,
    Span,
    Term,
    Wildcard,
)
from index.search.codec import ArrayIndex
from index.search.folder import Folder
from tests.index.search.box import Box
from tests.index.search.test_expand import distance

QUERIES = int(os.environ.get("CARREL_QUERIES", "600"))
TREES = 40  # over the same papers

VOCABULARY = "graph graphs graphed pool pools pooling poodle net nets network a the 42".split()
FIELDS = ("title", "abstract", "authors")


def places(paper: Paper, field: str) -> list[str]:
    """The words of a field, by position. (No compounds, no breaks: an author at most.)"""
    text = paper.authors[0] if field == "authors" and paper.authors else ""
    text = getattr(paper, field) if field != "authors" else text
    return [word.text for word in words(text)]


class Oracle:
    """What a query finds, paper by paper."""

    def __init__(self, box: Box) -> None:
        self._box = box

    def found(self, tree: Query) -> set[int]:
        """The papers of a query."""
        return {number for number, paper in self._box.held.items() if self._holds(tree, number)}

    def _holds(self, tree: Any, number: int) -> bool:
        match tree:
            case Every():
                return True
            case Not():
                return not self._holds(tree.query, number)
            case AndNot():
                return self._holds(tree.a, number) and not self._holds(tree.b, number)
            case AndMaybe():
                return self._holds(tree.a, number)
            case And():
                return all(self._holds(child, number) for child in tree.subqueries)
            case Or():
                return any(self._holds(child, number) for child in tree.subqueries)
            case ConstantScore():
                return self._holds(tree.child, number)
            case Mask():
                return number in self._box.tags.get(tree.name, set())
            case Span():
                return tree.low <= (self._box.held[number].year or -1) <= tree.high
            case Adjacent():
                return self._near(tree, places(self._box.held[number], tree.fieldname))
        return any(accepts(tree, word) for word in places(self._box.held[number], tree.fieldname))

    def _near(self, tree: Adjacent, line: list[str]) -> bool:
        def ends(leaves: Iterable[Any], start: int, left: int) -> bool:
            leaf, *rest = leaves
            return any(
                accepts(leaf, line[at]) and (not rest or ends(rest, at + 1, left - (at - start)))
                for at in range(start, min(start + left + 1, len(line)))
            )

        first, *rest = tree.subqueries
        return any(
            accepts(first, line[at]) and (not rest or ends(rest, at + 1, tree.slop))
            for at in range(len(line))
        )


def accepts(leaf: Any, word: str) -> bool:
    """Whether a word is one that a leaf stands for."""
    match leaf:
        case Forms():
            return stem(word) == stem(leaf.text) or (leaf.begun and word.startswith(leaf.text))
        case Prefix():
            return word.startswith(leaf.text)
        case Wildcard():
            return fnmatchcase(word, leaf.text)
        case FuzzyTerm():
            return word[0] == leaf.text[0] and distance(word, leaf.text) <= leaf.maxdist
    return bool(word == leaf.text)


fields = st.sampled_from(FIELDS)
texts = st.sampled_from(VOCABULARY)
plain = st.one_of(
    st.builds(Term, fields, texts),
    st.builds(Forms, fields, texts, st.booleans()),
    st.builds(Prefix, fields, st.sampled_from(["g", "gr", "pool", "poolin", "x", "netw"])),
    st.builds(Wildcard, fields, st.sampled_from(["g*h", "p??l*", "n*t*", "p*"])),
    st.builds(lambda f, t: FuzzyTerm(f, t, maxdist=1), fields, st.sampled_from(["grahp", "pol"])),
)


@st.composite
def runs(draw: st.DrawFn) -> Adjacent:
    field = draw(fields)
    leaves = st.one_of(
        st.builds(Term, st.just(field), texts),
        st.builds(Forms, st.just(field), texts, st.booleans()),
        st.builds(Prefix, st.just(field), st.sampled_from(["g", "poo"])),
    )
    return Adjacent(draw(st.lists(leaves, min_size=2, max_size=3)), draw(st.integers(0, 3)))


def every_field(text: str) -> AnyField:
    return AnyField([Forms("title", text), Forms("abstract", text), Term("authors", text)])


word_clauses = st.one_of(
    st.builds(lambda leaf: AnyField([leaf]), plain),
    st.builds(
        lambda leaves, boost: AnyField(leaves, boost),
        st.lists(plain, min_size=1, max_size=3),
        st.sampled_from([0.0, 1.0, 2.5]),
    ),
    st.builds(lambda run: AnyField([run]), runs()),
    st.builds(every_field, texts),
)
filters = st.one_of(
    st.just(Every()),
    st.just(Mask("tag", "even")),
    st.builds(
        lambda low, wide: Span("year", low, low + wide), st.integers(1999, 2004), st.integers(0, 2)
    ),
    st.builds(lambda child: ConstantScore(child, 1.5), word_clauses),
)
clauses = st.one_of(word_clauses, word_clauses, filters)


def joined(children: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    lists = st.lists(children, min_size=1, max_size=4)
    return st.one_of(
        st.builds(And, lists),
        st.builds(Or, lists),
        st.builds(Not, children),
        st.builds(AndNot, children, children),
        st.builds(AndMaybe, children, children),
    )


trees = st.recursive(clauses, joined, max_leaves=7)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    def line(most: int) -> str:
        return " ".join(draw(st.lists(texts, max_size=most)))

    return Paper(
        title=line(4) or "untitled",
        abstract=line(9),
        authors=tuple(filter(None, [line(2)])),
        published=draw(st.sampled_from([None, "2000", "2001-03", "2003"])),
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Callable[[Box], object]]:
    """Commits: papers that come, change and go."""

    def change(kind: int, paper: Paper, which: int) -> Callable[[Box], object]:
        def apply(box: Box) -> None:
            known = sorted(box.held)
            if kind == 0 or not known:
                box.add(paper)
            elif kind == 1:
                box.put(known[which % len(known)], paper)
            else:
                box.delete(known[which % len(known)])

        return apply

    kinds = st.lists(st.sampled_from([0, 0, 0, 1, 2]), min_size=1, max_size=12)
    return [change(kind, draw(papers()), draw(st.integers(0, 99))) for kind in draw(kinds)]


def stock(tree: Any) -> Any:
    """The same query in Whoosh's own classes; None where it has none like it."""
    match tree:
        case And() | Or() | AnyField():
            children = [stock(child) for child in tree.subqueries]
            kind = compound.And if isinstance(tree, And) else compound.Or
            return None if None in children else kind(children)
        case Not():
            child = stock(tree.query)
            return None if child is None else compound.And([qcore.Every(), wrappers.Not(child)])
        case Adjacent(slop=0) if all(type(leaf) is Term for leaf in tree.subqueries):
            return positional.Phrase(tree.fieldname, [leaf.text for leaf in tree.subqueries])
        case Every():
            return qcore.Every()
        case Term() | Prefix() | Wildcard():
            return tree
    return None


@settings(max_examples=-(-QUERIES // TREES), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(histories(), min_size=1, max_size=4), st.lists(trees, min_size=TREES, max_size=TREES)
)
def test_hits_are_those_of_plain_sets_and_of_whoosh(
    commits: list[list[Callable[[Box], object]]], asked: list[Query]
) -> None:
    box = Box()
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder), box)
        for changes in commits:
            for change in changes:
                change(box)
            index.catch_up()
        box.tags = {"even": {number for number in box.held if number % 2 == 0}}
        evaluator = index._current()
        with ArrayIndex(Folder(Path(folder))).searcher() as searcher:
            for tree in asked:
                docs, scores = evaluator.matches(tree)
                hits = evaluator.reader.ids[docs]
                expected = Oracle(box).found(tree)
                assert set(hits.tolist()) == expected, tree
                assert len(hits) == len(expected)
                assert (np.diff(docs) > 0).all()
                assert scores is None or (len(scores) == len(docs) and (scores >= 0).all())
                if (same := stock(tree)) is not None:
                    witnessed = {hit["id"] for hit in searcher.search(same, limit=None)}
                    assert witnessed == expected, tree
        index.close()
