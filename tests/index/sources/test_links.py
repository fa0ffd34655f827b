from __future__ import annotations

import pytest

from index.sources.links import kind_of, links_in
from index.sources.naming import names_of


def urls(text: str) -> list[str]:
    return [link.url for link in links_in(text)]


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Code is at https://github.com/a/b.", "https://github.com/a/b"),
        ("Code is at https://github.com/a/b .", "https://github.com/a/b"),
        ("Code (https://github.com/a/b).", "https://github.com/a/b"),
        ("Code at https://github.com/a/b)", "https://github.com/a/b"),
        ("“https://a.org/b”, they say", "https://a.org/b"),
        ("see https://a.org/b: it is there", "https://a.org/b"),
        ("our datasethttps://a.org/b and more", "https://a.org/b"),
        ("available~https://a.org/b/README.md{here.}", "https://a.org/b/README.md"),
        (r"at \url{https://a.org/b}.", "https://a.org/b"),
        (r"at \href{https://a.org/b}{our page}", "https://a.org/b"),
        (r"at https://a.org/b\_c\#d\%20.", "https://a.org/b_c#d%20"),
        ("https://en.wikipedia.org/wiki/Pooling_(networks)", "https://en.wikipedia.org/wiki/Pooling_(networks)"),
        ("(https://en.wikipedia.org/wiki/Pooling_(networks)).", "https://en.wikipedia.org/wiki/Pooling_(networks)"),
        ("https://a.org/?q=1&r=[2]", "https://a.org/?q=1&r=[2]"),
        ("https://a.org/~someone/x#part.", "https://a.org/~someone/x#part"),
        ("见https://a.org/b。我们", "https://a.org/b"),
        ("at https://a.org/some- long-name", "https://a.org/some-long-name"),
        ("at https://a.org/some-name - which", "https://a.org/some-name"),
        ("HTTP://A.org/b", "HTTP://A.org/b"),
        ("at www.some-project.org.", "https://www.some-project.org"),
        ("at github.com/a/b.", "https://github.com/a/b"),
        ("at someone.github.io/project/.", "https://someone.github.io/project/"),
        ("https://a.org:8080/b", "https://a.org:8080/b"),
    ],
)  # fmt: skip
def test_an_address_is_found_without_what_surrounds_it(text: str, url: str) -> None:
    assert urls(text) == [url]


def test_addresses_come_in_order_and_each_once() -> None:
    text = "https://b.org/{https://b.org/} and https://a.org,https://c.org; again https://a.org."
    assert urls(text) == ["https://b.org/", "https://a.org", "https://c.org"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no address in it",
        "at https://",
        "at https:// and http://.",
        "javascript:alert(1) ftp://a.org file:///etc/passwd",
        "mail me@www.a.org",
        "https://" + "a" * 3000,
        "https://[not-an-address/",
        "www. is not one",
    ],
)
def test_what_is_no_address_is_no_link(text: str) -> None:
    assert urls(text) == []


def test_an_abstract_names_code_and_papers_but_not_its_own_page() -> None:
    text = (
        "https://github.com/a/b https://a.org/b.pdf https://arxiv.org/abs/2402.14393 https://a.org"
    )
    assert [link.kind for link in links_in(text)] == ["code", "pdf", "other", "other"]


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", "code"),
        ("https://www.github.com/a/b", "code"),
        ("https://gist.github.com/a", "code"),
        ("https://gitlab.inria.fr/a/b", "code"),
        ("https://huggingface.co/a/b", "code"),
        ("https://huggingface.co/datasets/a/b", "code"),
        ("https://huggingface.co/papers/2402.14393", "page"),
        ("https://arxiv.org/abs/2402.14393v1", "page"),
        ("https://arxiv.org/pdf/2402.14393", "pdf"),
        ("https://doi.org/10.1234/abc", "page"),
        ("https://doi.org/", "other"),
        ("https://aclanthology.org/W18-0531", "page"),
        ("https://aclanthology.org/W18-0531.PDF", "pdf"),
        ("https://openreview.net/forum?id=abc", "page"),
        ("https://openreview.net/pdf?id=abc", "pdf"),
        ("https://notgithub.com/a", "other"),
        ("https://github.com.evil.org/a", "other"),
        ("https://[broken", "other"),
        ("", "other"),
    ],
)
def test_an_address_tells_what_it_leads_to(url: str, kind: str) -> None:
    assert kind_of(url) == kind


@pytest.mark.parametrize(
    ("name", "address", "is_link"),
    [
        ("10.1103/physrev.1", "http://dx.doi.org/10.1103/PhysRev.1", False),
        ("1810.04805", "http://arxiv.org/abs/1810.04805", False),
        ("1810.04805", "http://arxiv.org/abs/1810.04805v1", True),
        ("1810.04805", "https://arxiv.org/pdf/1810.04805", True),
        ("1810.04805", "https://huggingface.co/papers/1810.04805", True),
        ("10.1103/physrev.1", "https://link.aps.org/doi/10.1103/PhysRev.1", True),
    ],
)
def test_the_page_of_an_identifier_is_no_link_besides(
    name: str, address: str, is_link: bool
) -> None:
    names = names_of([(name, None)], [address])
    assert len(names.identifiers) == 1
    assert [link.url for link in names.links] == ([address] if is_link else [])
