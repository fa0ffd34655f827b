"""Names: what is kept is found by the query that its shelf has."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import NamingError
from index.library import Library
from index.naming import proper_name, tag_path
from index.search.clauses import Mask
from index.search.parser import parse
from index.text import fold

PIECES = [
    *r"ab {}$\^_-`'.~()&%#/:*?|[]<>,;!+=@",
    *"éα½⁄／´’«»…\u0301\u200d🎓字",
    *["\\alpha", "\\'", "$x$", "--", "``", "''", "\\emph{", "\\\\", "http://", "C:\\", "OR", "[ ]"],
]
names = st.one_of(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.text(max_size=20))


@settings(max_examples=1500, deadline=None)
@given(names)
def test_what_is_kept_is_what_a_query_reads(name: str) -> None:
    for kind, keep in (("list", lambda text: proper_name(text, "list")), ("tag", tag_path)):
        try:
            kept = keep(name)
        except NamingError:
            continue
        assert keep(kept) == kept
        query = parse(f'{kind}:"{kept}"')
        assert isinstance(query, Mask)
        assert (query.name, query.begun) == (fold(kept), False)
        if kind == "tag":
            assert len(fold(kept).split("/")) == len(kept.split("/"))


@pytest.mark.parametrize(
    "name",
    [
        "C:\\temp\\papers",
        "a\\b",
        "ends in \\",
        "time: 12:30",
        "part (2) [of 3]",
        "🎓👩‍🔬",
        "-minus",
        "OR",
        "list:thesis",
        "*",
        "what?",
        "it's 100% R&D, for $5",
        "ünïcødé",
        "<!-- x -->",
        "naïve \\'e",
    ],
)
def test_names_of_every_kind_are_found(tmp_path: Path, name: str) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "One"}\n{"title": "Two"}\n')
    library = Library.open(tmp_path / "library")
    library.import_files([file])
    library.lists.add(name, 1)
    library.tags.add(1, name)
    library.saved.save(name, "one")
    for shelf in (library.lists.shelf(name), library.tags.shelf(name)):
        assert library.search("", shelf=shelf.query).ids == [1], shelf
    assert library.saved.shelf(name).query == "one"
    library.close()
