"""What is pasted to name papers: names apart, each without what stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.pasted import bare, names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (" 2402.14393\n\thttps://doi.org/10.1/x ", ("2402.14393", "https://doi.org/10.1/x")),
        (
            "2402.14393, <https://doi.org/10.1/x>;\n2402.14393.",
            ("2402.14393", "https://doi.org/10.1/x"),
        ),
        ("doi: 10.1234/abc arXiv: 2402.14393v2", ("doi:10.1234/abc", "arXiv:2402.14393v2")),
        ("(10.1234/abc(1)x)", ("10.1234/abc(1)x",)),
        ("(see 10.1234/abc(2020)).", ("see", "10.1234/abc(2020)")),
        ("cat:cs.CL 2402.14393", ("cat:cs.CL", "2402.14393")),
        ('ti:"graph pooling"', ('ti:"graph pooling"',)),
        (
            "(cat:cs.CL  OR cat:cs.LG) AND abs:x\n2402.14393",
            ("(cat:cs.CL OR cat:cs.LG) AND abs:x", "2402.14393"),
        ),
        (" , ; ", ()),
        (" \n", ()),
        ("", ()),
    ],
)
def test_names_stand_apart(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@given(st.text(alphabet='ab1./:()[]<>"“, \n'))
def test_a_name_has_nothing_around_it_that_could_go(text: str) -> None:
    assert all(bare(name) == name for name in names_in(text))
