"""Identifiers have one form, however they are written."""

from __future__ import annotations

import pytest

from index.identifiers import parse_identifier


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("10.1000/ABC", ("doi", "10.1000/abc")),
        ("https://doi.org/10.1000/ABC", ("doi", "10.1000/abc")),
        ("2402.14393v2", ("arxiv", "2402.14393")),
        ("arXiv:2402.14393", ("arxiv", "2402.14393")),
        ("https://arxiv.org/pdf/2402.14393v2.pdf", ("arxiv", "2402.14393")),
        ("https://huggingface.co/papers/2402.14393", ("arxiv", "2402.14393")),
        ("10.48550/arXiv.2402.14393v2", ("arxiv", "2402.14393")),
        ("math.GT/0309136", ("arxiv", "math/0309136")),
        ("cs/0112017v1", ("arxiv", "cs/0112017")),
        ("https://aclanthology.org/p19-1001/", ("acl", "P19-1001")),
        ("https://aclanthology.org/2020.acl-main.1.pdf", ("acl", "2020.acl-main.1")),
        ("https://openreview.net/forum?id=hv3SklibkL", ("openreview", "hv3SklibkL")),
    ],
)
def test_an_identifier_has_one_form(text: str, identifier: tuple[str, str]) -> None:
    found = parse_identifier(text)
    assert found == identifier
    assert parse_identifier(found.url) == found


@pytest.mark.parametrize("text", ["", "2021.12345", "10.1000", "https://example.org/", "pooling"])
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert parse_identifier(text) is None
