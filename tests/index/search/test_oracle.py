"""Every combination of clauses, against plain sets over the documents."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from index.errors import QueryError
from index.paper import Paper
from index.search import SearchIndex
from index.search.complete import complete
from index.search.parser import parse
from index.search.suggest import suggest
from index.search.wording import understood
from tests.index.search.box import Box
from tests.index.search.lexicon import Words
from tests.index.search.test_expand import distance

# Words with the other forms of their stems.
FAMILIES = (
    ("pool", "pools", "pooling", "pooled"),
    ("graph", "graphs"),
    ("network", "networks"),
    ("poodle", "poodles"),
    ("naïve",),
    ("gpt4",),
    ("data",),
    ("set", "sets"),
    ("dataset", "datasets"),
    ("data-set",),
)
VOCABULARY = [word for family in FAMILIES for word in family]
NAMES = ["Ada Graph", "Jun Pool", "Müller Jun"]
DATES = ["2021", "2022", "2022-03", "2022-03-09", "2023-11"]
CATEGORIES = ["cs.CL", "cs.LG", "csx", "stat.ML"]
STEMMED = ("title", "abstract")
FIELDS = ("title", "abstract", "authors", "venue", "year")

Holds = Callable[[int, Paper], bool]
Line = list[set[str]]  # the words at each place: at a compound's first place stands it too


@dataclass(frozen=True)
class Asked:
    """A query as it is written, and what it means of a paper.

    word: where it is a single word without signs; field: what stands before it.
    """

    text: str
    holds: Holds
    word: str = ""
    field: str = ""


def plain(word: str) -> str:
    return word.lower().replace("ï", "i").replace("ü", "u")


def line(text: str) -> Line:
    places: Line = []
    for written in plain(text).split():
        parts = written.split("-")
        places += [{part} for part in parts]
        places[-len(parts)].add("".join(parts))
    return places


def lines(paper: Paper, field: str) -> list[Line]:
    """The words of a field; no phrase crosses from one line into another."""
    value = {"authors": paper.authors, "year": [str(paper.year or "")]}.get(field)
    return [line(str(each)) for each in (value if value is not None else [getattr(paper, field)])]


def family(word: str) -> set[str]:
    return next(
        ({plain(each) for each in all_} for all_ in FAMILIES if word in all_), {plain(word)}
    )


def spellings(phrase: list[str]) -> list[list[str]]:
    """A phrase, with its compounds or two of its words as one; in each also one word as two."""
    parts = [part for word in phrase for part in word.split("-")]
    compounds = {at for at, word in enumerate(phrase) if "-" in word}
    runs = [(parts, set[int]()), ([word.replace("-", "") for word in phrase], compounds)]
    runs += [
        ([*parts[:at], one + other, *parts[at + 2 :]], {at})
        for at, (one, other) in enumerate(pairwise(parts))
    ]
    cut = [
        [*run[:at], "data", word.removeprefix("data"), *run[at + 1 :]]
        for run, joined in runs
        for at, word in enumerate(run)
        if word in ("dataset", "datasets") and at not in joined
    ]
    return [*(run for run, _ in runs), *cut]


def near(words: Line, phrase: list[set[str]], slop: int) -> bool:
    """Whether words stand in their order, with at most ``slop`` others between them."""

    def ends(at: int, rest: list[set[str]]) -> list[int]:
        here = [place for place in range(at, len(words)) if words[place] & rest[0]]
        return here if len(rest) == 1 else [end for one in here for end in ends(one + 1, rest[1:])]

    return any(
        words[start] & phrase[0]
        and any(
            end - start < len(phrase) + slop
            for end in (ends(start + 1, phrase[1:]) if phrase[1:] else [start])
        )
        for start in range(len(words))
    )


def in_any(fields: tuple[str, ...], found: Callable[[str, Line], bool]) -> Holds:
    return lambda _, paper: any(
        found(field, each) for field in fields for each in lines(paper, field)
    )


fields = st.sampled_from(
    [("", FIELDS), ("title:", ("title",)), ("abstract:", ("abstract",)), ("author:", ("authors",))]
)
words = st.sampled_from(VOCABULARY)
boosts = st.sampled_from(["", "", "^2", "^0.5"])


def holds_word(fields: tuple[str, ...], word: str) -> Holds:
    """Whether a word, written without signs, is in any of the fields in any of its forms."""

    def found(field: str, words: Line) -> bool:
        runs = spellings([plain(word)])
        forms = [[family(each) if field in STEMMED else {each} for each in run] for run in runs]
        return any(near(words, run, 0) for run in forms)

    return in_any(fields, found)


@st.composite
def word_clauses(draw: st.DrawFn) -> Asked:
    before, where = draw(fields)
    word = draw(words)
    shown = draw(st.sampled_from([word, word.upper(), word.replace("ï", "i")]))
    boost = draw(boosts)
    single = "" if "-" in word else word
    return Asked(before + shown + boost, holds_word(where, word), single, before)


@st.composite
def phrase_clauses(draw: st.DrawFn) -> Asked:
    before, where = draw(fields)
    phrase = draw(st.lists(words, min_size=1, max_size=3))
    slop = draw(st.sampled_from([0, 0, 1, 3]))
    wanted = spellings([plain(word) for word in phrase])
    between = slop if len(wanted[0]) > 1 else 0  # nothing stands within a word

    def found(_: str, held: Line) -> bool:
        return any(near(held, [{word} for word in run], between) for run in wanted)

    text = f'{before}"{" ".join(phrase)}"' + f"~{slop}" * bool(slop) + draw(boosts)
    return Asked(text, in_any(where, found))


PATTERNS = ["po*", "poo*", "pool*", "g*", "na*", "2*", "netw*", "zzz*"]
PATTERNS += ["p*l", "gr?ph", "po??le", "d*t", "d*s*t*", "n*e", "gp?4", "s?t*", "p*s"]


@st.composite
def pattern_clauses(draw: st.DrawFn) -> Asked:
    before, where = draw(fields)
    pattern = draw(st.sampled_from(PATTERNS))

    def found(_: str, held: Line) -> bool:
        return any(fnmatchcase(word, pattern) for place in held for word in place)

    return Asked(before + pattern + draw(boosts), in_any(where, found))


@st.composite
def fuzzy_clauses(draw: st.DrawFn) -> Asked:
    before, where = draw(fields)
    word = draw(st.sampled_from(["pol", "poool", "grahp", "ntework", "podle", "st", "dat", "jnu"]))
    most = draw(st.sampled_from([1, 2]))

    def found(_: str, held: Line) -> bool:
        return any(
            other[0] == word[0] and distance(word, other) <= most
            for place in held
            for other in place
        )

    return Asked(f"{before}{word}~{most if most > 1 else ''}{draw(boosts)}", in_any(where, found))


@st.composite
def date_clauses(draw: st.DrawFn) -> Asked:
    name, dates = draw(st.sampled_from([("year", ["2021", "2022", "2023"]), ("published", DATES)]))
    low, high = sorted(draw(st.lists(st.sampled_from(dates), min_size=2, max_size=2)))
    text, first, last = draw(
        st.sampled_from(
            [
                (low, low, low),
                (f"{low}..{high}", low, high),
                (f"{low}..", low, "9999"),
                (f"..{high}", "0000", high),
            ]
        )
    )

    def holds(_: int, paper: Paper) -> bool:
        published = paper.published or ""
        known = published[:4] if name == "year" else published
        return bool(known) and (first <= known) and (known[: len(last)] <= last)

    return Asked(f"{name}:{text}", holds)


def category(name: str) -> Asked:
    return Asked(
        f"category:{name}",
        lambda _, paper: any(
            each.lower() == name.lower() or each.lower().startswith(f"{name.lower()}.")
            for each in paper.categories
        ),
    )


filters = st.sampled_from(
    [
        Asked("tag:gnn", lambda paper_id, _: paper_id % 2 == 0 or paper_id == 3),
        Asked("tag:g*", lambda paper_id, _: paper_id % 2 == 0 or paper_id == 3),
        Asked("tag:gnn/pool", lambda paper_id, _: paper_id == 3),
        Asked("is:starred", lambda paper_id, _: paper_id % 3 == 0),
        Asked("is:unread", lambda paper_id, _: paper_id > 1),
        Asked("rating:..2", lambda paper_id, _: paper_id <= 2),
        Asked("note:pool", lambda paper_id, _: paper_id == 2),
        Asked('list:"to read"', lambda paper_id, _: paper_id <= 2),
        Asked("(list:thesis status:done)", lambda paper_id, _: paper_id == 1),
        Asked("(list:thesis -status:done)", lambda paper_id, _: paper_id in (4, 6)),
        Asked("source:hf_page", lambda _, paper: paper.source == "hf_page"),
        Asked("*", lambda paper_id, paper: True),
        *map(category, ["cs", "cs.CL", "CS.lg", "stat"]),
    ]
)

leaves = st.one_of(
    word_clauses(),
    phrase_clauses(),
    pattern_clauses(),
    fuzzy_clauses(),
    date_clauses(),
    filters,
)


def rows(children: list[Asked]) -> list[list[Holds]]:
    """What clauses in a row ask for: all of them, or two neighbours as one word and the rest."""
    asked = [[child.holds for child in children]]
    where = {"": FIELDS, "title:": ("title",), "abstract:": ("abstract",), "author:": ("authors",)}
    for at, (one, other) in enumerate(pairwise(children)):
        if one.word and other.word and one.field == other.field:
            both = holds_joined(where[one.field], one.word + other.word)
            asked.append([*asked[0][:at], both, *asked[0][at + 2 :]])
    return asked


def holds_joined(fields: tuple[str, ...], word: str) -> Holds:
    def found(field: str, held: Line) -> bool:
        forms = family(word) if field in STEMMED else {plain(word)}
        return any(place & forms for place in held)

    return in_any(fields, found)


@st.composite
def joined(draw: st.DrawFn, clauses: st.SearchStrategy[Asked]) -> Asked:
    sign = draw(st.sampled_from([" ", " AND ", " OR "]))
    children = draw(st.lists(clauses, min_size=2, max_size=3))
    one_each = [[child.holds] for child in children]
    either = {" ": rows(children), " AND ": [[child.holds for child in children]], " OR ": one_each}
    return Asked(
        f"({sign.join(child.text for child in children)}){draw(boosts)}",
        lambda paper_id, paper: any(
            all(holds(paper_id, paper) for holds in needed) for needed in either[sign]
        ),
    )


@st.composite
def negated(draw: st.DrawFn, clauses: st.SearchStrategy[Asked]) -> Asked:
    clause = draw(clauses)
    sign = draw(st.sampled_from(["-", "NOT "]))
    return Asked(sign + clause.text, lambda paper_id, paper: not clause.holds(paper_id, paper))


queries = st.recursive(
    leaves, lambda clauses: st.one_of(joined(clauses), negated(clauses)), max_leaves=6
)


@st.composite
def papers(draw: st.DrawFn) -> Paper:
    def text() -> str:
        return " ".join(draw(st.lists(words, max_size=5)))

    return Paper(
        title=text() or "untitled",
        abstract=text(),
        authors=tuple(draw(st.lists(st.sampled_from(NAMES), max_size=2))),
        venue=draw(st.sampled_from(["", "Graph", "Pools"])),
        published=draw(st.sampled_from([None, *DATES])),
        categories=tuple(draw(st.lists(st.sampled_from(CATEGORIES), max_size=2))),
        source=draw(st.sampled_from(["", "hf_page"])),
    )


@contextmanager
def searched(shelf: list[Paper]) -> Iterator[tuple[SearchIndex, Box]]:
    box = Box(*shelf)
    box.tags = {"gnn": {paper for paper in box.held if paper % 2 == 0}}
    box.tags["gnn/pool"] = {3} & box.held.keys()
    box.states = {"starred": {paper for paper in box.held if paper % 3 == 0}, "read": {1}}
    box.ratings = {paper: paper for paper in box.held if paper <= 5}
    box.notes = {2: "Pool it"} if 2 in box.held else {}
    box.lists = {"To read": [paper for paper in box.held if paper <= 2]}
    box.lists["thesis"] = [paper for paper in (6, 1, 4) if paper in box.held]
    box.statuses = {"To read": dict.fromkeys(box.lists["To read"], "done")}
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder), box)
        index.catch_up()
        yield index, box
        index.close()


shelves = st.lists(papers(), min_size=1, max_size=8)
patient = settings(
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)


@settings(patient, max_examples=250)  # 10,000 queries
@given(shelves, st.lists(queries, min_size=40, max_size=40))
def test_finds_what_sets_find(shelf: list[Paper], asked: list[Asked]) -> None:
    with searched(shelf) as (index, box):
        for query in asked:
            hits = index.search(query.text)
            expected = {
                paper_id for paper_id, paper in box.held.items() if query.holds(paper_id, paper)
            }
            assert set(hits.ids) == expected, query.text
            assert len(hits.ids) == len(expected)
            assert len(hits.scores) in (0, len(hits.ids))
            assert list(hits.scores) == sorted(hits.scores, reverse=True)


@settings(patient, max_examples=100)
@given(
    shelves,
    st.lists(word_clauses(), min_size=1, max_size=4),
    st.lists(filters, max_size=1),
    st.lists(word_clauses(), max_size=1),
)
def test_any_word_is_enough_but_filters_hold(
    shelf: list[Paper], wanted: list[Asked], needed: list[Asked], unwanted: list[Asked]
) -> None:
    clauses = [*(each.text for each in [*wanted, *needed]), *(f"-{each.text}" for each in unwanted)]
    either = [each.holds for each in wanted]
    either += [row[at] for at, row in enumerate(rows(wanted)[1:])]
    with searched(shelf) as (index, box):
        found = set(index.search(" ".join(clauses), any_word=True).ids)
        assert found == {
            paper_id
            for paper_id, paper in box.held.items()
            if any(holds(paper_id, paper) for holds in either)
            and all(each.holds(paper_id, paper) for each in needed)
            and not any(each.holds(paper_id, paper) for each in unwanted)
        }


@settings(patient, max_examples=300)
@given(queries)
def test_every_beginning_of_a_query_is_accepted_while_it_is_typed(query: Asked) -> None:
    parse(query.text)
    for end in range(len(query.text) + 1):
        parse(query.text[:end], as_typed=True)
        parse(query.text[:end], as_typed=True, any_word=True)


SYNTAX = st.sampled_from(
    ["(", ")", '"', "“", "-", "OR", "AND", "NOT", "*", "?", "..", ":", " ", "~", "~2", "^", "^3"]
    + ["title:", "year:", "is:", "tag:", "list:", "author:", "has:", "2022", "graph", "poo", "the"]
    + ["status:", "done", "to read", "rating:", "note:", "any:", "any:(", "opened:", "/", "ml/"]
    + [
        "grahp",
        "poolng",
        "published:",
        "added:",
        "7d",
        "category:",
        "source:",
        "similar:",
        "1",
        "\\",
        "$",
        "_",
    ]
)
hostile = st.one_of(
    st.text(max_size=60), st.lists(SYNTAX, max_size=30).map("".join), st.lists(SYNTAX).map(" ".join)
)


@settings(patient, max_examples=300)
@given(hostile, st.integers(0, 60))
def test_any_text_is_explained_completed_and_corrected(text: str, cursor: int) -> None:
    known = Words.of(["graph", "pooling", "the"])
    offered = complete(text, min(cursor, len(text)), {"tag": ["gnn"], "venue": known})
    assert offered is None or 0 <= offered.start <= offered.end <= len(text)
    for as_typed in (False, True):
        with contextlib.suppress(QueryError):
            tree = parse(text, as_typed=as_typed)
            assert tree is None or understood(tree)
            better = suggest(text, dict.fromkeys(FIELDS, known), as_typed=as_typed)
            assert better is None or parse(better, as_typed=as_typed)


@settings(patient, max_examples=10)
@given(st.lists(hostile, min_size=50, max_size=50))
def test_any_text_gives_hits_or_a_sentence(texts: list[str]) -> None:
    box = Box(Paper(title="Graph pooling", published="2022"), Paper(title="The poodle"))
    with tempfile.TemporaryDirectory() as folder:
        index = SearchIndex(Path(folder), box)
        index.catch_up()
        for text in texts:
            for as_typed in (False, True):
                with contextlib.suppress(QueryError):
                    assert set(index.search(text, as_typed=as_typed).ids) <= {1, 2}
                marks = index.marker(text, as_typed=as_typed).marks("title", "Graph pooling")
                assert all(0 <= start < end <= 13 for start, end in marks)
        index.close()
