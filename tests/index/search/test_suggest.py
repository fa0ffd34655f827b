"""Did you mean."""

from __future__ import annotations

import pytest

from index.search.schema import WEIGHTS
from index.search.suggest import suggest
from tests.index.search.lexicon import Words

TEXT = Words(
    {"graph": 90, "graphs": 30, "grape": 2, "pooling": 40, "diffusion": 70, "data": 50, "set": 60}
    | {"naive": 5, "transformer": 80, "transformers": 40, "theory": 30, "hinton": 1}
)
LEXICONS = dict.fromkeys(WEIGHTS, Words({})) | {
    "title": TEXT,
    "abstract": TEXT,
    "authors": Words({"hinton": 3, "müller": 1, "muller": 2}),
}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("grahp pooling", "graph pooling"),
        ("rgaph", "graph"),
        ("diffuson transfomer", "diffusion transformer"),
        ("transformrs", "transformers"),  # and not transformer, which is farther
        ("grapg", "graph"),  # and not grape, which is rare
        ('title:"grahp poolin"~2^3 -grahp', 'title:"graph pooling"~2^3 -grahp'),
        ("(Grahp OR pooling) year:2022..", "(graph OR pooling) year:2022.."),
        ("author:hintn tag:grahp", "author:hinton tag:grahp"),
        ("any:(grahp difusion) note:grahp", "any:(graph diffusion) note:grahp"),
        ("author:mullre", "author:muller"),
        ("author:grahp", None),  # no author is called so
        ("authr:hinton", "author:hinton"),
        ("auther:hintn graph", "author:hinton graph"),
        ('titel:"graph pooling" tga:ml', 'title:"graph pooling" tag:ml'),
        ("-abstrct:graph", None),
        ("statsu:graph", None),  # no status is called so
        ("grahp: pooling", "graph: pooling"),  # no field, but the beginning of a title
        ("hinton: a theory", None),
        ("graph-poolin", "graph-pooling"),
        (r"na\"iive", "naive"),
        ("pool dataset", None),  # other forms and spellings are known
        ("grahp* grahp~ gr?hp", None),
        ("zzzzzz", None),
        ("gpt", None),
        ("", None),
    ],
)
def test_suggestions(query: str, expected: str | None) -> None:
    assert suggest(query, LEXICONS) == expected


def test_a_word_that_is_being_typed_may_be_half() -> None:
    assert suggest("grahp diffu", LEXICONS, as_typed=True) == "graph diffu"
    assert suggest("diffu", LEXICONS, as_typed=True) is None
    assert suggest("graph difu", LEXICONS, as_typed=True) is None
    assert suggest("itle:", LEXICONS, as_typed=True) is None, "no query yet"
