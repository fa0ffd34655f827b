"""What every export format promises."""

from __future__ import annotations

import pytest

from index.errors import ExportError
from index.exports import FORMATS, Abstracts, ExportOptions, exporter
from index.views import Detail

PAPERS = [
    Detail(1, "a", "Alpha α", abstract="The first abstract.", authors=("Ada",), published="2024"),
    Detail(2, "b", "Beta", abstract="The second abstract."),
]


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("abstracts", ["folded", "full", "none"])
def test_papers_come_in_their_order(name: str, abstracts: Abstracts) -> None:
    options = ExportOptions("Both", abstracts)
    text = "".join(exporter(name)(iter(PAPERS), options))
    assert text.index("Alpha α") < text.index("Beta")
    assert ("second abstract" in text) == (abstracts != "none")
    assert text.endswith("\n")
    assert text == "".join(exporter(name)(PAPERS, options))


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_export_is_one_too(name: str) -> None:
    assert "".join(exporter(name)([], ExportOptions())).endswith("\n")


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(
        ExportError, match=r"^There is no export format “docx”\. Choose of: .*markdown"
    ):
        exporter("docx\x1b")
