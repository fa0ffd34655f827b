"""Addresses of papers at publishers, in the forms that they have there."""

from __future__ import annotations

import pytest

from index.sources.publishers import doi_in


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://dl.acm.org/doi/10.1145/36267.3657", "10.1145/36267.3657"),
        ("https://dl.acm.org/doi/pdf/10.1145/36267.3657?download=1", "10.1145/36267.3657"),
        ("https://dl.acm.org/doi/abs/10.1145/1.2#sec-3", "10.1145/1.2"),
        ("https://link.springer.com/article/10.1007/s112-015-0816-y", "10.1007/s112-015-0816-y"),
        ("https://link.springer.com/content/pdf/10.1007/s1-2.pdf", "10.1007/s1-2"),
        ("https://a.wiley.com/doi/10.1002%2Fabc%281%29", "10.1002/abc(1)"),
        ("https://www.frontiersin.org/articles/10.3389/fn.2020.1/full", "10.3389/fn.2020.1"),
        ("https://www.biorxiv.org/content/10.1101/2020.01.02v3.full.pdf", "10.1101/2020.01.02"),
        ("https://www.biorxiv.org/content/10.1101/123456v1", "10.1101/123456"),
        ("https://iopscience.iop.org/article/10.1088/136/abc/meta", "10.1088/136/abc"),
        ("https://journals.aps.org/prl/abstract/10.1103/PhysRev.1.2", "10.1103/PhysRev.1.2"),
        (
            "https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0000001",
            "10.1371/journal.pone.0000001",
        ),
        ("HTTPS://www.tandfonline.com/doi/full/10.1080/01.02/", "10.1080/01.02"),
        ("https://example.org/about/10.1234", ""),
        ("https://example.org/v10.1234/a", ""),
        ("https://example.org/?q=10.1234/a", ""),
        ("ftp://example.org/doi/10.1234/a", ""),
        ("https://[example/doi/10.1234/a", ""),
        ("10.1234/a", ""),
    ],
)
def test_the_doi_in_an_address(address: str, doi: str) -> None:
    assert doi_in(address) == doi
