from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.sources.services import SERVICES, service_for


@pytest.mark.parametrize(
    ("pasted", "service", "question"),
    [
        ("2402.14393", "arxiv", "2402.14393"),
        (" 2402.14393v2\n", "arxiv", "2402.14393v2"),
        ("arXiv:2402.14393v2", "arxiv", "2402.14393v2"),
        ("hep-th/9901001v3", "arxiv", "hep-th/9901001v3"),
        ("math.GT/0309136", "arxiv", "math/0309136"),
        ("https://arxiv.org/abs/2402.14393v2", "arxiv", "2402.14393v2"),
        ("https://arxiv.org/pdf/2402.14393v2.pdf", "arxiv", "2402.14393v2"),
        ("https://arxiv.org/html/2402.14393", "arxiv", "2402.14393"),
        ("https://doi.org/10.48550/arXiv.2402.14393", "arxiv", "2402.14393"),
        ("10.48550/arxiv.2402.14393", "arxiv", "2402.14393"),
        ("10.1234/ABC.5", "doi", "10.1234/abc.5"),
        ("doi:10.1234/abc", "doi", "10.1234/abc"),
        ("(10.1234/abc).", "doi", "10.1234/abc"),
        ("<https://dx.doi.org/10.1234/abc>", "doi", "10.1234/abc"),
        ("https://doi.org/10.1002/(sici)1097(1)", "doi", "10.1002/(sici)1097(1)"),
        ("arxiv.org/abs/2402.14393", "arxiv", "2402.14393"),
        ("“www.doi.org/10.1234/abc”", "doi", "10.1234/abc"),
        ("[10.1234/abc[1]]", "doi", "10.1234/abc[1]"),
        ("https://dl.acm.org/doi/abs/10.1145/1.2", "doi", "10.1145/1.2"),
        ("https://aclanthology.org/2024.acl-long.1/", "doi", "10.18653/v1/2024.acl-long.1"),
        ("https://aclanthology.org/P19-1001.pdf", "doi", "10.18653/v1/p19-1001"),
        ("acl:2024.acl-long.1", "doi", "10.18653/v1/2024.acl-long.1"),
        ("https://huggingface.co/papers/2402.14393", "hf_papers", "paper:2402.14393"),
        ("https://huggingface.co/papers", "hf_papers", "daily"),
        ("https://huggingface.co/papers?q=graph+pooling", "hf_papers", "search:graph pooling"),
        ("cat:cs.CL", "arxiv", "cat:cs.CL"),
        ("https://arxiv.org/list/cs.CL/recent", "arxiv", "cat:cs.CL"),
        ("arxiv.org/list/quant-ph/new?skip=0", "arxiv", "cat:quant-ph"),
        ("https://arxiv.org/list/cs/recent", "arxiv", "cat:cs.*"),
        ("https://huggingface.co/papers/date/2026-11-20", "hf_papers", "2026-11-20"),
        ("https://huggingface.co/papers/week/2026-W47", "hf_papers", "2026-W47"),
        ("https://huggingface.co/papers/month/2026-11", "hf_papers", "2026-11"),
    ],
)
def test_what_is_pasted_goes_to_the_service_that_has_it(
    pasted: str, service: str, question: str
) -> None:
    found, what = service_for(pasted)
    assert (found.name, what) == (service, question)
    assert found.recognise(what)


@pytest.mark.parametrize(
    ("pasted", "begins"),
    [
        ("", "“” is neither an id nor an address; arXiv ids, DOIs, and"),
        ("graph pooling", "“graph pooling” is neither an id nor an address;"),
        ("2402.99", "“2402.99” is neither"),
        ("https://toys.org/paper", "https://toys.org/paper is no paper's address that is known;"),
        ("https://arxiv.org/list/2024", "https://arxiv.org/list/2024 is no"),
        ("https://huggingface.co/papers/date/soon", "https://huggingface.co/papers/date/soon is"),
        ("https://huggingface.co/datasets/toys", "https://huggingface.co/datasets/toys is no"),
        (
            "https://aclanthology.org/P98-1001",
            "https://aclanthology.org/P98-1001 cannot be looked up at aclanthology.org;",
        ),
        (
            "https://openreview.net/forum?id=abcdefgh",
            "https://openreview.net/forum?id=abcdefgh cannot be looked up at openreview.net;",
        ),
        ("file:///etc/passwd", "“file:///etc/passwd” is neither"),
        ("http://[", "“http://[” is neither"),
        ("\x1b]0;x\x07" + "long " * 100, "“]0;xlong long"),
    ],
)
def test_what_no_service_has_is_told_with_what_can_be_added(pasted: str, begins: str) -> None:
    with pytest.raises(SourceError) as error:
        service_for(pasted)
    assert str(error.value).startswith(begins)
    assert "huggingface.co/papers" in str(error.value)
    assert len(str(error.value)) < 300


@given(what=st.text(max_size=60) | st.sampled_from(["https://", "10.1/", "http://[", "arxiv:"]))
def test_whatever_is_pasted_has_a_service_or_a_sentence(what: str) -> None:
    for pasted in (what, f"https://huggingface.co/papers/{what}", f"https://arxiv.org/abs/{what}"):
        with suppress(SourceError):
            service, question = service_for(pasted)
            assert service.recognise(question)


def test_every_service_has_a_name_of_its_own() -> None:
    names = [service.name for service in SERVICES]
    assert names == ["arxiv", "hf_papers", "doi", "crossref", "feed"]


@pytest.mark.parametrize(
    ("what", "names"),
    [
        ("2402.14393", ["arxiv"]),
        ("cat:cs.CL", ["arxiv"]),
        ("daily", ["hf_papers"]),
        ("2026-W47", ["hf_papers"]),
        ("https://toys.org/feed.xml", ["feed"]),
    ],
)
def test_a_question_is_for_one_service(what: str, names: list[str]) -> None:
    assert [service.name for service in SERVICES if service.recognise(what)] == names
