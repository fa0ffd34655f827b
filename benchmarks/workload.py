"""What readers of papers search for, and what they ought not to: queries of every kind."""

from __future__ import annotations

from benchmarks.queries import (
    All,
    Begins,
    Either,
    Everything,
    Fuzzy,
    In,
    Marked,
    Node,
    Not,
    Phrase,
    Query,
    Wildcard,
    Word,
    Years,
    words,
)

SENTENCE = "graph neural networks"  # is typed letter by letter
TAG = "thesis"
TAGGED_EACH, STARRED_EACH, READ_EACH = 7, 50, 3  # every so many papers bear the mark

_WORDS = {
    "a common word": "learning model data language network".split(),
    "a word": "quantum diffusion graph translation entropy".split(),
    "a rare word": "pruning hypergraph coreference boson".split(),
    "two words": [
        "graph pooling",
        "neural networks",
        "quantum field",
        "low resource",
        "bayesian inference",
    ],
    "three words": [
        "large language models",
        "graph neural network",
        "black hole entropy",
        "deep reinforcement learning",
    ],
    "four and more words": [
        "graph neural network node classification",
        "prompt tuning low rank",
        "pre-trained language models text classification",
        "image segmentation deep neural networks",
    ],
    "stop words": ["we show that", "theory of the", "the", "of the", "to be or not to be"],
}
_PHRASES = [
    "deep neural networks",
    "mixture of experts",
    "state of the art",
    "in this paper",
    "quantum field theory",
]
_BEGINNINGS = {
    "`ab*`": "di qu le".split(),
    "`abc*`": "dif gra neu".split(),
    "`abcd*`": "diff grap quan".split(),
}


def workload() -> list[Query]:
    """The queries, in the order of their kinds."""
    plain = [Query(kind, words(text)) for kind, texts in _WORDS.items() for text in texts]
    phrases = [Query("a phrase", Phrase(text)) for text in _PHRASES]
    begun = [
        Query(kind, Begins(text)) for kind, beginnings in _BEGINNINGS.items() for text in beginnings
    ]
    others = [Query(kind, tree) for kind, trees in _OTHERS.items() for tree in trees]
    return [*plain, *phrases, *begun, *others, *typed(SENTENCE)]


def typed(sentence: str) -> list[Query]:
    """A sentence as it is typed: a query after each letter, its last word not yet whole."""
    queries = []
    for end in range(1, len(sentence) + 1):
        *whole, last = sentence[:end].split(" ")
        if last:
            clauses: list[Node] = [*map(Word, whole), Begins(last)]
            tree = All(tuple(clauses)) if whole else clauses[0]
            queries.append(Query("as typed", tree, as_typed=True))
    return queries


def _both(*clauses: Node) -> Node:
    return All(clauses)


_OTHERS: dict[str, list[Node]] = {
    "OR": [
        Either((Word("bert"), Word("gpt"))),
        Either((Word("learning"), Word("data"))),
        Either((Word("graph"), Word("tree"), Word("network"))),
        _both(Word("neural"), Either((Word("translation"), Word("speech")))),
    ],
    "NOT": [
        _both(Word("learning"), Not(Word("deep"))),
        _both(Word("graph"), Not(Word("neural")), Not(Word("network"))),
        _both(Word("model"), Not(Phrase("language model"))),
    ],
    "words and a beginning": [
        _both(Word("graph"), Begins("neur")),
        _both(Word("deep"), Word("learning"), Begins("se")),
    ],
    # These mean words that are their own stems: of other words, most engines keep the stem alone.
    "wildcard": [
        Wildcard("gr*h"),
        Wildcard("n?ural"),
        Wildcard("q*um"),
        _both(Word("deep"), Wildcard("l*n")),
    ],
    "fuzzy": [
        Fuzzy("grph"),
        Fuzzy("nueral", 2),
        Fuzzy("quantm"),
        _both(Word("learning"), Fuzzy("netwrok", 2)),
    ],
    "a field": [
        In("title", Word("pruning")),
        In("title", words("graph learning")),
        In("author", Word("li")),
        In("venue", Word("vision")),
        _both(In("title", Word("language")), In("author", Word("chen"))),
    ],
    "years": [
        _both(Word("quantum"), Years(2022, 2030)),
        _both(Word("learning"), Years(2020, 2021)),
        _both(Word("graph"), Years(1900, 2015)),
        _both(Phrase("machine translation"), Years(2018, 2030)),
    ],
    "what the reader marked": [
        _both(Word("learning"), Marked("tag", TAG)),
        _both(Word("graph"), Marked("is", "starred")),
        _both(Word("quantum"), Not(Marked("is", "read"))),
        _both(words("language models"), Marked("tag", TAG), Not(Marked("is", "starred"))),
    ],
    "dangerous": [
        Everything(),
        Begins("a"),
        Wildcard("w*t*"),
        _both(Begins("s"), Begins("t")),
    ],
}
